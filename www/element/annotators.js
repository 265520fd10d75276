// One annotator a model and page, however many elements use it. It goes a while after the last element has
// gone, so that moving an element or changing pages in an app does not load the model anew.

const GRACE = 10_000;

/**
 * @typedef {object} Shared
 * @property {Promise<any>} promise
 * @property {AbortController} abort
 * @property {Set<(progress: any) => void>} listeners
 * @property {number} users
 * @property {ReturnType<typeof setTimeout> | undefined} timer
 */

/** @type {Map<string, Shared>} */
const shared = new Map();

/**
 * @param {string} model
 * @param {(progress: any) => void} onProgress
 * @returns {{ promise: Promise<any>, release: (broken?: boolean) => void }} Say `broken` of an annotator that has
 *   crashed: the next to ask gets a new one.
 */
export function acquire(model, onProgress) {
  let entry = shared.get(model);
  if (!entry) {
    const abort = new AbortController();
    /** @type {Shared["listeners"]} */
    const listeners = new Set();
    const options = {
      model,
      worker: true, // where the page allows one, so that reading never holds up the page
      signal: abort.signal,
      onProgress: (/** @type {any} */ progress) => listeners.forEach((listener) => listener(progress)),
    };
    // Imported when needed: a page with a stored result never loads it, where a bundler splits code.
    const promise = import("../api/annotator.js").then(({ Annotator }) => Annotator.load(options));
    entry = { promise, abort, listeners, users: 0, timer: undefined };
    shared.set(model, entry);
    const mine = entry;
    promise.catch(() => {
      if (shared.get(model) === mine) shared.delete(model); // the next try starts afresh
    });
  }
  const mine = entry;
  clearTimeout(mine.timer);
  mine.users++;
  mine.listeners.add(onProgress);
  let held = true;
  return {
    promise: mine.promise,
    release(broken = false) {
      if (broken && shared.get(model) === mine) shared.delete(model);
      if (!held) return;
      held = false;
      mine.users--;
      mine.listeners.delete(onProgress);
      if (mine.users === 0) mine.timer = setTimeout(() => drop(model, mine), GRACE);
    },
  };
}

/**
 * @param {string} model
 * @param {Shared} entry
 */
function drop(model, entry) {
  if (entry.users > 0) return;
  if (shared.get(model) === entry) shared.delete(model);
  entry.abort.abort();
  entry.promise.then(
    (annotator) => annotator.dispose(),
    () => {},
  );
}
