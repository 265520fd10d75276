// The text of a page's story and Ranges in it, without WebAssembly: for results that are only to be found again.
// What it reads beside the story (a caption more or less) does no harm, so it can be simple; what is read for
// annotation is read by src/wasm/dom.

/** Not the story, whatever the story's element holds. */
const SKIP =
  "script,style,template,noscript,nav,form,button,select,textarea,iframe,object,svg,canvas,audio,video,standpoint-article,[hidden],[aria-hidden=true]";

/** Beside the story: what stands in there comes between no two sentences. */
const BESIDE = "aside,figure,figcaption,table,footer";

export class PageText {
  /** @param {Element} story */
  constructor(story) {
    this.document = story.ownerDocument;
    this.text = "";
    /** @type {{ node: Text, start: number, beside: boolean }[]} */
    this.pieces = [];
    const style = this.document.defaultView?.getComputedStyle.bind(this.document.defaultView);
    const walk = (/** @type {Node} */ parent, /** @type {boolean} */ beside) => {
      for (let node = parent.firstChild; node; node = node.nextSibling) {
        if (node.nodeType === 3) {
          const { data } = /** @type {Text} */ (node);
          if (!data) continue;
          this.pieces.push({ node: /** @type {Text} */ (node), start: this.text.length, beside });
          this.text += data;
        } else if (node.nodeType === 1) {
          const element = /** @type {Element} */ (node);
          const display = element.matches(SKIP) ? "none" : (style?.(element).display ?? "block");
          // Blocks end words and sentences even where no white space stands between them.
          const apart = !/^(inline|ruby|contents)/.test(display) || element.localName === "br";
          if (apart) this.text += "\n";
          if (display !== "none") walk(element, beside || element.matches(BESIDE));
          if (apart) this.text += "\n";
        }
      }
    };
    walk(story, false);
  }

  /**
   * Whether what stands here belongs beside the story.
   * @param {number} offset
   */
  isBeside(offset) {
    return this.#piece(offset)?.beside ?? false;
  }

  /**
   * @param {number} start
   * @param {number} end
   */
  range(start, end) {
    const a = this.#piece(start);
    const b = this.#piece(end - 1);
    if (!a || !b) return null;
    const range = this.document.createRange();
    range.setStart(a.node, start - a.start);
    range.setEnd(b.node, end - b.start);
    return range;
  }

  /** @param {number} offset */
  #piece(offset) {
    let low = 0;
    let high = this.pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.pieces[middle]?.start ?? Infinity) <= offset) low = middle;
      else high = middle - 1;
    }
    return this.pieces[low];
  }
}
