// What follows a trap: its own file, because nothing runs in that thread's instance afterwards.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Annotator, StandpointError } from "../../www/api/annotator.js";
import { guard } from "../../www/api/engine.js";

test("after a trap every call rejects with a code, and dispose still works", async () => {
  const annotator = await Annotator.load();
  const trap = new WebAssembly.RuntimeError("unreachable");
  const isCrash = (error) => error instanceof StandpointError && error.code === "crashed" && error.cause === trap;
  assert.throws(() => guard(() => { throw trap; }), isCrash);
  await assert.rejects(annotator.annotate("Words."), isCrash);
  await assert.rejects(annotator.split("Words."), isCrash);
  await assert.rejects(Annotator.load(), isCrash);
  annotator.dispose();
  annotator.dispose();
});
