// The longest task while a page of 200 sentences is read in Chromium, by the element and by the API in the page's
// own thread; a fresh browser for each of the rounds. From 50 ms on a task counts as long (W3C Long Tasks).

import { readFile } from "node:fs/promises";
import { launch } from "../tests/browser/support/index.js";
import { root, serve } from "../tests/browser/support/server.js";
import { median, table } from "./measure.mjs";

const ROUNDS = 5;
const SENTENCES = 200;

/** The paragraphs of the sample articles, over and over. */
async function story() {
  const paragraphs = [];
  for (const name of ["standoff", "vaccine", "council"]) {
    const html = await readFile(`${root}/www/samples/${name}.html`, "utf8");
    const article = html.slice(html.indexOf("<article"), html.indexOf("</article>"));
    paragraphs.push(...(article.match(/<(p|h1|h2)\b[^>]*>.*?<\/\1>/gs) ?? []));
  }
  const sentences = (/** @type {string} */ html) => html.match(/[.!?]”?(?=\s|<)/g)?.length ?? 1;
  let html = "";
  for (let i = 0, count = 0; count < SENTENCES; i++) {
    const paragraph = paragraphs[i % paragraphs.length];
    html += paragraph;
    count += sentences(paragraph);
  }
  return html;
}

const watch = `<script>
  globalThis.tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "longtask", buffered: true });
</script>`;
const head = `<!doctype html><html lang="en"><title>bench</title>${watch}`;
const article = `<article id="story">${await story()}</article>`;
const pages = {
  "/none": `${head}${article}`,
  "/element": `${head}<script type="module" src="/dist/standpoint.js"></script><standpoint-article for="story"></standpoint-article>${article}`,
  "/api": `${head}${article}`,
};
const site = await serve({ pages });

/** @param {string} path */
async function measure(path) {
  const browser = await launch("chromium");
  await browser.open(site.url + path);
  const reading = await browser.evaluate(async (path) => {
    const time = performance.now();
    let sentences = 0;
    if (path === "/api") {
      const { Annotator } = await import("/dist/standpoint.js");
      const annotator = await Annotator.load({ model: "fast" });
      sentences = (await annotator.annotateElement(document.querySelector("article"))).result.sentences.length;
    } else if (path === "/element") {
      const element = /** @type {any} */ (document.querySelector("standpoint-article"));
      if (!element.result) await new Promise((resolve) => element.addEventListener("standpoint-ready", resolve));
      sentences = element.result.sentences.length;
    }
    const until = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 500)); // painted, and the observer told
    const { tasks } = /** @type {any} */ (globalThis);
    return { sentences, time: until - time, longest: Math.max(0, ...tasks), count: tasks.length };
  }, path);
  await browser.close();
  return reading;
}

const names = { "/none": "the page alone", "/element": "<standpoint-article>", "/api": "annotateElement, no worker" };
const rows = [];
for (const [path, name] of Object.entries(names)) {
  const readings = [];
  for (let round = 0; round < ROUNDS; round++) readings.push(await measure(path));
  const longest = readings.map((reading) => reading.longest);
  rows.push([
    name,
    readings[0].sentences,
    median(readings.map((reading) => reading.time)).toFixed(0),
    median(readings.map((reading) => reading.count)),
    Math.min(...longest).toFixed(0),
    median(longest).toFixed(0),
  ]);
}
await site.close();
console.log("Tasks of 50 ms and longer while a page is loaded and read in Chromium (0: none), milliseconds");
table(["", "sentences", "read after", "long tasks", "longest, best round", "median round"], rows);
