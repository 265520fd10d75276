// The application that every bundler is given, and what must come of it in a browser.

import assert from "node:assert/strict";
import { after } from "node:test";

import { launch, serve } from "../../browser/support/index.js";

/** Reads in the page's thread and in a worker; the element reads the article. */
export const main = `
import { Annotator } from "standpoint";
import "standpoint/define";
globalThis.outcome = (async () => {
  const out = [];
  for (const worker of [false, true]) {
    const annotator = await Annotator.load({ worker });
    const { sentences } = await annotator.annotate("The union condemned the mayor's plan.");
    out.push(annotator.thread + ": " + sentences[0].stances[0].polarity);
    annotator.dispose();
  }
  return out;
})();`;

/** @param {string} script */
export const html = (script) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Story</title>
<standpoint-article for="story"></standpoint-article>
<article id="story"><h1>Plan</h1><p>The union condemned the mayor's plan.</p></article>
<script type="module" src="${script}"></script></html>`;

const browser = await launch();
after(() => browser.close());

/** @param {string} url */
export async function works(url) {
  await browser.open(url);
  await browser.waitFor(() => "outcome" in globalThis);
  assert.deepEqual(await browser.evaluate(() => globalThis.outcome), ["page: oppose", "worker: oppose"]);
  await reads();
}

/** Waits until the page's element has read the story. */
export async function reads() {
  const done = () => {
    const element = document.querySelector("standpoint-article");
    const status = element?.shadowRoot?.querySelector(".status")?.textContent;
    return element?.result || /could not/.test(status ?? "") ? { status, sentences: element.result?.sentences.length } : null;
  };
  const { status, sentences } = await browser.waitFor(done);
  assert.ok(sentences > 0, status);
}

export { browser };

/** @param {string} directory */
export async function servedWorks(directory) {
  const site = await serve({ directory });
  try {
    await works(`${site.url}/`);
  } finally {
    await site.close();
  }
}
