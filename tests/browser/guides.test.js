// Every example of docs/*.md, as it stands there, does what its page says.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";

import { integrity } from "../../xtask/js/integrity.mjs";
import { manifest } from "../../xtask/js/manifest.mjs";
import { reference } from "../../xtask/js/reference.mjs";
import { eachBrowser, serve } from "./support/index.js";
import { root } from "./support/server.js";

/** @type {Record<string, Record<string, string[]>>} page → language → examples */
const examples = {};
for (const name of (await readdir(`${root}/docs`)).filter((name) => name.endsWith(".md"))) {
  const found = (examples[name.slice(0, -3)] ??= {});
  for (const [, language = "", code = ""] of (await readFile(`${root}/docs/${name}`, "utf8")).matchAll(/```(\w+)\n([^]*?)```/g)) {
    (found[language] ??= []).push(code);
  }
}
/** Each example is taken once; what is left at the end no test has run. */
const take = (/** @type {string} */ page, /** @type {string} */ language) => {
  const code = examples[page]?.[language]?.shift();
  if (code === undefined) throw new Error(`no ${language} left on docs/${page}.md`);
  return code;
};
const embed = take("embed", "html");
const story = /** @type {string} */ (/<article[^]*<\/article>/.exec(embed)?.[0]);
const taken = {
  embed: take("embed", "js"), sh: [take("publishing", "sh"), take("publishing", "sh")], src: take("publishing", "html"),
  publish: take("publishing", "js"), stale: take("publishing", "js"), anchor: take("publishing", "js"),
  policies: [take("csp", "http"), take("csp", "http")], integrity: take("csp", "js"),
  events: take("events", "js"), report: take("events", "js"), steer: take("events", "js"),
  css: take("theming", "css"), strings: take("theming", "js"), lazy: take("performance", "js"), eager: take("performance", "js"),
  privacy: take("privacy", "js"), topics: take("topics", "js"), elementTopics: take("topics", "js"),
};

// The package where the guides have it.
const directory = await mkdtemp(path.join(tmpdir(), "standpoint-guides-"));
after(() => rm(directory, { recursive: true, force: true }));
await cp(`${root}/dist`, `${directory}/standpoint`, { recursive: true });
await writeFile(`${directory}/standpoint/integrity.json`, JSON.stringify(await integrity(`${root}/dist`)));
const plain = story.replace(/<[^>]+>/g, "").split("\n").map((line) => line.trim()).filter(Boolean).join("\n\n");
await writeFile(`${directory}/story.txt`, plain);
await writeFile(`${directory}/articles.jsonl`, `${JSON.stringify({ id: "a", text: plain })}\n{"id":"b"}\n`);
execFileSync("cargo", ["build", "--quiet", "--bin", "standpoint"], { cwd: root });
const PATH = `${process.env.CARGO_TARGET_DIR ?? `${root}/target`}/debug:${process.env.PATH}`;
for (const code of taken.sh) execFileSync("sh", ["-ec", code], { cwd: directory, env: { ...process.env, PATH } });

const element = '<standpoint-article for="story"></standpoint-article>';
const tag = '<script type="module" src="/standpoint/standpoint.js"></script>';
const head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Story</title>';

/**
 * @param {import("./support/browser.js").Browser} browser @param {string} html
 * @param {() => Promise<void>} body @param {string} [policy]
 */
async function on(browser, html, body, policy) {
  const scripts = [...html.matchAll(/<script inline>([^]*?)<\/script>/g)].map(([, code = ""]) => code);
  const pages = { "/": html.replace(/<script inline>[^]*?<\/script>/g, "") + scripts.map((_, i) => `<script type="module" src="/own-${i}.js"></script>`).join("") };
  await Promise.all(scripts.map((code, i) => writeFile(`${directory}/own-${i}.js`, code)));
  const site = await serve({ directory, pages, headers: policy ? { "content-security-policy": policy } : {} });
  try {
    await browser.open(site.url);
    await body();
  } finally {
    await site.close();
  }
}
const inline = (/** @type {string} */ code) => `<script inline>${code}</script>`;
const read = () => /** @type {any} */ (document.querySelector("standpoint-article"))?.result?.sentences.length;

