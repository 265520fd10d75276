// Awkward host pages: each says in itself which sentences a reader sees, and what a change makes of them.
// A row is kind ("" where the words alone decide it), sentence, and what its Range holds if that differs
// (`null`: a Range holds no shadow tree's words, and scripts' words besides).

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { eachBrowser } from "./support/index.js";

const hosts = (await readdir(new URL("../../www/hosts/", import.meta.url))).filter((name) => name.endsWith(".html"));

eachBrowser("awkward host pages give the right sentences and Ranges", async (browser, site) => {
  assert.ok(hosts.length >= 10);
  for (const host of hosts) {
    await browser.open(`${site}/www/hosts/${host}`);
    const read = (annotator) => browser.evaluate(annotator);
    const before = await read(async () => {
      const { Annotator } = await import("/www/api/annotator.js");
      const plain = (words) => words.replace(/[\u00ad\u200b\u2060\ufeff]/g, "").replace(/[ \t\n]+/g, " ");
      const page = document.documentElement.outerHTML;
      const story = document.querySelector("#story");
      const rows = ({ text, result, ranges }) =>
        result.sentences.map(({ start, end, kind }, i) => [kind, text.slice(start, end), plain(String(ranges[i].sentence))]);
      globalThis.seen = [];
      globalThis.errors = [];
      globalThis.annotator = await Annotator.load();
      const annotation = await annotator.annotateElement(story);
      const untouched = page === document.documentElement.outerHTML;
      annotator.observe(story, (annotation) => seen.push(rows(annotation)), { onError: (error) => errors.push(String(error)) });
      const expected = JSON.parse(document.querySelector("#expected").textContent);
      return { untouched, rows: rows(annotation), expected, changes: "change" in globalThis };
    });
    assert.ok(before.untouched, `${host} was touched`);
    check(host, before.rows, before.expected);
    if (!before.changes) continue;
    await browser.waitFor(() => seen.length === 1);
    await browser.evaluate(() => change());
    const after = await browser
      .waitFor(() => {
        const expected = JSON.parse(document.querySelector("#expected-after").textContent);
        return seen.at(-1).at(-1)[1] === expected.at(-1)[1] && seen.length > 1 && { rows: seen.at(-1), expected };
      })
      .catch(async (error) => {
        const state = await browser.evaluate(() => ({ seen, errors, page: document.querySelector("#story").outerHTML }));
        throw new Error(`${host}: ${JSON.stringify(state)}`, { cause: error });
      });
    check(`${host}, changed`, after.rows, after.expected);
  }
});

/** @param {string} host @param {string[][]} rows @param {(string | null)[][]} expected */
function check(host, rows, expected) {
  const sentences = rows.map(([kind, text], i) => [expected[i]?.[0] ? kind : "", text]);
  assert.deepEqual(sentences, expected.map(([kind, text]) => [kind, text]), host);
  for (const [i, [, text, shown]] of expected.entries()) {
    if (shown !== null) assert.equal(rows[i][2], shown ?? text?.replace(/\n/g, " "), host);
  }
}
