// The demo page and the lines it gives away, with the real engine, as built and under the policy we promise.

import assert from "node:assert/strict";
import { readFile, writeFile, mkdtemp } from "node:fs/promises";
import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { axe, eachBrowser, serve } from "./support/index.js";
import { root } from "./support/server.js";
import { snippet } from "../../www/demo/snippet.js";

const POLICY = {
  "content-security-policy":
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'",
};

/** @param {string} [html] Served as /page.html beside the built files. */
const site = (html) =>
  serve({ directory: path.join(root, "dist"), headers: POLICY, pages: html ? { "/page.html": html } : {} });

/** Whether the story has been read. Runs in the page. */
const read = () => {
  const element = /** @type {any} */ (document.querySelector("standpoint-article"));
  return element?.result?.sentences.length > 0 && !element.shadowRoot.querySelector("[aria-busy=true]");
};

eachBrowser("reads each sample, and the reader's own text as she types", async (browser) => {
  const { url, close, requests } = await site();
  try {
    await browser.open(`${url}/`);
    await browser.waitFor(read);
    for (const [source, headline] of [["council", "Harbour council backs"], ["vaccine", "A malaria vaccine"], ["strike", "Parcel drivers"], ["river", "A dam comes down"], ["standoff", "After the test"]]) {
      await browser.click(`[data-source=${source}]`);
      await browser.waitFor(
        (/** @type {string} */ headline) =>
          /** @type {any} */ (document.querySelector("standpoint-article")).annotation?.text.includes(headline),
        headline,
      );
      assert.ok(await browser.waitFor(read));
    }
    await browser.click("[data-source=own]");
    await browser.waitFor(() => document.activeElement?.id === "own-text");
    await browser.type("The union backed the bill. The owners attacked it.");
    await browser.waitFor(() => /** @type {any} */ (document.querySelector("standpoint-article")).result?.sentences.length === 2);
    assert.equal(await browser.evaluate(() => document.querySelector("#story")?.textContent), "The union backed the bill. The owners attacked it.");
    assert.ok(requests.every((path) => existsSync(file(path)) || path === "/favicon.ico"), requests.join(" "));
  } finally {
    await close();
  }
});

eachBrowser("takes a file, and gives the result back as JSON and CSV", async (browser) => {
  const { url, close } = await site();
  const page = /** @type {any} */ (browser.driver).page;
  const folder = await mkdtemp(path.join(os.tmpdir(), "standpoint-"));
  try {
    await browser.open(`${url}/#own`);
    await browser.waitFor(() => /** @type {any} */ (document.querySelector("standpoint-article"))?.story);
    const html = path.join(folder, "story.html");
    await writeFile(html, "<nav><p>Menu</p></nav><article><h1>A bill</h1><p>The union, it says, backed the bill.</p><script>document.title = 'ran'</script></article>");
    await page.setInputFiles("#file", html);
    await browser.waitFor(() => document.querySelector("#story")?.textContent === "A billThe union, it says, backed the bill.");
    await browser.waitFor(() => /** @type {any} */ (document.querySelector("standpoint-article")).annotation?.text.includes("backed the bill"));
    assert.match(await browser.evaluate(() => document.title), /^Standpoint/);

    /** @param {string} id */
    const download = async (id) => {
      const started = page.waitForEvent("download");
      await browser.click(`#${id}`);
      return readFile(await (await started).path(), "utf8");
    };
    const stored = JSON.parse(await download("download-json"));
    assert.equal(stored.schemaVersion, 1);
    assert.ok(stored.text.includes("backed the bill"));
    const csv = (await download("download-csv")).trimEnd().split("\n");
    assert.match(csv[0] ?? "", /^\ufeffsentence,paragraph,start,end,kind,text,topics,topic_ids,/);
    assert.ok(csv.some((row) => row.includes('"The union, it says, backed the bill."')), csv.join("\n"));

    const binary = path.join(folder, "picture.txt");
    await writeFile(binary, Buffer.from([0x89, 0x50, 0, 1, 2]));
    await page.setInputFiles("#file", binary);
    await browser.waitFor(() => document.querySelector("#said")?.textContent?.includes("does not hold text"));
  } finally {
    await close();
  }
}, ["chromium"]);

