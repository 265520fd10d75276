// How claims are put to a reader: names, confidence and attitudes in words.

/** @typedef {import("./strings/en.js").Strings} Strings */

/**
 * Upper-cases the first letter, as at the head of a line.
 * @param {string} text
 */
export function capital(text) {
  const [first = ""] = text;
  return first.toLocaleUpperCase() + text.slice(first.length);
}

/**
 * @param {Strings} strings
 * @param {string} name As in the result: `author` is the narrator.
 */
export function partyName(strings, name) {
  if (name === "author") return strings.writer;
  if (name === "unnamed speaker" || name === "") return strings.unnamed;
  return name;
}

/**
 * @param {Strings} strings
 * @param {{ id: string, label: string }} topic
 */
export const topicName = (strings, topic) => capital(strings.topics[topic.id] ?? topic.label);

/**
 * Three words for a probability: readers take digits for more than they are. The same limits as on the command line.
 * @param {Strings} strings
 * @param {number} confidence
 * @returns {{ words: string, level: 1 | 2 | 3 }}
 */
export function sureness(strings, confidence) {
  if (confidence >= 0.8) return { words: strings.sure, level: 3 };
  if (confidence >= 0.6) return { words: strings.fairly, level: 2 };
  return { words: strings.unsure, level: 1 };
}

/**
 * @param {Strings} strings
 * @param {"support" | "oppose"} polarity
 */
export const attitude = (strings, polarity) => (polarity === "oppose" ? strings.against : strings.for);
