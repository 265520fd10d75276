// The first annotation of a 50-sentence article in Chromium after loading, beside Intl.Segmenter and wink-nlp
// in the same page; a fresh browser for each of the rounds.

import * as esbuild from "esbuild";
import { setTimeout } from "node:timers/promises";
import { launch } from "../tests/browser/support/index.js";
import { root, serve } from "../tests/browser/support/server.js";
import { sampleArticle } from "./article.mjs";
import { median, table } from "./measure.mjs";

const ROUNDS = 7;
const SENTENCES = 50;
/** Milliseconds in which a browser that was just started comes to rest: until then its own start takes the processors, in a reader's it does not. */
const REST = 3000;

await esbuild.build({
  entryPoints: [`${root}/benches/first-page.js`],
  outfile: `${root}/target/bench/first-page.js`,
  bundle: true,
  format: "esm",
  external: ["/dist/standpoint.js"],
  logLevel: "warning",
});
const { text: article } = await sampleArticle(SENTENCES);
const page = '<!doctype html><title>bench</title><script type="module" src="/target/bench/first-page.js"></script>';
const site = await serve({ pages: { "/bench": page } });
/** @type {Map<string, { load: number, first: number, warm: number }[]>} */
const rounds = new Map();
for (let round = 0; round < ROUNDS; round++) {
  const browser = await launch("chromium");
  await browser.open(`${site.url}/bench`);
  await setTimeout(REST);
  const readings = await browser.evaluate((text) => /** @type {any} */ (globalThis).measure(text), article);
  await browser.close();
  for (const { name, ...reading } of readings) rounds.set(name, [...(rounds.get(name) ?? []), reading]);
}
await site.close();

console.log(`Annotating ${SENTENCES} sentences (${article.length} characters) in Chromium, milliseconds, median of ${ROUNDS} fresh browsers at rest`);
/** @param {{ load: number, first: number, warm: number }[]} readings @param {"load" | "first" | "warm"} what */
const of = (readings, what) => median(readings.map((reading) => reading[what])).toFixed(1);
table(
  ["", "first after load", "warmed up", "loading"],
  [...rounds].map(([name, readings]) => [name, of(readings, "first"), of(readings, "warm"), of(readings, "load")]),
);
