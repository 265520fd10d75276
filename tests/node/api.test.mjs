// The JavaScript API where there is no page: what a build script, a server or an edge worker does with it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

import { Annotator, StandpointError } from "../../www/api/annotator.js";

const generated = new URL("../../www/generated/", import.meta.url);
const modelBytes = new Uint8Array(await readFile(new URL("fast.model", generated)));
const wasmBytes = await readFile(new URL("standpoint_wasm_bg.wasm", generated));

const rejects = (promise, code) =>
  assert.rejects(promise, (error) => {
    assert.ok(error instanceof StandpointError && error instanceof Error);
    assert.equal(error.name, "StandpointError");
    assert.equal(error.code, code, error.message);
    return true;
  });

test("loads by name, address, bytes, buffer and Response", async () => {
  const sources = {
    default: undefined,
    name: "fast",
    URL: new URL("fast.model", generated),
    string: String(new URL("fast.model", generated)),
    Uint8Array: modelBytes,
    ArrayBuffer: modelBytes.slice().buffer,
    Response: new Response(modelBytes),
  };
  for (const [name, model] of Object.entries(sources)) {
    const annotator = await Annotator.load({ model });
    const result = await annotator.annotate("The union backed the bill.");
    assert.equal(result.sentences.length, 1, name);
    annotator.dispose();
  }
  assert.ok(modelBytes.length > 0, "the caller's bytes stay the caller's");
});

test("takes the module as bytes, Response or WebAssembly.Module, as edge runtimes need", async () => {
  for (const wasm of [wasmBytes, new Response(wasmBytes), await WebAssembly.compile(wasmBytes)]) {
    (await Annotator.load({ wasm, model: modelBytes })).dispose();
  }
});

test("says what is wrong with a model", async () => {
  await rejects(Annotator.load({ model: new Uint8Array(0) }), "model-invalid");
  await rejects(Annotator.load({ model: new TextEncoder().encode("<!doctype html>") }), "model-invalid");
  await rejects(Annotator.load({ model: modelBytes.subarray(0, -1) }), "model-invalid");
  const altered = modelBytes.slice();
  altered[40] ^= 1;
  await rejects(Annotator.load({ model: altered }), "model-invalid");
  await rejects(Annotator.load({ model: "no-such-model" }), "model-unknown");
  await rejects(Annotator.load({ model: "constructor" }), "model-unknown");
  await rejects(Annotator.load({ model: 7 }), "options-invalid");
  await rejects(Annotator.load({ model: "http://" }), "options-invalid");
  await rejects(Annotator.load({ model: new URL("missing.model", generated) }), "fetch-failed");
  await rejects(Annotator.load({ model: new Response("gone", { status: 404 }) }), "fetch-failed");
  const used = new Response(modelBytes);
  await used.arrayBuffer();
  await rejects(Annotator.load({ model: used }), "fetch-failed");
  const broken = new ReadableStream({ pull: (stream) => stream.error(new TypeError("network error")) });
  await rejects(Annotator.load({ wasm: new Response(broken, { headers: { "content-type": "application/wasm" } }) }), "fetch-failed");
  await rejects(Annotator.load({ wasm: new TextEncoder().encode("<!doctype html>") }), "wasm-invalid");
});

test("gives up when its signal says so, with the signal's reason", async () => {
  const reason = new Error("left the page");
  await assert.rejects(Annotator.load({ signal: AbortSignal.abort(reason) }), reason);
  const controller = new AbortController();
  const stalled = new Response(new ReadableStream({ pull: () => new Promise(() => {}) }));
  const loading = Annotator.load({ model: stalled, signal: controller.signal });
  setTimeout(() => controller.abort(reason), 20);
  await assert.rejects(loading, reason);
});

test("tells how much has arrived", async () => {
  const seen = [];
  const headers = { "content-length": String(modelBytes.length) };
  const model = new Response(modelBytes, { headers });
  (await Annotator.load({ model, onProgress: (progress) => seen.push(progress) })).dispose();
  assert.deepEqual(seen.at(-1), { loaded: modelBytes.length, total: modelBytes.length });
});

test("dispose may be called twice, and ends everything", async () => {
  const annotator = await Annotator.load();
  annotator.dispose();
  annotator.dispose();
  await rejects(annotator.annotate("Words."), "disposed");
  await rejects(annotator.split("Words."), "disposed");
  await rejects(annotator.annotateElement({}), "disposed");
});

