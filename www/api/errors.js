/**
 * Everything that can go wrong, as one kind of error. (Only a fired `signal` rejects with its own reason.)
 *
 * | code | when |
 * |---|---|
 * | `annotate-failed` | the annotator that the host gave the element did not do its work |
 * | `crashed` | the engine stopped in the middle of a call; load the page again |
 * | `disposed` | the annotator was disposed of |
 * | `fetch-failed` | a file did not arrive |
 * | `input-invalid` | the text or element is none, or is too large |
 * | `model-invalid` | the model's bytes are not a model that this version reads |
 * | `model-unknown` | no model has that name |
 * | `options-invalid` | an option has a value that makes no sense |
 * | `src-invalid` | what stands at the element's `src` is no result of this version |
 * | `src-unreadable` | the element's `src` did not arrive |
 * | `stale` | most of the sentences at `src` are no longer in the article |
 * | `story-missing` | the element has no article to read |
 * | `wasm-blocked` | the page's Content Security Policy lacks `'wasm-unsafe-eval'` |
 * | `wasm-invalid` | the .wasm file is something else, or of another version |
 * | `wasm-unsupported` | this engine runs no WebAssembly, or none with 128-bit SIMD |
 */
export class StandpointError extends Error {
  /**
   * @param {string} code for programs
   * @param {string} message for people
   * @param {unknown} [cause]
   */
  constructor(code, message, cause) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "StandpointError";
    this.code = code;
  }
}

/** Any thrown value as one of ours; those that came from WebAssembly or a worker carry name and code only. */
export function asStandpointError(error, code) {
  if (error instanceof StandpointError) return error;
  const known = error?.name === "StandpointError";
  return new StandpointError(known ? error.code : code, error?.message ?? String(error), known ? undefined : error);
}

/** The page's policy forbids WebAssembly. */
export function blocked(error) {
  const hint = "WebAssembly is blocked here; a Content Security Policy needs script-src 'wasm-unsafe-eval'";
  return new StandpointError("wasm-blocked", hint, error);
}
