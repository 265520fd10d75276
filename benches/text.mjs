// Generated news-like text in our own words: the same every time, as long as asked for. It has what makes
// sentence splitting hard (titles, initials, decimals, quotations, ellipses), at about the rate of real news.

const people = ["Ms. Okafor", "Dr. J. R. Lindqvist", "Gov. Amara Whitfield", "the mayor", "Sgt. Pell", "Prof. Idris Vane"];
const bodies = ["the harbour board", "Norwick Corp.", "the U.S. delegation", "the teachers' union", "the ministry", "Halden & Co."];
const verbs = ["backed", "criticised", "postponed", "welcomed", "rejected", "measured", "defended", "explained"];
const things = ["the ferry budget", "a 3.5 per cent rise", "the water treaty", "its own forecast", "the Jan. 12 deadline", "plan No. 7"];
const places = ["in St. Albury", "on Quay St.", "near Mt. Corran", "at 9 a.m. on Tuesday", "before the vote", "after years of talks"];
const said = ["“We will not wait,”", "“Nobody asked us,”", "“Is that fair?”", "“Enough!”", "“It is late … very late,”"];

/** A small generator of numbers that is the same everywhere. */
export function numbers(seed = 1) {
  let state = seed;
  return (/** @type {number} */ below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

/** At least `length` UTF-16 code units, whole paragraphs. @param {number} length @param {number} [seed] */
export function newsText(length, seed = 1) {
  const next = numbers(seed);
  /** @template T @param {T[]} list */
  const one = (list) => list[next(list.length)];
  const capital = (/** @type {string} */ words) => words[0].toUpperCase() + words.slice(1);
  const sentence = () => {
    const core = `${one(bodies)} ${one(verbs)} ${one(things)} ${one(places)}`;
    switch (next(6)) {
      case 0:
        return `${one(said)} ${one(people)} told reporters ${one(places)}.`;
      case 1:
        return `${capital(one(people))} ${one(verbs)} ${one(things)}, while ${core}.`;
      case 2:
        return `Why had ${core}?`;
      case 3:
        return `The cost, put at $${next(90) + 1}.${next(10)} million by ${one(people)}, rose by ${next(9) + 1}.${next(10)} per cent.`;
      default:
        return `${capital(core)}, and ${one(people)} ${one(verbs)} it.`;
    }
  };
  const paragraphs = [];
  for (let written = 0; written < length; ) {
    const paragraph = Array.from({ length: 2 + next(4) }, sentence).join(" ");
    paragraphs.push(paragraph);
    written += paragraph.length + 2;
  }
  return paragraphs.join("\n\n") + "\n";
}

/** Articles of the length of real ones, all different. @param {number} [count] */
export function newsArticles(count = 200) {
  return Array.from({ length: count }, (_, i) => newsText(5_000, i + 1));
}

/** Texts that have sent splitters and taggers into quadratic time, each `length` code units long. */
export const hostile = {
  dots: ".",
  "A. ": "A. ",
  quotes: "“",
  "straight quotes": '"',
  newlines: "\n",
  "one long word": "a",
  brackets: "(",
  digits: "1",
  "words without an end": "word ",
};

/** @param {keyof typeof hostile} kind @param {number} length */
export function hostileText(kind, length) {
  const unit = hostile[kind];
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}
