// What the element tells its host. All bubble and are composed, so that one listener on the document serves.

/**
 * @template T
 * @param {EventTarget} target
 * @param {"progress" | "ready" | "error" | "stale" | "select" | "filter" | "report"} name Without the prefix `standpoint-`.
 * @param {T} detail
 * @param {boolean} [cancelable]
 * @returns {boolean} False when a listener called `preventDefault()`.
 */
export function emit(target, name, detail, cancelable = false) {
  return target.dispatchEvent(
    new CustomEvent(`standpoint-${name}`, { detail, bubbles: true, composed: true, cancelable }),
  );
}

/** An error with a word for programs to branch on. */
export class StandpointElementError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {unknown} [cause]
   */
  constructor(code, message, cause) {
    super(message, { cause });
    this.name = "StandpointElementError";
    this.code = code;
  }
}
