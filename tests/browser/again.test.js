// Read again, moved, set up early, beside another: what an element keeps and what it lets go.

import assert from "node:assert/strict";
import { eachBrowser } from "./support/index.js";
import { openStory, page } from "./support/story.js";

eachBrowser("a card does not outlive the reading it is of, nor a move of the element", async (browser, site) => {
  await openStory(browser, site);
  await browser.evaluate(page.listen);
  const outcome = await browser.evaluate(async () => {
    const { element, story, log } = /** @type {any} */ (globalThis);
    const card = () => element.shadowRoot.querySelector(".card");
    const claims = () => element.result.sentences.findIndex((/** @type {any} */ s) => s.stances.length);
    element.select(claims());
    story.querySelector("p").remove();
    await element.refresh();
    const reread = { hidden: card().hidden, last: log.at(-1) };
    element.select(claims());
    story.after(element);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const moved = { hidden: card().hidden, last: log.at(-1) };
    element.select(claims());
    return { reread, moved, again: !card().hidden && card().matches(":popover-open, :not([popover])") };
  });
  const closed = { hidden: true, last: "select null" };
  assert.deepEqual(outcome, { reread: closed, moved: closed, again: true });
});

eachBrowser("one card is open on a page at most, and focus goes back to the host's own button", async (browser, site) => {
  await openStory(browser, site);
  const outcome = await browser.evaluate(async () => {
    const { element, story, scripted, standoff } = /** @type {any} */ (globalThis);
    const copy = story.cloneNode(true);
    copy.id = "second";
    const second = /** @type {any} */ (document.createElement("standpoint-article"));
    second.annotator = scripted(standoff);
    second.setAttribute("for", "second");
    const ready = new Promise((resolve) => second.addEventListener("standpoint-ready", resolve));
    story.after(second, copy);
    await ready;
    const button = document.createElement("button");
    button.dataset["key"] = "of-the-host";
    document.body.prepend(button);
    const open = () => [element, second].map(({ shadowRoot }) => !shadowRoot.querySelector(".card").hidden);
    const index = element.result.sentences.findIndex((/** @type {any} */ s) => s.stances.length);
    element.select(index);
    const first = open();
    second.select(index);
    const other = open();
    second.close();
    button.focus();
    element.select(index);
    element.close();
    return { first, other, back: document.activeElement === button };
  });
  assert.deepEqual(outcome, { first: [true, false], other: [false, true], back: true });
});

eachBrowser("the list stays unfolded and the focus in it while the article is read again", async (browser, site) => {
  await openStory(browser, site);
  await browser.click("standpoint-article >>> [data-key='list']");
  const outcome = await browser.evaluate(async () => {
    const { element, scripted, standoff } = /** @type {any} */ (globalThis);
    const root = element.shadowRoot;
    root.querySelectorAll(".sentences button")[2].focus();
    const focused = () => root.activeElement?.dataset.key;
    const before = focused();
    let during;
    const slow = scripted(standoff);
    const ready = new Promise((resolve) => element.addEventListener("standpoint-ready", resolve, { once: true }));
    element.annotator = {
      annotateElement: async (/** @type {Element} */ story) => {
        during = [root.querySelectorAll(".sentences li").length, root.querySelector(".status").textContent, focused()];
        return slow.annotateElement(story);
      },
    };
    await ready;
    return { before, during, after: [root.querySelectorAll(".sentences li").length, focused()] };
  });
  const { before } = outcome;
  assert.match(before, /^item:/);
  assert.deepEqual(outcome, { before, during: [17, "Reading the article…", before], after: [17, before] });
});

eachBrowser("“Off” before the article has been read is told to the host", async (browser, site) => {
  await openStory(browser, site);
  const heard = await browser.evaluate(async () => {
    const { element, story } = /** @type {any} */ (globalThis);
    const waiting = /** @type {any} */ (document.createElement("standpoint-article"));
    waiting.annotator = { annotateElement: () => new Promise(() => {}) };
    waiting.setAttribute("for", "story");
    /** @type {any[]} */
    const heard = [];
    waiting.addEventListener("standpoint-filter", (/** @type {any} */ event) => heard.push(event.detail));
    element.remove();
    story.before(waiting);
    waiting.shadowRoot.querySelector("[data-key='view:off']").click();
    return heard;
  });
  assert.deepEqual(heard, [{ view: "off", shown: [] }]);
});

eachBrowser("takes what was set before it was defined", async (browser, site) => {
  await browser.open(`${site}/tests/browser/pages/empty.html`);
  const seen = await browser.evaluate(async () => {
    document.body.innerHTML = `<standpoint-article for="story"></standpoint-article><article id="story"><p>The union backed the bill.</p></article>`;
    const element = /** @type {any} */ (document.querySelector("standpoint-article"));
    const topics = [{ id: "sea", label: "Shipping" }];
    /** @type {any[]} */
    const given = [];
    element.annotator = { annotateElement: (/** @type {Element} */ _, /** @type {any} */ options) => (given.push(options.topics), new Promise(() => {})) };
    element.topics = topics;
    element.strings = { title: "Our own heading" };
    await import("/dist/standpoint.js");
    for (let i = 0; i < 200 && !given.length; i++) await new Promise((resolve) => setTimeout(resolve, 10));
    return { given, title: element.shadowRoot.querySelector("h2").textContent, own: Object.keys(element) };
  });
  assert.deepEqual(seen, { given: [[{ id: "sea", label: "Shipping" }]], title: "Our own heading", own: [] });
});

eachBrowser("an equal list of topics starts no reading, a changed one does", async (browser, site) => {
  await openStory(browser, site);
  const calls = await browser.evaluate(async () => {
    const { element } = /** @type {any} */ (globalThis);
    const topics = () => [{ id: "sea", label: "Shipping" }];
    const settle = async () => {
      await new Promise((resolve) => setTimeout(resolve, 700));
      return element.annotator.calls;
    };
    const out = [];
    element.topics = topics();
    out.push(await settle());
    element.topics = topics();
    out.push(await settle());
    element.topics.push({ id: "air", label: "Aviation" });
    element.topics = element.topics;
    out.push(await settle());
    element.topics = null;
    out.push(await settle());
    element.topics = undefined;
    out.push(await settle());
    return out;
  });
  assert.deepEqual(calls, [2, 2, 3, 4, 4]);
}, ["chromium"]);
