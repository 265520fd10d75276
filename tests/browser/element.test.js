// The element against a scripted annotator: what it does with a result, not what the model finds.

import assert from "node:assert/strict";
import { eachBrowser } from "./support/index.js";
import { boxText, openStory, page } from "./support/story.js";

eachBrowser("marks the story with shared highlights and changes nothing in it", async (browser, site) => {
  await openStory(browser, site);
  const names = await browser.evaluate(page.highlights);
  assert.deepEqual(Object.keys(names).sort(), [
    "standpoint-mixed",
    "standpoint-oppose",
    "standpoint-oppose-author",
    "standpoint-oppose-cue",
    "standpoint-support",
    "standpoint-support-cue",
  ]);
  assert.equal(names["standpoint-mixed"], 1);
  assert.equal(names["standpoint-oppose-author"], 1);
  assert.ok(await browser.evaluate(page.untouched), "the story's HTML is as it was");

  await browser.click("standpoint-article >>> [data-key='view:topics']");
  assert.deepEqual(Object.keys(await browser.evaluate(page.highlights)).sort(), [
    "standpoint-topic-1",
    "standpoint-topic-2",
    "standpoint-topic-3",
    "standpoint-topic-4",
    "standpoint-topic-other",
  ]);
  await browser.click("standpoint-article >>> [data-key='view:off']");
  assert.deepEqual(await browser.evaluate(page.highlights), {});
  assert.ok(await browser.evaluate(page.untouched));
});

eachBrowser("takes away its own marks and styles, and nobody else's", async (browser, site) => {
  await openStory(browser, site);
  const left = await browser.evaluate(async () => {
    const { element, story } = /** @type {any} */ (globalThis);
    const paragraph = story.querySelector("p");
    const range = new Range();
    range.selectNodeContents(paragraph);
    // The host's own, and another element's under the same name.
    CSS.highlights.set("host-search", new Highlight(range));
    const other = range.cloneRange();
    CSS.highlights.get("standpoint-support")?.add(other);
    const sheets = document.adoptedStyleSheets.length;
    element.remove();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const shared = CSS.highlights.get("standpoint-support");
    return {
      names: [...CSS.highlights].filter(([, marks]) => marks.size).map(([name]) => name).sort(),
      shared: shared?.size === 1 && shared.has(other),
      sheets: [sheets, document.adoptedStyleSheets.length],
    };
  });
  assert.deepEqual(left.names, ["host-search", "standpoint-support"]);
  assert.ok(left.shared);
  assert.ok(left.sheets[0] > 0);
  assert.equal(left.sheets[1], 0);
});

eachBrowser("two elements on a page do not disturb each other", async (browser, site) => {
  await openStory(browser, site);
  const sizes = await browser.evaluate(async () => {
    const { element, story, scripted, standoff } = /** @type {any} */ (globalThis);
    const size = () => CSS.highlights.get("standpoint-oppose")?.size ?? 0;
    const one = size();
    const copy = story.cloneNode(true);
    copy.id = "second";
    story.after(copy);
    const second = /** @type {any} */ (document.createElement("standpoint-article"));
    second.annotator = scripted(standoff);
    second.setAttribute("for", "second");
    const ready = new Promise((resolve) => second.addEventListener("standpoint-ready", resolve));
    copy.before(second);
    await ready;
    const two = size();
    element.remove();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const rest = size();
    second.remove();
    await new Promise((resolve) => setTimeout(resolve, 50));
    return { one, two, rest, none: CSS.highlights.size };
  });
  assert.deepEqual(sizes, { one: sizes.one, two: 2 * sizes.one, rest: sizes.one, none: 0 });
});

