// The one box the host sees: header, legend, who toward whom, course of topics, list of sentences. It is drawn
// at its full height before anything is known, so that the page under it never moves.

import { h, icon, ICONS } from "./dom.js";
import { apply, emptyFilter, narrows, toggle } from "./filter.js";
import { renderFlow } from "./flow.js";
import { renderStrip } from "./strip.js";
import { capital, topicName } from "./words.js";

/**
 * @typedef {import("./filter.js").Filter} Filter
 * @typedef {"waiting" | "loading" | "reading" | "ready" | "failed"} Phase
 *
 * @typedef {object} BoxState
 * @property {import("./strings/en.js").Strings} strings
 * @property {string} language Of the interface.
 * @property {Phase} phase
 * @property {string} message What to say while not ready, or a remark when ready.
 * @property {boolean} canRetry
 * @property {boolean} open
 * @property {boolean} table
 * @property {boolean} list
 * @property {boolean} paints
 * @property {boolean} precomputed
 * @property {number} lost Sentences of a stored result that the article no longer has.
 * @property {Filter} filter
 * @property {import("./reading.js").Reading | null} reading
 *
 * @typedef {object} BoxActions
 * @property {(change: Partial<BoxState>) => void} update
 * @property {(filter: Filter) => void} setFilter
 * @property {(index: number, opener: HTMLElement) => void} select
 * @property {() => void} retry
 */

/** @type {["oppose", "support", "mixed", "author"]} */
const STANCES = ["oppose", "support", "mixed", "author"];
/** @type {["stance", "topics", "off"]} */
const VIEWS = ["stance", "topics", "off"];

export class Box {
  /** @param {BoxActions} actions */
  constructor(actions) {
    this.actions = actions;
    this.status = h("p", { class: "status", role: "status" });
    const bar = h("div", { class: "bar", part: "status" }, this.status);
    /** @type {Record<"header" | "legend" | "body" | "actions" | "list" | "note", HTMLElement>} */
    this.parts = { header: h("i"), legend: h("i"), body: h("i"), actions: h("i"), list: h("i"), note: h("i") };
    const { header, legend, body, list, note } = this.parts;
    bar.append(this.parts.actions);
    this.node = h("section", { class: "box", part: "box" }, header, legend, body, bar, list, note);
    this.noteText = "";
  }

  /** @param {BoxState} state */
  render(state) {
    const root = /** @type {ShadowRoot | Document} */ (this.node.getRootNode());
    const key = root.activeElement instanceof HTMLElement ? root.activeElement.dataset["key"] : undefined;
    const { strings } = state;
    this.node.setAttribute("aria-label", strings.title);
    this.node.setAttribute("lang", state.language);
    this.node.setAttribute("aria-busy", String(state.phase === "loading" || state.phase === "reading"));
    const body = h(
      "div",
      { class: "body", id: "body", hidden: !state.open },
      renderFlow({
        pairs: state.reading?.pairs ?? [],
        parties: state.filter.parties,
        table: state.table,
        strings: state.reading?.result.language === "en" ? strings : { ...strings, none: "" },
        choose: (parties) => this.actions.setFilter({ ...state.filter, parties }),
        setTable: (table) => this.actions.update({ table }),
      }),
      renderStrip(state.reading, strings),
    );
    this.#put("header", this.#header(state));
    this.#put("legend", this.#legend(state));
    this.#put("body", body);
    this.#put("actions", this.#actions(state));
    this.#put("list", this.#list(state));
    this.#note(state);
    if (key) {
      const again = this.node.querySelector(`[data-key="${CSS.escape(key)}"]`);
      if (again instanceof HTMLElement) again.focus({ preventScroll: true });
    }
  }

