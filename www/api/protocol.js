// What the page and its worker say to each other. Every request has an id and is answered exactly once.
//
// worker → page   { ready: true }                          once, when its script runs
// page → worker   { id, call: "load", argument: { module, model } }
//                 { id, call: "annotate" | "split", argument }
// worker → page   { id, value } or { id, error: { name, code, message } }

/** @param {Error & { code?: string }} error */
export function packError(error) {
  return { name: error.name, code: error.code ?? "crashed", message: error.message };
}