eachBrowser("keeps its reading when it is moved, and lets go when removed while reading", async (browser, site) => {
  await openStory(browser, site);
  const outcome = await browser.evaluate(async () => {
    const { element, story, scripted, standoff } = /** @type {any} */ (globalThis);
    story.after(element);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const moved = { calls: element.annotator.calls, marks: CSS.highlights.size > 0 };
    element.remove();
    const slow = scripted(standoff);
    let answer = () => {};
    const late = /** @type {any} */ (document.createElement("standpoint-article"));
    late.annotator = {
      annotateElement: (/** @type {Element} */ story) =>
        new Promise((resolve) => (answer = () => resolve(slow.annotateElement(story)))),
    };
    late.setAttribute("for", "story");
    /** @type {string[]} */
    const heard = [];
    for (const name of ["standpoint-ready", "standpoint-error"]) late.addEventListener(name, () => heard.push(name));
    story.before(late);
    for (let i = 0; i < 200 && answer.name !== "answer" && late.shadowRoot.textContent.includes("…"); i++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (/Reading the article/.test(late.shadowRoot.querySelector(".status").textContent)) break;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    late.remove();
    await new Promise((resolve) => setTimeout(resolve, 20));
    answer();
    await new Promise((resolve) => setTimeout(resolve, 50));
    return { moved, heard, marks: CSS.highlights.size };
  });
  assert.deepEqual(outcome, { moved: { calls: 1, marks: true }, heard: [], marks: 0 });
});

eachBrowser("opens a sentence's card by a click in the text, closes it by a click beside", async (browser, site) => {
  await openStory(browser, site);
  await browser.evaluate(page.listen);
  const over = await browser.evaluate(page.find, "turned a river");
  await browser.driver.moveTo(over.x, over.y);
  await browser.waitFor(() => CSS.highlights.has("standpoint-hover"));
  await clickWords(browser, "turned a river");
  assert.match(await browser.evaluate(page.card), /Jonas Pell, against Orsa Velin.*Shown by the words “turned a river into a fuse”.*Not sure/s);
  assert.equal((await browser.evaluate(page.highlights))["standpoint-oppose-selected"], 1);

  await clickWords(browser, "The ground shook");
  assert.equal(await browser.evaluate(page.card), "");
  await clickWords(browser, "pitiful end");
  assert.match(await browser.evaluate(page.card), /The writer, against Tarvia.*the writer’s wording/s);
  assert.deepEqual(await browser.evaluate(page.heard), [
    "select “He has turned a river into a fuse,” Mr. Pell said.",
    "select null",
    "select It is a pitiful end for a wire that once carried New Year's greetings.",
  ]);
  assert.ok(await browser.evaluate(page.untouched));
});

eachBrowser("leaves links and selections to the host", async (browser, site) => {
  await openStory(browser, site);
  const clicked = await browser.evaluate(() => {
    const { element, story } = /** @type {any} */ (globalThis);
    const link = story.querySelector("aside a");
    let followed = false;
    link.addEventListener("click", (/** @type {Event} */ event) => {
      followed = !event.defaultPrevented;
      event.preventDefault();
    });
    link.click();
    const range = element.annotation.ranges.find((/** @type {any} */ r) => r.stances.length).sentence;
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range.cloneRange());
    const box = range.getClientRects()[0];
    const at = { clientX: box.x + 5, clientY: box.y + 5, bubbles: true };
    range.startContainer.parentElement.dispatchEvent(new MouseEvent("click", at));
    return { followed, card: element.shadowRoot.querySelector(".card").hidden };
  });
  assert.deepEqual(clicked, { followed: true, card: true });
});

