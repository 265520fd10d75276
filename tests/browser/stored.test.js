// Results made at publishing time, on pages that were edited since: what is still there is found, nothing else is.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { eachBrowser, serve } from "./support/index.js";
import { root } from "./support/server.js";
import { edits, page as story } from "./support/edited-story.js";

/** Made by the command line from plain text, as a publisher does. @param {...string} args */
function annotate(...args) {
  const program = ["run", "--quiet", "--bin", "standpoint", "--", "annotate", ...args];
  return execFileSync("cargo", program, { cwd: root, input: story.plain, encoding: "utf8" });
}

/** The element's own files and the stored result, nothing else. */
const html = (/** @type {string} */ body) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Story</title>
<script type="module" src="/dist/standpoint.js"></script>
<standpoint-article for="story" src="/story.json"></standpoint-article><article id="story">${body}</article></html>`;

/** What stands where, in the page. */
const read = async () => {
  const element = /** @type {any} */ (document.querySelector("standpoint-article"));
  const heard = await /** @type {any} */ (globalThis).outcome;
  const words = (/** @type {Range | null} */ range) => range && String(range).replace(/\s+/g, " ").trim();
  const { result, ranges, fit, text } = element.annotation ?? {};
  return {
    heard,
    fit,
    note: element.shadowRoot.querySelector(".note").textContent,
    status: element.shadowRoot.querySelector(".status").textContent,
    marks: CSS.highlights?.size,
    sentences: result?.sentences.map((/** @type {any} */ s, /** @type {number} */ i) => ({
      hash: s.anchor.hash,
      said: text.slice(s.start, s.end).replace(/\s+/g, " ").trim(),
      shown: words(ranges[i].sentence),
      claims: s.stances.map((/** @type {any} */ c, /** @type {number} */ j) => [c.holder.name, c.polarity, c.target.name, words(ranges[i].stances[j].cue)].join(" | ")),
    })),
  };
};

const listen = `<script>
  const names = ["ready", "error", "stale"], heard = [];
  globalThis.outcome = new Promise((resolve) => names.forEach((name) => addEventListener("standpoint-" + name, (event) => {
    heard.push(name + (event.detail.error ? " " + event.detail.error.code : ""));
    if (name !== "stale") resolve(heard);
  })));
</script>`;

for (const [kind, ...args] of [["without its text"], ["with its text", "--with-text"], ["in bytes", "--offsets", "utf8"]]) {
  eachBrowser(`a stored result ${kind} is found again after edits, and only where it says the same`, async (browser) => {
    const stored = annotate(...args);
    const { sentences } = JSON.parse(annotate());
    const original = new Map(sentences.map((/** @type {any} */ s) => [s.anchor.hash, story.plain.slice(s.start, s.end)]));
    let wanted = 0;
    let found = 0;
    for (const edit of edits) {
      const pages = { "/": html(listen + edit.body), "/story.json": stored };
      const site = await serve({ pages });
      try {
        await browser.open(site.url);
        const { heard, fit, sentences: there, note } = await browser.evaluate(read);
        assert.equal(heard.at(-1), "ready", edit.name);
        if (edit === edits[0]) {
          const all = there.flatMap((/** @type {any} */ s) => s.claims).join();
          const dropped = edits.flatMap((e) => e.dropped ?? []).filter((gone) => all.includes(gone)).length;
          assert.ok(dropped > 0, "some of the claims that edits turn round are made at all");
        }
        const lost = fit.lost.map((/** @type {number} */ i) => sentences[i].anchor.hash);
        for (const { said, shown } of there) assert.equal(said, shown, edit.name);
        for (const { hash, shown, claims } of there) {
          const before = original.get(hash) ?? "";
          // None wrongly: the same letters, or the one typing error that this edit mends.
          const same = letters(shown) === letters(before) || letters(edit.mend?.(before) ?? "") === letters(shown);
          assert.ok(same, `${edit.name}: “${before}” is not “${shown}”`);
          for (const gone of edit.dropped ?? []) assert.ok(!claims.some((/** @type {string} */ c) => c.includes(gone)), `${edit.name}: ${gone}`);
        }
        // Whatever the edit has left as it was must be found.
        const may = edit.lose + (kind === "with its text" ? 0 : (edit.typos ?? 0));
        wanted += fit.sentences - edit.lose;
        found += Math.min(fit.found, fit.sentences - edit.lose);
        assert.equal(lost.length, may, `${edit.name} loses ${lost.map((/** @type {string} */ h) => original.get(h)).join(" / ")}`);
        assert.equal(heard.includes("stale"), may > 0, edit.name);
        assert.equal(/not here/.test(note), may > 0, edit.name);
        const asked = site.requests.filter((path) => !["/", "/favicon.ico"].includes(path));
        assert.deepEqual(asked, ["/dist/standpoint.js", "/story.json"], "no model, no WebAssembly");
      } finally {
        await site.close();
      }
    }
    console.log(`# ${kind}: ${found} of ${wanted} sentences found in ${edits.length} edited pages`);
    assert.ok(found >= 0.95 * wanted);
  }, kind === "without its text" ? undefined : ["chromium"]);
}

eachBrowser("another article's result is called stale, and a teaser of the right article is not", async (browser) => {
  const stored = annotate();
  const teaser = edits[0].body.split("</p>").slice(0, 3).join("</p>") + "</p>";
  const bodies = { teaser, other: "<h1>Frost</h1><p>It froze last night. The pumps stopped at four.</p>" };
  for (const [name, body] of Object.entries(bodies)) {
    const site = await serve({ pages: { "/": html(listen + body), "/story.json": stored } });
    try {
      await browser.open(site.url);
      const { heard, status, marks } = await browser.evaluate(read);
      if (name === "teaser") assert.deepEqual(heard, ["stale", "ready"]);
      else assert.deepEqual(heard, ["stale", "error stale"]);
      assert.equal(marks > 0, name === "teaser");
      if (name === "other") assert.match(status, /has changed since/);
      assert.ok(await browser.evaluate(() => document.body.innerText.length > 20), "the article is there to read");
    } finally {
      await site.close();
    }
  }
});

eachBrowser("what is no stored result is refused with a code", async (browser) => {
  const files = { "not JSON": ["<!doctype html>", "src-unreadable"], other: ['{"a":1}', "src-invalid"], future: ['{"schemaVersion":2,"sentences":[]}', "src-invalid"] };
  for (const [name, [content, code]] of Object.entries(files)) {
    const site = await serve({ pages: { "/": html(listen + edits[0].body), "/story.json": content } });
    try {
      await browser.open(site.url);
      assert.deepEqual((await browser.evaluate(read)).heard, [`error ${code}`], name);
    } finally {
      await site.close();
    }
  }
}, ["chromium"]);

test("the element with stored results takes at most 30 KiB", () => {
  const budget = JSON.parse(readFileSync(`${root}/tests/size-budget.json`, "utf8"));
  assert.ok(budget["standpoint.js"].brotli <= 30 * 1024);
});

/** @param {string} words */
const letters = (words) => words.replace(/[^\p{L}\p{N}$%&+<=>?@#]/gu, "");