for (const width of [320, 360, 1280]) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    eachBrowser(`the demo has nothing for axe to find: ${width} px, ${colorScheme}`, async (browser) => {
      // The page's own policy would stop axe, which is evaluated; it has its own test below.
      const html = (await readFile(path.join(root, "dist/index.html"), "utf8")).replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
      const card = (await readFile(path.join(root, "dist/models.html"), "utf8")).replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
      const { url, close } = await serve({ directory: path.join(root, "dist"), pages: { "/page.html": html, "/card.html": card } });
      const fine = async (/** @type {string} */ view) => {
        assert.deepEqual(await axe(browser), [], view);
        const wide = await browser.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${view}: ${wide} px wider than the window`);
      };
      try {
        await browser.resize(width);
        await browser.emulate({ colorScheme });
        await browser.open(`${url}/page.html`);
        await browser.waitFor(read);
        for (const source of ["standoff", "own"]) {
          await browser.click(`[data-source=${source}]`);
          await browser.waitFor(() => !document.querySelector("#story[aria-busy]"));
          await fine(source);
        }
        await browser.click("#compare-go");
        await browser.waitFor(() => !(/** @type {any} */ (document.querySelector("#compare-target")).disabled));
        await fine("compare");
        await browser.open(`${url}/card.html`);
        await fine("the model card");
      } finally {
        await close();
      }
    }, colorScheme === "light" ? ["chromium", "firefox"] : ["chromium"]);
  }
}

eachBrowser("compares two articles on the target they have in common", async (browser) => {
  const { url, close } = await site();
  try {
    await browser.open(`${url}/`);
    await browser.waitFor(read);
    await browser.evaluate(() => {
      const annotate = async (/** @type {string} */ text) => {
        const claims = /** @type {const} */ ([["The union", "the bill", "support", "backed"], ["Helena Voss", "the union", "oppose", "condemned"], ["The owners", "the bill", "oppose", "attacked"]]);
        const sentences = [...text.matchAll(/[^.]+\./g)].map((found) => ({
          start: found.index, end: found.index + found[0].length,
          stances: claims.filter(([holder, , , cue]) => found[0].includes(holder) && found[0].includes(cue)).map(([holder, target, polarity, cue]) => {
            const start = text.indexOf(cue, found.index);
            return { holder: { name: holder }, target: { name: target }, polarity, cue: { start, end: start + cue.length }, confidence: 0.8 };
          }),
        }));
        return { sentences };
      };
      const element = /** @type {any} */ (document.querySelector("standpoint-article"));
      element.annotator = { annotate, annotateElement: () => new Promise(() => {}) };
      for (const [side, words] of [["left", "The union backed the bill. Helena Voss condemned the union."], ["right", "The owners attacked the bill."]]) {
        const select = /** @type {HTMLSelectElement} */ (document.querySelector(`#compare-${side}`));
        select.value = "own";
        select.dispatchEvent(new Event("change"));
        /** @type {any} */ (document.querySelector(`#compare-${side}-text`)).value = words;
      }
    });
    await browser.click("#compare-go");
    await browser.waitFor(() => /1 target is taken a side on in both/.test(document.querySelector("#compare-said")?.textContent ?? ""));
    const shown = await browser.evaluate(() => ({
      targets: [.../** @type {HTMLSelectElement} */ (document.querySelector("#compare-target")).options].map((option) => option.text),
      columns: [...document.querySelectorAll("#compare-out section")].map((column) => [...column.querySelectorAll("p, blockquote")].map((part) => part.textContent)),
      marks: [...document.querySelectorAll("#compare-out mark")].map((mark) => mark.textContent),
    }));
    assert.deepEqual(shown.targets, ["the bill"]);
    assert.deepEqual(shown.columns, [
      ["0 against · 1 for", "The union, for the bill", "The union backed the bill."],
      ["1 against · 0 for", "The owners, against the bill", "The owners attacked the bill."],
    ]);
    assert.deepEqual(shown.marks, ["backed", "attacked"]);
  } finally {
    await close();
  }
});

eachBrowser("compares the sample report and comment with the engine", async (browser) => {
  const { url, close } = await site();
  try {
    await browser.open(`${url}/`);
    await browser.waitFor(read); // until then the page grows, and the button with it moves
    await browser.click("#compare-go");
    await browser.waitFor(() => !(/** @type {any} */ (document.querySelector("#compare-target")).disabled));
    const titles = await browser.evaluate(() => [...document.querySelectorAll("#compare-out h3")].map((title) => title.textContent));
    assert.deepEqual(titles, ["Parcel drivers stop work over Sunday shifts", "The Sunday strike hurts the people it claims to defend"]);
  } finally {
    await close();
  }
}, ["chromium", "firefox"]);

