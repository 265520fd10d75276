/**
 * The interface's words. Hosts may supply their own for any of them: `element.strings = { title: "…" }`.
 * Holder and target stand in sentences that need no agreement in number or gender, because names come as they
 * are in the article: “Two former envoys, against new sanctions”.
 * @typedef {typeof en} Strings
 */

export const en = {
  /** Direction of these words; `rtl` for a host's own Arabic or Hebrew, say. */
  dir: "ltr",
  title: "Who is for or against whom",
  view: "Show in the text",
  viewStance: "Stance",
  viewTopics: "Topics",
  viewOff: "Off",

  legend: "Show only",
  oppose: "Against",
  support: "For",
  mixed: "Both",
  author: "The writer’s voice",
  otherTopics: "Other",

  holders: "Who",
  targets: "Toward whom",
  polarity: "For or against",
  sentences: "Sentences",
  against: "against",
  for: "for",
  writer: "The writer",
  unnamed: "An unnamed speaker",
  flowWidth: "Width: number of sentences.",
  flowHelp: "Choose one to see its sentences.",
  /** @param {number} n */
  asTable: (n) => `Show ${n === 1 ? "it" : `all ${n}`} as a table`,
  asDiagram: "Show as diagram",
  strip: "Topics from the first sentence to the last",

  /** @param {number} n @param {number} all */
  count: (n, all) => `${n} of ${all} ${all === 1 ? "sentence" : "sentences"} ${n === 1 ? "takes" : "take"} a side`,
  /** @param {number} n @param {number} all */
  countTopics: (n, all) => `${n} of ${all} ${all === 1 ? "sentence has" : "sentences have"} a topic`,
  /** @param {number} n @param {number} all */
  filtered: (n, all) => `Showing ${n} of ${all}`,
  showAll: "Show all",
  none: "No sentence here takes a side as far as we can tell.",
  oneByOne: "Read one by one",
  list: "List them",

  note: "Read automatically, on this device. It can be wrong: every mark shows the words it rests on.",
  notePrecomputed: "Read automatically before publication. It can be wrong: every mark shows the words it rests on.",
  /** @param {number} n */
  notHere: (n) => ` ${n} ${n === 1 ? "sentence" : "sentences"} of the version that was read ${n === 1 ? "is" : "are"} not here.`,
  how: "How it works",
  howText:
    "A small program reads the article sentence by sentence in your browser; nothing is sent anywhere. It looks for who speaks or acts, toward whom, and for the words that show an attitude. Where it is not sure, it marks nothing. A mark says what a sentence conveys, not who is right.",

  card: "About this sentence",
  noTopic: "No topic",
  /** @param {string} holder @param {string} word @param {string} target */
  claim: (holder, word, target) => [holder, `, `, word, ` `, target],
  says: "Shown by the words",
  does: "Shown by the deed",
  authorBasis: "Shown by the writer’s wording",
  noClaim: "This sentence takes no side as far as we can tell.",
  sure: "Quite sure",
  fairly: "Fairly sure",
  unsure: "Not sure",
  mayBeWrong: "Read automatically, on this device. It can be wrong.",
  mayBeWrongPrecomputed: "Read automatically. It can be wrong.",
  /** @param {number} n @param {number} all */
  position: (n, all) => `${n} of ${all}`,
  previous: "Previous sentence",
  next: "Next sentence",
  close: "Close",
  copyLink: "Copy link to this sentence",
  copied: "Link copied",
  report: "Report a problem",
  quote: ["“", "”"],

  waiting: "Waiting to read the article…",
  loading: "Loading the reader…",
  /** @param {number} percent */
  loadingPart: (percent) => `Loading the reader: ${percent} %`,
  reading: "Reading the article…",
  noHighlights: "This browser cannot mark text in place. The sentences are listed here instead.",
  otherLanguage: "This article does not read as English. Nothing is marked, because we would be guessing.",
  failed: "The article could not be read automatically. You can read it as usual.",
  offline: "The reader could not be loaded. You can read the article as usual.",
  noStory: "There is no article here to read.",
  stale: "The article has changed since it was read automatically, so nothing is marked.",
  retry: "Try again",

  topics: /** @type {Record<string, string>} */ ({}),
};
