// From a point on the screen to the sentence under it. The story's text nodes are not elements of ours, so we
// ask the browser for the character and search the ranges, which are in document order.

/**
 * @param {Document | ShadowRoot} root
 * @param {number} x
 * @param {number} y
 * @returns {{ node: Node, offset: number } | null}
 */
function caretAt(root, x, y) {
  const doc = root instanceof Document ? root : root.ownerDocument;
  const any = /** @type {any} */ (doc);
  if (any.caretPositionFromPoint) {
    const at = any.caretPositionFromPoint(x, y, root instanceof ShadowRoot ? { shadowRoots: [root] } : undefined);
    return at && { node: at.offsetNode, offset: at.offset };
  }
  const range = any.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}

/**
 * @param {Range} range
 * @param {number} x
 * @param {number} y
 */
function covers(range, x, y) {
  const slack = 3; // the gap between two lines belongs to the sentence too
  for (const r of range.getClientRects()) {
    if (x >= r.left - 1 && x <= r.right + 1 && y >= r.top - slack && y <= r.bottom + slack) return true;
  }
  return false;
}

/**
 * @param {Document | ShadowRoot} root
 * @param {import("./reading.js").Item[]} items In document order.
 * @param {number} x Client coordinates.
 * @param {number} y
 * @returns {import("./reading.js").Item | null}
 */
export function itemAt(root, items, x, y) {
  const caret = caretAt(root, x, y);
  if (!caret) return null;
  let low = 0;
  let high = items.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    const range = item?.ranges.sentence;
    if (!item || !range) return null;
    let order;
    try {
      order = range.comparePoint(caret.node, caret.offset);
    } catch {
      return null; // the range or the point is in another tree
    }
    if (order === 0) return covers(range, x, y) ? item : null;
    if (order < 0) high = middle - 1;
    else low = middle + 1;
  }
  return null;
}
