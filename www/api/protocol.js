// What the page and its worker say to each other. Every request has an id and is answered exactly once,
// an abort (which has the id of what it ends) apart.
//
// worker → page   { ready: true }                          once, when its script runs
// page → worker   { id, call: "load", argument: { module, model } }
//                 { id, call: "annotate" | "split", argument }
//                 { id, call: "abort" }
// worker → page   { id, value } or { id, error: { name, code, message } }

/** @param {Error & { code?: string }} error */
export function packError(error) {
  return { name: error.name, code: error.code ?? "crashed", message: error.message };
}
