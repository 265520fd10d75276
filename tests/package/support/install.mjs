// Installs the packed tarball where an application would have it, as npm does with a package without dependencies.

import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
export const tools = path.join(root, "tests/package/node_modules");

/**
 * A project of its own, removed after this file's tests: `project`, and the package's place in it, `home`.
 * @param {Record<string, string>} [files] Of the project, by path.
 * @param {{ beside?: boolean }} [options] `beside`: inside tests/package/, so that tools are found there.
 */
export async function install(files = {}, { beside = false } = {}) {
  const parent = beside ? path.join(root, "tests/package/projects") : tmpdir();
  await mkdir(parent, { recursive: true });
  const project = await mkdtemp(path.join(parent, "standpoint-"));
  after(() => rm(project, { recursive: true, force: true }));
  const home = path.join(project, "node_modules/standpoint");
  await mkdir(home, { recursive: true });
  const { version } = JSON.parse(await readFile(path.join(root, "target/package/standpoint/package.json"), "utf8"));
  execFileSync("tar", ["xzf", path.join(root, `target/package/standpoint-${version}.tgz`), "-C", home, "--strip-components=1"]);
  await writeFiles(project, { "package.json": '{ "name": "application", "private": true, "type": "module" }', ...files });
  return { project, home };
}

/** @param {string} project @param {Record<string, string>} files */
export async function writeFiles(project, files) {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(project, name)), { recursive: true });
    await writeFile(path.join(project, name), content);
  }
}

/** The example under a heading of docs/package.md. @param {string} heading */
export async function example(heading) {
  const page = await readFile(path.join(root, "docs/package.md"), "utf8");
  const found = new RegExp(`## ${heading}\\n[^]*?\`\`\`\\w+\\n([^]*?)\`\`\``).exec(page);
  if (!found) throw new Error(`no example under ${heading}`);
  return found[1];
}
