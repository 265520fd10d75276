// Prints as JSON what each given file weighs: { "path": { "raw": bytes, "brotli": bytes } }, brotli at its
// slowest, as a server compresses files once.

import { readFile } from "node:fs/promises";
import { brotliCompressSync, constants } from "node:zlib";

/** @type {Record<string, { raw: number, brotli: number }>} */
const sizes = {};
for (const file of process.argv.slice(2)) {
  const bytes = await readFile(file);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 22,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  // What changes with every other file must not change this one's figure.
  const steady = file.endsWith(".js") ? Buffer.from(String(bytes).replace(/\?v=[0-9a-f]{8}"/g, '?v=00000000"')) : bytes;
  sizes[file] = { raw: bytes.length, brotli: brotliCompressSync(steady, { params }).length };
}
console.log(JSON.stringify(sizes));