eachBrowser("can be used by keyboard alone", async (browser, site) => {
  await openStory(browser, site);
  await browser.evaluate(() => /** @type {any} */ (globalThis).element.scrollIntoView());
  const walk = [];
  for (let i = 0; i < 40; i++) {
    await browser.press("Tab");
    const key = await browser.evaluate(page.focused);
    if (!key) continue;
    walk.push(key);
    if (key === "one") break;
  }
  for (const key of ["open", "view:stance", "view:topics", "view:off", "stance:oppose", "stance:author", "table", "one"]) {
    assert.ok(walk.includes(key), `${key} is reached by Tab: ${walk}`);
  }
  await browser.press("Enter");
  assert.equal(await browser.evaluate(page.focused), "card");
  assert.match(await browser.evaluate(page.card), /1 of 17/);
  await browser.press("ArrowRight");
  assert.match(await browser.evaluate(page.card), /Mira Halden, against the blast.*2 of 17/s);
  await browser.press("ArrowLeft");
  await browser.press("ArrowLeft");
  assert.match(await browser.evaluate(page.card), /17 of 17/);
  await browser.press("Escape");
  assert.equal(await browser.evaluate(page.card), "");
  assert.equal(await browser.evaluate(page.focused), "one", "focus goes back to what opened the card");

  await browser.press("Tab");
  await browser.press("Enter");
  assert.equal(await browser.evaluate(page.focused), "list");
  await browser.press("Tab");
  if ((await browser.evaluate(page.focused)) === "sentences") await browser.press("Tab"); // Firefox: the scroller
  assert.match(await browser.evaluate(page.focused), /^item:/);
  await browser.press("Enter");
  assert.match(await browser.evaluate(page.card), /Orsa Velin, for the engineers/);
});

eachBrowser("copies a link to the sentence, and reports it to the host", async (browser, site) => {
  await openStory(browser, site, { open: "always", reportable: "" });
  const copied = await browser.evaluate(() => {
    const here = /** @type {any} */ (globalThis);
    const clipboard = { writeText: async (/** @type {string} */ text) => void (here.copied = text) };
    Object.defineProperty(navigator, "clipboard", { value: clipboard, configurable: true });
    document.addEventListener("standpoint-report", (/** @type {any} */ event) => (here.reported = event.detail));
    const { element } = here;
    const index = element.result.sentences.findIndex((/** @type {any} */ s) => element.annotation.text.slice(s.start, s.end).startsWith("It said the test"));
    element.select(index);
    const press = (/** @type {string} */ key) => element.shadowRoot.querySelector(`.card [data-key="${key}"]`).click();
    press("report");
    press("copy");
    return { index, reported: here.reported };
  });
  assert.equal(copied.reported.index, copied.index);
  assert.match(copied.reported.text, /^It said the test had been carried out/);
  assert.deepEqual(Object.keys(copied.reported).sort(), ["index", "sentence", "text"]);
  const link = await browser.waitFor(() => /** @type {any} */ (globalThis).copied);
  await browser.waitFor(() => /Link copied/.test(/** @type {any} */ (globalThis).element.shadowRoot.querySelector(".card").textContent));
  const [start, end] = new URL(link).hash.replace("#:~:text=", "").split(",").map(decodeURIComponent);
  assert.equal(start, "It said the test had");
  assert.equal(end, "near the border since autumn.");
});

eachBrowser("narrows to what the reader asks for, and says how much that is", async (browser, site) => {
  await openStory(browser, site);
  await browser.evaluate(page.listen);
  assert.match(await browser.evaluate(boxText), /17 of \d+ sentences take a side/);
  await browser.click("standpoint-article >>> [data-key='stance:support']");
  assert.match(await browser.evaluate(boxText), /Showing 7 of 17/);
  assert.deepEqual(Object.keys(await browser.evaluate(page.highlights)).sort(), ["standpoint-support", "standpoint-support-cue"]);
  await browser.click("standpoint-article >>> [data-key='stance:author']");
  assert.match(await browser.evaluate(boxText), /Showing 8 of 17/);
  await browser.click("standpoint-article >>> [data-key='all']");
  await browser.click("standpoint-article >>> [data-key='holder:Jonas Pell']");
  assert.match(await browser.evaluate(boxText), /Showing 2 of 17/);
  const heard = await browser.evaluate(page.heard);
  assert.equal(heard.filter((/** @type {string} */ line) => line.startsWith("filter")).length, 4);
});

