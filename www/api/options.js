// Reads what a host page passes in, once, into plain checked values: what can cross to WebAssembly or a worker.

import { StandpointError } from "./errors.js";

/** Longer than any article; copies of it in three encodings must fit WebAssembly's memory. */
const LONGEST_TEXT = 1 << 27;

export function readText(text) {
  if (typeof text !== "string") throw new StandpointError("input-invalid", "the text must be a string");
  if (text.length > LONGEST_TEXT) throw new StandpointError("input-invalid", `the text is longer than ${LONGEST_TEXT}`);
  return text;
}

export function readElement(element) {
  if (element?.nodeType !== 1) throw new StandpointError("input-invalid", "an Element is wanted");
  return element;
}

/** @returns {{ minConfidence?: number, targets: string[], language?: string, topics: string[], numbers: number[] }} */
export function readOptions(options) {
  const { minConfidence, targets, topics, language } = options ?? {};
  if (minConfidence != null && !(typeof minConfidence === "number" && minConfidence >= 0 && minConfidence <= 1)) {
    wrong("minConfidence", "a number from 0 to 1");
  }
  if (targets != null && !(Array.isArray(targets) && targets.every((name) => typeof name === "string"))) {
    wrong("targets", "an array of names");
  }
  if (language != null && typeof language !== "string") wrong("language", 'a BCP 47 tag such as "en"');
  return {
    minConfidence: minConfidence ?? undefined,
    targets: [...(targets ?? [])],
    language: language ?? undefined,
    ...flatTopics(topics ?? []),
  };
}

/** Topics as they cross to WebAssembly, which checks the rest: three texts and the examples of each; its threshold and their number. */
function flatTopics(given) {
  const topics = [];
  const numbers = [];
  const each = Array.isArray(given) ? given : [0];
  for (const { id, label, description, examples, threshold } of each.map(Object)) {
    const list = examples ?? [];
    const own = threshold ?? -1;
    const words = [id, label, description ?? "", ...(Array.isArray(list) ? list : [0])];
    if (!words.every((word) => typeof word === "string") || typeof own !== "number" || (own < 0 && threshold != null)) {
      wrong("topics", "an array of { id, label, description?, examples?, threshold? }");
    }
    topics.push(...words);
    numbers.push(own, list.length);
  }
  return { topics, numbers };
}

function wrong(name, wanted) {
  throw new StandpointError("options-invalid", `${name}: ${wanted} is wanted`);
}
