// The three drivers mean the same by the same words.

import assert from "node:assert/strict";
import { axe, eachBrowser, serve } from "./support/index.js";

const page = `<!doctype html><html lang="en"><title>Support</title><main>
<h1>Support</h1><button id="one">One</button><my-box></my-box><label>Words <input id="words"></label></main>
<script>
  window.log = [];
  customElements.define("my-box", class extends HTMLElement {
    constructor() {
      super();
      this.attachShadow({ mode: "open" }).innerHTML = "<button>Two</button>";
      this.shadowRoot.querySelector("button").onclick = (event) => log.push("two " + event.isTrusted);
    }
  });
  one.onclick = (event) => log.push("one " + event.isTrusted);
  onkeydown = (event) => log.push((event.shiftKey ? "Shift " : "") + event.key);
</script></html>`;

eachBrowser("opens, evaluates, clicks, presses, photographs, checks", async (browser) => {
  const site = await serve({ pages: { "/page": page } });
  try {
    await browser.open(`${site.url}/page`);
    assert.equal(await browser.evaluate(() => document.title), "Support");
    assert.deepEqual(await browser.evaluate(async (...words) => words, "a😀", 2, null), ["a😀", 2, null]);
    await assert.rejects(browser.evaluate(() => { throw new RangeError("thrown there"); }), /thrown there/);

    await browser.click("#one");
    await browser.click("my-box >>> button");
    await browser.click("#words");
    await browser.type("hi");
    await browser.press("Shift+Tab");
    await browser.press("Escape");
    const log = await browser.evaluate(() => /** @type {any} */ (globalThis).log);
    assert.deepEqual(
      // WebKitGTK moves the focus by Shift+Tab but does not name the key.
      log.filter((/** @type {string} */ entry) => !entry.startsWith("Shift")),
      ["one true", "two true", "h", "i", "Escape"],
    );
    assert.equal(await browser.evaluate(() => document.activeElement?.localName), "my-box");

    assert.deepEqual(await axe(browser), []);
    await browser.evaluate(() => document.querySelector("label")?.replaceWith("Words", document.createElement("input")));
    assert.match((await axe(browser)).join(), /^label/);
    assert.equal((await browser.screenshot()).toString("latin1", 1, 4), "PNG");
  } finally {
    await site.close();
  }
});
