// A result that was made earlier, put on the page as it is now. Needs no model and no WebAssembly.

import { StandpointError } from "./errors.js";
import { find, wordsOf } from "./find.js";
import { Letters } from "./letters.js";
import { PageText } from "./page-text.js";

/** Share of the stored sentences that must be found, or of the page that must be covered (a teaser). */
const ENOUGH = 0.5;

/**
 * Finds a stored result (`standpoint annotate --format json`, or `JSON.stringify` of a result) in an element. What
 * is not there any more word for word is left out, a typing error corrected since apart (where the stored result
 * has its `text`). Spaces, quotation marks, dashes and most punctuation do not count.
 *
 * @param {any} stored
 * @param {Element} story
 * @returns {any} A `PageAnnotation` of the page as it is now, with `fit`.
 */
export function anchor(stored, story) {
  if (stored?.schemaVersion !== 1 || !Array.isArray(stored.sentences)) {
    throw new StandpointError("input-invalid", "this is no result, or one of another version");
  }
  const { text: storedText, ...rest } = stored;
  const patterns = readPatterns(stored);
  const page = new PageText(story);
  const letters = new Letters(page.text);
  const places = find(patterns, letters);
  const directly = adjacency(page, letters);

  /** @type {{ sentence: any, start: number, end: number }[]} */
  const kept = [];
  const fit = { sentences: 0, found: 0, claims: 0, claimsFound: 0, lost: /** @type {number[]} */ ([]), fits: false };
  let covered = 0;
  let last = -1; // the sentence before, in the story
  stored.sentences.forEach((/** @type {any} */ sentence, /** @type {number} */ i) => {
    const place = /** @type {{ start: number, end: number, exact: boolean }} */ (places[i]);
    const pattern = /** @type {ReturnType<typeof readPatterns>[number]} */ (patterns[i]);
    const counts = sentence.kind !== "meta" && pattern.length > 0;
    const follows = last < 0 || ((places[last]?.start ?? -1) >= 0 && directly(/** @type {any} */ (places[last]).end, place.start));
    if (sentence.kind === "body" || sentence.kind === "heading") last = i;
    if (counts) {
      fit.sentences++;
      fit.claims += sentence.stances.length;
    }
    if (place.start < 0) {
      if (counts) fit.lost.push(i);
      return;
    }
    covered += place.end - place.start;
    const again = restate(sentence, pattern, place, page.text, letters, follows);
    if (counts) {
      fit.found++;
      fit.claimsFound += again.stances.length;
    }
    kept.push({ sentence: again, ...place });
  });
  fit.fits = fit.sentences === 0 || fit.found >= ENOUGH * fit.sentences || covered >= ENOUGH * letters.length;

  kept.sort((a, b) => a.start - b.start);
  let end = 0;
  for (const { sentence } of kept) {
    sentence.start = Math.max(sentence.start, end);
    end = sentence.end;
  }
  const sentences = kept.map(({ sentence }) => sentence);
  const range = (/** @type {any} */ { start, end }) => (start === undefined ? null : page.range(start, end));
  const ranges = sentences.map((sentence) => ({
    sentence: range(sentence),
    stances: sentence.stances.map((/** @type {any} */ s) => ({ holder: range(s.holder), target: range(s.target), cue: range(s.cue) })),
  }));
  return { text: page.text, result: { ...rest, stances: pairs(sentences), sentences }, ranges, fit };
}

/** @param {any} stored */
function readPatterns({ text, sentences }) {
  const source = typeof text === "string" ? new Letters(text) : null;
  return sentences.map((/** @type {any} */ s) => {
    const start = source?.before(s.start) ?? 0;
    const end = source?.before(s.end) ?? 0;
    const told = s.anchor && { length: s.anchor.length, hash: Number.parseInt(s.anchor.hash, 16), spans: s.anchor.spans.length === 3 * s.stances.length ? s.anchor.spans : [] };
    // Where the positions count something else than the text's UTF-16 code units, the text is of no use.
    const usable = source && (!told || (end - start === told.length && source.hash(start, end) === told.hash));
    if (!usable && told) return told; // its spans are of no use either where an editor took claims out
    if (!usable) throw new StandpointError("input-invalid", "the result has neither anchors nor its text");
    const span = (/** @type {any} */ p) => (p.start === undefined ? null : [source.before(p.start) - start, source.before(p.end) - start]);
    const spans = s.stances.flatMap((/** @type {any} */ { holder, target, cue }) => [span(holder), span(target), span(cue)]);
    const words = wordsOf(source, start, end).map(({ word }) => word);
    return { length: end - start, hash: source.hash(start, end), spans, words };
  });
}

