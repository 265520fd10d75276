// Colours of both themes: the box takes them as custom properties, `::highlight()` takes them written out,
// because what a highlight inherits differs between browsers. Hosts set `--standpoint-…` on `:root`.
// Every text colour stands at 4.5 : 1 or better on `paper` and `panel`.

/** @type {Record<"light" | "dark", Record<string, string>>} */
export const PALETTE = {
  light: {
    ink: "#1b1d21",
    soft: "#565c66",
    line: "#d9dce1",
    edge: "#858b95",
    paper: "#ffffff",
    panel: "#f7f7f5",
    support: "#00796b",
    oppose: "#c2410c",
    mixed: "#6d28d9",
    "topic-1": "#3d6496",
    "topic-2": "#86681a",
    "topic-3": "#8a4f80",
    "topic-4": "#4f7440",
    "topic-other": "#8b9099",
  },
  dark: {
    ink: "#e9e7e2",
    soft: "#a9aeb7",
    line: "#3a3e46",
    edge: "#7b818c",
    paper: "#17191d",
    panel: "#1f2227",
    support: "#4fd1bd",
    oppose: "#ff9a62",
    mixed: "#b79bff",
    "topic-1": "#8fb4e8",
    "topic-2": "#dcbb62",
    "topic-3": "#dba3d0",
    "topic-4": "#a3cb90",
    "topic-other": "#7f858f",
  },
};

/** Tint strength behind a sentence, a cue, and the sentence whose card is open, in percent. */
export const TINT = {
  light: { sentence: 8, cue: 24, selected: 14 },
  dark: { sentence: 12, cue: 32, selected: 18 },
};

/**
 * @param {"light" | "dark"} theme
 * @param {string} name
 * @returns {string} CSS colour that a host may override.
 */
export const color = (theme, name) => `var(--standpoint-${name}, ${PALETTE[theme][name]})`;

/**
 * Whether text in this colour can only stand on a dark ground. What a page looks like is what counts, not what
 * the reader's system prefers: many pages know one theme only.
 * @param {string} css A computed `color`.
 * @returns {boolean}
 */
export function isLightText(css) {
  const numbers = (css.match(/-?[\d.]+(e-?\d+)?%?/g) ?? []).map((n) =>
    n.endsWith("%") ? Number.parseFloat(n) / 100 : Number.parseFloat(n),
  );
  const [first = 0, second = 0, third = 0] = numbers;
  if (css.startsWith("rgb")) return (0.299 * first + 0.587 * second + 0.114 * third) / 255 > 0.5;
  if (css.startsWith("ok")) return first > 0.6;
  if (css.startsWith("l")) return (first > 1 ? first / 100 : first) > 0.5;
  const [r = 0, g = 0, b = 0] = css.startsWith("color(display-p3") ? numbers.slice(1) : numbers;
  return 0.299 * r + 0.587 * g + 0.114 * b > 0.5;
}
