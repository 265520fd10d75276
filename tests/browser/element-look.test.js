// What the element looks like and tells: accessibility checks in every view and width, nothing that moves the
// page, controls large enough to hit, what a screen reader is told. Mostly in Chromium, which can be told to pretend.

import assert from "node:assert/strict";
import { axe, eachBrowser } from "./support/index.js";
import { openStory, page } from "./support/story.js";

/** What the reader may have on the screen: a key to press each, in this order. */
const STEPS = {
  folded: [],
  unfolded: ["open"],
  "a sentence's card": ["one"],
  "narrowed to a name": ["stance:oppose"],
  table: ["all", "table"],
  list: ["list"],
  "how it works": ["how"],
  topics: ["view:topics"],
  off: ["view:off"],
};

for (const width of [320, 360, 1280]) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    eachBrowser(`has nothing for axe to find: ${width} px, ${colorScheme}`, async (browser, site) => {
      await browser.resize(width);
      await browser.emulate({ colorScheme });
      await openStory(browser, site, {});
      for (const [view, keys] of Object.entries(STEPS)) {
        for (const key of keys) await press(browser, key);
        await settled(browser);
        assert.deepEqual(await axe(browser), [], view);
        const wide = await browser.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${view}: ${wide} px wider than the window`);
      }
      assert.ok(await browser.evaluate(page.untouched));
    }, colorScheme === "light" ? ["chromium", "firefox"] : ["chromium"]);
  }
}

for (const width of [360, 768, 1280]) {
  eachBrowser(`does not move the page under it: ${width} px`, async (browser, site) => {
    await browser.resize(width);
    await openStory(browser, site);
    const heights = await browser.evaluate(async () => {
      const { element, scripted, standoff } = /** @type {any} */ (globalThis);
      const own = scripted(standoff);
      let go = () => {};
      const ready = new Promise((resolve) => element.addEventListener("standpoint-ready", resolve, { once: true }));
      element.annotator = {
        annotateElement: async (/** @type {Element} */ story) => {
          await new Promise((resolve) => (go = () => resolve(undefined)));
          return own.annotateElement(story);
        },
      };
      const status = () => element.shadowRoot.querySelector(".status").textContent;
      const heights = [element.offsetHeight];
      const box = element.cloneNode();
      while (!status().startsWith("Reading")) await new Promise((resolve) => setTimeout(resolve, 5));
      heights.push(element.offsetHeight);
      await new Promise((resolve) => setTimeout(resolve, 20));
      go();
      await ready;
      heights.push(element.offsetHeight);
      box.setAttribute("for", "none");
      element.replaceWith(box);
      heights.push(box.offsetHeight); // before anything is known
      return heights;
    });
    assert.deepEqual(new Set(heights).size, 1, heights.join(", "));
  }, ["chromium"]);
}

eachBrowser("tells a screen reader all that it shows", async (browser, site) => {
  await openStory(browser, site, { open: "always", reportable: "" });
  const told = await spoken(browser);
  for (const line of [
    "region: Who is for or against whom",
    "button: Who is for or against whom (expanded)",
    "group: Show in the text",
    "button: Stance (pressed)",
    "button: Topics",
    "group: Show only",
    "button: Against 9",
    "button: For 7",
    "button: Both 1",
    "button: The writer’s voice 1",
    "list: Who",
    "button: Jonas Pell",
    "list: Toward whom",
    "button: Orsa Velin",
    "image: Topics from the first sentence to the last: Politics, Conflict, war and peace, Economy, business and finance, Science and technology",
    "status: 17 of 62 sentences take a side",
    "button: Read one by one",
    "button: List them (collapsed)",
  ]) assert.ok(told.includes(line), `${line} is not among:\n${told.join("\n")}`);

  await press(browser, "one");
  const card = (await spoken(browser)).join("\n");
  assert.match(card, /dialog: About this sentence/);
  assert.match(card, /mark: praised/);
  assert.match(card, /Orsa Velin, for the engineers.*Shown by the words “praised”.*Quite sure/s);
  assert.match(card, /status: 1 of 17/);
  for (const name of ["Close", "Copy link to this sentence", "Report a problem", "Previous sentence", "Next sentence"]) {
    assert.ok(card.includes(`button: ${name}`), name);
  }
  await press(browser, "close");
  await press(browser, "stance:support");
  const narrowed = await spoken(browser);
  assert.ok(narrowed.includes("button: For 7 (pressed)") && narrowed.includes("status: Showing 7 of 17"), narrowed.join("\n"));
  await press(browser, "table");
  const table = await spoken(browser);
  for (const line of ["table: Who is for or against whom", "columnheader: Toward whom", "rowheader: Jonas Pell", "cell: against", "cell: Orsa Velin"]) {
    assert.ok(table.includes(line), `${line} is not among:\n${table.join("\n")}`);
  }
}, ["chromium"]);

eachBrowser("says each step once, as it happens", async (browser, site) => {
  await openStory(browser, site);
  const said = await browser.evaluate(async () => {
    const { element, scripted, standoff } = /** @type {any} */ (globalThis);
    const line = element.shadowRoot.querySelector("[role=status]");
    /** @type {string[]} */
    const said = [];
    new MutationObserver(() => said.push(line.textContent)).observe(line, { childList: true, characterData: true, subtree: true });
    const ready = new Promise((resolve) => element.addEventListener("standpoint-ready", resolve, { once: true }));
    element.annotator = scripted(standoff);
    await ready;
    for (const key of ["stance:author", "all", "view:topics", "view:off"]) {
      element.shadowRoot.querySelector(`[data-key="${key}"]`).click();
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    return { said, same: line.isConnected };
  });
  assert.ok(said.same, "the line stays in its place, or it would be read out anew each time");
  assert.deepEqual(said.said.slice(-5), [
    "17 of 62 sentences take a side",
    "Showing 1 of 17",
    "17 of 62 sentences take a side",
    "62 of 62 sentences have a topic",
    "17 of 62 sentences take a side",
  ]);
  assert.match(said.said.slice(0, -5).join(" | "), /Reading the article…/);
});

eachBrowser("is still for readers who want less motion", async (browser, site) => {
  const { page: window } = /** @type {any} */ (browser.driver);
  await window.emulateMedia({ reducedMotion: "reduce" });
  await openStory(browser, site);
  await press(browser, "one");
  await press(browser, "next");
  await press(browser, "stance:support");
  const moving = await browser.evaluate(() => /** @type {any} */ (globalThis).element.shadowRoot.getAnimations().length);
  assert.equal(moving, 0);
}, ["chromium"]);

eachBrowser("has controls that a finger or a shaky hand can hit", async (browser, site) => {
  await openStory(browser, site);
  await press(browser, "one");
  const small = await browser.evaluate(() =>
    [.../** @type {any} */ (globalThis).element.shadowRoot.querySelectorAll("button, summary")]
      .filter((control) => control.offsetParent || control.getClientRects().length)
      .map((control) => ({ name: control.dataset.key, box: control.getBoundingClientRect() }))
      .filter(({ box }) => box.height < 31.5 || box.width < 24)
      .map(({ name, box }) => `${name}: ${box.width} × ${box.height}`),
  );
  assert.deepEqual(small, []);
}, ["chromium"]);

eachBrowser("keeps the card within the window, beside its sentence or at its foot", async (browser, site) => {
  for (const [width, dir] of /** @type {const} */ ([[1280, "ltr"], [1280, "rtl"], [360, "ltr"], [320, "rtl"]])) {
    await browser.resize(width);
    await openStory(browser, site, { open: "", dir });
    const boxes = await browser.evaluate(async () => {
      const { element } = /** @type {any} */ (globalThis);
      const out = [];
      for (const [index, sentence] of element.result.sentences.entries()) {
        if (!sentence.stances.length) continue;
        element.select(index);
        await Promise.all(element.shadowRoot.getAnimations().map((/** @type {Animation} */ a) => a.finished));
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const { left, top, right, bottom } = element.shadowRoot.querySelector(".card").getBoundingClientRect();
        out.push(left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight);
      }
      return out;
    });
    assert.ok(boxes.length > 10 && boxes.every(Boolean), `${width} ${dir}: ${boxes}`);
  }
}, ["chromium"]);

eachBrowser("dresses for the page it is on, not for the reader's system", async (browser, site) => {
  await browser.emulate({ colorScheme: "dark" });
  await openStory(browser, site);
  const theme = () => /** @type {any} */ (globalThis).element.shadowRoot.querySelector(".root").dataset.theme;
  assert.equal(await browser.evaluate(theme), "dark");
  await browser.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("html, body { background: #fff !important; color: #111 !important; color-scheme: light }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return /** @type {any} */ (globalThis).element.refresh();
  });
  assert.equal(await browser.evaluate(theme), "light");
}, ["chromium"]);

/**
 * @param {import("./support/browser.js").Browser} browser
 * @param {string} key
 */
async function press(browser, key) {
  await browser.evaluate((/** @type {string} */ key) => {
    const control = /** @type {any} */ (globalThis).element.shadowRoot.querySelector(`[data-key="${key}"]`);
    if (control.tagName === "SUMMARY" || !control.disabled) control.click();
  }, key);
}

/** Lets animations end, so that colours are what they will be. @param {import("./support/browser.js").Browser} browser */
async function settled(browser) {
  await browser.evaluate(() => {
    const { shadowRoot } = /** @type {any} */ (globalThis).element;
    return Promise.all(shadowRoot.getAnimations().map((/** @type {Animation} */ a) => a.finished)).then(() => {});
  });
}

/**
 * The accessibility tree of the page as lines, `role: name (state)`, in reading order.
 * @param {import("./support/browser.js").Browser} browser
 * @returns {Promise<string[]>}
 */
async function spoken(browser) {
  const { page } = /** @type {any} */ (browser.driver);
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const byId = new Map(nodes.map((/** @type {any} */ node) => [node.nodeId, node]));
  /** @type {string[]} */
  const lines = [];
  /** @param {any} node @returns {string} The words in it. */
  const walk = (node) => {
    if (!node || node.role?.value === "InlineTextBox") return "";
    const states = (node.properties ?? []).flatMap((/** @type {any} */ p) => {
      if (p.name === "expanded") return p.value.value ? ["expanded"] : ["collapsed"];
      return p.name === "pressed" && String(p.value.value) === "true" ? ["pressed"] : [];
    });
    const at = node.ignored ? -1 : lines.push("") - 1;
    const within = (node.childIds ?? []).map((/** @type {string} */ id) => walk(byId.get(id))).join("");
    const words = node.role?.value === "StaticText" ? node.name.value : within;
    if (at >= 0) lines[at] = `${node.role.value}: ${node.name?.value || words}${states.length ? ` (${states})` : ""}`;
    return words;
  };
  walk(nodes[0]);
  return lines;
}
