// The packed package in Next: read on the server while the page is built, shown by the element in the browser.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";
import { test } from "node:test";

import { example, install, tools } from "./support/install.mjs";
import { browser, reads } from "./support/page.mjs";

const files = {
  "next.config.mjs": `export default {
  serverExternalPackages: ["standpoint"],
  turbopack: { root: ${JSON.stringify(path.dirname(tools))} },
};`,
  "app/layout.jsx": "export default ({ children }) => <html lang='en'><body>{children}</body></html>;",
  "app/page.jsx": `import { Annotator } from "standpoint";
import "standpoint/define"; // does nothing on a server
import Shown from "./shown";

export default async function Page() {
  const annotator = await Annotator.load();
  const { sentences } = await annotator.annotate("The union condemned the mayor's plan.");
  return <><p id="server">On the server: {sentences[0].stance}</p><Shown /></>;
}`,
  "app/story.jsx": `"use client";\n${await example("React")}`,
  "app/shown.jsx": `"use client";
import { Story } from "./story";

const ready = () => {};
export default () => <Story html="<p>The union condemned the mayor's plan.</p>" onReady={ready} />;`,
};

test("Next, built and served", async () => {
  const { project } = await install(files, { beside: true });
  const program = `${tools}/next/dist/bin/next`;
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", CI: "1" };
  execFileSync("node", [program, "build"], { cwd: project, env, stdio: ["ignore", "pipe", "inherit"] });
  const port = await freePort();
  const server = spawn("node", [program, "start", "--port", port], { cwd: project, env, stdio: ["ignore", "pipe", "inherit"] });
  try {
    for await (const line of server.stdout) if (/Ready/.test(line)) break;
    await browser.open(`http://localhost:${port}/`);
    assert.match(await browser.evaluate(() => document.querySelector("#server").textContent), /oppose/);
    await reads();
  } finally {
    server.kill();
    await once(server, "exit");
  }
});

async function freePort() {
  const server = createServer().listen(0);
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return String(port);
}
