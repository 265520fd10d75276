// The demo page: chooses an article, hands it to the element, and lets the reader take the result away.

import "./compare.js";
import { download } from "./downloads.js";
import { scriptUrl } from "./html.js";
import { articleOf, fileText } from "./own-text.js";
import { readSample, SAMPLES } from "./read-sample.js";
import { snippet } from "./snippet.js";

/** @param {string} id */
const $ = (id) => /** @type {any} */ (document.getElementById(id));
const element = $("standpoint");
const said = $("said");
const own = $("own");
const ownText = /** @type {HTMLTextAreaElement} */ ($("own-text"));
const buttons = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll("[data-source]")]);

let turn = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let typing;

// ---- choosing an article ------------------------------------------------------------------------------

/** @param {HTMLElement} article */
function show(article) {
  article.id = "story";
  $("story").replaceWith(article);
  element.refresh?.();
}

/** @param {string} source */
async function choose(source) {
  const mine = ++turn;
  for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset["source"] === source));
  said.textContent = "";
  own.hidden = source !== "own";
  if (source === "own") {
    readOwn();
    return;
  }
  try {
    const article = await readSample(source);
    if (mine === turn) show(article);
  } catch {
    if (mine === turn) said.textContent = "The sample could not be loaded.";
  }
}

for (const button of buttons) {
  button.addEventListener("click", () => {
    const source = button.dataset["source"] ?? "standoff";
    history.replaceState(null, "", `#${source}`); // a reader's choice; a link to a part of the page stays as it came
    void choose(source);
    if (button.dataset["source"] === "own") ownText.focus();
  });
}
addEventListener("hashchange", () => {
  const source = location.hash.slice(1);
  if (SAMPLES.includes(source)) {
    void choose(source);
    $("try").scrollIntoView();
  }
});

// ---- the reader's own text ----------------------------------------------------------------------------

function readOwn() {
  show(articleOf(ownText.value));
}

ownText.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(readOwn, 250);
});

/** @param {File | undefined} file */
async function take(file) {
  if (!file) return;
  const text = await fileText(file);
  if (text === null) {
    said.textContent = `“${file.name}” does not hold text that can be read here.`;
    return;
  }
  ownText.value = text;
  await choose("own");
  said.textContent = `“${file.name}” is read on this device and goes nowhere.`;
}

$("open-file").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", () => {
  void take($("file").files[0]);
  $("file").value = "";
});

let depth = 0;
/** @param {DragEvent} event */
const holdsFiles = (event) => event.dataTransfer?.types.includes("Files") ?? false;
addEventListener("dragenter", (event) => {
  if (holdsFiles(event)) $("drop").hidden = ++depth === 0;
});
addEventListener("dragleave", (event) => {
  if (holdsFiles(event)) $("drop").hidden = --depth <= 0;
});
addEventListener("dragover", (event) => {
  if (holdsFiles(event)) event.preventDefault();
});
addEventListener("drop", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  depth = 0;
  $("drop").hidden = true;
  void take(event.dataTransfer?.files[0]);
});

// ---- taking the result away ---------------------------------------------------------------------------

element.addEventListener("standpoint-ready", () => {
  $("download-json").disabled = $("download-csv").disabled = false;
});
element.addEventListener("standpoint-error", () => {
  $("download-json").disabled = $("download-csv").disabled = true;
});
$("download-json").addEventListener("click", () => {
  download("story.annotations.json", "application/json", element.export("json"));
});
$("download-csv").addEventListener("click", () => {
  const csv = element.export("csv");
  download("story.csv", "text/csv;charset=utf-8", csv && `\ufeff${csv}`); // without the mark Excel takes it for another encoding
});

function writeSnippet() {
  $("snippet").textContent = snippet({
    lang: $("option-lang").value,
    view: $("option-view").value,
    open: $("option-open").checked,
  });
}
for (const id of ["option-lang", "option-view", "option-open"]) $(id).addEventListener("change", writeSnippet);
$("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText($("snippet").textContent);
    $("copy").textContent = "Copied";
  } catch {
    getSelection()?.selectAllChildren($("snippet"));
    $("copy").textContent = "Selected";
  }
  setTimeout(() => ($("copy").textContent = "Copy"), 2500);
});

writeSnippet();
const wanted = location.hash.slice(1);
void choose(SAMPLES.includes(wanted) || wanted === "own" ? wanted : "standoff");

// Kept for the next visit, without a network too. Not where the sources are served as they are written.
if (navigator.serviceWorker && document.querySelector("meta[name=offline]")) {
  addEventListener("load", () => void navigator.serviceWorker.register(scriptUrl("offline.js")).catch(() => {}));
}
