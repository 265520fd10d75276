// The packed package in runtimes that are no browser: Deno, Bun, an edge worker. (Node: tests/node/package.test.mjs.)

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";

import { example, install, tools } from "./support/install.mjs";

const readme = await example("Node, Deno, Bun");

for (const [name, command] of [
  ["Deno", ["node", `${tools}/deno/bin.cjs`, "run", "--no-remote", "--allow-read"]],
  ["Bun", [await bun(), "run"]],
]) {
  test(name, async () => {
    const { project } = await install({ "main.js": readme }, { beside: true });
    const [program, ...args] = command;
    const env = { ...process.env, DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" };
    const said = execFileSync(program, [...args, "main.js"], { cwd: project, encoding: "utf8", env });
    assert.equal(JSON.parse(said).sentences[0].stance, "oppose");
  });
}

test("an edge worker, which is given a WebAssembly.Module", async () => {
  const { project, home } = await install({ "main.js": await example("An edge worker \\(Cloudflare and the like\\)") }, { beside: true });
  const { build } = await import("esbuild");
  // As wrangler does: modules of other kinds stay imports.
  const external = ["standpoint/standpoint.wasm", "standpoint/fast.model"];
  await build({ absWorkingDir: project, entryPoints: ["main.js"], bundle: true, format: "esm", outfile: "out.js", external, logLevel: "error" });
  const { Miniflare } = await import("miniflare");
  const worker = new Miniflare({
    compatibilityDate: "2026-01-01",
    modules: [
      { type: "ESModule", path: "out.js", contents: await readFile(`${project}/out.js`, "utf8") },
      { type: "CompiledWasm", path: external[0], contents: await readFile(`${home}/standpoint_wasm_bg.wasm`) },
      { type: "Data", path: external[1], contents: await readFile(`${home}/fast.model`) },
    ],
  });
  try {
    const answer = await worker.dispatchFetch("http://edge/", { method: "POST", body: "The union condemned the mayor's plan." });
    assert.equal((await answer.json()).sentences[0].stance, "oppose");
  } finally {
    await worker.dispose();
  }
});

/** npm runs no install scripts for us, so Bun's program is where its platform package has it. */
async function bun() {
  const require = createRequire(`${tools}/bun/package.json`);
  const { optionalDependencies } = require("./package.json");
  for (const name of Object.keys(optionalDependencies)) {
    try {
      return require.resolve(`${name}/bin/bun`);
    } catch {
      // another platform's
    }
  }
  throw new Error("no Bun for this platform");
}
