// Marks ranges with a handful of `Highlight` objects that all elements on the page share (one `Highlight` a
// sentence is fifty times slower). A painter removes only the ranges it added, and the names leave the page's
// registry when nobody has a range under any of them.

import { nextTask } from "../api/tasks.js";

/**
 * Later names lie over earlier ones, because they are registered in this order. Not by `priority`: WebKitGTK 2.50 ends the
 * page where layers of different priorities meet in one text node.
 */
const NAMES = [
  ...["topic-other", "topic-4", "topic-3", "topic-2", "topic-1"],
  ...["mixed-author", "oppose-author", "support-author", "mixed", "oppose", "support"],
  ...["mixed-cue", "oppose-cue", "support-cue"],
  ...["hover", "selected", "mixed-selected", "oppose-selected", "support-selected"],
].map((name) => `standpoint-${name}`);

/** Names set by {@link Painter.only}, which a repaint leaves alone. */
const PASSING = /hover|selected/;

/** Milliseconds a slice of painting may take before the page gets its turn. */
const SLICE = 8;

/** Whether this browser can mark text without touching it. */
export const canPaint = () => typeof Highlight === "function" && typeof CSS !== "undefined" && "highlights" in CSS;

/** @typedef {{ name: string, range: AbstractRange }} Mark `name` without the prefix. */
/** @typedef {{ own: Set<AbstractRange>, shared: Highlight }} Layer What this painter marks under a name, and all do. */

export class Painter {
  /** @type {Map<string, Set<AbstractRange>>} */
  #own = new Map();
  #turn = 0;

  /**
   * Marks exactly these, in slices, in their order; a later call overtakes an earlier one.
   * @param {Mark[]} marks
   * @returns {Promise<void>} When all are marked, or another call has taken over.
   */
  async show(marks) {
    if (!canPaint()) return;
    const turn = ++this.#turn;
    /** @type {Map<string, Set<AbstractRange>>} */
    const wanted = new Map();
    for (const { name, range } of marks) {
      const set = wanted.get(name);
      if (set) set.add(range);
      else wanted.set(name, new Set([range]));
    }
    for (const [name, ranges] of this.#own) {
      if (PASSING.test(name)) continue;
      for (const range of ranges) if (!wanted.get(name)?.has(range)) this.#remove(name, range);
    }
    let start = performance.now();
    /** @type {Map<string, Layer>} Asking the page's registry for each of thousands takes longer than all the rest. */
    const layers = new Map();
    for (const { name, range } of marks) {
      if (performance.now() - start > SLICE) {
        await nextTask();
        if (turn !== this.#turn) return;
        layers.clear(); // others may have let go of theirs
        start = performance.now();
      }
      let layer = layers.get(name);
      if (!layer) layers.set(name, (layer = this.#layer(name)));
      if (layer.own.has(range)) continue;
      layer.own.add(range);
      layer.shared.add(range);
    }
  }

  /**
   * Marks one range under a name of its own (`hover`, `selected`), or nothing, at once.
   * @param {string} name
   * @param {AbstractRange[]} ranges
   */
  only(name, ranges) {
    if (!canPaint()) return;
    for (const old of this.#own.get(name) ?? []) if (!ranges.includes(old)) this.#remove(name, old);
    for (const range of ranges) {
      const { own, shared } = this.#layer(name);
      own.add(range);
      shared.add(range);
    }
  }

  /** Removes every range this painter added. */
  clear() {
    this.#turn++;
    for (const [name, ranges] of this.#own) for (const range of ranges) this.#remove(name, range);
  }

  /**
   * @param {string} name
   * @returns {Layer}
   */
  #layer(name) {
    let own = this.#own.get(name);
    if (!own) this.#own.set(name, (own = new Set()));
    const key = `standpoint-${name}`;
    if (!CSS.highlights.has(key)) register();
    return { own, shared: /** @type {Highlight} */ (CSS.highlights.get(key)) };
  }

  /**
   * @param {string} name
   * @param {AbstractRange} range
   */
  #remove(name, range) {
    this.#own.get(name)?.delete(range);
    CSS.highlights.get(`standpoint-${name}`)?.delete(range);
    if (NAMES.every((key) => !CSS.highlights.get(key)?.size)) for (const key of NAMES) CSS.highlights.delete(key);
  }
}

/** All names at once and anew, in their order, with what is marked under them. */
function register() {
  for (const key of NAMES) {
    const shared = CSS.highlights.get(key) ?? new Highlight();
    CSS.highlights.delete(key);
    CSS.highlights.set(key, shared);
  }
}

/**
 * In forced colors a browser paints every highlight as if it were selected, lines and all: then only the words
 * that show a stance are marked, and the box and the card say the rest.
 * @param {import("./reading.js").Item[]} items
 * @param {"stance" | "topics" | "off"} view
 * @param {boolean} [forcedColors]
 * @returns {Mark[]}
 */
export function marksFor(items, view, forcedColors = false) {
  /** @type {Mark[]} */
  const marks = [];
  if (view === "off" || (forcedColors && view === "topics")) return marks;
  for (const item of items) {
    const range = /** @type {Range} */ (item.ranges.sentence);
    if (view === "topics") {
      marks.push({ name: item.topic < 0 ? "topic-other" : `topic-${item.topic + 1}`, range });
      continue;
    }
    const { stance, stances } = item.sentence;
    if (!forcedColors) marks.push({ name: item.author ? `${stance}-author` : stance, range });
    item.ranges.stances.forEach(({ cue }, i) => {
      if (cue) marks.push({ name: `${stances[i]?.polarity}-cue`, range: cue });
    });
  }
  return marks;
}
