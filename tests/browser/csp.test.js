// Under every Content Security Policy a page may have: the files as shipped work, or reject at once with a typed
// error, and the article is there to read. Nothing else is asked of the network.

import assert from "node:assert/strict";
import { eachBrowser, serve } from "./support/index.js";
import { root } from "./support/server.js";

const TEXT = "The union condemned the mayor's plan.";

/** The element in its page's thread and in a worker is one case: it takes a worker where it may have one. */
const STORY = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Story</title>
<script type="module" src="/tests/browser/pages/violations.js"></script>
<standpoint-article for="story"></standpoint-article><article id="story"><h1>Plan</h1><p>${TEXT}</p></article></html>`;

const works = (/** @type {string} */ thread) => ({ thread, stance: "oppose", then: "oppose" });
const blocked = { name: "StandpointError", code: "wasm-blocked", isError: true };

const STRICT = "default-src 'none'; connect-src 'self'; worker-src 'self'; script-src 'self'";
const TRUSTED = "; require-trusted-types-for 'script'; trusted-types";

/** @type {{ policy: string, page: object, worker: object, violates?: boolean }[]} */
const matrix = [
  { policy: "", page: works("page"), worker: works("worker") },
  { policy: STRICT, page: blocked, worker: blocked, violates: true },
  { policy: `${STRICT} 'wasm-unsafe-eval'`, page: works("page"), worker: works("worker") },
  { policy: `${STRICT} 'unsafe-eval'`, page: works("page"), worker: works("worker") },
  { policy: `${STRICT} 'wasm-unsafe-eval'${TRUSTED} standpoint`, page: works("page"), worker: works("worker") },
  { policy: `${STRICT} 'wasm-unsafe-eval'${TRUSTED} 'none'`, page: works("page"), worker: works("page"), violates: true },
  { policy: `${STRICT}${TRUSTED} standpoint`, page: blocked, worker: blocked, violates: true },
  { policy: `${STRICT.replace("worker-src 'self'", "worker-src 'none'")} 'wasm-unsafe-eval'`, page: works("page"), worker: works("page"), violates: true },
];

/** Loads; reads; forbids every request from then on; reads again. Runs in the page. */
async function load(/** @type {boolean} */ worker, /** @type {string} */ text) {
  const { Annotator } = await import(/* @vite-ignore */ "/dist/standpoint.js");
  const start = performance.now();
  try {
    const annotator = await Annotator.load({ worker });
    const [sentence] = (await annotator.annotate(text)).sentences;
    const meta = document.createElement("meta");
    Object.assign(meta, { httpEquiv: "Content-Security-Policy", content: "connect-src 'none'; default-src 'none'" });
    document.head.append(meta);
    const refused = await fetch("/dist/standpoint.js").then(() => false, () => true);
    const then = refused && (await annotator.annotate(`${text} Rain fell.`)).sentences[0].stance;
    const { thread } = annotator;
    annotator.dispose();
    return { thread, stance: sentence.stance, then };
  } catch (/** @type {any} */ error) {
    const { name, code } = error;
    return { name, code, isError: error instanceof Error, within: Math.round(performance.now() - start) };
  }
}

eachBrowser("the API works under a policy, or rejects at once with a code", async (browser) => {
  for (const { policy, ...expected } of matrix) {
    const headers = policy ? { "content-security-policy": policy } : undefined;
    const site = await serve({ pages: { "/": STORY }, headers });
    try {
      for (const worker of [false, true]) {
        await browser.open(site.url);
        const { within, ...outcome } = /** @type {any} */ (await browser.evaluate(load, worker, TEXT));
        assert.deepEqual(outcome, worker ? expected.worker : expected.page, `${policy}, worker: ${worker}`);
        if (within !== undefined) console.log(`# ${browser.name}: rejects after ${within} ms`);
        assert.match(await browser.evaluate(() => document.body.innerText), /condemned/);
      }
    } finally {
      await site.close();
    }
  }
});

eachBrowser("the rejection waits for no download", async (browser) => {
  const site = await serve({ pages: { "/": STORY }, headers: { "content-security-policy": STRICT } });
  try {
    await browser.open(site.url);
    const outcome = await browser.evaluate(async () => {
      const { Annotator } = await import(/* @vite-ignore */ "/dist/standpoint.js");
      const never = new Response(new ReadableStream({ pull: () => new Promise(() => {}) }));
      return Annotator.load({ model: never }).catch((/** @type {any} */ error) => error.code);
    });
    assert.equal(outcome, "wasm-blocked");
  } finally {
    await site.close();
  }
});

eachBrowser("the element works under a policy or says that it cannot, and asks for its own files only", async (browser) => {
  for (const { policy, worker, violates } of matrix) {
    const headers = policy ? { "content-security-policy": policy } : undefined;
    const site = await serve({ pages: { "/": STORY }, headers });
    try {
      await browser.open(site.url);
      const outcome = await browser.evaluate(async () => {
        const here = /** @type {any} */ (globalThis);
        const heard = await here.outcome;
        const element = document.querySelector("standpoint-article");
        return {
          heard,
          marks: CSS.highlights.size,
          violations: here.violations,
          status: element?.shadowRoot?.querySelector(".status")?.textContent,
          text: document.body.innerText,
          styled: getComputedStyle(/** @type {Element} */ (element?.shadowRoot?.querySelector(".box"))).borderTopWidth,
          asked: performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => !name.startsWith(location.origin)),
        };
      });
      const fails = worker === blocked;
      assert.deepEqual(outcome.heard, fails ? "error wasm-blocked" : "ready", policy);
      assert.equal(outcome.marks > 0, !fails);
      if (fails) assert.match(outcome.status ?? "", /You can read/);
      assert.match(outcome.text, /condemned/);
      assert.equal(outcome.styled, "1px", "its own style sheets need no style-src");
      if (!violates) assert.deepEqual(outcome.violations, [], policy);
      assert.deepEqual(outcome.asked, []);
      const own = ["/", "/favicon.ico", "/tests/browser/pages/violations.js", ...["standpoint.js", "worker.js", "standpoint_wasm_bg.wasm", "fast.model"].map((name) => `/dist/${name}`)];
      assert.deepEqual(site.requests.filter((path) => !own.includes(path)), []);
    } finally {
      await site.close();
    }
  }
});

eachBrowser("a script is loaded under its published integrity hash, and under no other", async (browser) => {
  const { integrity } = await import("../../xtask/js/integrity.mjs");
  const hashes = await integrity(`${root}/dist`);
  for (const [value, loads] of [[hashes["standpoint.js"], true], [hashes["worker.js"], false]]) {
    const tag = `<script type="module" src="/dist/standpoint.js" integrity="${value}"></script>`;
    const site = await serve({ pages: { "/": `<!doctype html><title>Story</title>${tag}<p>Words.</p>` } });
    try {
      await browser.open(site.url);
      assert.equal(await browser.evaluate(() => customElements.get("standpoint-article") !== undefined), loads);
    } finally {
      await site.close();
    }
  }
}, ["chromium"]);
