// Every view of the element as a reviewed picture: 360 and 1280 px, light, dark, forced colours, print. What is
// painted is written down in support/standoff.js, so that no model's opinion changes a picture.
//
// A change that is meant: UPDATE_EXPECT=1 node --test tests/browser/screenshots.test.js, then look at the pictures.

import assert from "node:assert/strict";
import { eachBrowser } from "./support/index.js";
import { useFonts } from "./support/fonts.js";
import { compare, SCHEMES } from "./support/pixels.js";
import { openStory } from "./support/story.js";

/**
 * Keys to press from the view before, what to show (the window, or the box alone), and how to open the story.
 * @type {Record<string, { keys?: string[], box?: true, open?: Record<string, string>, phase?: "reading" | "failed" }>}
 */
const VIEWS = {
  folded: { open: {} },
  unfolded: { open: { open: "always" } },
  narrowed: { keys: ["holder:Mira Halden", "pair:[\"Mira Halden\",\"the blast\",\"oppose\"]"] },
  card: { keys: ["all", "one", "next", "next", "next", "next", "next", "next"] },
  table: { keys: ["close", "table"], box: true },
  list: { keys: ["table", "list"], box: true },
  how: { keys: ["list", "how"], box: true },
  topics: { keys: ["how", "view:topics"] },
  off: { keys: ["view:off"], box: true },
  unmarkable: { open: { open: "always", plain: "" }, box: true },
  nothing: { open: { open: "always", silent: "" }, box: true },
  german: { open: { open: "always", lang: "de" }, box: true },
  "right-to-left": { open: { open: "always", dir: "rtl" } },
  reading: { open: { open: "always" }, phase: "reading", box: true },
  failed: { phase: "failed", box: true },
};

for (const width of [360, 1280]) {
  for (const [scheme, media] of Object.entries(SCHEMES)) {
    eachBrowser(`looks as reviewed: ${width} px, ${scheme}`, async (browser, site) => {
      const page = pageOf(browser);
      await browser.resize(width);
      await page.emulateMedia({ reducedMotion: "reduce", ...media });
      const wrong = [];
      for (const [view, { keys = [], box, open, phase }] of Object.entries(VIEWS)) {
        if (open) {
          await openStory(browser, site, open);
          await useFonts(browser);
          await browser.evaluate(() => /** @type {any} */ (globalThis).element.refresh());
        }
        for (const key of keys) await press(browser, key);
        if (phase) await hold(browser, phase);
        wrong.push(await compare(page, `${view}-${width}-${scheme}`, await shot(page, box ?? false)));
      }
      assert.deepEqual(wrong.filter(Boolean), []);
    }, ["chromium"]);
  }
  eachBrowser(`prints as reviewed: ${width} px`, async (browser, site) => {
    const page = pageOf(browser);
    await page.setViewportSize({ width, height: 1000 });
    const wrong = [];
    for (const [view, keys] of Object.entries({ stance: [], table: ["table"], topics: ["table", "view:topics"] })) {
      await page.emulateMedia({ media: "screen", colorScheme: "dark" }); // a reader in the dark prints black on white
      if (!keys.length) {
        await openStory(browser, site, { open: "always" });
        await useFonts(browser);
      }
      for (const key of keys) await press(browser, key);
      await page.emulateMedia({ media: "print", colorScheme: "light" });
      wrong.push(await compare(page, `print-${view}-${width}`, await shot(page, false)));
    }
    assert.deepEqual(wrong.filter(Boolean), []);
  }, ["chromium"]);
}

/** @param {import("./support/browser.js").Browser} browser @returns {import("playwright-core").Page} */
const pageOf = (browser) => /** @type {any} */ (browser.driver).page;

/** The window, or the box with a little around it. @param {import("playwright-core").Page} page @param {boolean} box */
async function shot(page, box) {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const clip = await page.evaluate((box) => {
    // On a wide window the margins are empty: the picture is of the column.
    const main = /** @type {HTMLElement} */ (document.querySelector("main"));
    const left = Math.max(0, Math.floor(main.getBoundingClientRect().left) - 24);
    const width = innerWidth - 2 * left;
    if (!box) return { x: left, y: 0, width, height: innerHeight };
    const rect = /** @type {any} */ (globalThis).element.getBoundingClientRect();
    return { x: left, y: Math.floor(rect.top + scrollY) - 8, width, height: Math.ceil(rect.height) + 16 };
  }, box);
  return page.screenshot({ clip, fullPage: box, animations: "disabled" });
}

/** @param {import("./support/browser.js").Browser} browser @param {string} key */
async function press(browser, key) {
  await browser.evaluate((/** @type {string} */ key) => {
    const { element } = /** @type {any} */ (globalThis);
    const control = element.shadowRoot.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (control?.getClientRects().length) control.click(); // there are two ways to narrow, one a width
    element.shadowRoot.activeElement?.blur();
  }, key);
}

/** Stops in the middle of reading, or fails. @param {import("./support/browser.js").Browser} browser @param {string} phase */
async function hold(browser, phase) {
  await browser.evaluate(async (/** @type {string} */ phase) => {
    const { element } = /** @type {any} */ (globalThis);
    element.annotator = {
      annotateElement: () => (phase === "failed" ? Promise.reject(Object.assign(new Error("no"), { code: "fetch-failed" })) : new Promise(() => {})),
    };
    const wanted = phase === "failed" ? /could not/ : /Reading the article/;
    while (!wanted.test(element.shadowRoot.querySelector(".status").textContent)) await new Promise((resolve) => setTimeout(resolve, 5));
  }, phase);
}
