// Sentence splitting in Node: speed beside the peers, and whether twice the text takes twice the time.

import { hostile, hostileText, newsArticles } from "./text.mjs";
import { cpuTime, inTurns, median, medianTime, table } from "./measure.mjs";
import { splitters } from "./peers.mjs";

const articles = newsArticles();
const bytes = articles.reduce((sum, article) => sum + Buffer.byteLength(article), 0);
const peers = await splitters();
const TURNS = 9;

console.log(`Sentence splitting, JavaScript string to JavaScript array, ${articles.length} articles of ${(bytes / 1000 / articles.length).toFixed(1)} kB, median of ${TURNS} turns`);
const sentences = peers.map(() => 0);
const times = await inTurns(
  peers.map(([, split], i) => async () => {
    sentences[i] = 0;
    for (const article of articles) sentences[i] += (await split(article)).length;
  }),
  TURNS,
);
table(
  ["", "MB per CPU-second", "Standpoint is", "sentences"],
  peers.map(([name], i) => [
    name,
    (bytes / 1000 / median(times[i])).toFixed(1),
    `${median(times[i].map((time, turn) => time / times[0][turn])).toFixed(2)}x`,
    sentences[i],
  ]),
);

console.log("\nTime for 40,000 code units over time for 20,000 (2.0 is linear), and the former in milliseconds");
const rows = [];
for (const kind of /** @type {(keyof typeof hostile)[]} */ (Object.keys(hostile))) {
  const row = [kind];
  for (const [, split] of peers) row.push(await growth(split, kind));
  rows.push(row);
}
table(["", ...peers.map(([name]) => name.replace(" (WebAssembly)", ""))], rows);

/** @param {(text: string) => unknown} split @param {keyof typeof hostile} kind */
async function growth(split, kind) {
  const [short, long] = [hostileText(kind, 20_000), hostileText(kind, 40_000)];
  const first = await cpuTime(() => split(short));
  // What is slow once need not be averaged.
  const rounds = first < 100 ? 3 : 0;
  const once = rounds ? await medianTime(() => split(short), rounds) : first;
  const twice = rounds ? await medianTime(() => split(long), rounds) : await cpuTime(() => split(long));
  return `${(twice / once).toFixed(1)} (${twice.toFixed(twice < 10 ? 1 : 0)})`;
}
