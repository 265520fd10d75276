// Whatever is loaded and disposed of leaves WebAssembly's memory as it was.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Annotator } from "../../www/api/annotator.js";
import init from "../../www/generated/standpoint_wasm.js";

test("memory stays flat over many rounds of load, annotate, dispose", async () => {
  const text = "The mayor praised the crews; the union did not. \u{1f600} “Never,” it said.\n\n".repeat(20);
  const round = async () => {
    const annotator = await Annotator.load();
    await annotator.annotate(text, { targets: ["union"] });
    await annotator.split(text);
    await annotator.annotate(text, { minConfidence: 2 }).catch(() => {});
    await Annotator.load({ model: new Uint8Array(1000) }).catch(() => {});
    annotator.dispose();
  };
  for (let i = 0; i < 20; i++) await round();
  const { memory } = await init();
  const before = memory.buffer.byteLength;
  for (let i = 0; i < 200; i++) await round();
  assert.equal(memory.buffer.byteLength, before);
});
