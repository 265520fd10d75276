// Sentence splitting in Node: speed beside the peers, and whether twice the text takes twice the time.

import { hostile, hostileText, newsText } from "./text.mjs";
import { median, medianTime, table } from "./measure.mjs";
import { splitters } from "./peers.mjs";

const article = newsText(1_000_000);
const bytes = Buffer.byteLength(article);
const peers = await splitters();

console.log(`Sentence splitting, JavaScript string to JavaScript array, ${(bytes / 1e6).toFixed(1)} MB of generated news, median of 5`);
/** @type {{ name: string, speed: number, sentences: number }[]} */
const speeds = [];
for (const [name, split] of peers) {
  const sentences = (await split(article)).length;
  speeds.push({ name, speed: bytes / 1000 / (await medianTime(() => split(article))), sentences });
}
table(
  ["", "MB per CPU-second", "Standpoint is", "sentences"],
  speeds.map(({ name, speed, sentences }) => [
    name,
    speed.toFixed(1),
    `${(speeds[0].speed / speed).toFixed(2)}x`,
    sentences,
  ]),
);

console.log("\nTime for twice the text over time for the text, of 50,000 code units (2.0 is linear; a dash: under 1 ms, too short to tell)");
const size = 50_000;
const rows = [];
for (const kind of /** @type {(keyof typeof hostile)[]} */ (Object.keys(hostile))) {
  const row = [kind];
  for (const [, split] of peers) row.push(await growth(split, kind));
  rows.push(row);
}
table(["", ...peers.map(([name]) => name.replace(" (WebAssembly)", ""))], rows);

/** @param {(text: string) => unknown} split @param {keyof typeof hostile} kind */
async function growth(split, kind) {
  const [short, long] = [hostileText(kind, size), hostileText(kind, 2 * size)];
  const start = process.cpuUsage();
  await split(short);
  const { user, system } = process.cpuUsage(start);
  const first = (user + system) / 1000;
  if (first > 5_000) return `${(first / 1000).toFixed(0)} s`; // no need to see what twice as much takes
  const times = [];
  let took = 0;
  for (let round = 0; round < 3; round++) {
    const once = await medianTime(() => split(short), 1);
    const twice = await medianTime(() => split(long), 1);
    took = twice;
    times.push(twice / once);
    if (twice > 2_000) break;
  }
  return took < 1 ? "-" : `${median(times).toFixed(1)} (${took.toFixed(0)} ms)`;
}
