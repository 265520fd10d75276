// The packed package through bundlers: found, split, and running in a browser, in its thread and in a worker.

import assert from "node:assert/strict";
import { cp, readdir, writeFile } from "node:fs/promises";
import { test } from "node:test";

import { install } from "./support/install.mjs";
import { html, main, servedWorks, works } from "./support/page.mjs";

const app = () => install({ "main.js": main, "index.html": html("/main.js") }, { beside: true });

test("Vite, built", async () => {
  const { project } = await app();
  const { build } = await import("vite");
  await build({ root: project, logLevel: "error" });
  const assets = await readdir(`${project}/dist/assets`);
  for (const kind of [".wasm", ".model"]) assert.equal(assets.filter((name) => name.endsWith(kind)).length, 1, `${kind} once: ${assets}`);
  await servedWorks(`${project}/dist`);
});

test("Vite's development server", async () => {
  const { project } = await app();
  const { createServer } = await import("vite");
  const server = await createServer({ root: project, logLevel: "error", optimizeDeps: { exclude: ["standpoint"] }, server: { port: 0 } });
  await server.listen();
  try {
    await works(server.resolvedUrls.local[0]);
  } finally {
    await server.close();
  }
});

test("webpack", async () => {
  const { project } = await app();
  const { default: webpack } = await import("webpack");
  const config = { mode: "production", context: project, entry: "./main.js", output: { path: `${project}/out`, publicPath: "auto" }, performance: false };
  const stats = await new Promise((resolve, reject) => webpack(config, (error, stats) => (error ? reject(error) : resolve(stats))));
  assert.equal(stats.hasErrors() || stats.hasWarnings(), false, stats.toString());
  await writeFile(`${project}/out/index.html`, html("main.js"));
  await servedWorks(`${project}/out`);
});

test("esbuild, with the files beside its output", async () => {
  const { project, home } = await app();
  const { build } = await import("esbuild");
  await build({ absWorkingDir: project, entryPoints: ["main.js"], bundle: true, format: "esm", outdir: "out", logLevel: "error" });
  for (const name of ["standpoint_wasm_bg.wasm", "fast.model", "worker.js"]) await cp(`${home}/${name}`, `${project}/out/${name}`);
  await writeFile(`${project}/out/index.html`, html("main.js"));
  await servedWorks(`${project}/out`);
});

test("esbuild, with the files as imports", async () => {
  const named = main
    .replace('import "standpoint/define";', 'import "standpoint/define";import wasm from "standpoint/standpoint.wasm";import model from "standpoint/fast.model";')
    .replace("{ worker }", "{ worker, wasm, model }")
    .replace("[false, true]", "[false]");
  const { project } = await install({ "main.js": named }, { beside: true });
  const { build } = await import("esbuild");
  const loader = { ".wasm": "file", ".model": "file" };
  await build({ absWorkingDir: project, entryPoints: ["main.js"], bundle: true, format: "esm", outdir: "out", loader, logLevel: "error" });
  assert.ok((await readdir(`${project}/out`)).some((name) => name.endsWith(".model")));
});

test("no bundler: the one file beside a plain page", async () => {
  const { project, home } = await install();
  await cp(home, `${project}/site`, { recursive: true });
  const script = main.replace('"standpoint"', '"./standpoint.js"').replace('import "standpoint/define";', "");
  await writeFile(`${project}/site/index.html`, html("main.js"));
  await writeFile(`${project}/site/main.js`, script);
  await servedWorks(`${project}/site`);
});
