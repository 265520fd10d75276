// The examples of docs/package.md for React, Vue and Svelte, as they stand there.

import assert from "node:assert/strict";
import { cp, readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";

import { serve } from "../browser/support/index.js";
import { example, install } from "./support/install.mjs";
import { browser, reads } from "./support/page.mjs";

const story = `html: "<p>The union condemned the mayor's plan.</p>"`;

/** @param {Record<string, string>} files @param {import("esbuild").Plugin[]} [plugins] */
async function mounted(files, plugins = []) {
  const { project, home } = await install(files, { beside: true });
  const { build } = await import("esbuild");
  const define = { "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" };
  const options = { bundle: true, format: "esm", splitting: true, outdir: "out", define, plugins, jsx: "automatic", conditions: ["browser"], logLevel: "error" };
  await build({ absWorkingDir: project, entryPoints: [Object.keys(files)[0]], ...options });
  for (const name of ["standpoint_wasm_bg.wasm", "fast.model", "worker.js"]) await cp(`${home}/${name}`, `${project}/out/${name}`);
  await writeFile(`${project}/out/index.html`, '<!doctype html><html lang="en"><title>Story</title><div id="app"></div><script type="module" src="main.js"></script></html>');
  const site = await serve({ directory: `${project}/out` });
  try {
    await browser.open(`${site.url}/`);
    await reads();
    await browser.waitFor(() => globalThis.heard?.result);
    assert.match(await browser.evaluate(() => document.querySelector("#story").textContent), /condemned/);
  } finally {
    await site.close();
  }
}

test("React", async () => {
  const main = `import { createRoot } from "react-dom/client"; import { Story } from "./Story.jsx"; const onReady = (event) => (globalThis.heard = event.detail);
    createRoot(document.getElementById("app")).render(<Story {...{ ${story}, onReady }} />);`;
  await mounted({ "main.jsx": main, "Story.jsx": await example("React") });
});

test("Vue", async () => {
  const { parse, compileScript } = await import("vue/compiler-sfc");
  const vue = {
    name: "vue",
    setup: (build) =>
      build.onLoad({ filter: /\.vue$/ }, async ({ path: file }) => {
        const { descriptor } = parse(await readFile(file, "utf8"), { filename: file });
        const templateOptions = { compilerOptions: { isCustomElement: (tag) => tag === "standpoint-article" } };
        return { contents: compileScript(descriptor, { id: "story", inlineTemplate: true, templateOptions }).content, loader: "js" };
      }),
  };
  const main = `import { createApp } from "vue"; import Story from "./Story.vue";
    createApp(Story, { ${story}, onReady: (event) => (globalThis.heard = event.detail) }).mount("#app");`;
  await mounted({ "main.js": main, "Story.vue": await example("Vue") }, [vue]);
});

test("Svelte", async () => {
  const { compile } = await import("svelte/compiler");
  const svelte = {
    name: "svelte",
    setup: (build) =>
      build.onLoad({ filter: /\.svelte$/ }, async ({ path: file }) => ({
        contents: compile(await readFile(file, "utf8"), { filename: file, generate: "client" }).js.code,
        loader: "js",
      })),
  };
  const main = `import { mount } from "svelte"; import Story from "./Story.svelte";
    mount(Story, { target: document.getElementById("app"), props: { ${story}, onready: (event) => (globalThis.heard = event.detail) } });`;
  await mounted({ "main.js": main, "Story.svelte": await example("Svelte") }, [svelte]);
});
