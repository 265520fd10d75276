// Who stands how toward whom: holders and targets joined by lines where there is room, a list of pairs where
// there is not (a container query decides), and a table that says the same in full.

import { h, svg } from "./dom.js";
import { attitude, capital, partyName } from "./words.js";

/** Names a side in the diagram, and rows in the list: as much as fits the height kept free for them. */
const ROWS = 5;
const LIST_ROWS = 4;

/** English's pronouns, by hand. As a name: nobody was found whom it means, and the next one may mean somebody else. */
const PRONOUN = /^(i|me|we|us|you|he|him|she|her|it|they|them|this|that|these|those|who|whom|which)$/i;

/**
 * @typedef {import("./reading.js").Pair} Pair
 * @typedef {import("./filter.js").Filter["parties"]} Parties
 * @typedef {{ pairs: Pair[], parties: Parties, table: boolean, strings: import("./strings/en.js").Strings,
 *   choose: (parties: Parties) => void, setTable: (on: boolean) => void }} FlowProps
 */

/**
 * @param {FlowProps} props
 * @returns {HTMLElement}
 */
export function renderFlow(props) {
  const { pairs, table, strings, setTable } = props;
  const toggle = h(
    "button",
    { type: "button", class: "text-button", onclick: () => setTable(!table), "data-key": "table" },
    table ? strings.asDiagram : strings.asTable(pairs.length || 10),
  );
  const named = pairs.filter(({ holder, target }) => !PRONOUN.test(holder) && !PRONOUN.test(target));
  // The table has them all.
  const told = named.length ? named : pairs;
  // Takes its room even while there is nothing to explain: the page below must not move.
  const help = h(
    "p",
    { class: "caption", style: pairs.length ? {} : { visibility: "hidden" } },
    !table && h("span", {}, h("span", { class: "width" }, `${strings.flowWidth} `), h("span", { class: "help" }, strings.flowHelp)),
    toggle,
  );
  const body = !pairs.length
    ? h("p", { class: "empty" }, strings.none)
    : table
      ? renderTable(props)
      : [renderDiagram(props, choose(told)), renderList(props, told)];
  return h("div", { class: "who", part: "who" }, h("div", { class: table ? "stage open" : "stage" }, body), help);
}

/**
 * The weightiest pairs whose names fit; among about equal ones, those between names that come up most, because
 * they tell more than pairs that stand alone.
 * @param {Pair[]} pairs
 */
function choose(pairs) {
  const holders = new Set();
  const targets = new Set();
  const total = (/** @type {"holder" | "target"} */ role, /** @type {Pair} */ pair) =>
    pairs.reduce((sum, p) => sum + (p[role] === pair[role] ? p.count : 0), 0);
  const rank = new Map(
    pairs.map((pair) => [pair, Math.round(4 * pair.weight) + total("holder", pair) / 100 + total("target", pair) / 100]),
  );
  return [...pairs]
    .sort((a, b) => (rank.get(b) ?? 0) - (rank.get(a) ?? 0))
    .filter((pair) => {
      if (!holders.has(pair.holder) && holders.size === ROWS) return false;
      if (!targets.has(pair.target) && targets.size === ROWS) return false;
      holders.add(pair.holder);
      targets.add(pair.target);
      return true;
    });
}

/**
 * @param {FlowProps} props
 * @param {Pair[]} pairs
 */
function renderDiagram({ parties, strings, choose: pick }, pairs) {
  /** @type {string[]} */
  const holders = [...new Set(pairs.map((p) => p.holder))];
  const targets = orderTargets(pairs, holders);
  /** @param {"holder" | "target"} role @param {string[]} names */
  const column = (role, names) =>
    h(
      "ul",
      { class: `names ${role}`, "aria-label": role === "holder" ? strings.holders : strings.targets },
      names.map((name) => {
        const text = capital(partyName(strings, name));
        const on = parties[role] === name;
        const press = () => pick(on ? {} : { [role]: name });
        return h(
          "li",
          {},
          h(
            "button",
            { type: "button", title: text, "aria-pressed": String(on), onclick: press, "data-key": `${role}:${name}` },
            h("span", {}, text),
          ),
        );
      }),
    );
  const y = (/** @type {string[]} */ names, /** @type {string} */ name) =>
    (ROWS - names.length) / 2 + names.indexOf(name) + 0.5;
  const most = Math.max(...pairs.map((p) => p.count));
  const spread = fan(pairs);
  const lines = pairs.map((pair) => {
    const { from, to } = /** @type {{ from: number, to: number }} */ (spread.get(pair));
    const a = y(holders, pair.holder) + from;
    const b = y(targets, pair.target) + to;
    const faded =
      (parties.holder && parties.holder !== pair.holder) ||
      (parties.target && parties.target !== pair.target) ||
      (parties.polarity && parties.polarity !== pair.polarity);
    return svg("path", {
      class: `line ${pair.polarity}${faded ? " faded" : ""}`,
      d: `M0 ${a * 10}C45 ${a * 10} 55 ${b * 10} 100 ${b * 10}`,
      "stroke-width": 2 + Math.min(2, 7 / most) * (pair.count - 1),
      "vector-effect": "non-scaling-stroke",
      onclick: () => pick({ holder: pair.holder, target: pair.target, polarity: pair.polarity }),
    });
  });
  return h(
    "div",
    { class: "flow" },
    column("holder", holders),
    svg("svg", { viewBox: `0 0 100 ${ROWS * 10}`, preserveAspectRatio: "none", "aria-hidden": "true" }, lines),
    column("target", targets),
  );
}