eachBrowser("shows what is sure enough, and the host may say how sure that is", async (browser, site) => {
  await openStory(browser, site);
  const counts = await browser.evaluate(async () => {
    const { element } = /** @type {any} */ (globalThis);
    const count = () => element.shadowRoot.querySelector(".status").textContent.match(/^\d+/)[0];
    const out = [count()];
    for (const least of ["0.85", "1", "0"]) {
      const ready = new Promise((resolve) => element.addEventListener("standpoint-ready", resolve, { once: true }));
      element.setAttribute("min-confidence", least);
      await ready;
      out.push(count());
    }
    return out;
  });
  assert.deepEqual(counts, ["17", "2", "0", "17"]);
});

eachBrowser("says the same as its diagram in a table", async (browser, site) => {
  await openStory(browser, site);
  await browser.click("standpoint-article >>> [data-key='table']");
  const rows = await browser.evaluate(() =>
    [.../** @type {any} */ (globalThis).element.shadowRoot.querySelectorAll("tbody tr")].map((row) =>
      [...row.cells].map((cell) => cell.textContent).join(" | "),
    ),
  );
  assert.equal(rows[0], "Jonas Pell | against | Orsa Velin | 2");
  assert.ok(rows.includes("The writer | against | Tarvia | 1"), rows.join("\n"));
});

eachBrowser("leaves pronouns that stand for nobody known to the table", async (browser, site) => {
  await openStory(browser, site);
  const names = await browser.evaluate(async () => {
    const { element, scripted, standoff } = /** @type {any} */ (globalThis);
    const read = async (/** @type {(claim: any) => object} */ change) => {
      const ready = new Promise((resolve) => element.addEventListener("standpoint-ready", resolve, { once: true }));
      element.annotator = scripted({ ...standoff, claims: standoff.claims.map((/** @type {any} */ c) => ({ ...c, ...change(c) })) });
      await ready;
      return [...element.shadowRoot.querySelectorAll(".names button, .pairs .name")].map((name) => name.textContent);
    };
    const some = await read((claim) => (claim.holder === "Jonas Pell" ? { holder: "He" } : {}));
    const all = await read(() => ({ holder: "They" }));
    return { some, all, rows: element.shadowRoot.querySelector("[data-key=table]").textContent };
  });
  assert.ok(names.some.includes("Orsa Velin") && !names.some.includes("He"), names.some.join());
  assert.ok(names.all.includes("They"), "better than nothing at all");
  assert.match(names.rows, /all \d+ as a table/);
});

eachBrowser("lists the sentences where the browser cannot mark text", async (browser, site) => {
  await openStory(browser, site, { plain: "" });
  assert.match(await browser.evaluate(boxText), /17 of/);
  const items = await browser.evaluate(() => /** @type {any} */ (globalThis).element.shadowRoot.querySelectorAll(".sentences li").length);
  assert.equal(items, 17);
  await browser.click("standpoint-article >>> .sentences button");
  assert.match(await browser.evaluate(page.card), /Orsa Velin, for the engineers/);
});

eachBrowser("speaks four languages, and the host's own words", async (browser, site) => {
  for (const [lang, title] of [["es", "Quién está a favor"], ["fr-CA", "Qui est pour"], ["de", "Wer ist für"], ["sv", "Who is for"]]) {
    await openStory(browser, site, { lang });
    assert.match(await browser.evaluate(boxText), new RegExp(String(title)));
  }
  await browser.evaluate(() => (/** @type {any} */ (globalThis).element.strings = { title: "Our own heading" }));
  assert.match(await browser.evaluate(boxText), /Our own heading/);
});

