// Every splitter of the comparison behind one shape: a JavaScript string in, an array of sentences out.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Annotator } from "../dist/standpoint.js";

const require = createRequire(import.meta.url);

/** @returns {Promise<[string, (text: string) => unknown[] | Promise<unknown[]>][]>} */
export async function splitters() {
  const annotator = await Annotator.load({ model: "fast" });
  const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
  const sentencex = await import("sentencex-wasm");
  await sentencex.default({ module_or_path: await readFile(require.resolve("sentencex-wasm/sentencex_wasm_bg.wasm")) });
  const sbd = require("sbd");
  const wink = require("wink-nlp")(require("wink-eng-lite-web-model"), ["sbd"]);
  const { default: compromise } = await import("compromise/one");
  return [
    ["Standpoint (WebAssembly)", (text) => annotator.split(text)],
    ["Intl.Segmenter", (text) => Array.from(segmenter.segment(text), ({ segment }) => segment)],
    ["sentencex-wasm", (text) => sentencex.segment("en", text)],
    ["sbd", (text) => sbd.sentences(text)],
    ["wink-nlp", (text) => wink.readDoc(text).sentences().out()],
    ["compromise/one", (text) => compromise(text).out("array")],
  ];
}
