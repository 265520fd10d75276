// All that is read in a 50-sentence article with the accurate model, in Node, beside what onnxruntime-web takes to run an encoder of the same depth
// and width once over each sentence, and nothing else. One thread each.

import * as ort from "onnxruntime-web";
import { Annotator } from "../dist/standpoint.js";
import { sampleArticle } from "./article.mjs";
import { inTurns, median, table } from "./measure.mjs";
import { encoder } from "./onnx.mjs";

const SENTENCES = 50;
/** The accurate model's encoder: `models/README.md`. */
const SIZES = { layers: 4, width: 384, heads: 12, inner: 1536 };

const { text, sentences } = await sampleArticle(SENTENCES);
/** Words, numbers and marks: at most as many as there are word pieces, so that the peer never reads more than we do. */
const lengths = sentences.map((sentence) => (sentence.match(/[\p{L}\p{N}]+|\S/gu) ?? []).length + 2);

ort.env.wasm.numThreads = 1;
const options = { executionProviders: ["wasm"] };
const peers = await Promise.all([true, false].map((int8) => ort.InferenceSession.create(encoder(SIZES, int8), options)));
/** @param {number} n */
const input = (n) => ({ ids: whole(n, (i) => (i * 37) % 997), places: whole(n, (i) => i) });
/** @param {number} n @param {(i: number) => number} of */
const whole = (n, of) => new ort.Tensor("int64", BigInt64Array.from({ length: n }, (_, i) => BigInt(of(i))), [n]);
const inputs = lengths.map(input);

const annotator = await Annotator.load({ model: "accurate" });
const times = await inTurns([
  () => annotator.annotate(text),
  ...peers.map((session) => async () => {
    for (const each of inputs) await session.run(each);
  }),
]);
annotator.dispose();

const pieces = lengths.reduce((a, b) => a + b);
console.log(`\nAn article of ${SENTENCES} sentences, ${pieces} words and marks: four layers of 384, milliseconds of processor time in Node`);
table(
  ["", "ms", "Standpoint takes of it"],
  ["Standpoint, accurate: the whole annotation", "onnxruntime-web, int8: the encoder once a sentence", "onnxruntime-web, f32: the same"].map((name, i) => [
    name,
    median(times[i]).toFixed(0),
    median(times[0].map((time, turn) => time / times[i][turn])).toFixed(2),
  ]),
);
