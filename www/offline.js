// The demo's service worker: after the first visit everything but the large model is there without a network. The
// build writes in what there is to keep and a version made from its content, so any change makes a new worker, and
// a new worker drops what the old one kept.

/** Written in by the build. @type {{ version: string, files: string[] }} */
const kept = typeof STANDPOINT_FILES === "undefined" ? { version: "source", files: [] } : STANDPOINT_FILES;

const PREFIX = "standpoint-demo-";
const NAME = PREFIX + kept.version;
const worker = /** @type {any} */ (globalThis);

worker.addEventListener("install", (/** @type {any} */ event) => {
  event.waitUntil(
    caches
      .open(NAME)
      // Not from the browser's own cache, which may hold files of the version before.
      .then((cache) => cache.addAll(kept.files.map((file) => new Request(file, { cache: "reload" }))))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener("activate", (/** @type {any} */ event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== NAME).map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  );
});

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(worker.registration.scope)) return;
  event.respondWith(answer(request));
});

/** @param {Request} request */
async function answer(request) {
  const cache = await caches.open(NAME);
  const found = await cache.match(request, { ignoreSearch: request.mode === "navigate" });
  if (found) return found;
  const response = await fetch(request);
  // The large model, once a reader has asked for it; its address holds its content's hash.
  if (response.ok && /\.model\?v=/.test(request.url)) await cache.put(request, response.clone()).catch(() => {}); // no room: it is read all the same
  return response;
}