eachBrowser("says honestly what went wrong, and tries again", async (browser, site) => {
  await openStory(browser, site);
  const outcome = await browser.evaluate(async () => {
    const { element, story, scripted, standoff } = /** @type {any} */ (globalThis);
    const next = (/** @type {string} */ name) =>
      new Promise((resolve) => element.addEventListener(name, (/** @type {any} */ event) => resolve(event.detail), { once: true }));
    const status = () => element.shadowRoot.querySelector(".status").textContent;
    const failed = next("standpoint-error");
    element.annotator = { annotateElement: () => Promise.reject(Object.assign(new Error("no"), { code: "fetch-failed" })) };
    const { error } = /** @type {any} */ (await failed);
    const first = { code: error.code, status: status(), marks: CSS.highlights.size };

    const missing = next("standpoint-error");
    element.setAttribute("for", "nowhere");
    const second = { code: (/** @type {any} */ (await missing)).error.code, status: status() };

    const ready = next("standpoint-ready");
    element.annotator = scripted(standoff);
    element.setAttribute("for", "story");
    await ready;
    const other = next("standpoint-ready");
    element.annotator = scripted({ language: "und" });
    await other;
    return { first, second, third: status(), html: story.outerHTML === /** @type {any} */ (globalThis).before };
  });
  assert.equal(outcome.first.code, "fetch-failed");
  assert.match(outcome.first.status, /could not be loaded. You can read the article as usual/);
  assert.equal(outcome.first.marks, 0);
  assert.equal(outcome.second.code, "story-missing");
  assert.match(outcome.second.status, /no article here/);
  assert.match(outcome.third, /does not read as English/);
  assert.ok(outcome.html);
});

eachBrowser("does not say of a French article that nobody takes a side in it", async (browser, site) => {
  await browser.open(`${site}/tests/browser/pages/empty.html`);
  const seen = await browser.evaluate(async () => {
    await import("/dist/standpoint.js");
    document.body.innerHTML = `<standpoint-article open="always"></standpoint-article><article id="story"><h1>La piscine reste ouverte</h1>
      <p>Le conseil municipal a voté lundi pour garder la piscine ouverte, mais la maire a critiqué ce choix, qui est trop cher pour la ville.
      Les nageurs, qui étaient dans la rue avec des drapeaux, ont applaudi les élus.</p></article>`;
    const element = /** @type {any} */ (document.querySelector("standpoint-article"));
    const ready = new Promise((resolve, reject) => {
      element.addEventListener("standpoint-ready", resolve);
      setTimeout(() => element.addEventListener("standpoint-error", (/** @type {any} */ event) => reject(event.detail.error)), 600);
      setTimeout(reject, 20_000, new Error(element.shadowRoot.textContent));
    });
    element.setAttribute("for", "story");
    await ready;
    return { language: element.result.language, box: element.shadowRoot.querySelector(".box").innerText };
  });
  assert.equal(seen.language, "fr");
  assert.match(seen.box, /does not read as English/);
  assert.doesNotMatch(seen.box, /takes? (a|no) side/);
});

eachBrowser("marks thousands of sentences with a handful of Highlight objects", async (browser, site) => {
  await openStory(browser, site);
  const counted = await browser.evaluate(async () => {
    const { element, story } = /** @type {any} */ (globalThis);
    const claims = element.annotation.result.sentences.filter((/** @type {any} */ s) => s.stances.length).length;
    const copies = 50;
    const paragraphs = [...story.querySelectorAll("p")];
    for (let i = 1; i < copies; i++) for (const p of paragraphs) story.append(p.cloneNode(true));
    await element.refresh();
    let marks = 0;
    for (const [name, highlight] of CSS.highlights) if (!name.endsWith("-cue")) marks += highlight.size;
    return { wanted: claims * copies, marks, names: [...CSS.highlights.values()].filter(({ size }) => size).length };
  });
  assert.equal(counted.marks, counted.wanted);
  assert.ok(counted.names < 10);
});

/**
 * Clicks the first of these words in the story with the mouse.
 * @param {import("./support/browser.js").Browser} browser
 * @param {string} words
 */
async function clickWords(browser, words) {
  const at = await browser.evaluate(page.find, words);
  await browser.clickAt(at.x, at.y);
}
