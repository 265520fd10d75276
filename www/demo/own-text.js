// From what a reader pastes, types or drops to an article on the page.

import { parse } from "./html.js";

/** More than any article, and still read in a moment. */
const LONGEST = 2_000_000;

/**
 * A blank line starts a paragraph; a short line without a full stop before more text is set as a heading.
 * @param {string} text
 * @returns {HTMLElement}
 */
export function articleOf(text) {
  const article = document.createElement("article");
  const blocks = text.replace(/\r\n?/g, "\n").split(/\n\s*\n/).map((block) => block.trim()).filter(Boolean);
  blocks.forEach((block, i) => {
    const heading = i < blocks.length - 1 && block.length < 110 && !block.includes("\n") && !/[.!?:;,…][”"'’»)]*$/.test(block);
    const node = document.createElement(!heading ? "p" : i === 0 ? "h1" : "h2");
    node.textContent = block;
    article.append(node);
  });
  return article;
}

/**
 * @param {File} file
 * @returns {Promise<string | null>} Its text, paragraphs set apart by blank lines; null if it holds none.
 */
export async function fileText(file) {
  if (file.size > LONGEST) return null;
  const bytes = await file.arrayBuffer().then((buffer) => new Uint8Array(buffer), () => null);
  if (!bytes) return null; // a folder
  if (bytes.subarray(0, 4096).includes(0)) return null; // binary
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder("windows-1252").decode(bytes);
  }
  const html = /\.html?$/i.test(file.name) || file.type === "text/html";
  return (html ? htmlText(text) : text).trim() || null;
}

/** @param {string} html */
function htmlText(html) {
  const page = parse(html);
  const story = page.querySelector("article") ?? page.querySelector("main") ?? page.body;
  return [...story.querySelectorAll("h1,h2,h3,h4,p,li,figcaption,blockquote")]
    .filter((block) => !block.closest("nav,aside,footer,form,script,style") && !block.querySelector("p"))
    .map((block) => (block.textContent ?? "").replace(/\s+/g, " ").trim())
    .filter(Boolean)
    .join("\n\n");
}
