// The course of the article: one band a run of sentences with the same topic, and a tick for each sentence that
// takes a side. Bands differ by pattern as well as colour.

import { h } from "./dom.js";
import { topicName } from "./words.js";

/**
 * @param {import("./reading.js").Reading | null} reading
 * @param {import("./strings/en.js").Strings} strings
 * @returns {HTMLElement}
 */
export function renderStrip(reading, strings) {
  const bands = h("div", { class: "bands" });
  const ticks = h("div", { class: "ticks" });
  const key = h("ul", { class: "key" });
  for (const { rank, count } of runs(reading?.items ?? [])) {
    bands.append(h("span", { class: `band t${rank}`, style: { "flex-grow": count } }));
  }
  const all = reading?.items.length ?? 1;
  reading?.items.forEach((item, i) => {
    if (!item.sentence.stances.length) return;
    ticks.append(
      h("span", { class: `tick ${item.sentence.stance}`, style: { "inset-inline-start": `${((i + 0.5) / all) * 100}%` } }),
    );
  });
  const names = (reading?.topics ?? []).map((topic) => topicName(strings, topic));
  names.forEach((name, i) => key.append(h("li", { title: name }, h("i", { class: `band t${i + 1}` }), h("span", {}, name))));
  const label = names.length ? `${strings.strip}: ${names.join(", ")}` : strings.strip;
  return h("div", { class: "strip", part: "strip" }, h("div", { role: "img", "aria-label": label }, ticks, bands), key);
}

/**
 * @param {import("./reading.js").Item[]} items
 * @returns {{ rank: string | number, count: number }[]}
 */
function runs(items) {
  /** @type {{ rank: string | number, count: number }[]} */
  const out = [];
  for (const item of items) {
    const rank = item.sentence.topics.length === 0 ? "none" : item.topic < 0 ? "other" : item.topic + 1;
    const last = out.at(-1);
    if (last?.rank === rank) last.count++;
    else out.push({ rank, count: 1 });
  }
  return out;
}
