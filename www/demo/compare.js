// Two articles side by side, on the same target: who is for and who against it in each, and the words that say so.
// The model is loaded only when a reader asks for it.

import { Annotator } from "../standpoint.js";
import { articleOf } from "./own-text.js";
import { readSample } from "./read-sample.js";
import { sharedTargets, sideOf } from "./targets.js";

/** @param {string} id */
const $ = (id) => /** @type {any} */ (document.getElementById(id));
const said = $("compare-said");

/** @type {Promise<any> | null} */
let loading = null;

/** The element's own annotator, where a page has set one, else ours. */
function annotator() {
  const set = $("standpoint").annotator;
  if (set) return set;
  loading ??= Annotator.load({ worker: true }).catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

/** @type {import("./targets.js").Shared[]} */
let shared = [];
/** @type {string[]} */
let titles = [];
let turn = 0;

/** @param {"left" | "right"} side @returns {Promise<import("./targets.js").Side>} */
async function read(side) {
  const source = $(`compare-${side}`).value;
  const article = source === "own" ? articleOf($(`compare-${side}-text`).value) : await readSample(source);
  for (const part of article.querySelectorAll("aside,figure")) part.remove();
  const blocks = [...article.querySelectorAll("h1,h2,p")].map((block) => (block.textContent ?? "").trim());
  const text = blocks.filter(Boolean).join("\n\n");
  const title = article.querySelector("h1")?.textContent ?? blocks[0]?.slice(0, 60) ?? "";
  return sideOf(title || "Your own text", text, await (await annotator()).annotate(text));
}

async function compare() {
  const mine = ++turn;
  said.textContent = "Reading both articles…";
  try {
    const sides = /** @type {[any, any]} */ (await Promise.all([read("left"), read("right")]));
    if (mine !== turn) return;
    titles = sides.map((side) => side.title);
    shared = sharedTargets(sides);
    const common = shared.filter(({ sides: [a, b] }) => a.length && b.length);
    said.textContent = common.length
      ? `${common.length} ${common.length === 1 ? "target is" : "targets are"} taken a side on in both.`
      : "No target is taken a side on in both, as far as we can tell.";
    const options = (common.length ? common : shared).map(({ name }, i) => new Option(name, String(i)));
    $("compare-target").replaceChildren(...options);
    $("compare-target").disabled = !options.length;
    show();
  } catch {
    if (mine === turn) said.textContent = "The articles could not be read.";
  }
}

function show() {
  const target = shared[$("compare-target").selectedIndex];
  $("compare-out").replaceChildren(...[0, 1].map((side) => column(target?.name ?? "", titles[side] ?? "", target?.sides[side] ?? [])));
}

/**
 * @param {string} target
 * @param {string} title
 * @param {import("./targets.js").Claim[]} claims
 */
function column(target, title, claims) {
  const section = node("section", "", node("h3", "", title));
  const count = (/** @type {string} */ polarity) => claims.filter((claim) => claim.polarity === polarity).length;
  section.append(node("p", "tally", node("b", "against", `${count("oppose")} against`), " · ", node("b", "for", `${count("support")} for`)));
  if (!claims.length) section.append(node("p", "small", target ? `Nothing here takes a side on ${target}, as far as we can tell.` : ""));
  const list = node("ul", "claims");
  for (const { holder, target: name, polarity, cue, sentence } of claims) {
    const who = holder === "author" ? "The writer" : holder === "unnamed speaker" ? "An unnamed speaker" : holder[0]?.toUpperCase() + holder.slice(1);
    const at = sentence.indexOf(cue);
    list.append(
      node(
        "li",
        "",
        node("p", "claim", `${who}, `, node("b", polarity === "oppose" ? "against" : "for", polarity === "oppose" ? "against" : "for"), ` ${name.replace(/^(The|A|An) /, (word) => word.toLowerCase())}`),
        node("blockquote", polarity, sentence.slice(0, at), node("mark", "", cue), sentence.slice(at + cue.length)),
      ),
    );
  }
  if (claims.length) section.append(list);
  return section;
}

/**
 * @param {string} tag
 * @param {string} className
 * @param {...(Node | string)} children
 */
function node(tag, className, ...children) {
  const out = document.createElement(tag);
  if (className) out.className = className;
  out.append(...children);
  return out;
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let typing;
for (const side of ["left", "right"]) {
  $(`compare-${side}`).addEventListener("change", () => {
    const own = $(`compare-${side}`).value === "own";
    $(`compare-${side}-own`).hidden = !own;
    if (own) $(`compare-${side}-text`).focus();
    if ($("compare-result").hidden) return;
    void compare();
  });
  $(`compare-${side}-text`).addEventListener("input", () => {
    clearTimeout(typing);
    if (!$("compare-result").hidden) typing = setTimeout(compare, 400);
  });
}
$("compare-go").addEventListener("click", () => {
  $("compare-result").hidden = false;
  void compare();
});
$("compare-target").addEventListener("change", show);
