// The demo after the first visit: with the server gone, and with a new version on it.

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { eachBrowser, serve } from "./support/index.js";
import { root } from "./support/server.js";

/** Whether everything is kept and the page is served from what is kept. Runs in the page. */
const kept = async () => {
  const registration = await navigator.serviceWorker.ready;
  return registration.active?.state === "activated" && navigator.serviceWorker.controller !== null;
};

/** Whether the story has been read. Runs in the page. */
const read = () => /** @type {any} */ (document.querySelector("standpoint-article"))?.result?.sentences.length > 0;

eachBrowser("reads articles with the network gone, and a new version replaces the old", async (browser) => {
  const directory = await mkdtemp(path.join(os.tmpdir(), "standpoint-demo-"));
  await cp(path.join(root, "dist"), directory, { recursive: true });
  const first = await serve({ directory });
  const { port } = new URL(first.url);
  await browser.open(`${first.url}/`);
  await browser.waitFor(read);
  await browser.waitFor(kept);
  await first.close();

  await browser.open(`${first.url}/models.html`);
  assert.match(await browser.evaluate(() => document.body.innerText), /Trained on/);
  await browser.open(`${first.url}/#river`);
  await browser.waitFor(() => /** @type {any} */ (document.querySelector("standpoint-article"))?.annotation?.text.includes("Aldering"));
  await browser.open(`${first.url}/samples/strike.html?from=elsewhere`);
  await browser.waitFor(read);

  const page = path.join(directory, "index.html");
  await writeFile(page, (await readFile(page, "utf8")).replace("<title>", "<title>New: "));
  const worker = path.join(directory, "offline.js");
  await writeFile(worker, (await readFile(worker, "utf8")).replace(/version:\s*"\w+"/, 'version:"next"'));
  const second = await serve({ directory, port: Number(port) });
  try {
    await browser.open(`${first.url}/`);
    await browser.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    const names = await browser.waitFor(async () => {
      const names = await caches.keys();
      return names.length === 1 && names[0] === "standpoint-demo-next" && names;
    });
    assert.deepEqual(names, ["standpoint-demo-next"]);
    await browser.waitFor(async () => {
      const { active } = await navigator.serviceWorker.ready;
      return active?.state === "activated";
    });
    await browser.open(`${first.url}/index.html`);
    assert.match(await browser.evaluate(() => document.title), /^New: /);
  } finally {
    await second.close();
  }
});

eachBrowser("keeps all that the demo asks for, and nothing that is not there", async (browser) => {
  const { url, close, requests } = await serve({ directory: path.join(root, "dist") });
  try {
    await browser.open(`${url}/`);
    await browser.waitFor(read);
    await browser.waitFor(kept);
    const held = await browser.evaluate(async () => {
      const [name] = await caches.keys();
      const cache = await caches.open(name ?? "");
      return (await cache.keys()).map((request) => new URL(request.url).pathname);
    });
    const missing = [...new Set(requests)].filter((path) => !held.includes(path) && !["/offline.js", "/favicon.ico"].includes(path));
    assert.deepEqual(missing, []);
    assert.ok(!held.includes("/accurate.model"), "the large model is not fetched unasked");
  } finally {
    await close();
  }
}, ["chromium"]);
