// What `cargo xtask build --release` leaves in dist/ is what a newsroom can put on any static server.

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const dist = new URL("../../dist/", import.meta.url);

test("the optimised module is one that browsers accept", async () => {
  const module = new WebAssembly.Module(await readFile(new URL("standpoint_wasm_bg.wasm", dist)));
  for (const section of ["name", "producers"]) {
    assert.equal(WebAssembly.Module.customSections(module, section).length, 0, `section ${section} was left in`);
  }
});

/** Bytes of each function's body. @param {Buffer} module */
function bodies(module) {
  let at = 8; // behind magic and version
  const number = () => {
    for (let value = 0, shift = 0; ; shift += 7) {
      value += (module[at] & 0x7f) * 2 ** shift;
      if (module[at++] < 0x80) return value;
    }
  };
  const CODE = 10;
  for (;;) {
    const section = module[at++];
    const size = number();
    if (section === CODE) break;
    at += size;
  }
  return Array.from({ length: number() }, () => {
    const size = number();
    at += size;
    return size;
  });
}

test("no function is so large that engines put off optimising it", async () => {
  const largest = Math.max(...bodies(await readFile(new URL("standpoint_wasm_bg.wasm", dist))));
  assert.ok(largest < 24 * 1024, `a function of ${largest} bytes`);
});

test("every file that the bundle looks for beside itself is there", async () => {
  for (const script of (await readdir(dist)).filter((name) => name.endsWith(".js"))) {
    const source = await readFile(new URL(script, dist), "utf8");
    for (const [, address] of source.matchAll(/new URL\("(\.[^"]+)",\s*import\.meta\.url\)/g)) {
      assert.match(address, /^\.\/[\w.-]+\?v=[0-9a-f]{8}$/);
      assert.ok((await stat(new URL(address, dist))).isFile(), `${script} wants ${address}`);
    }
  }
});

test("what is fetched when asked for has its hash in its address too, for the service worker to keep", async () => {
  const source = await readFile(new URL("standpoint.js", dist), "utf8");
  assert.match(source, /"(\.\/)?accurate\.model\?v=[0-9a-f]{8}"/);
});

test("copied somewhere else, the bundle finds all it needs", async () => {
  const elsewhere = await mkdtemp(path.join(tmpdir(), "standpoint-"));
  try {
    await cp(dist, elsewhere, { recursive: true });
    const { Annotator } = await import(String(pathToFileURL(path.join(elsewhere, "standpoint.js"))));
    const annotator = await Annotator.load({ model: "fast" });
    const { sentences } = await annotator.annotate("The mayor praised the ferry. It runs at night.");
    assert.equal(sentences.length, 2);
    annotator.dispose();
  } finally {
    await rm(elsewhere, { recursive: true });
  }
});

test("pages ask for nothing from other servers", async () => {
  for (const name of await readdir(dist, { recursive: true })) {
    if (!name.endsWith(".html")) continue;
    const page = await readFile(new URL(name, dist), "utf8");
    assert.doesNotMatch(page, /<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=["']?(?:https?:)?\/\//, name);
  }
});
