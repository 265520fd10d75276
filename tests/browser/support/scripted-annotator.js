// An annotator whose every answer is written down in the test: what the element does is checked apart from what
// the model finds. Runs in the page.

const BLOCKS = "h1,h2,h3,p,figcaption,li";
const SKIP = "aside,nav,script,style,standpoint-article";

/**
 * @typedef {{ sentence: string, holder: string, target: string, cue: string, polarity: "support" | "oppose",
 *   basis?: "says" | "does" | "author", confidence?: number }} Claim `sentence` is how it begins.
 * @typedef {{ id: string, label: string }} Topic
 */

/** @param {{ claims?: Claim[], topics?: Record<string, Topic>, language?: string }} [script] */
export function scripted({ claims = [], topics = {}, language = "en" } = {}) {
  return {
    calls: 0,
    /** @param {Element} element */
    async annotateElement(element) {
      this.calls++;
      let text = "";
      /** @type {any[]} */
      const sentences = [];
      /** @type {any[]} */
      const ranges = [];
      /** @type {Topic | undefined} */
      let topic;
      [...element.querySelectorAll(BLOCKS)].filter((b) => !b.closest(SKIP)).forEach((block, paragraph) => {
        if (text) text += "\n\n";
        const base = text.length;
        const content = block.textContent ?? "";
        text += content;
        const kind = block.matches("h1,h2,h3") ? "heading" : block.matches("figcaption") ? "caption" : block.matches(".byline,.dateline") ? "meta" : "body";
        for (const { segment, index } of split(content)) {
          const start = base + index;
          const end = start + segment.trimEnd().length;
          for (const [head, t] of Object.entries(topics)) if (segment.startsWith(head)) topic = t;
          const own = claims.filter((c) => segment.startsWith(c.sentence));
          const stances = own.map((c) => {
            const party = (/** @type {string} */ name) => {
              const at = segment.indexOf(name);
              return at < 0 ? { name } : { name, start: start + at, end: start + at + name.length };
            };
            const at = segment.indexOf(c.cue);
            if (at < 0) throw new Error(`no cue "${c.cue}" in "${segment}"`);
            return {
              holder: party(c.holder), target: party(c.target), polarity: c.polarity, basis: c.basis ?? "says",
              cue: { start: start + at, end: start + at + c.cue.length }, confidence: c.confidence ?? 0.8,
            };
          });
          const kinds = new Set(stances.map((s) => s.polarity));
          sentences.push({
            start, end, paragraph, kind,
            topics: topic && kind !== "meta" ? [{ ...topic, score: 0.8 }] : [],
            subtopics: [], confidence: 0.8, stances,
            stance: kinds.size === 2 ? "mixed" : ([...kinds][0] ?? "neutral"),
          });
          const range = (/** @type {{ start?: number, end?: number }} */ s) =>
            s.start === undefined ? null : rangeIn(block, s.start - base, /** @type {number} */ (s.end) - base);
          ranges.push({
            sentence: range({ start, end }),
            stances: stances.map((s) => ({ holder: range(s.holder), target: range(s.target), cue: range(s.cue) })),
          });
        }
      });
      const result = { schemaVersion: 1, language, model: { name: "scripted", version: "0.0.0" }, topics: [], stances: [], sentences };
      return { text, result, ranges };
    },
    /** @param {string} text A blank line ends a paragraph. */
    async annotate(text) {
      const article = document.createElement("article");
      for (const block of text.split("\n\n")) article.append(Object.assign(document.createElement("p"), { textContent: block }));
      return (await this.annotateElement(article)).result;
    },
    dispose() {},
  };
}

/** @param {string} text */
function split(text) {
  const pieces = [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(text)];
  /** @type {{ segment: string, index: number }[]} */
  const out = [];
  for (const { segment, index } of pieces) {
    const last = out.at(-1);
    if (last && /\b(Mr|Ms|Dr)\. $/.test(last.segment)) last.segment += segment;
    else out.push({ segment, index });
  }
  return out;
}

/**
 * @param {Element} block
 * @param {number} start
 * @param {number} end
 */
function rangeIn(block, start, end) {
  const range = document.createRange();
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let at = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = /** @type {Text} */ (node).data.length;
    if (start >= at && start < at + length) range.setStart(node, start - at);
    if (end > at && end <= at + length) {
      range.setEnd(node, end - at);
      break;
    }
    at += length;
  }
  return range;
}