eachBrowser("topics.md: the host's own topics come back, and the element shows them", async (browser) => {
  const script = `globalThis.said = []; console.log = (...words) => said.push(words.join(" "));${taken.topics.replace(/^import .*$/m, "")}`;
  await on(browser, embed + inline(`import { Annotator } from '/standpoint/standpoint.js';${script}`), async () => {
    const said = /** @type {string[]} */ (await browser.waitFor(() => /** @type {any} */ (globalThis).said?.length && /** @type {any} */ (globalThis).said));
    assert.match(said[0] ?? "", /^sea Shipping 0\.\d+$/);
  });
  await on(browser, embed + inline(taken.elementTopics), async () => {
    await browser.waitFor(() => {
      const { result } = /** @type {any} */ (document.querySelector("standpoint-article"));
      return result?.topics[0]?.id === "sea";
    });
    await browser.waitFor(() => /** @type {any} */ (document.querySelector("standpoint-article")).shadowRoot.textContent.includes("Shipping"));
  });
});

eachBrowser("embed.md: the page is marked, the script says what it found", async (browser) => {
  await on(browser, embed + inline(`globalThis.said = []; console.log = (...words) => said.push(words.join(" "));${taken.embed.replace(/^import .*$/m, "")}`.replace(/^/, "import { Annotator } from '/standpoint/standpoint.js';")), async () => {
    await browser.waitFor(read);
    assert.ok(await browser.waitFor(() => CSS.highlights.size));
    const said = await browser.waitFor(() => /** @type {any} */ (globalThis).said.length && /** @type {any} */ (globalThis).said);
    assert.ok(said.some((/** @type {string} */ line) => /oppose .*because of/.test(line)), said.join("\n"));
  });
}, ["chromium"]);

eachBrowser("publishing.md: stored by the command line, shown without a model, checked", async (browser) => {
  const log = "globalThis.said = []; console.log = (...words) => said.push(words.join(' ')); console.warn = console.log;";
  await on(browser, head + tag + taken.src + story + inline(`${log}${taken.stale}`) + inline(taken.anchor), async () => {
    await browser.waitFor(read);
    const said = await browser.waitFor(() => /** @type {any} */ (globalThis).said.length && /** @type {any} */ (globalThis).said);
    assert.match(said.join("\n"), /^(\d+) of \1 sentences, (\d+) of \2 claims$/);
  });
  await on(browser, head + inline(`${log}${taken.stale}`) + tag + taken.src + story.replace("praised", "has not praised"), async () => {
    await browser.waitFor(read);
    assert.match((await browser.evaluate(() => /** @type {any} */ (globalThis).said)).join(), /^1 of \d sentences have changed/);
  });
}, ["chromium"]);

test("publishing.md: many at once, and the same bytes from Node", async () => {
  const [a, b] = (await readFile(`${directory}/annotations.jsonl`, "utf8")).trim().split("\n");
  const stored = (await readFile(`${directory}/story.annotations.json`, "utf8")).trim();
  assert.equal(a, stored.replace("{", '{"id":"a",'));
  assert.match(String(b), /"error"/);
  await writeFile(`${directory}/publish.mjs`, taken.publish.replace('"standpoint"', '"./standpoint/standpoint.js"'));
  const { onPublish } = await import(`${directory}/publish.mjs`);
  const [headline, ...paragraphs] = plain.split("\n\n");
  assert.equal(await onPublish({ headline, paragraphs }), stored);
});

eachBrowser("csp.md: its policies are enough, and integrity is checked", async (browser) => {
  const [live, stored] = taken.policies.map((line) => line.replace("Content-Security-Policy: ", "").trim());
  await on(browser, head + tag + element + story, async () => void (await browser.waitFor(read)), live);
  await on(browser, head + tag + taken.src + story, async () => void (await browser.waitFor(read)), stored);
  await on(browser, head + story + inline(taken.integrity), async () => void (await browser.waitFor(read)), live);
}, ["chromium", "firefox"]);

