// What the build writes into the demo's pages: the model card from models/README.md, a traced sentence from
// www/demo/traced.txt (which a test keeps true), and the service worker's list of files.

import { createHash } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { marked } from "marked";
import { MIN_CONFIDENCE } from "../../www/element/reading.js";

/** Fetched when it is asked for, not before. */
const LARGE = "accurate.model";

/** @param {string} text */
const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Fills in what www/index.html leaves open. @param {string} html @param {string} root */
export async function fillIn(html, root) {
  const traced = tracedHtml(await readFile(path.join(root, "www/demo/traced.txt"), "utf8"));
  return html.replace("<!-- offline -->", '<meta name="offline" content="yes">').replace("<!-- traced -->", () => traced);
}

/**
 * `standpoint explain` on one sentence, put in words.
 * @param {string} trace
 */
function tracedHtml(trace) {
  const [sentence = "", ...lines] = trace.trimEnd().split("\n");
  const field = (/** @type {string} */ name) => lines.filter((line) => line.startsWith(name)).map((line) => line.slice(name.length).trim());
  const bracketed = (/** @type {string} */ text) => [...text.matchAll(/\[([^\]]*)\]/g)].map((found) => found[1] ?? "");
  /** Words → whom they name. @type {Map<string, string>} */
  const names = new Map(bracketed(field("mentions")[0] ?? "").map((text) => [text.replace(/ \w+ = .*$/, ""), text.replace(/^.* = /, "")]));
  const name = (/** @type {string} */ words) => names.get(words) ?? words;
  const mentions = [...names].map(([words, name]) => (words === name ? words : `“${words}”, that is ${name}`));
  const voices = bracketed(field("voices")[0] ?? "").map((text) => text.replace(/^(.*?): (.*?) → (.*)$/, "$1 ($2)"));
  /** A reading in words, and how sure it is. @param {string} text */
  const reading = (text) => {
    const found = /^(\d\.\d+) ([+-]) (.*) → (.*) \| (.*) \w+(?: \(cue.*)?$/.exec(text);
    if (!found) throw new Error(`www/demo/traced.txt: not a reading: ${text}`);
    const [, sure, sign, holder = "", target = "", cue] = found;
    return { sure: Number(sure), claim: `${name(holder)}, ${sign === "+" ? "for" : "against"} ${name(target)}: “${cue}”` };
  };
  const weighed = field("first").slice(0, 4).map(reading);
  const claims = field("claim").map(reading).filter(({ sure }) => sure >= MIN_CONFIDENCE);
  const topics = field("topic").slice(0, 2).map((text) => text.replace(/ (\d\.\d+): (.*)$/, " (for the words $2)"));
  /** @type {[string, string[]][]} */
  const rows = [
    ["What kind of text", field("kind")],
    ["What it is about", topics],
    ["Who and what is named", mentions],
    ["Who is speaking", voices.length ? voices : ["the writer"]],
    ["Readings weighed", weighed.map(({ claim, sure }) => `${claim}, ${sure.toFixed(2)}`)],
    ["What is marked", claims.length ? claims.map(({ claim }) => claim) : ["Nothing: no reading is sure enough."]],
  ];
  const list = rows.map(([name, texts]) => `<div><dt>${name}</dt>${texts.map((text) => `<dd>${escape(text)}</dd>`).join("")}</div>`);
  return `<div class="traced"><h3>One sentence, stage by stage</h3><blockquote>${escape(sentence)}</blockquote><dl>${list.join("")}</dl></div>`;
}

/** The model card as a page of the demo. @param {string} root */
export async function modelCard(root) {
  const text = await readFile(path.join(root, "models/README.md"), "utf8");
  const body = marked.parse(text, { async: false }).replaceAll("<table>", '<div class="wide" tabindex="0" role="group" aria-label="Table"><table>').replaceAll("</table>", "</table></div>");
  const filled = body.replace(/<th><\/th>/g, "<td></td>"); // a corner is no heading
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; require-trusted-types-for 'script'">
<title>Standpoint: the model card</title>
<meta name="description" content="What Standpoint’s models are, what they were trained on, how often they are right, and where they fail.">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="demo/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="demo/demo.css">
</head>
<body>
<main class="card-page">
<p><a href="index.html">Standpoint</a></p>
${filled}</main>
</body>
</html>
`;
}

/**
 * What the service worker is to keep, and its version.
 * @param {string} dist
 * @param {Map<string, string>} addresses Name of a file → the address it is asked for by, where that differs.
 * @param {string} worker Its source: a change of it is a new version too.
 */
export async function keptFiles(dist, addresses, worker) {
  const hash = createHash("sha256").update(worker);
  const files = [];
  for (const item of (await readdir(dist, { recursive: true, withFileTypes: true })).sort((a, b) => (a.parentPath + a.name < b.parentPath + b.name ? -1 : 1))) {
    const file = path.join(item.parentPath, item.name);
    const name = path.relative(dist, file).split(path.sep).join("/");
    if (!item.isFile() || [LARGE, "offline.js"].includes(name) || name.endsWith(".d.ts")) continue;
    hash.update(name).update(await readFile(file));
    files.push(addresses.get(name) ?? name);
  }
  return { version: hash.digest("hex").slice(0, 12), files: ["./", ...files] };
}
