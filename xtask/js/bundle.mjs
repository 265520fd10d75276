// Bundles www/ into dist/, which mirrors it: the same relative addresses work in both.
//
//   www/standpoint.js  → dist/standpoint.js, everything it imports inside
//   new URL("./file", import.meta.url) anywhere in the sources → the file beside dist/standpoint.js; a script
//     (a worker) is bundled in turn. The address gets the content's hash, so that no cache pairs old with new.
//   www/demo, www/samples and the pages in www/ → copied, scripts bundled with ../standpoint.js left outside;
//     what the build knows and they do not is written in by pages.mjs

import * as esbuild from "esbuild";
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { fillIn, keptFiles, modelCard } from "./pages.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const www = path.join(root, "www");
const dist = path.join(root, "dist");
const entry = path.join(www, "standpoint.js");
const minify = process.argv.includes("--minify");

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  format: "esm",
  target: ["chrome105", "firefox113", "safari16.4", "node20"],
  external: ["node:*"],
  legalComments: "none",
  charset: "utf8",
  minify,
  logLevel: "warning",
  write: false,
};

/** Files that the bundle finds by its own address: name in dist/ → content. */
const assets = new Map();

/** The addresses it finds them by. @type {Map<string, string>} */
const addresses = new Map();

/**
 * The bindings without their own ways to fetch and compile: we always give them a module (www/api/engine.js).
 * @param {string} bindings
 */
function startedWithModule(bindings) {
  const from = bindings.indexOf("async function __wbg_load(");
  if (from < 0 || !bindings.includes("function __wbg_finalize_init(instance, module)")) throw new Error("the bindings start otherwise now");
  return `${bindings.slice(0, from)}
export default async ({ module_or_path: module }) =>
  wasm ?? __wbg_finalize_init(await WebAssembly.instantiate(module, __wbg_get_imports()), module);
`;
}

/** @type {esbuild.Plugin} */
const selfLocating = {
  name: "self-locating",
  setup(build) {
    build.onLoad({ filter: /\.m?js$/ }, async ({ path: file }) => {
      if (!file.startsWith(www)) return undefined;
      const written = await readFile(file, "utf8");
      const source = file.endsWith("generated/standpoint_wasm.js") ? startedWithModule(written) : written;
      const address = /new URL\(\s*(["'])([^"']+)\1\s*,\s*import\.meta\.url\s*,?\s*\)/g;
      let contents = "";
      let last = 0;
      for (const found of source.matchAll(address)) {
        const name = await addAsset(path.resolve(path.dirname(file), found[2]));
        contents += source.slice(last, found.index) + `new URL(${JSON.stringify(name)}, import.meta.url)`;
        last = found.index + found[0].length;
      }
      contents += source.slice(last);
      // Fetched only when it is asked for; with its hash all the same, so that it may be kept for ever.
      const large = '"accurate.model"';
      if (contents.includes(large)) contents = contents.replace(large, JSON.stringify(await addAsset(path.join(www, "generated/accurate.model"))));
      return { contents, loader: "js" };
    });
  },
};

/** @param {string} file */
async function addAsset(file) {
  const content = /\.m?js$/.test(file) ? await bundle(file) : await readFile(file);
  const name = path.basename(file);
  const other = assets.get(name);
  if (other && !other.equals(content)) throw new Error(`two different files would be dist/${name}`);
  assets.set(name, content);
  const address = `${name}?v=${createHash("sha256").update(content).digest("hex").slice(0, 8)}`;
  addresses.set(name, address);
  return `./${address}`;
}

/** @param {string} file @param {esbuild.Plugin[]} plugins */
async function bundle(file, plugins = [selfLocating]) {
  const result = await esbuild.build({ ...common, entryPoints: [file], plugins });
  return Buffer.from(result.outputFiles[0].contents);
}

/** Leaves imports of www/standpoint.js as they are: pages share the one that was loaded. @type {esbuild.Plugin} */
const standpointOutside = {
  name: "standpoint-outside",
  setup(build) {
    build.onResolve({ filter: /standpoint\.js$/ }, ({ path: wanted, resolveDir }) =>
      path.resolve(resolveDir, wanted) === entry ? { path: wanted, external: true } : undefined,
    );
  },
};

/** @param {string} from @param {string} to */
async function copyPages(from, to) {
  await mkdir(to, { recursive: true });
  for (const item of await readdir(from, { withFileTypes: true })) {
    const source = path.join(from, item.name);
    const target = path.join(to, item.name);
    if (item.name.endsWith(".txt")) continue; // written into a page
    if (item.isDirectory()) await copyPages(source, target);
    else if (/\.m?js$/.test(item.name)) await writeFile(target, await bundle(source, [standpointOutside]));
    else await cp(source, target);
  }
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await writeFile(path.join(dist, "standpoint.js"), await bundle(entry));
for (const name of await readdir(path.join(www, "generated"))) {
  if (name.endsWith(".model")) await addAsset(path.join(www, "generated", name));
}
for (const [name, content] of assets) await writeFile(path.join(dist, name), content);
for (const item of await readdir(www, { withFileTypes: true })) {
  const source = path.join(www, item.name);
  if (item.isDirectory() && ["demo", "samples"].includes(item.name)) {
    await copyPages(source, path.join(dist, item.name));
  } else if (item.name === "index.html") {
    await writeFile(path.join(dist, item.name), await fillIn(await readFile(source, "utf8"), root));
  } else if (/\.(html|css|json|svg|ico|d\.ts)$/.test(item.name) && item.name !== "tsconfig.json") {
    await cp(source, path.join(dist, item.name));
  }
}
await writeFile(path.join(dist, "models.html"), await modelCard(root));
const worker = await readFile(path.join(www, "offline.js"), "utf8");
const define = { STANDPOINT_FILES: JSON.stringify(await keptFiles(dist, addresses, worker)) };
const offline = await esbuild.build({ ...common, entryPoints: [path.join(www, "offline.js")], define });
await writeFile(path.join(dist, "offline.js"), offline.outputFiles[0].contents);
