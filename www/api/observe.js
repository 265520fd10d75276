// Keeps an annotation up to date with a page that changes: paragraphs that load late, a script that renders
// anew, another article in the same place.

const CHANGES = {
  subtree: true,
  childList: true,
  characterData: true,
  attributeFilter: ["hidden", "aria-hidden", "class", "style"],
};

/** How long a page must be quiet before it is read again, and how long it may put that off (milliseconds). */
const DELAY = 200;
const LONGEST = 2000;

/**
 * Reads the element now, and after every change to its story. `read` is given the last annotation, and
 * returns that same one if the story and its place in the page are unchanged; then nobody is told.
 *
 * @param {Element} element
 * @param {(last: object | undefined) => Promise<object>} read
 * @param {(annotation: object) => void} callback
 * @param {(error: Error) => void} onError
 * @returns {() => void} stops it
 */
export function observe(element, read, callback, onError) {
  let last;
  let timer;
  let first;
  let reading = false;
  let stopped = false;

  async function update() {
    timer = first = undefined;
    if (reading) return schedule();
    reading = true;
    try {
      const annotation = await read(last);
      if (!stopped && annotation !== last) callback((last = annotation));
    } catch (error) {
      if (!stopped) onError(error);
    } finally {
      reading = false;
    }
  }

  function schedule() {
    if (stopped) return;
    const now = performance.now();
    first ??= now;
    clearTimeout(timer);
    timer = setTimeout(update, Math.max(0, Math.min(DELAY, first + LONGEST - now)));
  }

  const observer = new MutationObserver(schedule);
  observer.observe(element, CHANGES);
  update();
  return () => {
    stopped = true;
    observer.disconnect();
    clearTimeout(timer);
  };
}
