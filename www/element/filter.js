// Which sentences the reader has asked to see. Nothing chosen means everything.

import { voicedByAuthor } from "./reading.js";

/**
 * @typedef {"oppose" | "support" | "mixed" | "author"} StanceKey
 * @typedef {object} Filter
 * @property {"stance" | "topics" | "off"} view
 * @property {Set<StanceKey>} stances
 * @property {Set<number>} topics Ranks; -1 is "other".
 * @property {{ holder?: string, target?: string, polarity?: "support" | "oppose" }} parties
 */

/**
 * @param {Filter["view"]} [view]
 * @returns {Filter}
 */
export const emptyFilter = (view = "stance") => ({ view, stances: new Set(), topics: new Set(), parties: {} });

/**
 * @param {Filter} filter
 * @returns {boolean} Whether something is chosen.
 */
export function narrows(filter) {
  return filter.stances.size > 0 || filter.topics.size > 0 || Object.keys(filter.parties).length > 0;
}

/**
 * @param {import("./reading.js").Reading} reading
 * @param {Filter} filter
 * @returns {{ shown: import("./reading.js").Item[], of: import("./reading.js").Item[] }}
 *   The sentences to mark, and those they were chosen from.
 */
export function apply(reading, filter) {
  const of =
    filter.view === "topics" ? reading.items.filter((item) => item.sentence.topics.length > 0) : reading.claims;
  return { of, shown: of.filter((item) => matches(filter, item)) };
}

/**
 * @param {Filter} filter
 * @param {import("./reading.js").Item} item
 */
function matches(filter, item) {
  const { stances, topics, parties } = filter;
  if (topics.size && !topics.has(item.topic)) return false;
  if (stances.size) {
    const { stance } = item.sentence;
    const chosen = (stance !== "neutral" && stances.has(stance)) || (stances.has("author") && voicedByAuthor(item));
    if (!chosen) return false;
  }
  const { holder, target, polarity } = parties;
  if (!holder && !target && !polarity) return true;
  return item.sentence.stances.some(
    (s) =>
      (!holder || s.holder.name === holder) &&
      (!target || s.target.name === target) &&
      (!polarity || s.polarity === polarity),
  );
}

/**
 * Adds what is missing, removes what is there.
 * @template T
 * @param {Set<T>} set
 * @param {T} value
 */
export function toggle(set, value) {
  if (!set.delete(value)) set.add(value);
}