  /**
   * Replaces one part. The status line stays in its place, or screen readers would read it out each time.
   * @param {keyof Box["parts"]} name
   * @param {HTMLElement} node
   */
  #put(name, node) {
    this.parts[name].replaceWith(node);
    this.parts[name] = node;
  }

  /** @param {BoxState} state */
  #header({ strings, open, filter }) {
    const names = { stance: strings.viewStance, topics: strings.viewTopics, off: strings.viewOff };
    return h(
      "header",
      { part: "header" },
      h(
        "h2",
        {},
        h(
          "button",
          {
            type: "button",
            class: "disclosure",
            "aria-expanded": String(open),
            "aria-controls": "body",
            "data-key": "open",
            onclick: () => this.actions.update({ open: !open }),
          },
          icon(ICONS.expand),
          h("span", {}, strings.title),
        ),
      ),
      h(
        "div",
        { class: "segments", role: "group", "aria-label": strings.view },
        VIEWS.map((view) =>
          h(
            "button",
            {
              type: "button",
              "aria-pressed": String(filter.view === view),
              "data-key": `view:${view}`,
              onclick: () => this.actions.setFilter(emptyFilter(view)),
            },
            names[view],
          ),
        ),
      ),
    );
  }

  /** @param {BoxState} state */
  #legend(state) {
    const { strings, filter, reading } = state;
    const chip = (/** @type {string} */ key, /** @type {boolean} */ on, /** @type {string} */ swatch, /** @type {string} */ name, /** @type {number | undefined} */ n, /** @type {() => void} */ press) =>
      h(
        "button",
        { type: "button", class: "chip", part: "chip", "aria-pressed": String(on), "data-key": key, disabled: !n, onclick: press },
        h("i", { class: `swatch ${swatch}` }),
        h("span", {}, name),
        h("b", {}, n === undefined ? "–" : String(n)),
      );
    const press = (/** @type {Set<any>} */ set, /** @type {any} */ value) => () => {
      toggle(set, value);
      this.actions.setFilter({ ...filter });
    };
    const group = { class: "legend", part: "legend", role: "group", "aria-label": strings.legend };
    if (filter.view === "topics" && reading) {
      const other = reading.items.filter((i) => i.topic < 0 && i.sentence.topics.length).length;
      return h(
        "div",
        group,
        reading.topics.map((topic, i) =>
          chip(`topic:${i}`, filter.topics.has(i), `t${i + 1}`, topicName(strings, topic), topic.count, press(filter.topics, i)),
        ),
        other > 0 && chip("topic:-1", filter.topics.has(-1), "tother", strings.otherTopics, other, press(filter.topics, -1)),
      );
    }
    return h(
      "div",
      group,
      STANCES.map((key) =>
        chip(`stance:${key}`, filter.stances.has(key), key, strings[key], reading?.counts[key], press(filter.stances, key)),
      ),
    );
  }

  /** Says what is shown, or how far the reading is, and gives what can be done about it. @param {BoxState} state */
  #actions(state) {
    const { strings, phase, reading, filter, message } = state;
    const buttons = h("span", { class: "actions" });
    let text = message;
    if (reading) {
      const { shown, of } = apply(reading, filter);
      const narrow = narrows(filter);
      if (!text || (of.length && phase === "ready")) {
        text = narrow
          ? strings.filtered(shown.length, of.length)
          : (filter.view === "topics" ? strings.countTopics : strings.count)(of.length, reading.items.length);
      }
      if (narrow) buttons.append(this.#textButton("all", strings.showAll, () => this.actions.setFilter(emptyFilter(filter.view))));
      if (shown.length) {
        const first = /** @type {import("./reading.js").Item} */ (shown[0]);
        buttons.append(
          this.#textButton("one", strings.oneByOne, (e) => this.actions.select(first.index, e)),
          this.#textButton("list", strings.list, () => this.actions.update({ list: !state.list }), state.list),
        );
      }
    } else if (state.canRetry) buttons.append(this.#textButton("retry", strings.retry, this.actions.retry));
    if (this.status.textContent !== text) this.status.textContent = text;
    return buttons;
  }

  /**
   * @param {string} key
   * @param {string} text
   * @param {(opener: HTMLElement) => void} press
   * @param {boolean} [expanded]
   */
  #textButton(key, text, press, expanded) {
    const button = h(
      "button",
      {
        type: "button",
        class: "text-button",
        "data-key": key,
        "aria-expanded": expanded === undefined ? undefined : String(expanded),
        onclick: () => press(button),
      },
      text,
    );
    return button;
  }

  /** @param {BoxState} state */
  #list({ reading, filter, list }) {
    if (!reading || !list) return h("ol", { hidden: true });
    return h(
      "ol",
      { class: "sentences", part: "list" },
      apply(reading, filter).shown.map((item) => {
        const button = h(
          "button",
          { type: "button", "data-key": `item:${item.index}`, onclick: () => this.actions.select(item.index, button) },
          h("i", { class: `swatch ${swatchOf(item, filter.view)}` }),
          h("span", {}, capital(reading.slice(item.sentence))),
        );
        return h("li", {}, button);
      }),
    );
  }

  /** @param {BoxState} state */
  #note({ strings, precomputed, lost }) {
    const since = lost ? strings.notHere(lost) : "";
    const text = precomputed ? strings.notePrecomputed + since : strings.note;
    if (text + strings.howText === this.noteText) return; // it may be unfolded
    this.noteText = text + strings.howText;
    const summary = h("summary", { "data-key": "how" }, text, " ", h("u", {}, strings.how));
    this.#put("note", h("details", { class: "note", part: "note" }, summary, h("p", {}, strings.howText)));
  }
}

/**
 * @param {import("./reading.js").Item} item
 * @param {Filter["view"]} view
 */
function swatchOf(item, view) {
  if (view === "topics") return item.topic < 0 ? "tother" : `t${item.topic + 1}`;
  return item.author ? `${item.sentence.stance} author` : item.sentence.stance;
}
