// What the element looks like and tells: accessibility checks in every view and width, nothing that moves the
// page, controls large enough to hit. In Chromium, whose window can be resized and told to pretend.

import assert from "node:assert/strict";
import { axe, eachBrowser } from "./support/index.js";
import { openStory, page } from "./support/story.js";

/** What the reader may have on the screen: a key to press each, in this order. */
const STEPS = {
  folded: [],
  unfolded: ["open"],
  "a sentence's card": ["one"],
  "narrowed to a name": ["stance:oppose"],
  table: ["all", "table"],
  list: ["list"],
  "how it works": ["how"],
  topics: ["view:topics"],
  off: ["view:off"],
};

for (const width of [360, 1280]) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    eachBrowser(`has nothing for axe to find: ${width} px, ${colorScheme}`, async (browser, site) => {
      await resize(browser, width);
      await browser.emulate({ colorScheme });
      await openStory(browser, site, {});
      for (const [view, keys] of Object.entries(STEPS)) {
        for (const key of keys) await press(browser, key);
        await settled(browser);
        assert.deepEqual(await axe(browser), [], view);
        const wide = await browser.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${view}: ${wide} px wider than the window`);
      }
      assert.ok(await browser.evaluate(page.untouched));
    }, ["chromium"]);
  }
}

for (const width of [360, 768, 1280]) {
  eachBrowser(`does not move the page under it: ${width} px`, async (browser, site) => {
    await resize(browser, width);
    await openStory(browser, site);
    const heights = await browser.evaluate(async () => {
      const { element, scripted, standoff } = /** @type {any} */ (globalThis);
      const own = scripted(standoff);
      let go = () => {};
      const ready = new Promise((resolve) => element.addEventListener("standpoint-ready", resolve, { once: true }));
      element.annotator = {
        annotateElement: async (/** @type {Element} */ story) => {
          await new Promise((resolve) => (go = () => resolve(undefined)));
          return own.annotateElement(story);
        },
      };
      const status = () => element.shadowRoot.querySelector(".status").textContent;
      const heights = [element.offsetHeight];
      const box = element.cloneNode();
      while (!status().startsWith("Reading")) await new Promise((resolve) => setTimeout(resolve, 5));
      heights.push(element.offsetHeight);
      await new Promise((resolve) => setTimeout(resolve, 20));
      go();
      await ready;
      heights.push(element.offsetHeight);
      box.setAttribute("for", "none");
      element.replaceWith(box);
      heights.push(box.offsetHeight); // before anything is known
      return heights;
    });
    assert.deepEqual(new Set(heights).size, 1, heights.join(", "));
  }, ["chromium"]);
}

eachBrowser("has controls that a finger or a shaky hand can hit", async (browser, site) => {
  await openStory(browser, site);
  await press(browser, "one");
  const small = await browser.evaluate(() =>
    [.../** @type {any} */ (globalThis).element.shadowRoot.querySelectorAll("button, summary")]
      .filter((control) => control.offsetParent || control.getClientRects().length)
      .map((control) => ({ name: control.dataset.key, box: control.getBoundingClientRect() }))
      .filter(({ box }) => box.height < 31.5 || box.width < 24)
      .map(({ name, box }) => `${name}: ${box.width} × ${box.height}`),
  );
  assert.deepEqual(small, []);
}, ["chromium"]);

eachBrowser("keeps the card within the window, beside its sentence or at its foot", async (browser, site) => {
  for (const [width, dir] of /** @type {const} */ ([[1280, "ltr"], [1280, "rtl"], [360, "ltr"], [320, "rtl"]])) {
    await resize(browser, width);
    await openStory(browser, site, { open: "", dir });
    const boxes = await browser.evaluate(async () => {
      const { element } = /** @type {any} */ (globalThis);
      const out = [];
      for (const [index, sentence] of element.result.sentences.entries()) {
        if (!sentence.stances.length) continue;
        element.select(index);
        await Promise.all(element.shadowRoot.getAnimations().map((/** @type {Animation} */ a) => a.finished));
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const { left, top, right, bottom } = element.shadowRoot.querySelector(".card").getBoundingClientRect();
        out.push(left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight);
      }
      return out;
    });
    assert.ok(boxes.length > 10 && boxes.every(Boolean), `${width} ${dir}: ${boxes}`);
  }
}, ["chromium"]);

eachBrowser("dresses for the page it is on, not for the reader's system", async (browser, site) => {
  await browser.emulate({ colorScheme: "dark" });
  await openStory(browser, site);
  const theme = () => /** @type {any} */ (globalThis).element.shadowRoot.querySelector(".root").dataset.theme;
  assert.equal(await browser.evaluate(theme), "dark");
  await browser.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("html, body { background: #fff !important; color: #111 !important; color-scheme: light }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return /** @type {any} */ (globalThis).element.refresh();
  });
  assert.equal(await browser.evaluate(theme), "light");
}, ["chromium"]);

/**
 * @param {import("./support/browser.js").Browser} browser
 * @param {number} width
 */
async function resize(browser, width) {
  await /** @type {any} */ (browser.driver).page.setViewportSize({ width, height: width < 500 ? 740 : 800 });
}

/**
 * @param {import("./support/browser.js").Browser} browser
 * @param {string} key
 */
async function press(browser, key) {
  await browser.evaluate((/** @type {string} */ key) => {
    const control = /** @type {any} */ (globalThis).element.shadowRoot.querySelector(`[data-key="${key}"]`);
    if (control.tagName === "SUMMARY" || !control.disabled) control.click();
  }, key);
}

/** Lets animations end, so that colours are what they will be. @param {import("./support/browser.js").Browser} browser */
async function settled(browser) {
  await browser.evaluate(() => {
    const { shadowRoot } = /** @type {any} */ (globalThis).element;
    return Promise.all(shadowRoot.getAnimations().map((/** @type {Animation} */ a) => a.finished)).then(() => {});
  });
}
