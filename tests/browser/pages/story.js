// A sample article with an element whose annotator is scripted. `?lang=`, `?dir=`, `?open` and the like become
// attributes of the element; `window.element` is it.

import { scripted } from "../support/scripted-annotator.js";
import * as standoff from "../support/standoff.js";

const query = new URLSearchParams(location.search);
if (query.has("plain")) Object.assign(window, { Highlight: undefined });
await import(query.get("from") ?? "/dist/standpoint.js");
const html = await (await fetch("/www/samples/standoff.html")).text();
const page = new DOMParser().parseFromString(html, "text/html");
const story = /** @type {HTMLElement} */ (page.querySelector("article"));
for (const node of story.querySelectorAll("standpoint-article")) node.remove();
if (query.has("dir")) document.documentElement.dir = query.get("dir") ?? "";

const element = /** @type {any} */ (document.createElement("standpoint-article"));
element.annotator = scripted(query.has("silent") ? {} : standoff);
element.setAttribute("for", "story");
for (const name of ["lang", "open", "view", "theme", "reportable"]) {
  if (query.has(name)) element.setAttribute(name, query.get(name) ?? "");
}
Object.assign(window, { element, story, scripted, standoff });
document.querySelector("main")?.append(document.adoptNode(story));
Object.assign(window, { before: story.outerHTML });
element.addEventListener("standpoint-ready", () => Object.assign(window, { ready: true }), { once: true });
story.before(element);
