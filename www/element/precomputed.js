// Finds a result that was made at publishing time in the page as it is now: by quotation, looked for first
// where the sentence should stand. White space and the shape of quotation marks and dashes do not count. What
// is no longer there word for word is not marked; when that is most of it, the result is called stale.

import { StandpointElementError } from "./events.js";

/** Not the story, whatever the story's element holds. */
const SKIP = "script,style,template,noscript,nav,aside,form,button,select,textarea,iframe,object,svg,canvas,audio,video,standpoint-article,[hidden],[aria-hidden=true]";

/** Share of the sentences that must be found. */
const ENOUGH = 0.5;

/**
 * @param {URL} url Of JSON in the result's shape with the text it was made from as `text`.
 * @param {Element} story
 * @param {AbortSignal} signal
 * @returns {Promise<import("./reading.js").PageAnnotation>}
 */
export async function readPrecomputed(url, story, signal) {
  let stored;
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    stored = await response.json();
  } catch (cause) {
    throw new StandpointElementError("src-unreadable", `cannot read ${url}`, cause);
  }
  if (!Array.isArray(stored?.sentences) || typeof stored.text !== "string") {
    throw new StandpointElementError("src-invalid", `${url} is not a result with its text`);
  }
  return anchor(stored, story);
}

/**
 * @param {import("./reading.js").Result & { text: string }} stored
 * @param {Element} story
 * @returns {import("./reading.js").PageAnnotation}
 */
export function anchor(stored, story) {
  const { text, ...result } = stored;
  const source = squeeze(text);
  const page = readText(story);
  const now = squeeze(page.text);
  let cursor = 0;
  let found = 0;
  const ranges = result.sentences.map((sentence) => {
    const from = source.before(sentence.start);
    const quote = source.text.slice(from, source.before(sentence.end));
    const at = locate(now.text, quote, cursor);
    const range = (/** @type {{ start?: number, end?: number }} */ { start, end }) => {
      if (at < 0 || start === undefined || end === undefined) return null;
      const first = at + source.before(start) - from;
      const last = at + source.before(end) - from;
      return last > first ? page.range(now.at(first), now.at(last - 1) + 1) : null;
    };
    if (at >= 0) {
      cursor = at + quote.length;
      found++;
    }
    return {
      sentence: range(sentence),
      stances: sentence.stances.map(({ holder, target, cue }) => ({
        holder: range(holder),
        target: range(target),
        cue: range(cue),
      })),
    };
  });
  if (found < ENOUGH * result.sentences.length) {
    throw new StandpointElementError("stale", "most of the sentences are no longer in the article");
  }
  return { text, result, ranges };
}

/**
 * From the cursor on, else anywhere if it stands there only once.
 * @param {string} text
 * @param {string} quote
 * @param {number} cursor
 */
function locate(text, quote, cursor) {
  if (!quote) return -1;
  const next = text.indexOf(quote, cursor);
  if (next >= 0 && next - cursor < 2_000) return next;
  const first = text.indexOf(quote);
  return first >= 0 && text.indexOf(quote, first + 1) < 0 ? first : -1;
}

/**
 * A text without white space, and the way to and from its offsets.
 * @param {string} text
 */
function squeeze(text) {
  /** @type {number[]} */
  const places = [];
  const before = new Uint32Array(text.length + 1);
  let out = "";
  for (let i = 0; i < text.length; i++) {
    before[i] = places.length;
    const c = /** @type {string} */ (text[i]);
    if (/[\s\u00ad\u200b\ufeff]/.test(c)) continue;
    places.push(i);
    out += /[“”„«»]/.test(c) ? '"' : /[‘’‚]/.test(c) ? "'" : /[‐‑–—]/.test(c) ? "-" : c;
  }
  before[text.length] = places.length;
  return {
    text: out,
    before: (/** @type {number} */ offset) => before[Math.min(offset, text.length)] ?? places.length,
    at: (/** @type {number} */ index) => places[index] ?? text.length,
  };
}

/**
 * The text of the story's nodes, and ranges in it.
 * @param {Element} story
 */
function readText(story) {
  const walker = story.ownerDocument.createTreeWalker(story, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && node.matches(SKIP) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  /** @type {{ node: Text, start: number }[]} */
  const pieces = [];
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue;
    pieces.push({ node, start: text.length });
    text += node.data;
  }
  const point = (/** @type {number} */ offset) => {
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((pieces[middle]?.start ?? Infinity) <= offset) low = middle;
      else high = middle - 1;
    }
    return pieces[low];
  };
  return {
    text,
    /** @param {number} start @param {number} end */
    range(start, end) {
      const a = point(start);
      const b = point(end - 1);
      if (!a || !b) return null;
      const range = story.ownerDocument.createRange();
      range.setStart(a.node, start - a.start);
      range.setEnd(b.node, end - b.start);
      return range;
    },
  };
}
