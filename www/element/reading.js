// What the reader's view shows of an annotation: pure data, no DOM beyond the ranges it carries.

/**
 * @typedef {{ name: string, start?: number, end?: number }} Party
 * @typedef {{ holder: Party, target: Party, polarity: "support" | "oppose", basis: "says" | "does" | "author",
 *   cue: { start: number, end: number }, confidence: number }} Stance
 * @typedef {{ id: string, label: string, score: number }} Topic
 * @typedef {{ start: number, end: number, paragraph: number, kind: "body" | "heading" | "caption" | "meta",
 *   topics: Topic[], subtopics: Topic[], stance: "support" | "oppose" | "mixed" | "neutral", confidence: number,
 *   stances: Stance[] }} Sentence
 * @typedef {{ schemaVersion: number, language: string, model: { name: string, version: string }, topics: Topic[],
 *   stances: object[], sentences: Sentence[] }} Result
 * @typedef {{ holder: Range | null, target: Range | null, cue: Range | null }} StanceRanges
 * @typedef {{ sentence: Range | null, stances: StanceRanges[] }} SentenceRanges
 * @typedef {{ text: string, result: Result, ranges: SentenceRanges[] }} PageAnnotation
 *
 * @typedef {object} Item One sentence of the story (everything but `meta`).
 * @property {number} index Its place in `result.sentences`.
 * @property {Sentence} sentence
 * @property {SentenceRanges} ranges
 * @property {boolean} author Whether every claim in it is the writer's own.
 * @property {number} topic Rank of its first topic in {@link Reading.topics}, -1 for none or one ranked lower.
 *
 * @typedef {{ holder: string, target: string, polarity: "support" | "oppose", count: number,
 *   weight: number }} Pair `weight` is the sum of confidences: what is surest and most frequent comes first.
 * @typedef {{ id: string, label: string, count: number }} RankedTopic
 */

/** How many topics get a colour of their own; the rest is "other". */
export const RANKED_TOPICS = 4;

/**
 * What a reader is shown must be surer than what a program may ask for: claims below this are left out unless
 * the host says otherwise. A confidence is the chance that the claim is right, learned on articles kept from training.
 */
export const MIN_CONFIDENCE = 0.5;

export class Reading {
  /**
   * @param {PageAnnotation} annotation
   * @param {number} [minConfidence]
   */
  constructor({ text, result, ranges }, minConfidence = MIN_CONFIDENCE) {
    this.text = text;
    this.result = result;
    this.topics = rankTopics(result.sentences);
    const rank = new Map(this.topics.map((topic, i) => [topic.id, i]));
    /** @type {Item[]} */
    this.items = [];
    result.sentences.forEach((whole, index) => {
      const found = ranges[index];
      if (whole.kind === "meta" || !found?.sentence) return;
      const { sentence, ranges: at } = surer(whole, found, minConfidence);
      this.items.push({
        index,
        sentence,
        ranges: at,
        author: sentence.stances.length > 0 && sentence.stances.every((s) => s.basis === "author"),
        topic: rank.get(sentence.topics[0]?.id ?? "") ?? -1,
      });
    });
    this.claims = this.items.filter((item) => item.sentence.stances.length > 0);
    this.pairs = countPairs(this.claims);
    this.counts = { oppose: 0, support: 0, mixed: 0, author: 0 };
    for (const item of this.claims) {
      if (item.sentence.stance !== "neutral") this.counts[item.sentence.stance]++;
      if (voicedByAuthor(item)) this.counts.author++;
    }
  }

  /**
   * The words between two offsets, on one line.
   * @param {{ start: number, end: number }} span
   */
  slice({ start, end }) {
    return this.text.slice(start, end).replace(/\s+/g, " ").trim();
  }
}

/**
 * A sentence with the claims that are sure enough, and the stance these add up to.
 * @param {Sentence} sentence
 * @param {SentenceRanges} ranges
 * @param {number} least
 */
function surer(sentence, ranges, least) {
  const keep = sentence.stances.map((stance) => stance.confidence >= least);
  if (keep.every(Boolean)) return { sentence, ranges };
  const stances = sentence.stances.filter((_, i) => keep[i]);
  const polarities = new Set(stances.map((stance) => stance.polarity));
  /** @type {Sentence["stance"]} */
  const stance = polarities.size === 2 ? "mixed" : ([...polarities][0] ?? "neutral");
  return {
    sentence: { ...sentence, stance, stances },
    ranges: { sentence: ranges.sentence, stances: ranges.stances.filter((_, i) => keep[i]) },
  };
}

/**
 * Whether the writer's own wording takes a side in it.
 * @param {Item} item
 */
export const voicedByAuthor = (item) => item.sentence.stances.some((s) => s.basis === "author");

/**
 * @param {Sentence[]} sentences
 * @returns {RankedTopic[]} Most frequent first topic first; ties in reading order.
 */
function rankTopics(sentences) {
  /** @type {Map<string, RankedTopic>} */
  const counts = new Map();
  for (const sentence of sentences) {
    const first = sentence.topics[0];
    if (sentence.kind === "meta" || !first) continue;
    const entry = counts.get(first.id) ?? { id: first.id, label: first.label, count: 0 };
    entry.count++;
    counts.set(first.id, entry);
  }
  return [...counts.values()].sort((a, b) => b.count - a.count).slice(0, RANKED_TOPICS);
}

/**
 * @param {Item[]} claims
 * @returns {Pair[]} Weightiest first; ties in reading order.
 */
function countPairs(claims) {
  /** @type {Map<string, Pair>} */
  const pairs = new Map();
  for (const { sentence } of claims) {
    const seen = new Set();
    for (const { holder, target, polarity, confidence } of sentence.stances) {
      const key = JSON.stringify([holder.name, target.name, polarity]);
      if (seen.has(key)) continue;
      seen.add(key);
      const pair = pairs.get(key) ?? { holder: holder.name, target: target.name, polarity, count: 0, weight: 0 };
      pair.count++;
      pair.weight += confidence;
      pairs.set(key, pair);
    }
  }
  return [...pairs.values()].sort((a, b) => b.weight - a.weight);
}
