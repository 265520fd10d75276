// A story as a publisher's system holds it, as plain text, and its page after twenty edits.

const paragraphs = [
  "Ropewalk market to lose its roof, and half its traders",
  "Traders at the Ropewalk market condemned the council on Tuesday for closing the hall in its busiest month. The roof will come down in May. About forty stalls have nowhere to go.",
  "“Nobody asked us,” said Marisol Quint, who has sold cheese there since 1996. “They sent a letter.” She accused the council's surveyor, Piers Adeyemi, of inventing the danger.",
  "Mr. Adeyemi rejected the charge. “The beams are rotten, and I can put my thumb through them,” he told reporters. He praised the traders for their patience.",
  "What the survey says",
  "The survey found rot in 31 of 54 beams. It warned that heavy snow could bring the hall down. Two engineers from Calder & Holm, hired by the traders, support its findings.",
  "Not everyone in the hall is against the work. The Fishmongers' Guild welcomed the new roof, which would keep gulls out. Its master, Osei Tamakloe, called the old one “a sieve with a clock”.",
  "The mayor, Liv Sandoval, defended the timetable. She said a winter closure would cost the city £400,000 more. Her deputy criticised the way the traders were told.",
  "“We got the order of things wrong,” he said. “We should have walked down here first.”",
  "The council votes again on Friday. Nobody expects the traders to win. The hall was built in 1888, burned in 1941 and was built again by the people who sold in it.",
];

const headings = new Set([0, 4]);

/** As it was when it was read. */
export const page = { plain: paragraphs.join("\n\n") };

/** @param {string[]} [list] @param {(i: number) => string} [between] */
const body = (list = paragraphs, between = () => "") =>
  list.map((text, i) => `${between(i)}<${tag(text)}>${text.replace("&", "&amp;")}</${tag(text)}>`).join("\n");
const tag = (/** @type {string} */ text) => ([...headings].some((i) => paragraphs[i] === text) ? (text === paragraphs[0] ? "h1" : "h2") : "p");
const swap = (/** @type {string | RegExp} */ from, /** @type {string} */ to) => {
  const after = paragraphs.map((text) => text.replaceAll(from, to));
  if (after.join() === paragraphs.join()) throw new Error(`${from} is not in the story`);
  return body(after);
};
const moved = (/** @type {number} */ from, /** @type {number} */ to) => {
  const list = paragraphs.filter((_, i) => i !== from);
  list.splice(to, 0, /** @type {string} */ (paragraphs[from]));
  return body(list);
};
const mend = (/** @type {string} */ from, /** @type {string} */ to) => ({ typos: 1, lose: 0, body: swap(from, to), mend: (/** @type {string} */ s) => s.replace(from, to) });

/**
 * `lose`: sentences that the edit takes away or makes say something else. `typos`: sentences that are the same but
 * for a typing error, which needs the stored text to be seen. `dropped`: claims that may not be shown any more.
 * @type {{ name: string, body: string, lose: number, typos?: number, mend?: (sentence: string) => string, dropped?: string[] }[]}
 */
export const edits = [
  { name: "none", lose: 0, body: body() },
  { name: "straight quotation marks", lose: 0, body: swap(/[“”]/g, '"') },
  { name: "guillemets and other apostrophes", lose: 0, body: body(paragraphs.map((t) => t.replaceAll("“", "« ").replaceAll("”", " »").replaceAll("'", "’"))) },
  { name: "no-break spaces, soft hyphens, line breaks", lose: 0, body: body(paragraphs.map((t) => t.replaceAll("Mr. ", "Mr.\u00a0").replaceAll("council", "coun\u00adcil").replaceAll(", ", ",\n   "))) },
  { name: "markup within sentences", lose: 0, body: swap("council", "<a href='#c'>cou<b>ncil</b></a>") },
  { name: "a paragraph added", lose: 0, body: body(paragraphs, (i) => (i === 3 ? "<p>Rain fell through the roof as she spoke. It fell on the cheese.</p>" : "")) },
  { name: "a sentence added within a paragraph", lose: 0, body: swap("The roof will come down in May.", "The roof will come down in May. It has leaked for years.") },
  { name: "a figure, an advertisement and a sidebar between", lose: 0, body: body(paragraphs, (i) => (i === 3 ? "<figure><img alt=''><figcaption>The hall in 1951.</figcaption></figure>" : i === 6 ? "<aside>Advertisement. Buy cheese.</aside><nav>More stories</nav>" : "")) },
  { name: "a quotation moved to the top", lose: 0, body: moved(8, 1) },
  { name: "the last paragraph moved before the cross-head", lose: 0, body: moved(9, 4) },
  { name: "a paragraph cut", lose: 3, body: body(paragraphs.filter((_, i) => i !== 6)) },
  { name: "a typing error mended", ...mend("timetable", "timetabel") },
  { name: "two letters swapped", ...mend("surveyor", "surveyro") },
  { name: "a doubled letter", ...mend("expects", "expeccts") },
  { name: "turned round: not", lose: 1, body: swap("Mr. Adeyemi rejected", "Mr. Adeyemi has not rejected"), dropped: ["| rejected"] },
  { name: "turned round: another verb", lose: 1, body: swap("Guild welcomed", "Guild deplored"), dropped: ["| welcomed"] },
  { name: "another person", lose: 1, body: swap("The mayor, Liv Sandoval,", "The treasurer, Ana Brandt,") },
  { name: "another number", lose: 1, body: swap("£400,000", "£900,000") },
  { name: "one sentence made of two", lose: 2, body: swap("The roof will come down in May. About forty stalls have nowhere to go.", "With the roof coming down in May, about forty stalls have nowhere to go.") },
  { name: "a pronoun given somebody else to point to", lose: 0, body: swap("he told reporters. He praised", "he told reporters. Hugo Lang, his rival, sat beside him. He praised"), dropped: ["| praised"] },
];