eachBrowser("paints before the engine has arrived, and explains itself without it", async (browser) => {
  const { url, close } = await site();
  try {
    const { page } = /** @type {any} */ (browser.driver);
    let go = () => {};
    const held = new Promise((resolve) => (go = () => resolve(undefined)));
    await page.route(/\.(wasm|model)\?v=/, async (/** @type {any} */ route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${url}/`, { waitUntil: "commit" });
    await browser.waitFor(() => performance.getEntriesByName("first-contentful-paint").length > 0);
    await browser.waitFor(() => document.querySelector("#story h1"));
    assert.match(await browser.evaluate(() => document.querySelector(".traced")?.textContent ?? ""), /What is marked(?!Nothing)/);
    assert.equal(await browser.evaluate(() => CSS.highlights.size), 0);
    go();
    await browser.waitFor(read);
  } finally {
    await close();
  }
}, ["chromium"]);

eachBrowser("the demo breaks no policy and does not move while it loads", async (browser) => {
  const { url, close } = await site();
  try {
    const page = /** @type {any} */ (browser.driver).page;
    await page.addInitScript(() => {
      const here = /** @type {any} */ (globalThis);
      here.violations = [];
      here.shift = 0;
      document.addEventListener("securitypolicyviolation", (event) => here.violations.push(event.violatedDirective));
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) here.shift += /** @type {any} */ (entry).value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await browser.open(`${url}/`);
    await browser.waitFor(read);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const { violations, shift } = await browser.evaluate(() => {
      const { violations, shift } = /** @type {any} */ (globalThis);
      return { violations, shift };
    });
    assert.deepEqual(violations, []);
    assert.equal(shift, 0);
  } finally {
    await close();
  }
}, ["chromium"]);

for (const name of ["standoff", "council", "vaccine", "strike", "river", "sundays"]) {
  eachBrowser(`the sample page "${name}" stays as it was written, and has nothing for axe to find`, async (browser) => {
    const { url, close } = await serve({ directory: path.join(root, "dist") });
    try {
      await browser.open(`${url}/samples/${name}.html`);
      await browser.waitFor(read);
      const now = await browser.evaluate(() => document.querySelector("article")?.outerHTML.replace(/\s+/g, " "));
      const written = (await readFile(path.join(root, "dist/samples", `${name}.html`), "utf8")).match(/<article[\s\S]*<\/article>/)?.[0];
      const asParsed = await browser.evaluate(
        (/** @type {string} */ html) => new DOMParser().parseFromString(html, "text/html").querySelector("article")?.outerHTML.replace(/\s+/g, " "),
        written,
      );
      assert.equal(now, asParsed);
      assert.deepEqual(await axe(browser), []);
    } finally {
      await close();
    }
  }, ["chromium"]);
}

eachBrowser("the lines to embed work in an empty page", async (browser) => {
  const own = [snippet({ open: true }).replace("…", "<h1>A bill</h1><p>The union backed the bill.</p>")];
  const readme = path.join(root, "README.md");
  if (existsSync(readme)) {
    // Every HTML example of the README, whatever it is called there.
    for (const [, code = ""] of (await readFile(readme, "utf8")).matchAll(/```html\n([\s\S]*?)```/g)) {
      if (!code.includes("<standpoint-article") || code.includes("src=\"story.annotations")) continue;
      const story = code.includes('id="story"') ? "" : '<article id="story"><p>The union backed the bill.</p></article>';
      own.push(code.replace(/>\s*(…|\.\.\.)\s*</g, "><p>The union backed the bill.</p><") + story);
    }
  }
  for (const html of own) {
    const { url, close } = await site(`<!doctype html><html lang="en"><title>Empty</title>${html}`);
    try {
      await browser.open(`${url}/page.html`);
      assert.ok(await browser.waitFor(read), html);
      const [words, stands] = await browser.evaluate(() => [
        /** @type {any} */ (document.querySelector("standpoint-article")).annotation.text,
        document.querySelector("#story p")?.textContent,
      ]);
      assert.ok(words.includes(stands), html);
    } finally {
      await close();
    }
  }
});

/** @param {string} url */
const file = (url) => path.join(root, "dist", url.endsWith("/") ? `${url}index.html` : url);
