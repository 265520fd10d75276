// The JavaScript API in pages: threads, policies, and stories that change.

import assert from "node:assert/strict";
import { eachBrowser, serve } from "./support/index.js";

const STORY = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Story</title>
<article id="story"><h1>Harbour vote <em>splits</em> council</h1><p class="byline">By Tom Arkwright</p>
<p>Mayor Ines Calder\u00ad condemned the plan <b>on Tuesday</b>.\n She\u200b called it a “gift”\u00a0to speculators 😀.</p>
<aside>Advertisement</aside><p>The union <!-- mark -->backed it.</p></article></html>`;

/** @param {import("./support/browser.js").Browser} browser @param {object} [headers] @param {(url: string, requests: string[]) => Promise<void>} [body] */
async function withStory(browser, headers, body) {
  const site = await serve({ pages: { "/story": STORY }, headers });
  try {
    await browser.open(`${site.url}/story`);
    await body(site.url, site.requests);
  } finally {
    await site.close();
  }
}

/** Loads in the page and says how it went. */
async function load(worker) {
  const { Annotator } = await import("/www/api/annotator.js");
  try {
    globalThis.annotator = await Annotator.load({ worker });
    const { sentences } = await annotator.annotate("One. \u{1f600} two.\n\nThree.");
    const { text } = await annotator.annotateElement(document.querySelector("#story"));
    return { thread: annotator.thread, sentences: sentences.length > 1, text: text.length > 100 };
  } catch (error) {
    return { name: error.name, code: error.code, isError: error instanceof Error };
  }
}

const works = (thread) => ({ thread, sentences: true, text: true });

eachBrowser("finds the story's sentences again in the page, which stays as it was", async (browser) => {
  await withStory(browser, {}, async () => {
    for (const worker of [false, true]) {
      const outcome = await browser.evaluate(async (worker) => {
        const { Annotator } = await import("/www/api/annotator.js");
        const annotator = await Annotator.load({ worker });
        const story = document.querySelector("#story");
        const before = document.documentElement.outerHTML;
        const { text, result, ranges } = await annotator.annotateElement(story);
        const plain = (words) => words.replace(/[\u00ad\u200b]/g, "").replace(/[ \n]+/g, " ");
        const again = await annotator.annotateElement(story);
        const rows = result.sentences.map(({ start, end, kind }, i) => ({
          kind,
          said: plain(text.slice(start, end)),
          shown: plain(String(ranges[i].sentence)),
          claims: result.sentences[i].stances.flatMap((stance, j) =>
            ["holder", "target", "cue"].map((part) => {
              const { start, end } = stance[part];
              const range = ranges[i].stances[j][part];
              return [start === undefined ? "null" : plain(text.slice(start, end)), plain(String(range))];
            }),
          ),
        }));
        annotator.dispose();
        return {
          rows,
          thread: annotator.thread,
          untouched: document.documentElement.outerHTML === before,
          same: JSON.stringify(again.result) === JSON.stringify(result),
        };
      }, worker);
      assert.equal(outcome.thread, worker ? "worker" : "page");
      assert.ok(outcome.untouched && outcome.same);
      assert.ok(outcome.rows.length >= 4);
      for (const { said, shown, claims } of outcome.rows) {
        assert.equal(said, shown);
        for (const [named, found] of claims) assert.equal(named, found);
      }
      assert.ok(outcome.rows.some(({ claims }) => claims.length > 0), "the mayor condemned the plan");
      assert.equal(outcome.rows[0].said, "Harbour vote splits council");
      assert.equal(outcome.rows[0].kind, "heading");
      assert.equal(outcome.rows[1].kind, "meta");
      assert.equal(outcome.rows.at(-1).said, "The union backed it.");
    }
  });
});

eachBrowser("asks the network for its own files only, and for nothing once loaded", async (browser) => {
  await withStory(browser, {}, async (_, requests) => {
    assert.deepEqual(await browser.evaluate(load, true), works("worker"));
    const seen = requests.filter((path) => path !== "/story" && path !== "/favicon.ico");
    assert.ok(seen.every((path) => path.startsWith("/www/api/") || path.startsWith("/www/generated/")), String(seen));
    assert.equal(seen.filter((path) => path.endsWith(".wasm")).length, 1, "one copy for page and worker");
    assert.equal(seen.filter((path) => path.endsWith(".model")).length, 1);
    const count = requests.length;
    await browser.evaluate(() => annotator.annotate("More text."));
    assert.equal(requests.length, count);
  });
});

eachBrowser("dispose ends the worker and whatever it was doing", async (browser) => {
  await withStory(browser, {}, async () => {
    const outcome = await browser.evaluate(async () => {
      const { Annotator } = await import("/www/api/annotator.js");
      const annotator = await Annotator.load({ worker: true });
      const code = (promise) => promise.then(() => "done", (error) => error.code);
      const pending = code(annotator.annotate("A sentence. ".repeat(20_000)));
      annotator.dispose();
      annotator.dispose();
      return [await pending, await code(annotator.annotate("Late."))];
    });
    assert.deepEqual(outcome, ["disposed", "disposed"]);
  });
});

eachBrowser("two annotators on a page do not disturb each other", async (browser) => {
  await withStory(browser, {}, async () => {
    const [first, second] = await browser.evaluate(async () => {
      const { Annotator } = await import("/www/api/annotator.js");
      const [a, b] = await Promise.all([Annotator.load(), Annotator.load({ worker: true })]);
      a.dispose();
      const c = await Annotator.load();
      return [await b.annotate("One. Two."), await c.annotate("One. Two.")].map((result) => JSON.stringify(result));
    });
    assert.equal(first, second);
  });
});

eachBrowser("follows a story that changes, until it is stopped", async (browser) => {
  await withStory(browser, {}, async () => {
    await browser.evaluate(async () => {
      const { Annotator } = await import("/www/api/annotator.js");
      globalThis.seen = [];
      globalThis.annotator = await Annotator.load();
      const plain = (range) => String(range.sentence).replace(/[\u00ad\u200b]/g, "").replace(/\s+/g, " ");
      annotator.observe(document.querySelector("#story"), ({ ranges }) => seen.push(plain(ranges.at(-1))));
    });
    const last = (words, count) => browser.waitFor((words, count) => seen.length === count && seen.at(-1) === words, words, count);
    await last("The union backed it.", 1);
    // A paragraph that loads late.
    await browser.evaluate(() => story.insertAdjacentHTML("beforeend", "<p>Then it rained.</p>"));
    await last("Then it rained.", 2);
    // A script that renders the same anew: new nodes, so new Ranges.
    await browser.evaluate(() => (story.innerHTML += ""));
    await last("Then it rained.", 3);
    // A change to what is not the story tells nobody; the next one does.
    await browser.evaluate(() => (document.querySelector("aside").textContent = "Other advertisement"));
    await new Promise((resolve) => setTimeout(resolve, 500));
    await browser.evaluate(() => (story.lastElementChild.firstChild.data = "Then it snowed."));
    await last("Then it snowed.", 4);
    await browser.evaluate(() => {
      annotator.dispose();
      story.textContent = "Gone.";
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    await last("Then it snowed.", 4);
  });
});

eachBrowser("what it follows reads as if read anew, whatever changes", async (browser) => {
  await withStory(browser, {}, async () => {
    const outcome = await browser.evaluate(async () => {
      const { Annotator } = await import("/www/api/annotator.js");
      const annotator = await Annotator.load({ worker: true });
      const story = document.querySelector("#story");
      let told = () => {};
      const next = () => new Promise((resolve) => (told = resolve));
      const first = next();
      const observation = annotator.observe(story, (annotation) => told(annotation));
      await first;
      const late = "<p>The board, which the union despises, welcomed the delay. \u201cIt is a scandal,\u201d Ms Calder said.</p>";
      const edits = {
        "a paragraph that loads late": () => story.insertAdjacentHTML("beforeend", late),
        "one at the top": () => story.querySelector("h1").insertAdjacentHTML("afterend", late),
        "one that goes": () => story.querySelector("p:not(.byline)").remove(),
        "a class that makes a paragraph a by-line": () => story.lastElementChild.setAttribute("class", "byline"),
        "the same rendered anew": () => (story.innerHTML += ""),
        "another article in its place": () => (story.innerHTML = "<h1>Rail strike ends</h1><p>Drivers accepted the offer. Ministers praised them.</p>"),
      };
      const wrong = [];
      for (const [name, edit] of Object.entries(edits)) {
        const change = next();
        edit();
        const { text, result, ranges } = await change;
        const anew = await annotator.annotateElement(story);
        const words = (ranges) => ranges.flatMap(({ sentence, stances }) => [sentence, ...stances.map(({ cue }) => cue)]).map(String);
        if (JSON.stringify([text, result, words(ranges)]) !== JSON.stringify([anew.text, anew.result, words(anew.ranges)])) wrong.push(name);
      }
      observation.stop();
      annotator.dispose();
      return wrong;
    });
    assert.deepEqual(outcome, []);
  });
});

eachBrowser("a fired signal ends a reading in a worker, too", async (browser) => {
  await withStory(browser, {}, async () => {
    const outcome = await browser.evaluate(async () => {
      const { Annotator } = await import("/www/api/annotator.js");
      const replies = [];
      const Own = Worker;
      globalThis.Worker = class extends Own {
        constructor(...given) {
          super(...given);
          this.addEventListener("message", ({ data }) => replies.push(data));
        }
      };
      const annotator = await Annotator.load({ worker: true });
      const controller = new AbortController();
      const overtaken = annotator.annotate("The union backed the bill. ".repeat(2_000), { signal: controller.signal });
      await new Promise((resolve) => setTimeout(resolve, 20));
      const before = replies.length;
      controller.abort("left the page");
      const reason = await overtaken.catch((reason) => reason);
      const { sentences } = await annotator.annotate("One.");
      while (replies.length < before + 2) await new Promise((resolve) => setTimeout(resolve, 20));
      annotator.dispose();
      return { reason, sentences: sentences.length, thread: annotator.thread, ended: replies.slice(before).map(({ error }) => error?.name ?? "done").sort() };
    });
    assert.deepEqual(outcome, { reason: "left the page", sentences: 1, thread: "worker", ended: ["AbortError", "done"] });
  });
});
