// The page's end of the worker: the same three calls as `Engine`, answered later.

import { StandpointError, asStandpointError } from "./errors.js";

/** A worker's script that has not run by then is not going to (milliseconds). */
const PATIENCE = 5000;

export class WorkerEngine {
  #worker;
  #pending = new Map();
  #lastId = 0;
  #end;

  /**
   * Starts a worker and loads the model in it; `null` where the page's policy or the engine has no worker
   * for us, and the page's own thread must do. The bytes go over without a copy.
   *
   * @param {WebAssembly.Module} module
   * @param {Uint8Array} model whose buffer is ours to give away
   */
  static async create(module, model) {
    const worker = await readyWorker();
    if (!worker) return null;
    const engine = new WorkerEngine(worker);
    try {
      await engine.#call("load", { module, model }, [model.buffer]);
      return engine;
    } catch (error) {
      engine.dispose();
      // A module that cannot be sent to a worker can still run here.
      if (error.cause?.name === "DataCloneError") return null;
      throw error;
    }
  }

  constructor(worker) {
    this.#worker = worker;
    worker.onmessage = ({ data: { id, value, error } }) => {
      const { resolve, reject } = this.#pending.get(id) ?? {};
      this.#pending.delete(id);
      if (error) reject?.(asStandpointError(error, error.code));
      else resolve?.(value);
    };
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.#stop(new StandpointError("crashed", `the worker stopped: ${event.message ?? "no reason given"}`));
    };
    worker.onmessageerror = worker.onerror;
  }

  annotate(argument, signal) {
    return this.#call("annotate", argument, [], signal);
  }

  split(argument) {
    return this.#call("split", argument);
  }

  dispose() {
    this.#stop(new StandpointError("disposed", "the annotator was disposed of"));
  }

  #stop(reason) {
    this.#end ??= reason;
    this.#worker.terminate();
    for (const { reject } of this.#pending.values()) reject(this.#end);
    this.#pending.clear();
  }

  /** A fired `signal` rejects at once; the worker then has its next call to do, not the rest of this one. */
  #call(call, argument, transfer = [], signal) {
    const id = ++this.#lastId;
    let abort;
    return new Promise((resolve, reject) => {
      if (this.#end) return reject(this.#end);
      try {
        this.#worker.postMessage({ id, call, argument }, transfer);
      } catch (error) {
        return reject(asStandpointError(error, "crashed"));
      }
      this.#pending.set(id, { resolve, reject });
      abort = () => {
        this.#pending.delete(id);
        this.#worker.postMessage({ id, call: "abort" });
        reject(signal.reason);
      };
      signal?.addEventListener("abort", abort);
    }).finally(() => signal?.removeEventListener("abort", abort));
  }
}

/**
 * The ways to a worker, in turn. Where there are Trusted Types a trusted address comes first: the other way is
 * reported as a violation by pages that require them. Bundlers know the spelling of the second, and put the
 * worker's own bundle there.
 */
const WAYS = [
  () => new Worker(trusted(String(new URL("./worker.js", import.meta.url))), { type: "module", name: "standpoint" }),
  () => new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "standpoint" }),
];

/** A worker that runs, or `null`. */
async function readyWorker() {
  for (const start of WAYS) {
    let worker;
    try {
      worker = start();
    } catch {
      continue; // no workers here, or not this way
    }
    if (await isReady(worker)) return worker;
    worker.terminate();
  }
  return null;
}

let policy;

/** Pages may require that script addresses come from a named policy (Trusted Types); ours is `standpoint`. */
function trusted(own) {
  policy ??= trustedTypes.createPolicy("standpoint", {
    createScriptURL: (address) => {
      if (address === own) return address;
      throw new TypeError(`not Standpoint's worker: ${address}`);
    },
  });
  return policy.createScriptURL(own);
}

function isReady(worker) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE, false);
    const settle = (ready) => {
      clearTimeout(timer);
      resolve(ready);
    };
    worker.onmessage = ({ data }) => settle(data.ready === true);
    worker.onerror = (event) => {
      event.preventDefault?.();
      settle(false);
    };
  });
}
