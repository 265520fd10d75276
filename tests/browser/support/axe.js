// Accessibility checks by axe-core, in any of the browsers.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const source = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/**
 * What axe finds wrong with the page as it stands: one line a violation, `[]` if nothing.
 * @param {import("./browser.js").Browser} browser
 * @param {string} [within] CSS selector of the part to check; the whole page otherwise.
 * @returns {Promise<string[]>}
 */
export async function axe(browser, within) {
  const script = await readFile(source, "utf8");
  return browser.evaluate(
    async (/** @type {string} */ script, /** @type {string | null} */ within) => {
      const page = /** @type {any} */ (globalThis);
      if (!page.axe) (0, eval)(script);
      const { violations } = await page.axe.run(within ?? document);
      return violations.map(
        (/** @type {any} */ v) => `${v.id}: ${v.help} (${v.nodes.map((/** @type {any} */ n) => n.target.join(" ")).join("; ")})`,
      );
    },
    script,
    within ?? null,
  );
}