eachBrowser("events.md: is counted, reported, steered", async (browser) => {
  const stub = "globalThis.counted = []; globalThis.analytics = { track: (name) => counted.push(name) }; navigator.sendBeacon = (to, what) => counted.push(to + what);";
  await on(browser, head + inline(stub + taken.events + taken.report) + tag + element + story, async () => {
    await browser.waitFor(read);
    await browser.evaluate((/** @type {string} */ code) => (0, eval)(`{${code}}`), taken.steer.replace("element.close();", ""));
    await browser.waitFor(() => /** @type {any} */ (globalThis).counted.length >= 3);
    await browser.evaluate(() => document.querySelector("#story")?.dispatchEvent(new CustomEvent("standpoint-report", { bubbles: true, detail: { text: "x", sentence: { stances: [] } } })));
    const counted = await browser.evaluate(() => /** @type {any} */ (globalThis).counted);
    assert.deepEqual([...counted].sort(), ['/reports{"page":"/","text":"x","claims":[]}', "card opened", "tags shown", "view chosen"]);
  });
}, ["chromium"]);

eachBrowser("theming.md: properties, parts, highlights and words are taken", async (browser) => {
  await on(browser, `${head}<style>${taken.css}</style>${tag}${element}${story}${inline(taken.strings)}`, async () => {
    await browser.waitFor(read);
    const seen = await browser.evaluate(() => {
      const box = /** @type {any} */ (document.querySelector("standpoint-article")).shadowRoot.querySelector(".box");
      const style = getComputedStyle(box);
      return [style.borderLeftWidth, style.borderRadius, style.fontFamily, box.querySelector("h2").textContent];
    });
    assert.deepEqual(seen, ["0px", "0px", "Georgia, serif", "Who says what about whom"]);
  });
}, ["chromium", "firefox"]);

eachBrowser("performance.md and privacy.md: late, early, and off for good", async (browser) => {
  await on(browser, `${head}${story}<div id="tags"></div>${inline(taken.lazy)}`, async () => void (await browser.waitFor(read)));
  await on(browser, head + story + inline(taken.eager), async () => void (await browser.waitFor(read)));
  const remember = head + tag + element + story + inline(taken.privacy);
  await on(browser, remember, async () => {
    await browser.waitFor(read);
    await browser.click("standpoint-article >>> [data-key='view:off']");
    await browser.evaluate((/** @type {string} */ code) => {
      document.querySelector("standpoint-article")?.removeAttribute("view");
      (0, eval)(`{${code}}`);
    }, taken.privacy);
    assert.equal(await browser.evaluate(() => document.querySelector("standpoint-article")?.getAttribute("view")), "off");
  });
}, ["chromium"]);

test("performance.md: its sizes are about those of the budget", async () => {
  const budget = JSON.parse(await readFile(`${root}/tests/size-budget.json`, "utf8"));
  for (const [, name = "", kib] of (await readFile(`${root}/docs/performance.md`, "utf8")).matchAll(/^\| `([\w.]+)` \| (\d+) \|/gm)) {
    const now = budget[name].brotli / 1024;
    assert.ok(Math.abs(Number(kib) - now) <= 0.05 * now + 1, `${name} is ${Math.round(now)} KiB, docs/performance.md says ${kib}`);
  }
});

test("element.md is made from the element's comments; UPDATE_EXPECT=1 writes it", async () => {
  const expected = reference(await manifest("element.js"));
  if (process.env.UPDATE_EXPECT) await writeFile(`${root}/docs/element.md`, expected);
  assert.equal(await readFile(`${root}/docs/element.md`, "utf8"), expected);
});

test("no example is left that no test runs", () => {
  const rest = Object.entries(examples).flatMap(([page, found]) => Object.entries(found).flatMap(([language, list]) => list.map(() => `${page}: ${language}`)));
  // The package's own are run by tests/node/package.test.mjs and tests/package/; the reference's is that of embed.md.
  assert.deepEqual(rest.filter((line) => !/^(package|element):/.test(line)), []);
});
