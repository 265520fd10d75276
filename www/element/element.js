import { acquire } from "./annotators.js";
import { Box } from "./box.js";
import { StandpointError } from "../api/errors.js";
import { toCSV, toJSONLD } from "../api/export.js";
import { nextTask } from "../api/tasks.js";
import { Card } from "./card.js";
import { h } from "./dom.js";
import { emit } from "./events.js";
import { apply, emptyFilter } from "./filter.js";
import { itemAt } from "./hit.js";
import { adoptPageStyles, setPointer, withdrawPageStyles } from "./page-styles.js";
import { canPaint, marksFor, Painter } from "./painter.js";
import { isLightText } from "./palette.js";
import { Reading } from "./reading.js";
import { readPrecomputed } from "./precomputed.js";
import { stringsFor } from "./strings/index.js";
import { shadowSheet } from "./styles.js";

/** So that the module can be imported where there is no DOM. */
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

const FORCED = "(forced-colors: active)";
const DARK = "(prefers-color-scheme: dark)";

/** What a click is meant for before it is meant for us. */
const CONTROLS = "a[href],button,input,select,textarea,label,summary,audio,video,[contenteditable],[role=button],[role=link]";

/** @type {StandpointArticle | null} The one whose card is open: there is one on a page at most. */
let current = null;

/**
 * Tells readers of a news article, sentence by sentence, who is for or against whom. Put one where the summary
 * box should stand; the article itself is marked in place and never changed. Without JavaScript it is empty.
 *
 * ```html
 * <script type="module" src="standpoint.js"></script>
 * <standpoint-article for="story"></standpoint-article>
 * <article id="story">…</article>
 * ```
 *
 * @attr {string} for - `id` of the article, in the same document or shadow root. Default: the closest `<article>`.
 * @attr {string} src - URL of a result made at publishing time (`standpoint annotate`); then no model is loaded.
 * @attr {string} model - `fast` (default), `accurate`, or the URL of a model file.
 * @attr {string} lang - Language of the box (en, es, fr, de). Default: that of the page around it, else English.
 * @attr {"stance"|"topics"|"off"} view - What is marked at first. Default `stance`.
 * @attr {number} min-confidence - Claims below it are not shown, from 0 to 1. Default 0.5. (`result` has them all.)
 * @attr {""|"always"} open - The box starts unfolded; on phones only with `always`. Its height is the same before
 *   and after reading.
 * @attr {"light"|"dark"} theme - Default: told from the article's text colour.
 * @attr {boolean} observe - Reads again when the article's content changes.
 * @attr {boolean} reportable - The card offers “Report a problem”, for hosts that listen to `standpoint-report`.
 *
 * @prop {PageAnnotation | null} annotation - `{ text, result, ranges }` once read; read-only.
 * @prop {Annotation | null} result - `annotation.result`; read-only.
 * @prop {Element | null} story - The article, once found; read-only.
 * @prop {object | null} annotator - Anything with `annotateElement(element, options)`; set it to use an annotator
 *   of your own, such as one in a worker. The element does not dispose of it.
 * @prop {HostTopic[] | null} topics - Topics of your own in the place of the IPTC Media Topics, `[{ id, label, description?, examples?,
 *   threshold? }]`. (With `src`, those of the stored result are shown.)
 * @prop {object | null} strings - Texts of your own, over those of `lang`; see `strings/en.js`.
 *
 * @fires standpoint-progress - While the model loads: `{ loaded, total }` in bytes.
 * @fires standpoint-ready - The article has been read and marked: `{ result, text }`.
 * @fires standpoint-error - It could not be: `{ error }`, with `error.code`. The article stays as it is.
 * @fires standpoint-stale - Sentences of the `src` are no longer in the article: `{ sentences, found, claims,
 *   claimsFound, lost, fits }`, `lost` being indices into the stored result; without `fits` nothing is marked.
 * @fires standpoint-select - The reader opened a sentence's card: `{ index, sentence, text }`, or closed it: `null`.
 * @fires standpoint-filter - What is to be shown was chosen, by the reader or by a change of `view`: `{ view, shown }`,
 *   `shown` being sentence indices, none before the article has been read.
 * @fires standpoint-report - The reader reports a sentence: `{ index, sentence, text }`.
 * All bubble and are composed. None carries anything about the reader.
 *
 * @csspart box - The box.
 * @csspart header - Its first line: title, and what is shown in the text.
 * @csspart legend - What the marks mean, with counts; its buttons narrow what is shown.
 * @csspart chip - One button of the legend.
 * @csspart who - Who is for or against whom.
 * @csspart strip - The course of topics through the article.
 * @csspart status - How far the reading is, or how much is shown.
 * @csspart list - The sentences as a list.
 * @csspart note - What this is, and that it can be wrong.
 * @csspart card - The card of one sentence.
 *
 * @cssprop --standpoint-support - For, in text and box. Set these on `:root`, so that the marks see them too.
 * @cssprop --standpoint-oppose - Against.
 * @cssprop --standpoint-mixed - Both.
 * @cssprop --standpoint-topic-1 - First topic; likewise `-2`, `-3`, `-4` and `-other`.
 * @cssprop --standpoint-ink - Text; `-soft` for lesser text, `-line` and `-edge` for borders.
 * @cssprop --standpoint-paper - Ground of the card; `-panel` of the box.
 * @cssprop --standpoint-font - Typeface of box and card.
 * @cssprop --standpoint-radius - Corners of box and card.
 * @cssprop --standpoint-focus - Focus ring.
 *
 * The marks are `::highlight(standpoint-support)`, `-oppose`, `-mixed`, each also with `-author` (the writer's
 * own voice) and `-cue` (the words that show it), and `standpoint-topic-1` … `-4`, `-other`. A page's own rules
 * for these names win over the element's.
 *
 * @typedef {import("./reading.js").PageAnnotation} PageAnnotation
 * @typedef {{ id: string, label: string, description?: string, examples?: string[], threshold?: number }} HostTopic
 */
