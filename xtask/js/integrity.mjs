// Hashes for the `integrity` attribute and `fetch(…, { integrity })`: sha384 of every script, module and model.

import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";

/** @param {string} directory @returns {Promise<Record<string, string>>} */
export async function integrity(directory) {
  const names = (await readdir(directory)).filter((name) => /\.(js|wasm|model)$/.test(name)).sort();
  const hash = async (/** @type {string} */ name) => {
    const digest = createHash("sha384").update(await readFile(path.join(directory, name))).digest("base64");
    return [name, `sha384-${digest}`];
  };
  return Object.fromEntries(await Promise.all(names.map(hash)));
}
