// Two articles, one target: which names mean the same, and who says what about them. Pure data.

import { MIN_CONFIDENCE } from "../element/reading.js";

const TITLES = /^(the|a|an|mr|mrs|ms|dr|sir|president|minister|mayor|professor)\.?\s+/i;

/**
 * @typedef {{ holder: string, target: string, polarity: "support" | "oppose", cue: string, sentence: string,
 *   confidence: number }} Claim
 * @typedef {{ title: string, claims: Claim[] }} Side
 * @typedef {{ name: string, sides: [Claim[], Claim[]] }} Shared
 */

/**
 * @param {string} title
 * @param {string} text
 * @param {any} result
 * @returns {Side}
 */
export function sideOf(title, text, result) {
  const words = (/** @type {{ start: number, end: number }} */ { start, end }) => text.slice(start, end).replace(/\s+/g, " ");
  const claims = result.sentences.flatMap((/** @type {any} */ sentence) =>
    sentence.stances
      .filter((/** @type {any} */ stance) => stance.confidence >= MIN_CONFIDENCE)
      .map((/** @type {any} */ { holder, target, polarity, cue, confidence }) => ({
        ...{ holder: holder.name, target: target.name, polarity, confidence },
        ...{ cue: words(cue), sentence: words(sentence) },
      })),
  );
  return { title, claims };
}

/** @param {string} name */
function plain(name) {
  let short = name.trim().toLowerCase();
  while (TITLES.test(short)) short = short.replace(TITLES, "");
  return short;
}

/**
 * “Voss”, “Ms. Voss” and “Helena Voss” are one; so are “the strike” and “strike”, but not “strike” and “air strike
 * on the harbour”.
 * @param {string} a
 * @param {string} b
 */
export function sameName(a, b) {
  const [x, y] = [plain(a), plain(b)].sort((one, other) => one.length - other.length);
  if (!x || !y) return false;
  return x === y || (!x.includes(" ") && y.split(" ").length <= 3 && y.endsWith(` ${x}`));
}

/**
 * Targets of both articles first; of these, what they disagree on most, then what most is said about.
 * @param {[Side, Side]} sides
 * @returns {Shared[]}
 */
export function sharedTargets([left, right]) {
  /** @type {Shared[]} */
  const out = [];
  for (const [i, side] of [left, right].entries()) {
    for (const claim of side.claims) {
      let entry = out.find(({ name }) => sameName(name, claim.target));
      if (!entry) out.push((entry = { name: claim.target, sides: [[], []] }));
      if (plain(claim.target).length > plain(entry.name).length) entry.name = claim.target;
      /** @type {Claim[]} */ (entry.sides[i]).push(claim);
    }
  }
  const both = (/** @type {Shared} */ { sides }) => Number(sides[0].length > 0 && sides[1].length > 0);
  const all = (/** @type {Shared} */ { sides }) => sides[0].length + sides[1].length;
  const balance = (/** @type {Claim[]} */ claims) =>
    claims.reduce((sum, { polarity }) => sum + (polarity === "support" ? 1 : -1), 0) / (claims.length || 1);
  const contrast = (/** @type {Shared} */ { sides: [a, b] }) => Math.abs(balance(a) - balance(b));
  return out.sort((a, b) => both(b) - both(a) || (both(a) && contrast(b) - contrast(a)) || all(b) - all(a));
}
