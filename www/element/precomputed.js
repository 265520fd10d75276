// Fetches a result that was made at publishing time, and puts it on the page as it is now.

import { anchor } from "../api/anchor.js";
import { StandpointError } from "../api/errors.js";

/** @typedef {{ sentences: number, found: number, claims: number, claimsFound: number, lost: number[], fits: boolean }} Fit */

/**
 * @param {URL} url Of `standpoint annotate --format json`, or of a stringified result.
 * @param {Element} story
 * @param {AbortSignal} signal
 * @returns {Promise<import("./reading.js").PageAnnotation & { fit: Fit }>}
 */
export async function readPrecomputed(url, story, signal) {
  let stored;
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    stored = await response.json();
  } catch (cause) {
    throw new StandpointError("src-unreadable", `cannot read ${url}`, cause);
  }
  try {
    return anchor(stored, story);
  } catch (cause) {
    throw new StandpointError("src-invalid", `${url} is not a result of this version`, cause);
  }
}
