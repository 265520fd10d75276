// Opens pages/story.html, and asks it things.

/**
 * @param {import("./browser.js").Browser} browser
 * @param {string} site
 * @param {Record<string, string>} [query] Attributes of the element; `plain` takes `Highlight` away.
 */
export async function openStory(browser, site, query = { open: "always" }) {
  await browser.open(`${site}/tests/browser/pages/story.html?${new URLSearchParams(query)}`);
  await browser.waitFor(() => /** @type {any} */ (globalThis).ready);
}

/** The box as a reader has it before her. Runs in the page. */
export const boxText = () => /** @type {any} */ (globalThis).element.shadowRoot.querySelector(".box").innerText;

/** Functions for the page. */
export const page = {
  /** Ranges by name. */
  highlights: () =>
    Object.fromEntries([...CSS.highlights].map(([name, { size }]) => [name, size]).filter(([, size]) => size)),
  untouched: () => {
    const { story, before } = /** @type {any} */ (globalThis);
    return story.outerHTML === before;
  },
  card: () => {
    const card = /** @type {any} */ (globalThis).element.shadowRoot.querySelector(".card");
    return card.hidden ? "" : card.innerText;
  },
  focused: () => {
    const active = /** @type {any} */ (globalThis).element.shadowRoot.activeElement;
    return active ? (active.dataset.key ?? active.className) : "";
  },
  listen: () => {
    const here = /** @type {any} */ (globalThis);
    here.log = [];
    for (const name of ["select", "filter"]) {
      document.addEventListener(`standpoint-${name}`, (/** @type {any} */ event) =>
        here.log.push(`${name} ${event.detail?.text ?? JSON.stringify(event.detail?.shown?.length ?? null)}`),
      );
    }
  },
  heard: () => /** @type {any} */ (globalThis).log,
  /** The middle of the first of these words, scrolled into view. */
  find: (/** @type {string} */ words) => {
    const { story } = /** @type {any} */ (globalThis);
    const walker = document.createTreeWalker(story, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = /** @type {Text} */ (node).data.indexOf(words);
      if (at < 0) continue;
      node.parentElement?.scrollIntoView({ block: "center", behavior: "instant" });
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + (words.split(" ")[0] ?? words).length);
      const box = range.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }
    throw new Error(`no "${words}" in the story`);
  },
};
