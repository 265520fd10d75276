// The demo page as reviewed pictures, painted from a written-down result: see screenshots.test.js.

import assert from "node:assert/strict";
import { eachBrowser } from "./support/index.js";
import { useFonts } from "./support/fonts.js";
import { compare, SCHEMES } from "./support/pixels.js";

for (const width of [360, 1280]) {
  for (const [scheme, media] of Object.entries(SCHEMES)) {
    eachBrowser(`the demo looks as reviewed: ${width} px, ${scheme}`, async (browser, site) => {
      const page = /** @type {import("playwright-core").Page} */ (/** @type {any} */ (browser.driver).page);
      await browser.resize(width);
      await page.emulateMedia({ reducedMotion: "reduce", ...media });
      await browser.open(`${site}/dist/index.html`);
      await useFonts(browser);
      await browser.evaluate(async () => {
        const { scripted } = await import(String("/tests/browser/support/scripted-annotator.js"));
        const standoff = await import(String("/tests/browser/support/standoff.js"));
        const strike = await import(String("/tests/browser/support/strike.js"));
        const element = /** @type {any} */ (document.querySelector("standpoint-article"));
        element.annotator = scripted({ ...standoff, claims: [...standoff.claims, ...strike.claims] });
        // How a sentence is read changes with the model; how that is laid out does not.
        for (const step of document.querySelectorAll(".traced dl div")) {
          const [first, ...rest] = step.querySelectorAll("dd");
          if (first) first.textContent = "Doctors, for the plan: “praised”, 0.50";
          rest.forEach((dd) => dd.remove());
        }
      });
      await browser.waitFor(() => {
        const element = /** @type {any} */ (document.querySelector("standpoint-article"));
        return element.result?.model.name === "scripted" && document.querySelector("#story h1");
      });
      const wrong = [await look(page, `demo-${width}-${scheme}`)];
      if (scheme === "light") {
        await page.emulateMedia({ media: "print" });
        wrong.push(await look(page, `demo-print-${width}`));
        await page.emulateMedia({ media: "screen" });
      }
      await browser.click("#compare-go");
      await browser.waitFor(() => document.querySelector("#compare-out section"));
      for (const part of ["compare", "embed", "how"]) wrong.push(await look(page, `demo-${part}-${width}-${scheme}`, `#${part}`));
      await browser.click("[data-source=own]");
      await browser.waitFor(() => !document.querySelector("#own")?.hasAttribute("hidden"));
      await page.evaluate(() => {
        scrollTo({ top: 0, behavior: "instant" });
        /** @type {HTMLElement} */ (document.activeElement).blur();
      });
      wrong.push(await look(page, `demo-own-${width}-${scheme}`));
      assert.deepEqual(wrong.filter(Boolean), []);
    }, ["chromium"]);
  }
}

/**
 * @param {import("playwright-core").Page} page
 * @param {string} name
 * @param {string} [part]
 */
async function look(page, name, part) {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const options = /** @type {const} */ ({ animations: "disabled" });
  return compare(page, name, await (part ? page.locator(part).screenshot(options) : page.screenshot(options)));
}
