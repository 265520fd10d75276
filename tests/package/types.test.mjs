// The packed package's types, as TypeScript users with strict settings see them.

import { execFileSync } from "node:child_process";
import { test } from "node:test";

import { install, tools } from "./support/install.mjs";

const code = `
import { anchor, Annotator, StandpointError, type Annotation, type Fit, type StoredAnnotation } from "standpoint";
import { StandpointArticle } from "standpoint/element";
import "standpoint/define";

const annotator = await Annotator.load({ model: "fast", worker: true, onProgress: ({ loaded, total }) => loaded / (total ?? 1) });
const result: Annotation = await annotator.annotate("Words.", { minConfidence: 0.5, targets: ["China"] });
const stored: StoredAnnotation = JSON.parse(JSON.stringify(result));
const story = document.querySelector("article")!;
const fit: Fit = anchor(stored, story).fit;
const { ranges } = await annotator.annotateElement(story);
const cue: Range | null | undefined = ranges[0]?.stances[0]?.cue;
const element: StandpointArticle | null = document.querySelector("standpoint-article");
document.addEventListener("standpoint-ready", (event) => event.detail.result.sentences);
document.addEventListener("standpoint-stale", (event) => event.detail.lost satisfies number[]);
try {
  await element?.refresh();
} catch (error) {
  if (error instanceof StandpointError && error.code === "wasm-blocked") console.log(fit.found, cue);
}
// @ts-expect-error there is no such option
await Annotator.load({ modell: "fast" });
`;

for (const resolution of ["bundler", "nodenext"]) {
  test(`strict, moduleResolution ${resolution}`, async () => {
    const { project } = await install({ "main.ts": code }, { beside: true });
    const module = resolution === "bundler" ? "esnext" : "nodenext";
    const options = ["--noEmit", "--strict", "--skipLibCheck", "false", "--exactOptionalPropertyTypes", "--target", "es2022"];
    const args = [...options, "--lib", "es2022,dom,dom.iterable", "--types", "", "--module", module, "--moduleResolution", resolution, "main.ts"];
    execFileSync("node", [`${tools}/typescript/bin/tsc`, ...args], { cwd: project, stdio: ["ignore", "inherit", "inherit"] });
  });
}
