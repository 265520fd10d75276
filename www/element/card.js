// The card of one sentence: beside it on wide screens, a sheet at the foot of the screen on narrow ones. It is
// a dialog that does not block the page: reading on is always possible, Escape closes, focus goes back.

import { h, icon, ICONS } from "./dom.js";
import { attitude, capital, partyName, sureness, topicName } from "./words.js";

/**
 * @typedef {import("./reading.js").Item} Item
 *
 * @typedef {object} CardProps
 * @property {import("./strings/en.js").Strings} strings
 * @property {string} language
 * @property {import("./reading.js").Reading} reading
 * @property {Item} item
 * @property {number} position From 1, among the sentences shown.
 * @property {number} count
 * @property {boolean} precomputed
 * @property {boolean} reportable
 *
 * @typedef {object} CardActions
 * @property {(step: 1 | -1) => void} move
 * @property {() => void} close
 * @property {() => void} report
 */

/** Below this width of the window the card is a sheet; the style sheet says the same. */
const SHEET = "(max-width: 640px)";

export class Card {
  #frame = 0;
  /** @type {Item | null} */
  #item = null;
  #follow = () => {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#place());
  };

  /** @param {CardActions} actions */
  constructor(actions) {
    this.actions = actions;
    this.node = h("div", {
      class: "card",
      part: "card",
      role: "dialog",
      tabindex: -1,
      popover: "manual",
      "aria-labelledby": "card-title",
      hidden: true,
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
    });
  }

  get isOpen() {
    return this.#item !== null;
  }

  /** @param {CardProps} props */
  show(props) {
    const wasOpen = this.isOpen;
    const root = /** @type {ShadowRoot} */ (this.node.getRootNode());
    const key = wasOpen && root.activeElement instanceof HTMLElement ? root.activeElement.dataset["key"] : undefined;
    this.#item = props.item;
    this.node.lang = props.language;
    this.node.replaceChildren(...this.#content(props));
    if (!wasOpen) {
      this.node.hidden = false;
      this.node.showPopover?.();
      window.addEventListener("resize", this.#follow);
      window.addEventListener("scroll", this.#follow, { capture: true, passive: true });
    }
    this.#reveal();
    this.#place();
    const again = key ? this.node.querySelector(`[data-key="${key}"]`) : null;
    const target = again instanceof HTMLButtonElement && !again.disabled ? again : this.node;
    target.focus({ preventScroll: true });
  }

  close() {
    if (!this.isOpen) return;
    this.#item = null;
    cancelAnimationFrame(this.#frame);
    window.removeEventListener("resize", this.#follow);
    window.removeEventListener("scroll", this.#follow, { capture: true });
    if (this.node.isConnected) this.node.hidePopover?.();
    this.node.hidden = true;
    this.node.replaceChildren();
  }

  /** @param {CardProps} props @returns {(Node | string)[]} */
  #content({ strings, reading, item, position, count, precomputed, reportable }) {
    const { sentence } = item;
    const topics = [...sentence.topics.slice(0, 2), ...sentence.subtopics.slice(0, 2)];
    const button = (/** @type {string} */ key, /** @type {string} */ name, /** @type {string} */ path, /** @type {() => void} */ press, disabled = false) =>
      h(
        "button",
        { type: "button", class: "tool", "aria-label": name, title: name, "data-key": key, disabled, onclick: press },
        icon(path),
      );
    return [
      h(
        "div",
        { class: "card-head" },
        h("h3", { id: "card-title", class: "visually-hidden" }, strings.card),
        topics.length
          ? h("ul", { class: "topics" }, topics.map((topic) => h("li", {}, topicName(strings, topic))))
          : h("p", { class: "topics" }, strings.noTopic),
        button("close", strings.close, ICONS.close, this.actions.close),
      ),
      h("blockquote", { class: "sentence", lang: reading.result.language === "und" ? undefined : reading.result.language }, ...quoted(reading, item)),
      sentence.stances.length
        ? h("dl", {}, ...this.#claims(strings, reading, item))
        : h("p", {}, strings.noClaim),
      h("p", { class: "caution" }, precomputed ? strings.mayBeWrongPrecomputed : strings.mayBeWrong),
      h(
        "div",
        { class: "card-foot" },
        h("span", { role: "status" }, strings.position(position, count)),
        button("copy", strings.copyLink, ICONS.link, () => void this.#copy(strings, reading, item)),
        reportable ? button("report", strings.report, ICONS.flag, this.actions.report) : "",
        button("previous", strings.previous, ICONS.previous, () => this.actions.move(-1), count < 2),
        button("next", strings.next, ICONS.next, () => this.actions.move(1), count < 2),
      ),
    ];
  }

  /**
   * @param {import("./strings/en.js").Strings} strings
   * @param {import("./reading.js").Reading} reading
   * @param {Item} item
   */
  #claims(strings, reading, item) {
    return item.sentence.stances.flatMap((stance) => {
      const { words, level } = sureness(strings, stance.confidence);
      const word = attitude(strings, stance.polarity);
      const holder = capital(partyName(strings, stance.holder.name));
      const line = strings
        .claim(holder, word, partyName(strings, stance.target.name))
        .map((part) => (part === word ? h("span", { class: `word ${stance.polarity}` }, part) : /\p{L}/u.test(part) ? h("bdi", {}, part) : part));
      const basis = { says: strings.says, does: strings.does, author: strings.authorBasis }[stance.basis];
      const [open = "“", close = "”"] = strings.quote;
      return [
        h("dt", {}, ...line),
        h("dd", {}, basis, " ", h("span", { class: "cue" }, open + reading.slice(stance.cue) + close)),
        h(
          "dd",
          { class: "sure" },
          h("span", { class: "pips", "aria-hidden": "true" }, [1, 2, 3].map((n) => h("i", { class: n <= level ? "on" : "" }))),
          words,
        ),
      ];
    });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const back = getComputedStyle(this.node).direction === "rtl" ? "ArrowRight" : "ArrowLeft";
    if (event.key === "Escape") this.actions.close();
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") this.actions.move(event.key === back ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * @param {import("./strings/en.js").Strings} strings
   * @param {import("./reading.js").Reading} reading
   * @param {Item} item
   */
  async #copy(strings, reading, item) {
    try {
      await navigator.clipboard.writeText(linkTo(reading.slice(item.sentence)));
    } catch {
      return; // not allowed here: nothing was copied, so nothing is said
    }
    const status = this.node.querySelector("[role=status]");
    if (status) status.textContent = strings.copied;
  }

  /** Scrolls the sentence to where the card leaves it visible. */
  #reveal() {
    const range = this.#item?.ranges.sentence;
    const rect = range?.getBoundingClientRect();
    if (!range || !rect || (!rect.width && !rect.height)) return;
    const sheet = matchMedia(SHEET).matches;
    const room = innerHeight - (sheet ? this.node.offsetHeight : 0);
    if (rect.top >= 8 && rect.bottom <= room - 8) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const top = scrollY + rect.top - Math.max(16, (room - rect.height) / (sheet ? 2 : 3));
    const box = scrollerOf(range.commonAncestorContainer);
    if (box) range.startContainer.parentElement?.scrollIntoView({ block: "center" });
    else scrollTo({ top, behavior: calm ? "instant" : "smooth" });
  }

  #place() {
    const { style } = this.node;
    const range = this.#item?.ranges.sentence;
    if (!range) return;
    if (matchMedia(SHEET).matches) {
      style.removeProperty("left");
      style.removeProperty("top");
      return;
    }
    const rects = [...range.getClientRects()].filter((r) => r.width > 0);
    const first = rects[0];
    const last = rects.at(-1);
    if (!first || !last) return;
    const { offsetWidth: width, offsetHeight: height } = this.node;
    const gap = 8;
    const below = last.bottom + gap + height <= innerHeight || first.top - gap - height < 0;
    const rtl = getComputedStyle(this.node).direction === "rtl";
    const side = rtl ? last.right - width : last.left;
    const left = Math.max(gap, Math.min(side, document.documentElement.clientWidth - width - gap));
    const top = below ? last.bottom + gap : first.top - gap - height;
    style.setProperty("left", `${Math.round(left)}px`);
    // When the sentence has been scrolled away the card waits at the edge: it may hold the focus.
    style.setProperty("top", `${Math.round(Math.max(gap, Math.min(top, innerHeight - height - gap)))}px`);
  }
}

/**
 * The sentence with its cues marked.
 * @param {import("./reading.js").Reading} reading
 * @param {Item} item
 * @returns {(Node | string)[]}
 */
function quoted(reading, { sentence }) {
  const cues = [...sentence.stances].sort((a, b) => a.cue.start - b.cue.start);
  /** @type {(Node | string)[]} */
  const out = [];
  let at = sentence.start;
  const tidy = (/** @type {string} */ text) => text.replace(/\s+/g, " ");
  for (const { cue, polarity } of cues) {
    if (cue.start < at || cue.end > sentence.end) continue;
    out.push(tidy(reading.text.slice(at, cue.start)));
    out.push(h("mark", { class: polarity }, tidy(reading.text.slice(cue.start, cue.end))));
    at = cue.end;
  }
  out.push(tidy(reading.text.slice(at, sentence.end)).trimEnd());
  return out;
}

/**
 * A link that scrolls to the sentence in browsers that know text fragments.
 * @param {string} sentence
 */
function linkTo(sentence) {
  const words = sentence.split(" ");
  const encode = (/** @type {string} */ text) => encodeURIComponent(text).replace(/-/g, "%2D");
  const fragment =
    words.length > 12 ? `${encode(words.slice(0, 5).join(" "))},${encode(words.slice(-5).join(" "))}` : encode(sentence);
  const url = new URL(location.href);
  url.hash = "";
  return `${url.href}#:~:text=${fragment}`;
}

/**
 * The nearest ancestor that scrolls, when that is not the page itself.
 * @param {Node} node
 */
function scrollerOf(node) {
  let element = node instanceof Element ? node : node.parentElement;
  for (; element && element !== document.body && element !== document.documentElement; element = element.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight) return element;
  }
  return null;
}
