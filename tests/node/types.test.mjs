// The declarations say what is there. `UPDATE_EXPECT=1` accepts a change of the bindings' own.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";

import { Annotator, StandpointError } from "../../www/api/annotator.js";

const read = (path) => readFile(new URL(path, import.meta.url), "utf8");

test("the bindings' declarations are those last accepted", async () => {
  const expected = new URL("standpoint_wasm.d.ts", import.meta.url);
  const generated = (await read("../../www/generated/standpoint_wasm.d.ts")).split("export type InitInput")[0].trimEnd() + "\n";
  if (process.env.UPDATE_EXPECT) await writeFile(expected, generated);
  assert.equal(generated, await readFile(expected, "utf8"));
});

test("the API's declarations name every member and every error code", async () => {
  const declared = await read("../../www/api/annotator.d.ts");
  const body = declared.split("export class Annotator {")[1];
  const members = [...body.matchAll(/^ {2}(?:static |readonly |private )?(\w+)[(:]/gm)].map(([, name]) => name);
  const there = [...Object.getOwnPropertyNames(Annotator.prototype), "load"];
  assert.deepEqual(members.sort(), there.sort());
  const codes = [...declared.matchAll(/^ {2}\| "([\w-]+)"/gm)].map(([, code]) => code);
  const documented = [...(await read("../../www/api/errors.js")).matchAll(/^ \* \| `([\w-]+)`/gm)].map(([, code]) => code);
  assert.deepEqual(codes, documented);
  assert.equal(new StandpointError("crashed", "words").name, "StandpointError");
});
