// What a host page calls.

import { Engine, readPage, start } from "./engine.js";
import { StandpointError } from "./errors.js";
import { modelBytes, wasmModule } from "./loading.js";
import { observe } from "./observe.js";
import { readElement, readOptions, readText } from "./options.js";
import { inSlices, nextTask } from "./tasks.js";
import { WorkerEngine } from "./worker-engine.js";

export { StandpointError };

/** Reads articles with one model, in the page's thread or in a worker. */
export class Annotator {
  #engine;
  #module;
  #disposed = false;
  #observations = new Set();
  /** Numbers of the elements whose reading is remembered. @type {WeakMap<Element, number>} */
  #numbers = new WeakMap();
  #count = 0;
  /** Where the paragraphs of an annotated page were, and what kind each was. @type {WeakMap<object, Uint32Array>} */
  #paragraphs = new WeakMap();

  /**
   * Loads the engine and a model.
   *
   * Rejects with a `StandpointError` (see errors.js for the codes), or with the signal's reason.
   *
   * @param {object} [options]
   * @param {string | URL | Response | ArrayBuffer | Uint8Array} [options.model] a name (`"fast"`), an address or bytes
   * @param {string | URL | Response | ArrayBuffer | Uint8Array | WebAssembly.Module} [options.wasm] the module, where it is not beside this script
   * @param {boolean} [options.worker] work in a worker, if the page lets us have one
   * @param {AbortSignal} [options.signal] gives the loading up
   * @param {(progress: { loaded: number, total: number | null }) => void} [options.onProgress] bytes of the model so far
   */
  static async load({ model = "fast", wasm, worker = false, signal, onProgress } = {}) {
    signal?.throwIfAborted();
    const loading = new AbortController();
    const abort = () => loading.abort(signal.reason);
    signal?.addEventListener("abort", abort);
    try {
      // Both at once; the first to fail, such as a page that may run no WebAssembly, ends the other.
      const [module, bytes] = await Promise.all([
        wasmModule(wasm, loading.signal),
        modelBytes(model, { signal: loading.signal, onProgress }),
      ]);
      const engine = await createEngine(module, bytes, worker);
      if (signal?.aborted) {
        engine.dispose();
        throw signal.reason;
      }
      return new Annotator(engine, module);
    } catch (error) {
      loading.abort(error);
      throw error;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  /** Use `Annotator.load`. */
  constructor(engine, module) {
    this.#engine = engine;
    this.#module = module;
  }

  /** Where the work is done: `"worker"` or `"page"`. */
  get thread() {
    return this.#engine instanceof WorkerEngine ? "worker" : "page";
  }

  /**
   * Annotates plain text, in which a blank line ends a paragraph.
   *
   * @param {string} text
   * @param {{ minConfidence?: number, targets?: string[], language?: string, topics?: object[], signal?: AbortSignal }} [options]
   */
  async annotate(text, options) {
    this.#check();
    return this.#annotate({ text: readText(text), ...readOptions(options) }, options?.signal);
  }

  /** Splits plain text into sentences: `[{ start, end, paragraph, kind }]`. */
  async split(text) {
    this.#check();
    return this.#engine.split({ text: readText(text) });
  }

  /**
   * Annotates the story that an element shows, and finds it again in the page, which is not touched.
   * `ranges[i]` belongs to `result.sentences[i]`; a part of the page that has changed meanwhile is `null`.
   * With `remember`, a later call for the element reads only what has changed; the result is the same.
   *
   * @param {Element} element
   * @param {{ minConfidence?: number, targets?: string[], language?: string, topics?: object[], remember?: boolean, signal?: AbortSignal }} [options]
   */
  async annotateElement(element, options) {
    this.#check();
    return this.#annotateElement(readElement(element), this.#remembering(element, options, options?.remember), options?.signal);
  }

  /**
   * Annotates the story that an element shows, now and again whenever it has changed. The callback gets what
   * `annotateElement` gives; errors go to `onError`, or to the page's own error handling.
   *
   * @param {Element} element
   * @param {(annotation: object) => void} callback
   * @param {object} [options] those of `annotateElement`, and `onError`
   * @returns {{ stop: () => void }}
   */
  observe(element, callback, options) {
    this.#check();
    readElement(element);
    const checked = this.#remembering(element, options, true);
    const onError = options?.onError ?? reportError;
    const end = observe(element, (last) => this.#annotateElement(element, checked, undefined, last), callback, onError);
    const observation = {
      stop: () => {
        this.#observations.delete(observation);
        end();
      },
    };
    this.#observations.add(observation);
    return observation;
  }

  /** Frees the model and its worker. Later calls reject; calling it again does nothing. */
  dispose() {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const observation of this.#observations) observation.stop();
    this.#engine.dispose();
  }

  #remembering(element, options, remember) {
    if (remember && !this.#numbers.has(element)) this.#numbers.set(element, ++this.#count);
    return { ...readOptions(options), memory: remember ? this.#numbers.get(element) : undefined };
  }

  async #annotate(request, signal) {
    signal?.throwIfAborted();
    const result = await this.#engine.annotate(request, signal);
    signal?.throwIfAborted();
    return result;
  }

  async #annotateElement(element, options, signal, last) {
    await start(this.#module);
    this.#check();
    const page = readPage(element);
    try {
      const text = readText(page.text);
      const { paragraphs } = page;
      const before = this.#paragraphs.get(last);
      const same = last?.text === text && before?.length === paragraphs.length && paragraphs.every((n, i) => n === before[i]);
      await nextTask(); // a long page took its time to read
      this.#check();
      const result = same ? last.result : await this.#annotate({ text, paragraphs, ...options }, signal);
      const ranges = [];
      const { sentences } = result;
      await inSlices(() => {
        if (ranges.length < sentences.length) ranges.push(locate(page, sentences[ranges.length]));
        return ranges.length === sentences.length;
      }, signal);
      if (same && ranges.every((range, i) => isSamePlace(range, last.ranges[i]))) return last;
      const annotation = { text, result, ranges };
      this.#paragraphs.set(annotation, paragraphs);
      return annotation;
    } finally {
      page.free();
    }
  }

  #check() {
    if (this.#disposed) throw new StandpointError("disposed", "the annotator was disposed of");
  }
}

async function createEngine(module, bytes, worker) {
  if (worker) {
    // The copy is given away; the original may be the caller's own.
    const engine = await WorkerEngine.create(module, bytes.slice());
    if (engine) return engine;
  }
  return Engine.create(module, bytes);
}

/** Whether the Ranges of a sentence, which follow the page's changes, still are where they belong. */
function isSamePlace(now, then) {
  const flat = ({ sentence, stances }) => [sentence, ...stances.flatMap(({ holder, target, cue }) => [holder, target, cue])];
  const old = flat(then);
  const ends = ["startContainer", "startOffset", "endContainer", "endOffset"];
  return flat(now).every((range, i) => ends.every((end) => range?.[end] === old[i]?.[end]));
}

/** The Ranges of one sentence and of what it claims. */
function locate(page, sentence) {
  const range = ({ start, end }) => (start === undefined ? null : page.range(start, end) ?? null);
  return {
    sentence: range(sentence),
    stances: sentence.stances.map(({ holder, target, cue }) => ({
      holder: range(holder),
      target: range(target),
      cue: range(cue),
    })),
  };
}
