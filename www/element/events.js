// What the element tells its host. All bubble and are composed, so that one listener on the document serves.

/**
 * @param {EventTarget} target
 * @param {"progress" | "ready" | "error" | "stale" | "select" | "filter" | "report"} name Without the prefix `standpoint-`.
 * @param {unknown} detail
 */
export function emit(target, name, detail) {
  target.dispatchEvent(new CustomEvent(`standpoint-${name}`, { detail, bubbles: true, composed: true }));
}