test("says what is wrong with the input", async () => {
  const annotator = await Annotator.load();
  for (const text of [undefined, null, 7, ["a"], {}]) await rejects(annotator.annotate(text), "input-invalid");
  await rejects(annotator.annotateElement("p"), "input-invalid");
  await rejects(annotator.annotate("a", { minConfidence: 2 }), "options-invalid");
  await rejects(annotator.annotate("a", { minConfidence: NaN }), "options-invalid");
  await rejects(annotator.annotate("a", { targets: "China" }), "options-invalid");
  await rejects(annotator.annotate("a", { targets: [7] }), "options-invalid");
  await rejects(annotator.annotate("a", { language: 7 }), "options-invalid");
  await annotator.annotate("a", { minConfidence: 0, targets: ["China"], topics: [], language: "en-GB" });
  annotator.dispose();
});

test("topics of the host's own take the place of the Media Topics, in the page and in a worker's terms", async () => {
  const annotator = await Annotator.load();
  const text = "The night train was cancelled after a signal failed.\n\nKnead the dough and bake it in a hot oven.";
  const topics = [
    { id: "rail", label: "Railways", description: "Trains, stations, tracks and timetables." },
    { id: "kitchen", label: "Cooking", description: "Recipes, ovens, baking and chefs.", examples: ["Stir the soup."], threshold: 0 },
  ];
  const result = await annotator.annotate(text, { topics, language: "en" });
  assert.deepEqual(result.sentences.map(({ topics: [first] }) => [first.id, first.label]), [["rail", "Railways"], ["kitchen", "Cooking"]]);
  assert.ok(result.sentences.every((s) => s.topics.some(({ id }) => id === "kitchen") && !s.subtopics.length));
  assert.deepEqual(await annotator.annotate(text, { topics: structuredClone(topics), language: "en" }), result);
  const file = path.join(await mkdtemp(path.join(tmpdir(), "standpoint-topics-")), "topics.json");
  await writeFile(file, JSON.stringify(topics));
  const native = execFileSync("cargo", ["run", "--quiet", "--bin", "standpoint", "--", "annotate", "--language", "en", "--topics", file], { input: text, encoding: "utf8" });
  assert.equal(`${JSON.stringify(result)}\n`, native, "the same bytes as natively");
  const media = await annotator.annotate(text, { language: "en", topics: [] });
  assert.ok(media.sentences.every((s) => s.topics.every(({ id }) => id.startsWith("medtop:"))));
  const wrong = [7, "rail", {}, [null], [7], ["rail"], [{}], [{ id: "a" }], [{ id: 7, label: "A" }], [{ id: "", label: "A" }],
    [{ id: "a", label: "A", description: 7 }], [{ id: "a", label: "A", examples: "abc" }], [{ id: "a", label: "A", examples: [7] }],
    [{ id: "a", label: "A", examples: { length: 2 } }], [{ id: "a", label: "A", threshold: "1" }], [{ id: "a", label: "A", threshold: -1 }],
    [{ id: "a", label: "A", threshold: NaN }], [{ id: "a", label: "A", threshold: 2 }], [topics[0], topics[0]],
    [{ id: "a", label: "A", description: "x".repeat(1_000_000) }], Array.from({ length: 10_000 }, (_, i) => ({ id: `${i}`, label: "A" }))];
  for (const topics of wrong) await rejects(annotator.annotate(text, { topics }), "options-invalid");
  annotator.dispose();
});

test("offsets count UTF-16 code units of the very string given, lone surrogates and all", async () => {
  const annotator = await Annotator.load();
  const text = "\ud83d lone. \u{1f600} paired.\r\n\r\ne\u0301 combining \udc00!\r\n\r\n\u05e9\u05dc\u05d5\u05dd.\n\n\ufeffEnd";
  const { sentences } = await annotator.annotate(text);
  const splits = await annotator.split(text);
  assert.deepEqual(splits, sentences.map(({ start, end, paragraph, kind }) => ({ start, end, paragraph, kind })));
  let last = 0;
  for (const { start, end } of sentences) {
    assert.match(text.slice(last, start), /^\p{White_Space}*$/u);
    assert.ok(start < end);
    assert.doesNotMatch(text.slice(start, end), /^\p{White_Space}|\p{White_Space}$/u);
    last = end;
  }
  assert.match(text.slice(last), /^\p{White_Space}*$/u);
  annotator.dispose();
});

test("any string is read, however odd, and reading it again gives the same", async () => {
  const annotator = await Annotator.load();
  const odd = ["", " ", "\0", "\ud800".repeat(1000), ".".repeat(50_000), "((((".repeat(10_000), "a".repeat(100_000),
    "\u{10ffff}\ufffe\uffff", "\u202e right to left", "\r\n".repeat(10_000), String.fromCharCode(...Array(0x3000).keys())];
  for (const text of odd) {
    const result = await annotator.annotate(text);
    assert.equal(JSON.stringify(await annotator.annotate(text)), JSON.stringify(result));
  }
  annotator.dispose();
});
