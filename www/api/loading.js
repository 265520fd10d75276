// Gets the model's bytes and the WebAssembly module, wherever they may be. Nothing happens at import.

import { StandpointError, asStandpointError, blocked } from "./errors.js";

/** Models that come with the package. */
const MODELS = {
  fast: () => new URL("../generated/fast.model", import.meta.url),
  // Beside it where it was put; named so that bundlers neither look for it nor carry it along unasked.
  accurate: () => new URL("accurate.model", MODELS.fast()),
};

/**
 * A model file's bytes.
 *
 * @param {string | URL | Response | ArrayBuffer | Uint8Array} source a model's name, its address, or its bytes
 * @param {{ signal?: AbortSignal, onProgress?: (progress: { loaded: number, total: number | null }) => void }} options
 * @returns {Promise<Uint8Array>}
 */
export async function modelBytes(source, options = {}) {
  const opened = await open(modelAddress(source), options.signal);
  return opened instanceof Uint8Array ? opened : read(opened, options);
}

function modelAddress(source) {
  if (typeof source !== "string") return source;
  if (Object.hasOwn(MODELS, source)) return MODELS[source]();
  if (!/^[\w-]+$/.test(source)) return source;
  const names = Object.keys(MODELS).join(", ");
  throw new StandpointError("model-unknown", `no model named "${source}" comes with this version (${names}); give its URL`);
}

/**
 * A compiled module.
 *
 * @param {undefined | string | URL | Response | ArrayBuffer | Uint8Array | WebAssembly.Module} source
 * @param {AbortSignal} [signal]
 * @returns {Promise<WebAssembly.Module>}
 */
export async function wasmModule(source, signal) {
  if (typeof WebAssembly === "undefined") {
    throw new StandpointError("wasm-unsupported", "this engine runs no WebAssembly");
  }
  if (source instanceof WebAssembly.Module) return source;
  checkPolicy();
  if (source === undefined) source = new URL("../generated/standpoint_wasm_bg.wasm", import.meta.url);
  const opened = await open(source, signal);
  let bytes;
  try {
    // Compiled while it arrives, and kept compiled by browsers that do so, if the server names its type.
    const type = opened.headers?.get("content-type") ?? "";
    if (opened.ok && type.startsWith("application/wasm") && WebAssembly.compileStreaming) {
      return await WebAssembly.compileStreaming(opened);
    }
    bytes = opened instanceof Uint8Array ? opened : await read(opened, { signal });
    return await WebAssembly.compile(bytes);
  } catch (error) {
    if (error instanceof StandpointError || signal?.aborted) throw error;
    if (!bytes && error instanceof TypeError) throw new StandpointError("fetch-failed", `${opened.url} broke off`, error);
    const isWasm = !bytes || (bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d);
    throw isWasm
      ? new StandpointError("wasm-unsupported", `this engine cannot run the module: ${error.message}`, error)
      : new StandpointError("wasm-invalid", "what came in place of the .wasm file is no WebAssembly", error);
  }
}

/** Asks at once, with the smallest module there is, whether the page may run any. (WebKit minds running only.) */
function checkPolicy() {
  try {
    new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)));
  } catch (error) {
    throw blocked(error);
  }
}

/** Bytes as they are, an address as the Response that it gives. */
async function open(source, signal) {
  signal?.throwIfAborted();
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  if (isResponse(source)) return source;
  if (typeof source !== "string" && !(source instanceof URL)) {
    throw new StandpointError("options-invalid", "an address, a Response, an ArrayBuffer or a Uint8Array is wanted");
  }
  const url = address(source);
  if (url.protocol === "file:" && globalThis.process?.versions?.node) return fromDisk(url, signal);
  try {
    return await fetch(url, { signal });
  } catch (error) {
    throw signal?.aborted ? signal.reason : new StandpointError("fetch-failed", `cannot fetch ${url}`, error);
  }
}

/** A relative address means relative to the document, as everywhere in HTML. */
function address(source) {
  try {
    return source instanceof URL ? source : new URL(source, globalThis.document?.baseURI ?? globalThis.location?.href);
  } catch (error) {
    throw new StandpointError("options-invalid", `not an address: ${source}`, error);
  }
}

/** Node's fetch reads no files. The name is a variable so that bundlers for the browser leave it alone. */
async function fromDisk(url, signal) {
  const files = "node:fs/promises";
  const { readFile } = await import(/* webpackIgnore: true */ /* @vite-ignore */ files);
  try {
    return new Uint8Array(await readFile(url, { signal }));
  } catch (error) {
    throw signal?.aborted ? signal.reason : new StandpointError("fetch-failed", `cannot read ${url}`, error);
  }
}

async function read(response, { signal, onProgress }) {
  if (!response.ok) throw new StandpointError("fetch-failed", `${response.url} answers ${response.status}`);
  // A coded body arrives longer than its header says.
  const coded = response.headers.has("content-encoding");
  const total = coded ? null : Number(response.headers.get("content-length")) || null;
  const parts = [];
  let loaded = 0;
  let reader;
  // A Response that the caller made does not know our signal.
  const cancel = () => reader?.cancel(signal.reason).catch(() => {});
  signal?.addEventListener("abort", cancel);
  try {
    reader = response.body?.getReader(); // throws where the body was read before
    if (!reader) return new Uint8Array(await response.arrayBuffer());
    for (;;) {
      const { done, value } = await reader.read();
      signal?.throwIfAborted();
      if (done) break;
      parts.push(value);
      loaded += value.length;
      onProgress?.({ loaded, total });
    }
  } catch (error) {
    reader?.cancel().catch(() => {});
    throw signal?.aborted ? signal.reason : asStandpointError(error, "fetch-failed");
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
  const bytes = new Uint8Array(loaded);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Also a Response of another realm or a polyfill. */
function isResponse(value) {
  return typeof value?.arrayBuffer === "function" && typeof value.headers?.get === "function";
}
