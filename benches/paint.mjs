// Marking 3,800 sentences on a page in Chromium: the element's few shared `Highlight` objects beside one for each
// sentence, in the same page.

import * as esbuild from "esbuild";
import { launch } from "../tests/browser/support/index.js";
import { root, serve } from "../tests/browser/support/server.js";
import { median, table } from "./measure.mjs";

const ROUNDS = 3;

await esbuild.build({
  entryPoints: [`${root}/benches/paint-page.js`],
  outfile: `${root}/target/bench/paint-page.js`,
  bundle: true,
  format: "esm",
  logLevel: "warning",
});
const page = '<!doctype html><title>bench</title><body><script type="module" src="/target/bench/paint-page.js"></script>';
const site = await serve({ pages: { "/bench": page } });
/** Sentences in a text node → what such a page is. */
const PAGES = { 5: "in paragraphs of five", 3800: "in one text node, as in a plain-text page" };
for (const [perNode, layout] of Object.entries(PAGES)) {
  /** @type {{ shared: number, single: number }[]} */
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await measure(Number(perNode)));
  const of = (/** @type {"shared" | "single"} */ what) => median(rounds.map((round) => round[what]));
  console.log(`Marking 3,800 sentences ${layout}, until they are drawn: milliseconds of the page's thread in Chromium, median of ${ROUNDS} fresh browsers`);
  table(
    ["", "ms", "times"],
    [
      ["Standpoint: a Highlight a kind of mark", of("shared").toFixed(1), "1"],
      ["a Highlight a sentence", of("single").toFixed(1), (of("single") / of("shared")).toFixed(1)],
    ],
  );
}
console.log("the page's own nodes are unchanged while they are marked and after");
await site.close();

/** @param {number} perNode */
async function measure(perNode) {
  const browser = await launch("chromium");
  const tab = /** @type {any} */ (browser.driver).page;
  const session = await tab.context().newCDPSession(tab);
  await session.send("Performance.enable", { timeDomain: "threadTicks" }); // not the clock: others may use the machine
  await browser.open(`${site.url}/bench`);
  const step = async (/** @type {string} */ name) => {
    const used = async () => (await session.send("Performance.getMetrics")).metrics.find((/** @type {any} */ m) => m.name === "TaskDuration").value;
    const before = await used();
    await browser.evaluate((name) => /** @type {any} */ (globalThis).steps[name](), name);
    return 1000 * ((await used()) - before);
  };
  await browser.evaluate((n) => /** @type {any} */ (globalThis).steps.open(n), perNode);
  const shared = await step("shared");
  if (!(await browser.evaluate(() => /** @type {any} */ (globalThis).steps.clear()))) throw new Error("the page was changed");
  const single = await step("single");
  await browser.close();
  return { shared, single };
}
