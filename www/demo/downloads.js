// The result as files. The JSON is the result's shape plus the text it was made from, which is what
// `<standpoint-article src="…">` wants; the CSV has the columns of `standpoint annotate --format csv`.

/** @typedef {{ text: string, result: any }} Annotation */

const COLUMNS = [
  ...["sentence", "paragraph", "start", "end", "kind", "text", "topics", "topic_ids", "subtopics", "subtopic_ids"],
  ...["stance", "holder", "target", "polarity", "basis", "cue", "confidence"],
];

/** @param {Annotation} annotation */
export const json = ({ text, result }) => `${JSON.stringify({ ...result, text }, null, 1)}\n`;

/** @param {Annotation} annotation */
export function csv({ text, result }) {
  /** @param {{ start: number, end: number }} span */
  const words = ({ start, end }) => text.slice(start, end);
  /** @param {{ id: string, label: string }[]} topics @param {"id" | "label"} field */
  const list = (topics, field) => topics.map((topic) => topic[field]).join("; ");
  const rows = result.sentences.flatMap((/** @type {any} */ s, /** @type {number} */ i) => {
    const shared = [
      ...[i, s.paragraph, s.start, s.end, s.kind, words(s)],
      ...[list(s.topics, "label"), list(s.topics, "id"), list(s.subtopics, "label"), list(s.subtopics, "id"), s.stance],
    ];
    if (!s.stances.length) return [[...shared, "", "", "", "", "", ""]];
    return s.stances.map((/** @type {any} */ c) => [
      ...shared,
      ...[c.holder.name, c.target.name, c.polarity, c.basis, words(c.cue), c.confidence],
    ]);
  });
  return [COLUMNS, ...rows].map((row) => row.map(cell).join(",")).join("\n") + "\n";
}

/** @param {unknown} value */
function cell(value) {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * @param {string} name
 * @param {string} type
 * @param {string} content
 */
export function download(name, type, content) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
