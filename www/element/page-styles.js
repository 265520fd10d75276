// The rules for `::highlight()`. They must stand in the tree that holds the story, so they are adopted by its
// document or shadow root (no node is added) and withdrawn with the last element that needs them. They sit in a
// cascade layer: any rule of the host's own wins.

import { color, TINT } from "./palette.js";

const UNDERLINES = { support: "solid", oppose: "dashed", mixed: "double" };
const TOPIC_UNDERLINES = { 1: "solid", 2: "dashed", 3: "dotted", 4: "double", other: "none" };

/**
 * @param {string} name
 * @param {string} declarations
 */
const rule = (name, declarations) => `::highlight(standpoint-${name}){${declarations}}`;

/**
 * @param {string} hue
 * @param {number} percent
 */
const tint = (hue, percent) => `background-color:color-mix(in srgb,${hue} ${percent}%,transparent)`;

/**
 * @param {string} hue
 * @param {string} style
 */
const underline = (hue, style, thickness = "2px") =>
  style === "none"
    ? ""
    : `text-decoration:underline ${style} ${style === "double" ? "1.5px" : thickness} ${hue};text-underline-offset:.2em;text-decoration-skip-ink:none`;

/**
 * @param {"light" | "dark"} theme
 * @returns {string}
 */
export function pageCss(theme) {
  const { sentence, cue, selected } = TINT[theme];
  const rules = [];
  const plain = [];
  for (const [stance, style] of Object.entries(UNDERLINES)) {
    const hue = color(theme, stance);
    for (const [suffix, line] of [["", style], ["-author", "dotted"]]) {
      rules.push(rule(stance + suffix, `${tint(hue, sentence)};${underline(hue, /** @type {string} */ (line))}`));
      plain.push(rule(stance + suffix, "background-color:transparent;text-decoration-color:currentColor"));
    }
    rules.push(rule(`${stance}-cue`, tint(hue, cue)), rule(`${stance}-selected`, tint(hue, selected)));
  }
  for (const [rank, style] of Object.entries(TOPIC_UNDERLINES)) {
    const hue = color(theme, `topic-${rank}`);
    rules.push(rule(`topic-${rank}`, `${tint(hue, sentence)};${underline(hue, style, "1.5px")}`));
    plain.push(rule(`topic-${rank}`, "background-color:transparent;text-decoration-color:currentColor"));
  }
  const ink = color(theme, "ink");
  rules.push(rule("hover", tint(ink, 6)), rule("selected", tint(ink, 9)));
  const quiet = ["hover", "selected", "support-cue", "oppose-cue", "mixed-cue", "support-selected", "oppose-selected", "mixed-selected"]
    .map((s) => rule(s, "background-color:transparent"));
  return `@layer standpoint{${rules.join("")}
@media print{${plain.join("")}${quiet.join("")}}}`;
}

/**
 * @typedef {{ sheet: CSSStyleSheet, pointer: CSSStyleSheet, users: Set<object>, theme: string }} Adopted
 * @type {WeakMap<Document | ShadowRoot, Adopted>}
 */
const adopted = new WeakMap();

/**
 * Adopts the rules into the story's tree for one user; call again to change the theme.
 * @param {Document | ShadowRoot} root
 * @param {object} user
 * @param {"light" | "dark"} theme
 */
export function adoptPageStyles(root, user, theme) {
  let entry = adopted.get(root);
  if (!entry) {
    const view = (root instanceof Document ? root : root.ownerDocument).defaultView ?? window;
    entry = { sheet: new view.CSSStyleSheet(), pointer: new view.CSSStyleSheet(), users: new Set(), theme: "" };
    adopted.set(root, entry);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, entry.sheet, entry.pointer];
  }
  entry.users.add(user);
  if (entry.theme !== theme) {
    entry.theme = theme;
    entry.sheet.replaceSync(pageCss(theme));
  }
}

/**
 * Withdraws the rules for one user, and altogether with the last.
 * @param {Document | ShadowRoot} root
 * @param {object} user
 */
export function withdrawPageStyles(root, user) {
  const entry = adopted.get(root);
  if (!entry?.users.delete(user) || entry.users.size) return;
  root.adoptedStyleSheets = root.adoptedStyleSheets.filter((s) => s !== entry.sheet && s !== entry.pointer);
  adopted.delete(root);
}

/**
 * Shows the hand over the story while the pointer is on a sentence that has a card. A rule, not a style
 * attribute: the host's nodes are not touched.
 * @param {Document | ShadowRoot} root
 * @param {string} id
 * @param {boolean} on
 */
export function setPointer(root, id, on) {
  const entry = adopted.get(root);
  if (entry && id) entry.pointer.replaceSync(on ? `@layer standpoint{#${CSS.escape(id)}{cursor:pointer}}` : "");
}