/**
 * Targets in the order in which they cross fewest lines: by the mean row of those who take a side on them.
 * @param {Pair[]} pairs
 * @param {string[]} holders
 */
function orderTargets(pairs, holders) {
  const mean = (/** @type {string} */ target) => {
    const rows = pairs.filter((p) => p.target === target);
    return rows.reduce((sum, p) => sum + holders.indexOf(p.holder) * p.count, 0) / rows.reduce((n, p) => n + p.count, 0);
  };
  return [...new Set(pairs.map((p) => p.target))].sort((a, b) => mean(a) - mean(b));
}

/**
 * Sets the lines that meet at one name apart, in rows.
 * @param {Pair[]} pairs
 */
function fan(pairs) {
  /** @type {Map<Pair, { from: number, to: number }>} */
  const out = new Map(pairs.map((pair) => [pair, { from: 0, to: 0 }]));
  for (const [role, end] of /** @type {const} */ ([["holder", "from"], ["target", "to"]])) {
    for (const name of new Set(pairs.map((p) => p[role]))) {
      const meeting = pairs.filter((p) => p[role] === name);
      const gap = Math.min(0.26, 0.7 / meeting.length);
      meeting.forEach((pair, i) => {
        /** @type {{ from: number, to: number }} */ (out.get(pair))[end] = (i - (meeting.length - 1) / 2) * gap;
      });
    }
  }
  return out;
}

/**
 * @param {FlowProps} props
 * @param {Pair[]} pairs
 */
function renderList({ parties, strings, choose: pick }, pairs) {
  return h(
    "ul",
    { class: "pairs" },
    pairs.slice(0, LIST_ROWS).map((pair) => {
      const on = isChosen(parties, pair);
      const press = () => pick(on ? {} : { holder: pair.holder, target: pair.target, polarity: pair.polarity });
      return h(
        "li",
        {},
        h(
          "button",
          { type: "button", "aria-pressed": String(on), onclick: press, "data-key": `pair:${pairKey(pair)}` },
          h("span", { class: "name" }, capital(partyName(strings, pair.holder))),
          h("span", { class: "second" },
            h("i", { class: `swatch ${pair.polarity}` }),
            h("span", { class: `word ${pair.polarity}` }, attitude(strings, pair.polarity)),
            h("span", { class: "name" }, partyName(strings, pair.target)),
          ),
          h("b", {}, String(pair.count)),
        ),
      );
    }),
  );
}

/** @param {FlowProps} props */
function renderTable({ pairs, parties, strings, choose: pick }) {
  const head = [strings.holders, strings.polarity, strings.targets, strings.sentences];
  return h(
    "table",
    {},
    h("caption", { class: "visually-hidden" }, strings.title),
    h("thead", {}, h("tr", {}, head.map((text) => h("th", { scope: "col" }, text)))),
    h(
      "tbody",
      {},
      pairs.map((pair) => {
        const on = isChosen(parties, pair);
        const press = () => pick(on ? {} : { holder: pair.holder, target: pair.target, polarity: pair.polarity });
        return h(
          "tr",
          {},
          h("th", { scope: "row" }, capital(partyName(strings, pair.holder))),
          h("td", { class: `word ${pair.polarity}` }, attitude(strings, pair.polarity)),
          h("td", {}, partyName(strings, pair.target)),
          h("td", {},
            h(
              "button",
              {
                type: "button",
                class: "count",
                "aria-pressed": String(on),
                "aria-label": `${pair.count} ${strings.sentences}`,
                "data-key": `row:${pairKey(pair)}`,
                onclick: press,
              },
              String(pair.count),
            ),
          ),
        );
      }),
    ),
  );
}

/** @param {Pair} pair */
const pairKey = (pair) => JSON.stringify([pair.holder, pair.target, pair.polarity]);

/**
 * @param {Parties} parties
 * @param {Pair} pair
 */
const isChosen = (parties, pair) =>
  parties.holder === pair.holder && parties.target === pair.target && parties.polarity === pair.polarity;