export class StandpointArticle extends Base {
  static observedAttributes = ["for", "src", "model", "lang", "view", "open", "theme", "observe", "reportable", "min-confidence"];

  /** @type {PageAnnotation | null} */
  #annotation = null;
  /** @type {Reading | null} */
  #reading = null;
  /** @type {any} */
  #annotator = null;
  /** @type {HostTopic[] | null} */
  #topics = null;
  /** As JSON, which shows whether the host has changed its list. */
  #topicsRead = "null";
  /** @type {Partial<import("./strings/en.js").Strings> | null} */
  #strings = null;
  /** @type {AbortController | null} The present run; aborted when it is overtaken or the element goes. */
  #run = null;
  /** @type {Element | null} */
  #story = null;
  /** @type {Document | ShadowRoot | null} Where the page styles were adopted. */
  #styled = null;
  /** @type {MutationObserver | null} */
  #observer = null;
  /** @type {import("./reading.js").Item | null} */
  #selected = null;
  /** @type {import("./reading.js").Item | null} */
  #hovered = null;
  /** @type {HTMLElement | SVGElement | null} Where focus goes back to. */
  #opener = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;
  /** @type {MediaQueryList[]} Kept: every call of `matchMedia` gives another one, with listeners of its own. */
  #schemes = [];
  #drawn = false;
  #painter = new Painter();
  /** @type {import("./box.js").BoxState} */
  #state = {
    ...stringsFor("en"),
    phase: "waiting",
    message: "",
    canRetry: false,
    open: false,
    table: false,
    list: false,
    paints: true,
    precomputed: false,
    lost: 0,
    filter: emptyFilter(),
    reading: null,
  };

  #box = /** @type {Box} */ (/** @type {unknown} */ (null));
  #card = /** @type {Card} */ (/** @type {unknown} */ (null));
  #root = /** @type {HTMLElement} */ (/** @type {unknown} */ (null));

  constructor() {
    super();
    this.#box = new Box({
      update: (change) => this.#update(change),
      setFilter: (filter) => this.#setFilter(filter),
      select: (index, opener) => this.#open(index, opener),
      retry: () => void this.#start(),
    });
    this.#card = new Card({
      move: (step) => this.#move(step),
      close: () => this.close(),
      report: () => emit(this, "report", this.#detail(this.#selected)),
    });
    this.#root = h("div", { class: "root" }, h("div", { class: "frame" }, this.#box.node), this.#card.node);
    this.attachShadow({ mode: "open" }).append(this.#root);
    const self = /** @type {any} */ (this);
    for (const name of ["annotator", "topics", "strings"]) {
      if (!Object.hasOwn(self, name)) continue; // else it was set before the element was defined, and hides ours
      const value = self[name];
      delete self[name];
      self[name] = value;
    }
  }

  get annotation() {
    return this.#annotation;
  }

  get result() {
    return this.#annotation?.result ?? null;
  }

  get annotator() {
    return this.#annotator;
  }

  set annotator(annotator) {
    if (annotator === this.#annotator) return;
    this.#annotator = annotator;
    this.#restart();
  }

  get topics() {
    return this.#topics;
  }

  set topics(topics) {
    this.#topics = topics;
    const before = this.#topicsRead;
    this.#topicsRead = JSON.stringify(topics ?? null);
    if (before !== this.#topicsRead) this.#restart(); // frameworks set an equal list at every rendering
  }

  get strings() {
    return this.#strings;
  }

  set strings(strings) {
    this.#strings = strings;
    if (this.isConnected) this.#update(this.#words());
  }

  /** The article element, once found. */
  get story() {
    return this.#story;
  }

  connectedCallback() {
    const shadow = /** @type {ShadowRoot} */ (this.shadowRoot);
    shadow.adoptedStyleSheets = [shadowSheet(this.ownerDocument)];
    if (this.#run && this.#story && this.#findStory() === this.#story) return; // only moved
    if (!this.#drawn) {
      this.#drawn = true;
      this.#state.open = startsOpen(this.getAttribute("open"));
      this.#state.filter = emptyFilter(viewOf(this.getAttribute("view")));
    }
    Object.assign(this.#state, this.#words());
    void this.#start();
  }

  disconnectedCallback() {
    this.close();
    // A move is a removal and an insertion in one go: wait for the second before giving everything up.
    queueMicrotask(() => {
      if (!this.isConnected) this.#stop();
    });
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} after
   */
  attributeChangedCallback(name, before, after) {
    if (before === after || !this.#drawn) return;
    if (name === "for" || name === "src" || name === "model" || name === "min-confidence") this.#restart();
    else if (name === "view") this.#setFilter(emptyFilter(viewOf(after)));
    else if (name === "open") this.#update({ open: startsOpen(after) });
    else if (name === "lang") this.#update(this.#words());
    else if (name === "theme") this.#dress();
    else if (name === "observe") this.#watch();
  }

  /**
   * Reads the article again, as after its content has changed.
   * @returns {Promise<void>} When it has been read and marked, or could not be.
   */
  refresh() {
    return this.isConnected ? this.#start() : Promise.resolve();
  }

  /**
   * Opens the card of a sentence, by its index in `result.sentences`.
   * @param {number} index
   */
  select(index) {
    this.#open(index, null);
  }

  /**
   * The result as a file's content: `json` (with its text: what `src` reads), `csv` or `jsonld` (W3C Web
   * Annotations of the page's canonical address). `null` until the article has been read.
   * @param {"json" | "csv" | "jsonld"} format
   * @returns {string | null}
   */
  export(format) {
    if (!this.#annotation) return null;
    const { text, result } = this.#annotation;
    if (format === "csv") return toCSV(text, result);
    if (format === "json") return `${JSON.stringify({ ...result, text }, null, 1)}\n`;
    if (format !== "jsonld") throw new StandpointError("options-invalid", "json, csv or jsonld is wanted");
    const page = this.ownerDocument.querySelector("link[rel=canonical]")?.getAttribute("href") ?? "";
    const source = new URL(page, this.ownerDocument.baseURI);
    source.hash = "";
    return `${JSON.stringify(toJSONLD(text, result, source.href), null, 1)}\n`;
  }

  /** Closes the card. */
  close() {
    if (!this.#card.isOpen) return;
    const within = this.shadowRoot?.activeElement;
    const hadFocus = !!within && this.#card.node.contains(within);
    this.#card.close();
    this.#selected = current = null;
    this.#markSelected();
    if (hadFocus) {
      const opener = this.#opener; // one of the box may have been drawn anew since
      const back = opener?.isConnected ? opener : this.#box.node.querySelector(`[data-key="${CSS.escape(opener?.dataset["key"] ?? "")}"]`);
      if (back instanceof HTMLElement) back.focus({ preventScroll: true });
    }
    this.#opener = null;
    emit(this, "select", null);
  }

  // ---- reading -------------------------------------------------------------------------------------------

  #restart() {
    if (this.isConnected && this.#drawn) void this.#start();
  }

  async #start() {
    this.#run?.abort();
    const run = (this.#run = new AbortController());
    const { signal } = run;
    const { strings } = this.#state;
    const story = this.#findStory();
    if (story !== this.#story) this.#leave();
    this.#update({ phase: "waiting", message: strings.waiting, canRetry: false, precomputed: this.hasAttribute("src"), lost: 0 });
    /** @type {((broken?: boolean) => void)[]} */
    const releases = [];
    signal.addEventListener("abort", () => releases.forEach((release) => release()));
    try {
      if (!story) throw new StandpointError("story-missing", `no element with the id "${this.getAttribute("for")}"`);
      this.#enter(story);
      await idle();
      if (signal.aborted) return;
      const annotation = await this.#read(story, signal, releases);
      if (signal.aborted) return;
      const { fit } = annotation;
      if (fit && (fit.lost.length || !fit.fits)) emit(this, "stale", { ...fit });
      if (fit && !fit.fits) throw new StandpointError("stale", "most of the stored sentences are no longer in the article");
      this.close(); // its sentence is one of the reading before
      this.#annotation = annotation;
      this.#reading = new Reading(annotation, this.#minConfidence());
      const other = annotation.result.language !== "en";
      const paints = canPaint();
      this.#update({
        phase: "ready",
        reading: this.#reading,
        paints,
        lost: fit?.lost.length ?? 0,
        list: this.#state.list || !paints,
        message: other ? this.#state.strings.otherLanguage : paints ? "" : this.#state.strings.noHighlights,
      });
      await this.#paint();
      if (!signal.aborted) emit(this, "ready", { result: annotation.result, text: annotation.text });
    } catch (error) {
      if (signal.aborted) return;
      if (/** @type {any} */ (error)?.code === "crashed") releases.forEach((release) => release(true));
      this.#fail(error);
    }
  }

  /**
   * @param {Element} story
   * @param {AbortSignal} signal
   * @param {((broken?: boolean) => void)[]} releases
   * @returns {Promise<PageAnnotation & { fit?: import("./precomputed.js").Fit }>}
   */
  async #read(story, signal, releases) {
    const src = this.getAttribute("src");
    if (src) {
      this.#update({ phase: "loading", message: this.#state.strings.reading });
      return readPrecomputed(new URL(src, this.ownerDocument.baseURI), story, signal);
    }
    let annotator = this.#annotator;
    if (!annotator) {
      this.#update({ phase: "loading", message: this.#state.strings.loading });
      const held = acquire(this.getAttribute("model") ?? "fast", (progress) => this.#progress(progress));
      releases.push(held.release);
      annotator = await held.promise;
    }
    if (!signal.aborted) {
      this.#update({ phase: "reading", message: this.#state.strings.reading });
      await nextTask();
    }
    return annotator.annotateElement(story, { signal, topics: this.#topics ?? [], remember: this.hasAttribute("observe") });
  }

  /** @param {{ loaded: number, total?: number }} progress */
  #progress(progress) {
    const { strings, phase, message } = this.#state;
    emit(this, "progress", { loaded: progress.loaded, total: progress.total ?? null });
    if (phase !== "loading" || !progress.total) return;
    const tenth = Math.min(10, Math.floor((10 * progress.loaded) / progress.total)); // ten announcements at most
    const text = tenth >= 10 ? strings.loading : strings.loadingPart(tenth * 10);
    if (text !== message) this.#update({ message: text });
  }

  /** @param {unknown} cause */
  #fail(cause) {
    const { strings } = this.#state;
    const code = /** @type {any} */ (cause)?.code;
    const error = cause instanceof Error && code ? cause : new StandpointError("annotate-failed", String(cause), cause);
    const message =
      code === "story-missing" ? strings.noStory : code === "stale" ? strings.stale : /fetch|src/.test(String(code)) ? strings.offline : strings.failed;
    this.#forget();
    this.#update({ phase: "failed", message, canRetry: code !== "stale" });
    emit(this, "error", { error });
  }

  #minConfidence() {
    const given = Number.parseFloat(this.getAttribute("min-confidence") ?? "");
    return given >= 0 && given <= 1 ? given : undefined;
  }

  #findStory() {
    const id = this.getAttribute("for");
    if (!id) return this.closest("article");
    const root = /** @type {Document | ShadowRoot} */ (this.getRootNode());
    return root.getElementById?.(id) ?? null;
  }

  // ---- the story's element: listened to, never changed ----------------------------------------------------

  /** @param {Element} story */
  #enter(story) {
    if (story !== this.#story) {
      this.#story = story;
      story.addEventListener("click", this.#onClick);
      story.addEventListener("pointermove", this.#onPointer);
      story.addEventListener("pointerleave", this.#onPointer);
      this.ownerDocument.addEventListener("keydown", this.#onKey);
      this.#schemes = [DARK, FORCED].map((query) => matchMedia(query));
      for (const scheme of this.#schemes) scheme.addEventListener("change", this.#onScheme);
      this.#watch();
    }
    this.#dress();
  }

  #leave() {
    this.#forget();
    this.#observer?.disconnect();
    this.#observer = null;
    const story = this.#story;
    if (story) {
      story.removeEventListener("click", this.#onClick);
      story.removeEventListener("pointermove", /** @type {EventListener} */ (this.#onPointer));
      story.removeEventListener("pointerleave", /** @type {EventListener} */ (this.#onPointer));
      this.ownerDocument.removeEventListener("keydown", this.#onKey);
      for (const scheme of this.#schemes) scheme.removeEventListener("change", this.#onScheme);
    }
    this.#story = null;
    if (this.#styled) withdrawPageStyles(this.#styled, this);
    this.#styled = null;
  }

  /** Drops what was read, with its marks. */
  #forget() {
    this.close();
    this.#hovered = null;
    this.#painter.clear();
    this.#annotation = this.#reading = this.#state.reading = null;
  }

  #stop() {
    this.#run?.abort();
    this.#run = null;
    clearTimeout(this.#again);
    this.#leave();
  }

  #watch() {
    this.#observer?.disconnect();
    this.#observer = null;
    if (!this.#story || !this.hasAttribute("observe")) return;
    this.#observer = new MutationObserver((records) => {
      if (records.every((record) => this.contains(record.target) || record.target === this)) return;
      clearTimeout(this.#again);
      this.#again = setTimeout(() => void this.refresh(), 300);
    });
    this.#observer.observe(this.#story, { childList: true, characterData: true, subtree: true });
  }

  /** Puts on the light or the dark colours, in the box and for the marks. */
  #dress() {
    const wish = this.getAttribute("theme");
    const told = this.#story && isLightText(getComputedStyle(this.#story).color) ? "dark" : "light";
    const theme = wish === "light" || wish === "dark" ? wish : told;
    this.#root.dataset["theme"] = theme;
    if (!this.#story) return;
    const root = /** @type {Document | ShadowRoot} */ (this.#story.getRootNode());
    if (this.#styled && this.#styled !== root) withdrawPageStyles(this.#styled, this);
    this.#styled = root;
    adoptPageStyles(root, this, theme);
  }

  #onScheme = () => {
    this.#dress();
    void this.#paint();
  };

  /** @param {Event} event */
  #onClick = (event) => {
    const at = /** @type {MouseEvent} */ (event);
    if (event.defaultPrevented || at.button || !this.#reading) return;
    const target = event.composedPath()[0];
    if (target instanceof Element && (target.closest(CONTROLS) || event.composedPath().includes(this))) return;
    if (this.ownerDocument.getSelection()?.isCollapsed === false) return; // selecting text, not asking
    const item = this.#itemAt(at.clientX, at.clientY);
    if (item) this.#open(item.index, null);
    else this.close();
  };

  /** @param {Event} event */
  #onPointer = (event) => {
    const at = /** @type {PointerEvent} */ (event);
    if (at.pointerType !== "mouse" || !this.#reading) return;
    const inside = at.type === "pointermove" && !event.composedPath().includes(this);
    const item = inside ? this.#itemAt(at.clientX, at.clientY) : null;
    if (item === this.#hovered) return;
    this.#hovered = item;
    this.#painter.only("hover", item?.ranges.sentence ? [item.ranges.sentence] : []);
    if (this.#styled && this.#story) setPointer(this.#styled, this.#story.id, item !== null);
  };

  /** @param {KeyboardEvent} event */
  #onKey = (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) this.close();
  };

  /**
   * @param {number} x
   * @param {number} y
   */
  #itemAt(x, y) {
    if (!this.#reading || !this.#styled || this.#state.filter.view === "off") return null;
    return itemAt(this.#styled, this.#shown(), x, y);
  }

  // ---- showing -------------------------------------------------------------------------------------------

  #shown() {
    return this.#reading ? apply(this.#reading, this.#state.filter).shown : [];
  }

  /** @returns {Pick<import("./box.js").BoxState, "strings" | "language">} */
  #words() {
    const around = this.closest("[lang]")?.getAttribute("lang") || this.ownerDocument.documentElement.lang;
    return stringsFor(around || "en", this.#strings);
  }

  /** @param {Partial<import("./box.js").BoxState>} change */
  #update(change) {
    Object.assign(this.#state, change);
    this.#root.dir = this.#state.strings.dir;
    if (this.isConnected) this.#box.render(this.#state);
  }

  /** @param {import("./filter.js").Filter} filter */
  #setFilter(filter) {
    this.#update({ filter });
    const shown = this.#shown();
    if (this.#selected && !shown.includes(this.#selected)) this.close();
    void this.#paint();
    emit(this, "filter", { view: filter.view, shown: shown.map((item) => item.index) });
  }

  #paint() {
    return this.#painter.show(marksFor(this.#shown(), this.#state.filter.view, matchMedia(FORCED).matches));
  }

  /**
   * @param {number} index
   * @param {HTMLElement | null} opener
   */
  #open(index, opener) {
    const reading = this.#reading;
    if (!reading) return;
    const shown = this.#shown();
    const place = shown.findIndex((item) => item.index === index);
    const item = shown[place] ?? reading.items.find((i) => i.index === index);
    if (!item) return;
    if (!this.#card.isOpen) {
      const active = this.ownerDocument.activeElement;
      this.#opener = opener ?? (active instanceof HTMLElement && active !== this && active !== this.ownerDocument.body ? active : null);
      current?.close();
      current = this;
    }
    this.#selected = item;
    this.#markSelected();
    const { strings, language, precomputed } = this.#state;
    const reportable = this.hasAttribute("reportable");
    const position = Math.max(1, place + 1);
    this.#card.show({ strings, language, reading, item, position, count: Math.max(1, shown.length), precomputed, reportable });
    emit(this, "select", this.#detail(item));
  }

  /** @param {1 | -1} step */
  #move(step) {
    const shown = this.#shown();
    if (!shown.length) return;
    const at = shown.findIndex((item) => item === this.#selected);
    const next = shown[(at + step + shown.length) % shown.length];
    if (next) this.#open(next.index, null);
  }

  #markSelected() {
    const { view } = this.#state.filter;
    const item = this.#selected;
    const range = item?.ranges.sentence;
    const stance = view === "stance" ? item?.sentence.stance : undefined;
    const mine = !stance || stance === "neutral" ? "selected" : `${stance}-selected`;
    for (const name of ["selected", "support-selected", "oppose-selected", "mixed-selected"]) {
      this.#painter.only(name, range && name === mine ? [range] : []);
    }
  }

  /** @param {import("./reading.js").Item | null} item */
  #detail(item) {
    return item && this.#reading ? { index: item.index, sentence: item.sentence, text: this.#reading.slice(item.sentence) } : null;
  }
}

/**
 * @param {string | null} value
 * @returns {import("./filter.js").Filter["view"]}
 */
const viewOf = (value) => (value === "topics" || value === "off" ? value : "stance");

/**
 * On a phone an unfolded box would fill the screen before the article: there it takes `open="always"`.
 * @param {string | null} value
 */
const startsOpen = (value) => value !== null && (value === "always" || !matchMedia("(max-width: 640px)").matches);

/** Lets the page settle first. */
function idle() {
  const wait = globalThis.requestIdleCallback;
  return new Promise((resolve) => (wait ? wait(() => resolve(undefined), { timeout: 500 }) : setTimeout(resolve, 1)));
}
