// A static server over the repository: `/dist/…`, `/www/…`, `/tests/browser/…`.

import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { once } from "node:events";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");

/** @type {Record<string, string>} */
const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
};

/**
 * Serves until closed. `requests` lists every path asked for, in order. `pages` adds pages that no file holds
 * (path → HTML), `headers` is sent with every answer, for example a `Content-Security-Policy`.
 * @param {{ pages?: Record<string, string>, headers?: Record<string, string>, directory?: string,
 *   port?: number }} [options] `port` 0: any free one.
 */
export async function serve({ pages = {}, headers = {}, directory = root, port = 0 } = {}) {
  /** @type {string[]} */
  const requests = [];
  const server = createServer(async (request, response) => {
    const url = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    requests.push(url);
    try {
      if (Object.hasOwn(pages, url)) {
        return response.writeHead(200, { "content-type": types[".html"], ...headers }).end(pages[url]);
      }
      let file = path.join(directory, url);
      if ((await stat(file)).isDirectory()) file = path.join(file, "index.html");
      const body = await readFile(file);
      const type = types[path.extname(file)] ?? "application/octet-stream";
      response.writeHead(200, { "content-type": type, "cache-control": "no-cache", ...headers }).end(body);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found");
    }
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://localhost:${address.port}`,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
