// Marks that touch, overlap and cover one another, in every pattern: no browser may give up over them (WebKitGTK did,
// where layers had priorities).

import assert from "node:assert/strict";
import { eachBrowser } from "./support/index.js";

eachBrowser("overlapping marks of every kind leave the page alive and go without a trace", async (browser, site) => {
  await browser.open(`${site}/tests/browser/pages/empty.html`);
  const left = await browser.evaluate(async () => {
    const { Painter } = await import("/www/element/painter.js");
    const text = document.createTextNode(Array.from({ length: 60 }, (_, i) => `word${i}`).join(" "));
    const paragraph = document.createElement("p");
    paragraph.append(text);
    document.body.replaceChildren(paragraph);
    const names = ["mixed", "oppose", "support"];
    const layers = ["mixed", "oppose", "support", "mixed-cue", "oppose-cue", "support-cue", "hover", "selected"];
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      layers.map((name, i) => `::highlight(standpoint-${name}) { background: hsl(${i * 40} 80% 85%); text-decoration: underline }`).join(""),
    );
    document.adoptedStyleSheets.push(sheet);
    let seed = 7;
    /** @param {number} n */
    const below = (n) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n;
    const range = (/** @type {number} */ start, /** @type {number} */ end) =>
      new StaticRange({ startContainer: text, startOffset: start, endContainer: text, endOffset: end });
    const painter = new Painter();
    for (let round = 0; round < 40; round++) {
      const marks = [];
      for (let at = 0, end = 0; at < text.length - 60; at = end + 1) {
        end = at + 30 + below(60);
        const name = names[below(4)];
        if (!name) continue;
        marks.push({ name, range: range(at, end) });
        for (let cues = 1 + below(2); cues > 0; cues--) {
          const start = at + below(end - at - 12);
          marks.push({ name: `${name === "mixed" ? names[1 + (cues % 2)] : name}-cue`, range: range(start, start + 3 + below(9)) });
        }
      }
      await painter.show(marks);
      const [first] = marks;
      painter.only("hover", first ? [first.range] : []);
      painter.only("selected", first && below(2) ? [range(0, 60)] : []);
      await new Promise((resolve) => setTimeout(resolve, 20)); // until it is drawn
    }
    painter.clear();
    return CSS.highlights.size;
  });
  assert.equal(left, 0);
});
