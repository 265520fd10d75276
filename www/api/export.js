// The result in other shapes, with the columns and terms of `standpoint annotate --format csv | jsonld` (src/export).

/** Characters of context a quote carries on either side, so that it can be found again after edits. */
const CONTEXT = 32;

const COLUMNS = [
  ...["sentence", "paragraph", "start", "end", "kind", "text", "topics", "topic_ids", "subtopics", "subtopic_ids"],
  ...["stance", "holder", "target", "polarity", "basis", "cue", "confidence"],
];

/**
 * One row a stance (RFC 4180); a sentence without any has one row with those cells empty. A cell that begins with
 * `=`, `+`, `-`, `@`, a tab or CR gets a leading `'`.
 * @param {string} text
 * @param {any} result
 */
export function toCSV(text, result) {
  const words = (/** @type {{ start: number, end: number }} */ { start, end }) => text.slice(start, end);
  const list = (/** @type {any[]} */ topics, /** @type {string} */ field) => topics.map((topic) => topic[field]).join("; ");
  const rows = result.sentences.flatMap((/** @type {any} */ s, /** @type {number} */ i) => {
    const topics = [list(s.topics, "label"), list(s.topics, "id"), list(s.subtopics, "label"), list(s.subtopics, "id")];
    const shared = [i, s.paragraph, s.start, s.end, s.kind, words(s), ...topics, s.stance];
    if (!s.stances.length) return [[...shared, "", "", "", "", "", ""]];
    return s.stances.map((/** @type {any} */ c) => [...shared, c.holder.name, c.target.name, c.polarity, c.basis, words(c.cue), c.confidence]);
  });
  return [COLUMNS, ...rows].map((row) => row.map(cell).join(",")).join("\n") + "\n";
}

/** @param {unknown} value */
function cell(value) {
  const text = String(value).replace(/^[=+\-@\t\r]/, "'$&"); // or a spreadsheet would run it as a formula
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * W3C Web Annotations: one for each topic of a sentence, its body the IPTC concept's URI, and one for each stance,
 * its target the cue and the sentence.
 * @param {string} text
 * @param {any} result
 * @param {string} source IRI of the page they are about.
 */
export function toJSONLD(text, result, source) {
  const points = codePoints(text);
  /** Position and quote: two ways to find the same words, as the standard recommends. */
  const target = (/** @type {{ start: number, end: number }} */ { start, end }) => ({
    source,
    selector: [
      { type: "TextPositionSelector", start: points(start), end: points(end) },
      {
        type: "TextQuoteSelector",
        exact: text.slice(start, end),
        prefix: [...text.slice(Math.max(0, start - 2 * CONTEXT), start)].slice(-CONTEXT).join(""),
        suffix: [...text.slice(end, end + 2 * CONTEXT)].slice(0, CONTEXT).join(""),
      },
    ],
  });
  const generator = { id: "urn:standpoint:generator", type: "Software", name: `Standpoint (${result.model.name} ${result.model.version})` };
  const common = (/** @type {string} */ id, /** @type {string} */ motivation) => ({ id: source + id, type: "Annotation", motivation, generator });
  const items = result.sentences.flatMap((/** @type {any} */ s, /** @type {number} */ i) => [
    ...[...s.topics, ...s.subtopics].map(({ id, label, score }, j) => ({
      ...common(`#topic-${i}-${j}`, "classifying"),
      body: [
        ...iri(id).map((source) => ({ type: "SpecificResource", purpose: "classifying", source })),
        { type: "TextualBody", purpose: "tagging", value: label, language: "en", confidence: score },
      ],
      target: target(s),
    })),
    ...s.stances.map((/** @type {any} */ { holder, target: toward, polarity, basis, cue, confidence }, /** @type {number} */ j) => ({
      ...common(`#stance-${i}-${j}`, "describing"),
      body: [
        {
          type: "TextualBody",
          purpose: "describing",
          format: "text/plain",
          language: "en",
          value: `${holder.name}, ${polarity === "support" ? "for" : "against"} ${toward.name}`,
        },
        { type: "Stance", holder: holder.name, stanceTarget: toward.name, polarity, basis, confidence },
      ],
      target: [target(cue), target(s)],
    })),
  ]);
  const own = ["holder", "polarity", "basis", "confidence"].map((name) => [name, `standpoint:${name}`]);
  return {
    "@context": [
      "http://www.w3.org/ns/anno.jsonld",
      { standpoint: "urn:standpoint:ns:", Stance: "standpoint:Stance", stanceTarget: "standpoint:target", ...Object.fromEntries(own) },
    ],
    id: `${source}#standpoint`,
    type: "AnnotationCollection",
    label: "Topics and stances, read automatically",
    total: items.length,
    first: { id: `${source}#standpoint-1`, type: "AnnotationPage", startIndex: 0, items },
  };
}

/** The address of a topic, if it has one: IPTC's, or a host's own id where that is an absolute IRI (RFC 3987). @param {string} id */
function iri(id) {
  if (id.startsWith("medtop:")) return [`http://cv.iptc.org/newscodes/mediatopic/${id.slice(7)}`];
  return /^[a-z][a-z\d+.-]*:[^\s\p{Cc}<>"{}|\\^`]+$/iu.test(id) ? [id] : [];
}

/** Turns UTF-16 positions into code points, as the standard counts. @param {string} text */
function codePoints(text) {
  const before = new Uint32Array(text.length + 1);
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    before[i] = count;
    const paired = /[\ud800-\udbff]/.test(/** @type {string} */ (text[i])) && /[\udc00-\udfff]/.test(text[i + 1] ?? "");
    if (!paired) count++;
  }
  before[text.length] = count;
  return (/** @type {number} */ position) => before[position] ?? count;
}
