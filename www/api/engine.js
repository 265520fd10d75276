// The WebAssembly instance of this thread, and an annotator in it. A worker runs the same.

import init, { PageText, RawAnnotator, split } from "../generated/standpoint_wasm.js";
import { StandpointError, asStandpointError, blocked } from "./errors.js";
import { inSlices, nextTask } from "./tasks.js";

/** Names of the numbers that `split` gives. */
const KINDS = ["body", "heading", "caption", "meta"];

let started;
let crash;

/** Instantiates the module once a thread; a failure may be tried again. */
export function start(module) {
  started ??= init({ module_or_path: module }).catch((error) => {
    started = undefined;
    if (error instanceof WebAssembly.CompileError) throw blocked(error);
    throw new StandpointError("wasm-invalid", "the .wasm file is of another version than its script", error);
  });
  return started;
}

/** Calls into WebAssembly. Once a call has trapped, its memory is in no known state: nothing may run in it. */
export function guard(call) {
  if (!crash) {
    try {
      return call();
    } catch (error) {
      if (error?.name === "StandpointError") throw asStandpointError(error);
      if (!isTrap(error)) throw new StandpointError("input-invalid", `the page gets in the way: ${error}`, error);
      crash = error;
    }
  }
  throw new StandpointError("crashed", "the engine stopped in the middle of a call; load the page again", crash);
}

/** Whether the engine itself stopped, or ran out of stack; else a script of the page threw in between. */
function isTrap(error) {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError || error?.name === "InternalError";
}

/** The story in `element`, with the way back; to be freed. */
export function readPage(element) {
  return guard(() => new PageText(element));
}

/**
 * Engines compile a function when it is first called: reading this once, a bit of everything that news is made of, takes
 * that out of the first article's time. (Compiled while the article waits, it would cost several times the reading.)
 */
const WARM_UP = `Harbour vote splits council

LONDON (Wire) \u2014 Mayor Ines Calder condemned the $4.5 million plan on Tuesday, calling it \u201ca gift to speculators\u201d. \
\u201cWe will not support it,\u201d she said. \u201cNor will Dr. Voss.\u201d The U.S. union praised her; critics of the bill, which the \
Foreign Ministry defends, didn't.

By Tom Arkwright`;

/** The checksum of a model file, by the engine's own SHA-256; pages without HTTPS have none, and WebAssembly must do. */
async function checksum(model) {
  const digest = await globalThis.crypto?.subtle?.digest("SHA-256", model.subarray(0, -32)).catch(() => undefined);
  return digest && new Uint8Array(digest);
}

/** Elements whose reading is remembered, at most: one a page is usual, and each takes some 5 kB a sentence. */
const REMEMBERED = 4;

export class Engine {
  #raw;
  /** What was read of elements that change, by the caller's numbers for them; the latest last. */
  #memory = new Map();

  /** @param {WebAssembly.Module} module @param {Uint8Array} model */
  static async create(module, model) {
    const [sha256] = await Promise.all([checksum(model), start(module)]);
    const engine = new Engine(guard(() => new RawAnnotator(model, sha256)));
    await nextTask();
    await engine.annotate({ text: WARM_UP, targets: [], topics: [], numbers: [] });
    return engine;
  }

  constructor(raw) {
    this.#raw = raw;
  }

  /** In short tasks; `signal` ends it between two of them. With a number in `memory`, what is unchanged since is not read again. */
  async annotate({ text, paragraphs, minConfidence, targets, language, topics, numbers, memory }, signal) {
    const last = this.#memory.get(memory);
    this.#memory.delete(memory); // the call below takes it
    const work = guard(() => this.#raw.begin(text, paragraphs, minConfidence, targets, language, topics, numbers, last));
    let done;
    try {
      await inSlices(() => guard(() => work.step()), signal);
      done = guard(() => work.finish());
      return done;
    } finally {
      if (done && memory && this.#memory) this.#keep(memory, work);
      else if (!crash) work.free();
    }
  }

  #keep(memory, work) {
    this.#memory.get(memory)?.free();
    this.#memory.delete(memory);
    this.#memory.set(memory, work);
    if (this.#memory.size <= REMEMBERED) return;
    const [oldest] = this.#memory.keys();
    this.#memory.get(oldest).free();
    this.#memory.delete(oldest);
  }

  split({ text }) {
    const flat = guard(() => split(text));
    const sentences = new Array(flat.length / 4);
    for (let i = 0, at = 0; i < sentences.length; i++, at += 4) {
      sentences[i] = { start: flat[at], end: flat[at + 1], paragraph: flat[at + 3], kind: KINDS[flat[at + 2]] };
    }
    return sentences;
  }

  dispose() {
    if (!crash) for (const held of [this.#raw, ...this.#memory.values()]) held.free();
    this.#memory = undefined;
  }
}
