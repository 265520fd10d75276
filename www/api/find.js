// Where the sentences of a stored result stand in a page as it is now: by the fingerprint of their letters, which
// no other words have; then, where the stored result has its text, by their words but for a corrected typing error.

/** Letters from which a sentence is found wherever it stands; a shorter one only between its neighbours. */
const TELLING = 24;

/** What is sought: letters of the sentence, and their words where the stored result has its text. */
/** @typedef {{ length: number, hash: number, words?: string[] }} Pattern */

/**
 * @param {Pattern[]} patterns In the order of the stored article; those of length 0 are not looked for.
 * @param {import("./letters.js").Letters} page
 * @returns {{ start: number, end: number, exact: boolean }[]} Parallel to `patterns`, in letters; `start` is -1
 *   where there is none.
 */
export function find(patterns, page) {
  const candidates = everywhere(patterns, page);
  /** @type {{ start: number, end: number, exact: boolean }[]} */
  const places = patterns.map(() => ({ start: -1, end: -1, exact: false }));
  /** @type {Set<number>} */
  const taken = new Set();
  const put = (/** @type {number} */ i, /** @type {number} */ start, end = start + (patterns[i]?.length ?? 0), exact = true) => {
    places[i] = { start, end, exact };
    taken.add(start);
  };
  const twins = new Map();
  for (const { hash, length } of patterns) if (length) twins.set(hash, (twins.get(hash) ?? 0) + 1);
  const only = (/** @type {number} */ i) => twins.get(patterns[i]?.hash) === 1 && candidates[i]?.length === 1;

  patterns.forEach((pattern, i) => {
    if (pattern.length >= TELLING && only(i)) put(i, /** @type {any} */ (candidates[i])[0]);
  });
  patterns.forEach((pattern, i) => {
    if (!pattern.length || places[i]?.exact) return;
    const free = (candidates[i] ?? []).filter((start) => !taken.has(start));
    const gap = between(places, i, page.length);
    const next = places[i + 1]?.start ?? -1;
    const start =
      free.find((at) => at === places[i - 1]?.end) ??
      free.find((at) => at + pattern.length === next) ??
      free.find((at) => at >= gap.start && at + pattern.length <= gap.end);
    if (start !== undefined) put(i, start);
    else if (pattern.length >= TELLING && free.length === 1) put(i, /** @type {number} */ (free[0]));
  });
  patterns.forEach((pattern, i) => {
    if (!pattern.words || (places[i]?.start ?? 0) >= 0) return;
    const near = retyped(pattern.words, page, between(places, i, page.length));
    if (near) put(i, near.start, near.end, false);
  });
  return places;
}

/**
 * Every place with the fingerprint of a pattern that starts and ends with a word.
 * @param {Pattern[]} patterns
 * @param {import("./letters.js").Letters} page
 */
function everywhere(patterns, page) {
  /** @type {Map<number, number[]>} */
  const wanted = new Map();
  /** @type {number[][]} */
  const found = patterns.map(() => []);
  patterns.forEach(({ length, hash }, i) => length && wanted.set(hash, [...(wanted.get(hash) ?? []), i]));
  const lengths = [...new Set(patterns.map(({ length }) => length))].filter(Boolean).sort((a, b) => a - b);
  const starts = Uint8Array.from({ length: page.length + 1 }, (_, at) => Number(page.startsWord(at)));
  for (let start = 0; start < page.length; start++) {
    if (!starts[start]) continue;
    for (const length of lengths) {
      const end = start + length;
      if (end > page.length) break;
      if (!starts[end]) continue;
      for (const i of wanted.get(page.hash(start, end)) ?? []) if (patterns[i]?.length === length) found[i]?.push(start);
    }
  }
  return found;
}

/**
 * The letters between a sentence's nearest neighbours that were found.
 * @param {{ start: number, end: number }[]} places
 * @param {number} i
 * @param {number} length
 */
function between(places, i, length) {
  let start = 0;
  for (let before = i - 1; before >= 0; before--) {
    if ((places[before]?.start ?? -1) < 0) continue;
    start = places[before]?.end ?? 0;
    break;
  }
  for (let after = i + 1; after < places.length; after++) {
    const at = places[after]?.start ?? -1;
    if (at >= start) return { start, end: at };
  }
  return { start, end: length };
}

/**
 * The one place in a gap where these words stand, one or two of them spelt otherwise.
 * @param {string[]} words
 * @param {import("./letters.js").Letters} page
 * @param {{ start: number, end: number }} gap
 */
function retyped(words, page, gap) {
  const there = wordsOf(page, gap.start, gap.end);
  const allowed = words.length < 12 ? 1 : 2;
  let found = null;
  for (let first = 0; first + words.length <= there.length; first++) {
    let wrong = 0;
    for (let n = 0; n < words.length && wrong <= allowed; n++) {
      const word = /** @type {{ word: string }} */ (there[first + n]).word;
      if (word === words[n]) continue;
      wrong += isRetyped(/** @type {string} */ (words[n]), word) ? 1 : allowed + 1;
    }
    if (wrong > allowed) continue;
    if (found) return null; // which of them?
    found = { start: /** @type {any} */ (there[first]).start, end: /** @type {any} */ (there[first + words.length - 1]).end };
  }
  return found;
}

/**
 * The words between two letters of a text, each with its place.
 * @param {import("./letters.js").Letters} letters
 * @param {number} start
 * @param {number} end
 */
export function wordsOf(letters, start, end) {
  const words = [];
  for (let from = start; from < end; ) {
    let to = from + 1;
    while (to < end && !letters.startsWord(to)) to++;
    words.push({ start: from, end: to, word: letters.text.slice(letters.places[from], letters.after(to)) });
    from = to;
  }
  return words;
}

/**
 * Whether one spelling is the other with a letter added, left out, changed or two neighbours swapped, inside a
 * longer word. The first letter must stay and so must digits and capitals: “illegal” is no misspelling of “legal”,
 * 2031 none of 2013.
 * @param {string} a
 * @param {string} b
 */
export function isRetyped(a, b) {
  if (a.length > b.length) [a, b] = [b, a];
  if (a.length < 5 || b.length > a.length + 1 || a[0] !== b[0] || /[\d\p{Lu}]/u.test(a.slice(1) + b.slice(1))) return false;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  if (a.length < b.length) return a.slice(same) === b.slice(same + 1);
  if (a.slice(same + 1) === b.slice(same + 1)) return true;
  return a[same] === b[same + 1] && a[same + 1] === b[same] && a.slice(same + 2) === b.slice(same + 2);
}
