// Runs in the browser: how long it takes until the marks of 3,800 sentences are drawn, painted as the element does
// and with one `Highlight` a sentence.

import { Painter } from "../www/element/painter.js";

const SENTENCES = 3800;
const KINDS = ["support", "oppose", "mixed"];

/** @param {string} name */
const rule = (name) => `::highlight(${name}){background:#00796b22}`;

/** Resolves when what was done before has been drawn. */
const drawn = () =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));

/** A story of that many sentences, and a range for each. @param {number} perNode Sentences in a text node. */
function story(perNode) {
  const article = document.createElement("article");
  /** @type {Range[]} */
  const ranges = [];
  for (let i = 0; i < SENTENCES; i += perNode) {
    const paragraph = article.appendChild(document.createElement("p"));
    const text = paragraph.appendChild(new Text());
    for (let j = i; j < i + perNode; j++) {
      const start = text.length;
      text.appendData(`Sentence ${j} says that the council has voted for the plan, and why it did so. `);
      const range = new Range();
      range.setStart(text, start);
      range.setEnd(text, text.length - 1);
      ranges.push(range);
    }
  }
  document.body.append(article);
  return ranges;
}

const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [sheet];
const painter = new Painter();
/** @type {Range[]} */
let ranges = [];
let before = "";

/** What the bench calls, one after the other. */
globalThis.steps = {
  /** @param {number} perNode */
  async open(perNode) {
    ranges = story(perNode);
    sheet.replaceSync(KINDS.map((name) => rule(`standpoint-${name}`)).join(""));
    before = document.documentElement.outerHTML;
    await drawn();
  },
  async shared() {
    await painter.show(ranges.map((range, i) => ({ name: String(KINDS[i % KINDS.length]), range })));
    await drawn();
  },
  async clear() {
    const during = document.documentElement.outerHTML;
    painter.clear();
    // Next, each sentence can be addressed on its own: a name, a rule and a `Highlight` for it.
    sheet.replaceSync(ranges.map((_, i) => rule(`one-${i}`)).join(""));
    await drawn();
    return during === before && document.documentElement.outerHTML === before;
  },
  async single() {
    ranges.forEach((range, i) => CSS.highlights.set(`one-${i}`, new Highlight(range)));
    await drawn();
  },
};