/**
 * The sentence with the page's offsets, and those of its claims that still hold. A claim about somebody whom the
 * sentence only points to (“he”, “the plan”) holds while the sentence before it is the same; one whose own words
 * were retyped does not.
 * @param {any} sentence
 * @param {{ spans: ([number, number] | null)[], words?: string[] }} pattern
 * @param {{ start: number, end: number, exact: boolean }} place
 * @param {string} text
 * @param {Letters} letters
 * @param {boolean} follows
 */
function restate(sentence, pattern, place, text, letters, follows) {
  const now = place.exact ? null : wordsOf(letters, place.start, place.end);
  const before = now && pattern.words;
  let at = 0;
  const shifts = before?.map((word, n) => {
    const first = at;
    at += [...word].length;
    return { first, last: at, same: word === now?.[n]?.word, from: now?.[n]?.start ?? 0 };
  });
  /** The page's letters for a span of the sentence's; `null` where they were retyped. */
  const move = (/** @type {[number, number]} */ [start, end]) => {
    if (!shifts) return { start: place.start + start, end: place.start + end };
    const inside = shifts.filter(({ first, last }) => first < end && last > start);
    if (!inside.length || !inside.every(({ same }) => same)) return null;
    const [a, b] = [inside[0], inside.at(-1)];
    return a && b ? { start: a.from + start - a.first, end: b.from + end - b.first } : null;
  };
  const named = (/** @type {any} */ party, /** @type {any} */ span) =>
    party.name === "author" || (span && shareWord(party.name, text.slice(letters.places[span.start], letters.after(span.end))));
  const offsets = (/** @type {any} */ span) => ({ start: letters.places[span.start], end: letters.after(span.end) });

  const stances = sentence.stances.flatMap((/** @type {any} */ stance, /** @type {number} */ n) => {
    const spans = pattern.spans.slice(3 * n, 3 * n + 3);
    const [holder, target, cue] = spans.map((span) => span && move(span));
    if (!cue || (!holder && spans[0]) || (!target && spans[1])) return [];
    if (!follows && !(named(stance.holder, holder) && named(stance.target, target))) return [];
    const party = (/** @type {any} */ { name }, /** @type {any} */ span) => (span ? { name, ...offsets(span) } : { name });
    return [{ ...stance, holder: party(stance.holder, holder), target: party(stance.target, target), cue: offsets(cue) }];
  });
  const polarities = new Set(stances.map((/** @type {any} */ s) => s.polarity));
  const stance = polarities.size === 2 ? "mixed" : ([...polarities][0] ?? "neutral");
  return { ...sentence, ...withPunctuation(text, offsets(place)), stance, stances };
}

/**
 * With the marks that belong to it: quotation marks and brackets around, the full stop at the end.
 * @param {string} text
 * @param {{ start: number, end: number }} span
 */
function withPunctuation(text, { start, end }) {
  while (start > 0 && /["'“‘„‚«»‹›([¿¡—–]/.test(text[start - 1] ?? "")) start--;
  while (end < text.length && /[.,:;!…)\]"'”’“«»‹›]/.test(text[end] ?? "")) end++;
  return { start, end };
}

/**
 * Whether nothing of the story stands between two places.
 * @param {PageText} page
 * @param {Letters} letters
 */
function adjacency(page, letters) {
  const before = new Uint32Array(letters.length + 1);
  for (let i = 0; i < letters.length; i++) before[i + 1] = (before[i] ?? 0) + (page.isBeside(letters.places[i] ?? 0) ? 0 : 1);
  return (/** @type {number} */ end, /** @type {number} */ start) => start >= end && before[start] === before[end];
}

/**
 * Whether the words name who is meant, rather than point there.
 * @param {string} name
 * @param {string} words
 */
function shareWord(name, words) {
  const list = (/** @type {string} */ s) => s.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  const own = new Set(list(name));
  return name === words || list(words).some((word) => own.has(word));
}

/** As the engine counts them. @param {any[]} sentences */
function pairs(sentences) {
  /** @type {Map<string, any>} */
  const rows = new Map();
  sentences.forEach(({ stances }, i) => {
    for (const { holder, target, polarity } of stances) {
      const key = JSON.stringify([holder.name, target.name]);
      const row = rows.get(key) ?? { holder: holder.name, target: target.name, oppose: 0, support: 0, sentences: [] };
      rows.set(key, row);
      row[polarity]++;
      if (row.sentences.at(-1) !== i) row.sentences.push(i);
    }
  });
  return [...rows.values()].sort((a, b) => b.oppose + b.support - a.oppose - a.support);
}
