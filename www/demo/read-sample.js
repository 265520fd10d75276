// A sample article, taken out of its own page.

import { parse } from "./html.js";

/** In the order of the demo's buttons; the last stands only in the comparison. */
export const SAMPLES = ["standoff", "council", "vaccine", "strike", "river", "sundays"];

/**
 * @param {string} name
 * @returns {Promise<HTMLElement>} Without the element that stands in it there, links pointing into the demo.
 */
export async function readSample(name) {
  const response = await fetch(new URL(`../samples/${name}.html`, import.meta.url));
  if (!response.ok) throw new Error(response.statusText);
  const page = parse(await response.text());
  const article = /** @type {HTMLElement} */ (document.adoptNode(/** @type {Node} */ (page.querySelector("article"))));
  for (const embedded of article.querySelectorAll("standpoint-article")) embedded.remove();
  for (const link of article.querySelectorAll("a")) {
    link.setAttribute("href", `#${link.getAttribute("href")?.replace(".html", "")}`);
  }
  return article;
}
