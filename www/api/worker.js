// Runs an engine away from the page's thread. Fetches nothing: the page sends the module and the model.

import { Engine } from "./engine.js";
import { packError } from "./protocol.js";

let engine;

const calls = {
  load: async ({ module, model }) => {
    engine = await Engine.create(module, model);
  },
  annotate: (argument) => engine.annotate(argument),
  split: (argument) => engine.split(argument),
};

self.addEventListener("message", async ({ data: { id, call, argument } }) => {
  try {
    self.postMessage({ id, value: await calls[call](argument) });
  } catch (error) {
    self.postMessage({ id, error: packError(error) });
  }
});

self.postMessage({ ready: true });
