// Makes the npm package in target/package/standpoint/ and packs it beside.
//
//   index.js          the API; nothing happens when it is imported
//   element.js        the element's class; define.js registers it (the one import with an effect)
//   standpoint.js     all of it in one file for a plain <script type="module">, as in dist/
//   worker.js, *.wasm, *.model   found by address beside the script that wants them, so that bundlers see them
//   *.d.ts, custom-elements.json

import * as esbuild from "esbuild";
import { execFileSync } from "node:child_process";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { integrity } from "./integrity.mjs";
import { manifest } from "./manifest.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const from = (/** @type {string} */ name) => path.join(root, name);
const out = path.join(process.argv[2] ?? from("target/package"), "standpoint");

/** Files beside the script are addressed by name alone: bundlers know that spelling. @type {esbuild.Plugin} */
const besideTheScript = {
  name: "beside-the-script",
  setup(build) {
    build.onLoad({ filter: /www\/(api|generated)\/[\w-]+\.js$/ }, async ({ path: file }) => {
      const source = await readFile(file, "utf8");
      const contents = source
        // The bindings' own default, which the API never asks for.
        .replace("new URL('standpoint_wasm_bg.wasm', import.meta.url)", "undefined")
        .replace(/new URL\("[^"]*\/([\w.-]+)", import\.meta\.url\)/g, 'new URL("./$1", import.meta.url)');
      return { contents, loader: "js" };
    });
  },
};

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  format: "esm",
  outdir: out,
  target: ["chrome105", "firefox113", "safari16.4", "node20"],
  external: ["node:*"],
  charset: "utf8",
  logLevel: "warning",
  plugins: [besideTheScript],
};

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await esbuild.build({
  ...common,
  entryPoints: { index: from("www/index.js"), element: from("www/element/element.js"), define: from("www/element/define.js") },
  splitting: true,
  chunkNames: "[name]-[hash]",
});
await esbuild.build({ ...common, entryPoints: { worker: from("www/api/worker.js") } });

for (const name of await readdir(from("dist"))) {
  if (/\.(model|wasm)$/.test(name) || name === "standpoint.js") await cp(from(`dist/${name}`), path.join(out, name));
}
for (const name of ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md"]) await cp(from(name), path.join(out, name));
await cp(from("docs/package.md"), path.join(out, "README.md"));
await cp(from("src/wasm/types.d.ts"), path.join(out, "types.d.ts"));
const declared = await readFile(from("www/api/annotator.d.ts"), "utf8");
await writeFile(path.join(out, "index.d.ts"), declared.replaceAll("../generated/standpoint_wasm.js", "./types.js"));
const element = (await readFile(from("www/standpoint.d.ts"), "utf8")).replaceAll("./api/annotator.js", "./index.js");
await writeFile(path.join(out, "standpoint.d.ts"), element);
await writeFile(path.join(out, "element.d.ts"), element.replace('export * from "./index.js";\n', ""));
await writeFile(path.join(out, "define.d.ts"), 'export { StandpointArticle } from "./element.js";\n');
await writeFile(path.join(out, "custom-elements.json"), JSON.stringify(await manifest("element.js"), null, 2) + "\n");
await writeFile(path.join(out, "integrity.json"), JSON.stringify(await integrity(out), null, 2) + "\n");

const version = /^version = "(.+)"$/m.exec(await readFile(from("Cargo.toml"), "utf8"))?.[1];
const entry = (/** @type {string} */ name) => ({ types: `./${name}.d.ts`, default: `./${name}.js` });
/** @param {string} model */
const isModel = (model) => model.endsWith(".model");
const models = Object.fromEntries((await readdir(out)).filter(isModel).map((name) => [`./${name}`, `./${name}`]));
await writeFile(
  path.join(out, "package.json"),
  `${JSON.stringify(
    {
      name: "standpoint",
      version,
      description: "Who is for or against whom in a news article, sentence by sentence, with IPTC Media Topics, in the reader's browser.",
      keywords: ["news", "stance", "sentiment", "nlp", "iptc", "annotation", "web-component", "wasm"],
      license: "MIT OR Apache-2.0",
      type: "module",
      main: "./index.js",
      types: "./index.d.ts",
      exports: {
        ".": entry("index"),
        "./element": entry("element"),
        "./define": entry("define"),
        "./standpoint.js": entry("standpoint"),
        "./worker.js": "./worker.js",
        "./standpoint.wasm": "./standpoint_wasm_bg.wasm",
        ...models,
        "./integrity.json": "./integrity.json",
        "./custom-elements.json": "./custom-elements.json",
        "./package.json": "./package.json",
      },
      customElements: "custom-elements.json",
      sideEffects: ["./define.js", "./standpoint.js", "./worker.js"],
      engines: { node: ">=18" },
    },
    null,
    2,
  )}\n`,
);

const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const packed = execFileSync(npm, ["pack", "--json", "--pack-destination", path.dirname(out)], { cwd: out, encoding: "utf8" });
const [{ filename, size, unpackedSize, entryCount }] = JSON.parse(packed);
console.log(`packed ${path.join(path.dirname(out), filename)}: ${entryCount} files, ${size} bytes, ${unpackedSize} unpacked`);
