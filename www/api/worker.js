// Runs an engine away from the page's thread. Fetches nothing: the page sends the module and the model.

import { Engine } from "./engine.js";
import { packError } from "./protocol.js";

let engine;

const calls = {
  load: async ({ module, model }) => {
    engine = await Engine.create(module, model);
  },
  annotate: (argument, signal) => engine.annotate(argument, signal),
  split: (argument) => engine.split(argument),
};

/** By id, while the call goes on. @type {Map<number, AbortController>} */
const running = new Map();

self.addEventListener("message", async ({ data: { id, call, argument } }) => {
  if (call === "abort") {
    running.get(id)?.abort();
    return;
  }
  const controller = new AbortController();
  running.set(id, controller);
  try {
    self.postMessage({ id, value: await calls[call](argument, controller.signal) });
  } catch (error) {
    self.postMessage({ id, error: packError(error) });
  }
  running.delete(id);
});

self.postMessage({ ready: true });
