// Builds nodes without innerHTML or style attributes, so that the strictest Content Security Policy and
// Trusted Types have nothing to object to.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {Node | string | null | undefined | false} Child
 */

/**
 * Sets properties by name: `on…` adds a listener, `style` goes through the CSSOM, `true` sets an empty
 * attribute, `false`, `null` and `undefined` leave it out, all else becomes an attribute.
 * @param {Element} node
 * @param {Record<string, any>} props
 */
function assign(node, props) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") {
      for (const [key, v] of Object.entries(value)) /** @type {any} */ (node).style.setProperty(key, String(v));
    } else node.setAttribute(name, value === true ? "" : String(value));
  }
}

/**
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  assign(node, props);
  node.append(...keep(children));
  return node;
}

/**
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...(Child | Child[])} children
 * @returns {SVGElement}
 */
export function svg(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  assign(node, props);
  node.append(...keep(children));
  return node;
}

/**
 * @param {(Child | Child[])[]} children
 * @returns {(Node | string)[]}
 */
function keep(children) {
  return /** @type {(Node | string)[]} */ (
    children.flat().filter((c) => c !== null && c !== undefined && c !== false && c !== "")
  );
}

/**
 * A stroke icon on a 16 × 16 grid, in the colour of the text, hidden from screen readers.
 * @param {string} path
 * @returns {SVGElement}
 */
export function icon(path) {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", focusable: "false" },
    svg("path", { d: path }),
  );
}

/** Paths for {@link icon}. */
export const ICONS = {
  previous: "M10 3 5 8l5 5",
  next: "M6 3l5 5-5 5",
  close: "M4 4l8 8M12 4l-8 8",
  expand: "M3.5 6 8 10.5 12.5 6",
  link: "M6.5 9.5l3-3M7 4.5l1-1a2.5 2.5 0 0 1 3.5 0l1 1a2.5 2.5 0 0 1 0 3.5l-1 1M9 11.5l-1 1a2.5 2.5 0 0 1-3.5 0l-1-1a2.5 2.5 0 0 1 0-3.5l1-1",
  flag: "M4 14V2.5h7.5L9.5 5.5l2 3H4",
};
