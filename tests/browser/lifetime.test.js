// Elements come and go, and share the page with another version of themselves.

import assert from "node:assert/strict";
import { eachBrowser } from "./support/index.js";

const STORY = `<h1>Council split over the pool</h1>
<p>Mayor Ines Calder condemned the plan on Tuesday. \u201cWe will not support it,\u201d she said.</p>
<p>The swimmers' union praised her; the developers, who want to build there, called the decision \u201ca disgrace\u201d.</p>`;

eachBrowser(
  "a thousand elements created, read and removed leave memory as it was",
  async (browser, site) => {
    await browser.open(`${site}/tests/browser/pages/empty.html`);
    await browser.evaluate(async (story) => {
      const { Annotator } = await import("/www/standpoint.js");
      const { default: init } = await import("/www/generated/standpoint_wasm.js");
      const annotator = await Annotator.load(); // in this page, where its memory can be seen
      const { memory } = await init();
      const round = async () => {
        const article = document.createElement("article");
        article.innerHTML = story;
        const element = /** @type {any} */ (document.createElement("standpoint-article"));
        element.annotator = annotator;
        article.prepend(element);
        const ready = new Promise((resolve, reject) => {
          element.addEventListener("standpoint-ready", resolve);
          element.addEventListener("standpoint-error", (/** @type {any} */ event) => reject(event.detail.error));
        });
        document.body.append(article);
        await ready;
        article.remove();
        await null; // the element waits a moment: it may have been moved only
      };
      Object.assign(globalThis, {
        rounds: async (/** @type {number} */ count) => {
          for (let i = 0; i < count; i++) await round();
          return { wasm: memory.buffer.byteLength, marks: CSS.highlights.size, sheets: document.adoptedStyleSheets.length };
        },
      });
    }, STORY);
    const rounds = (/** @type {number} */ count) =>
      browser.evaluate((count) => /** @type {any} */ (globalThis).rounds(count), count);
    const { page } = /** @type {import("./support/chromium.js").ChromiumDriver} */ (browser.driver);
    const session = await page.context().newCDPSession(page);
    const heap = async () => {
      // What waits for a finalizer goes in the next collection.
      for (let i = 0; i < 3; i++) {
        await session.send("HeapProfiler.collectGarbage");
        await browser.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
      }
      const { usedSize } = await session.send("Runtime.getHeapUsage");
      const { nodes, jsEventListeners } = await session.send("Memory.getDOMCounters");
      return { usedSize, nodes, jsEventListeners };
    };
    await rounds(200); // until every pool and cache has its size
    const before = await heap();
    const first = await rounds(10);
    const last = await rounds(1000);
    const after = await heap();
    assert.deepEqual(last, { ...first, marks: 0, sheets: 0 });
    // A listener left behind keeps an element alive: ten kilobytes a round.
    assert.ok(after.usedSize - before.usedSize < 300_000, `${before.usedSize} bytes became ${after.usedSize}`);
    assert.ok(after.nodes - before.nodes < 100, `${before.nodes} nodes became ${after.nodes}`);
    assert.ok(after.jsEventListeners - before.jsEventListeners < 100);
  },
  ["chromium"],
);

eachBrowser("two versions on a page do not disturb each other, nor the host", async (browser, site) => {
  await browser.open(`${site}/tests/browser/pages/empty.html`);
  const seen = await browser.evaluate(async (story) => {
    const first = await import("/dist/standpoint.js");
    const registered = customElements.get("standpoint-article");
    const second = await import("/dist/standpoint.js?another-version");
    if (first.StandpointArticle === second.StandpointArticle) throw new Error("one module only");
    customElements.define("standpoint-second", class extends second.StandpointArticle {});
    document.body.innerHTML = `<p id="host">Of the page itself.</p><article id="a">${story}</article><article id="b">${story}</article>`;
    const range = new Range();
    range.selectNodeContents(/** @type {Element} */ (document.getElementById("host")));
    const host = new Highlight(range);
    CSS.highlights.set("host-search", host);
    const html = document.body.innerHTML;

    const elements = [];
    for (const [name, id] of [["standpoint-article", "a"], ["standpoint-second", "b"]]) {
      const element = /** @type {any} */ (document.createElement(name));
      element.setAttribute("for", id);
      const done = new Promise((resolve, reject) => {
        element.addEventListener("standpoint-ready", resolve);
        element.addEventListener("standpoint-error", (/** @type {any} */ event) => reject(event.detail.error));
      });
      document.body.append(element);
      await done;
      elements.push(element);
    }
    const marks = () => [...CSS.highlights].map(([name, { size }]) => [name, size]).sort();
    const both = marks();
    const [a, b] = elements;
    const same = JSON.stringify(a.result) === JSON.stringify(b.result);
    b.remove();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const one = marks();
    a.remove();
    await new Promise((resolve) => setTimeout(resolve, 50));
    return {
      registered: registered === customElements.get("standpoint-article"),
      same,
      both,
      one,
      none: marks(),
      host: CSS.highlights.get("host-search") === host && host.has(range),
      untouched: document.body.innerHTML === html,
    };
  }, STORY);
  assert.ok(seen.registered, "the first to come keeps the name");
  assert.ok(seen.same, "both read the same");
  assert.ok(seen.one.length > 1, "something is marked");
  const doubled = seen.one.map(([name, size]) => [name, name === "host-search" ? size : 2 * Number(size)]);
  assert.deepEqual(seen.both, doubled);
  assert.deepEqual(seen.none, [["host-search", 1]]);
  assert.ok(seen.host && seen.untouched);
});
