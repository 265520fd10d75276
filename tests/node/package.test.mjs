// The npm package as packed: what is in it, and what importing it does. Bundlers and other runtimes: tests/package/.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile, readdir, stat } from "node:fs/promises";
import { test } from "node:test";

import { install } from "../package/support/install.mjs";

const { project, home } = await install();
const about = JSON.parse(await readFile(`${home}/package.json`, "utf8"));
const run = (code) => execFileSync("node", ["--input-type=module", "-e", code], { cwd: project, encoding: "utf8" });

test("holds what it exports, and nothing that nobody can reach", async () => {
  const targets = Object.values(about.exports).flatMap((entry) => (typeof entry === "string" ? [entry] : Object.values(entry)));
  for (const target of targets) assert.ok((await stat(`${home}/${target}`)).isFile(), target);
  const scripts = (await readdir(home)).filter((name) => name.endsWith(".js"));
  const sources = await Promise.all(scripts.map((name) => readFile(`${home}/${name}`, "utf8")));
  const reached = (name) => targets.includes(`./${name}`) || sources.some((source) => source.includes(`./${name}`));
  assert.deepEqual(scripts.filter((name) => !reached(name)), []);
  for (const [i, source] of sources.entries()) {
    for (const [, name] of source.matchAll(/new URL\("\.\/([\w.-]+)", import\.meta\.url\)/g)) {
      assert.ok((await stat(`${home}/${name}`)).isFile(), `${scripts[i]} wants ${name}`);
    }
    assert.doesNotMatch(source, /\beval\(|new Function\(|\.innerHTML/, `${scripts[i]}: Trusted Types and policies forbid that`);
  }
  assert.equal(about.dependencies, undefined);
});

test("importing it does nothing, where there is no page either", () => {
  const said = run(`
    const before = Reflect.ownKeys(globalThis).length;
    const calls = [];
    for (const name of ["fetch", "setTimeout", "addEventListener"]) globalThis[name] = () => calls.push(name);
    for (const name of ["standpoint", "standpoint/element", "standpoint/define", "standpoint/standpoint.js"]) await import(name);
    console.log(JSON.stringify({ names: Object.keys(await import("standpoint")).sort(), calls, added: Reflect.ownKeys(globalThis).length - before }));`);
  const { names, calls, added } = JSON.parse(said);
  assert.deepEqual(calls, []);
  assert.ok(added <= 1, "no globals (addEventListener is the test's)");
  assert.ok(names.includes("Annotator") && names.includes("anchor") && names.includes("StandpointError"));
  assert.ok(!names.includes("StandpointArticle"));
});

test("works in Node as its README says", async () => {
  const readme = await readFile(`${home}/README.md`, "utf8");
  const [, example] = /## Node, Deno, Bun\n\n```js\n([^]*?)```/.exec(readme);
  const result = JSON.parse(run(example));
  assert.equal(result.schemaVersion, 1);
  assert.equal(result.sentences[0].stances[0].target.name, "the mayor's plan");
});

test("a bundler drops it where it is imported and not used, and keeps the registration", async () => {
  const { build } = await import("esbuild");
  const bundle = async (contents) => {
    const stdin = { contents, resolveDir: project };
    const { outputFiles } = await build({ stdin, bundle: true, write: false, format: "esm", minify: true, outdir: "out", platform: "browser" });
    return outputFiles[0].text;
  };
  assert.equal((await bundle('import { Annotator } from "standpoint"; import { StandpointArticle } from "standpoint/element";')).trim(), "");
  assert.match(await bundle('import "standpoint/define";'), /customElements\.define/);
});

test("the manifest lists what the element has", async () => {
  const { modules } = JSON.parse(await readFile(`${home}/custom-elements.json`, "utf8"));
  const [element] = modules[0].declarations;
  assert.equal(element.tagName, "standpoint-article");
  for (const list of ["attributes", "members", "events", "cssParts", "cssProperties"]) {
    assert.ok(element[list].length > 2, list);
    for (const { name, description } of element[list]) assert.ok(name && description, `${list}: ${name}`);
  }
  const types = await readFile(`${home}/element.d.ts`, "utf8");
  const body = types.split("export class StandpointArticle")[1].split("\n}")[0];
  const members = [...body.matchAll(/^ {2}(?:readonly )?(\w+)[(:]/gm)].map(([, name]) => name);
  assert.deepEqual(members.sort(), element.members.map(({ name }) => name).sort());
  const declared = [...types.matchAll(/"(standpoint-[a-z]+)": CustomEvent/g)].map(([, name]) => name);
  assert.deepEqual(declared.sort(), element.events.map(({ name }) => name).sort());
});
