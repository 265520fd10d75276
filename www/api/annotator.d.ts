import type { Annotation, Kind, Sentence, Span } from "../generated/standpoint_wasm.js";

export type {
  Anchor, Annotation, Kind, PairCount, Party, Sentence, Span, Stance, Topic,
} from "../generated/standpoint_wasm.js";

/** Bytes, where they are, or the answer that brings them. */
export type Source = string | URL | Response | ArrayBuffer | Uint8Array;

export interface LoadOptions {
  /** A model's name (`"fast"`), its address or its bytes. Default: `"fast"`. */
  model?: Source;
  /** The WebAssembly module, where it is not beside this script or the runtime wants it given. */
  wasm?: Source | WebAssembly.Module;
  /** Work in a worker. Where the page lets us have none, in its own thread all the same. Default: `false`. */
  worker?: boolean;
  /** Gives the loading up; it then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Hears how many bytes of the model have arrived; `total` is `null` where the server does not tell. */
  onProgress?: (progress: { loaded: number; total: number | null }) => void;
}

/** A topic of your own, told in (English) words; nothing is trained. */
export interface HostTopic {
  /** Given back as it is. An IRI where the result is to be Web Annotations. */
  id: string;
  /** Its name: given back as it is, and read. */
  label: string;
  /** A sentence that says what belongs to it. */
  description?: string;
  /** Sentences that are about it; the more, the surer. */
  examples?: readonly string[];
  /** Least score, 0 to 1, at which it is listed; 0: always. Default: the engine's own threshold. */
  threshold?: number;
}

export interface AnnotateOptions {
  /** Claims below this confidence, 0 to 1, are left out. Default: thresholds chosen for precision. */
  minConfidence?: number;
  /** Names to look for a stance toward, besides those the article brings up. */
  targets?: readonly string[];
  /** The language the text is known to be in (BCP 47). Default: detected. */
  language?: string;
  /** Topics of your own, which then take the place of the IPTC Media Topics; empty: none. See docs/topics.md. */
  topics?: readonly HostTopic[];
  /** Gives up; the call then rejects with the signal's reason. */
  signal?: AbortSignal;
}

export interface ElementOptions extends AnnotateOptions {
  /**
   * Keep what is read of the element's sentences (some 5 kB each, of the last four elements), so that the next such call for
   * it reads only those that have changed. The result is the same as without. Default: `false`; `observe` always does.
   */
  remember?: boolean;
}

export interface ObserveOptions extends Omit<AnnotateOptions, "signal"> {
  /** Default: the page's own error handling (`reportError`). */
  onError?: (error: unknown) => void;
}

/** One sentence as `split` gives it. */
export interface SplitSentence extends Span {
  paragraph: number;
  kind: Kind;
}

/** Where a sentence and its claims are in the page; `null` where the page has changed meanwhile. */
export interface SentenceRanges {
  sentence: Range | null;
  /** Parallel to the sentence's `stances`; holder and target are also `null` where no words name them. */
  stances: { holder: Range | null; target: Range | null; cue: Range | null }[];
}

/** An annotated element. */
export interface PageAnnotation {
  /** The story as it was read; the offsets in `result` count its UTF-16 code units. */
  text: string;
  result: Annotation;
  /** Parallel to `result.sentences`. */
  ranges: SentenceRanges[];
}

/** How well a stored result fits the page as it is now. By-lines and the like are not counted. */
export interface Fit {
  /** Sentences stored, and found again. */
  sentences: number;
  found: number;
  /** Claims stored, and those that still hold. */
  claims: number;
  claimsFound: number;
  /** Indices into the stored result's `sentences`. */
  lost: number[];
  /** Whether enough was found to show it: half the stored sentences, or what makes up half the page. */
  fits: boolean;
}

/** A result as it was stored: the JSON of `standpoint annotate`, or `JSON.stringify(result)`. */
export type StoredAnnotation = Omit<Annotation, "sentences"> & {
  /** Where there, corrected typing errors are survived too. */
  text?: string;
  sentences: (Omit<Sentence, "anchor"> & Partial<Pick<Sentence, "anchor">>)[];
};

/**
 * Puts a stored result on the page as it is now, without a model or WebAssembly: the result then describes the
 * page, without the sentences and claims that are no longer there. Throws a `StandpointError` (`input-invalid`)
 * at what is no result.
 */
export function anchor(stored: StoredAnnotation, story: Element): PageAnnotation & { fit: Fit };

/** One row a stance, as `standpoint annotate --format csv`. `text` is what was annotated. */
export function toCSV(text: string, result: Annotation): string;

/**
 * W3C Web Annotations with IPTC Media Topic URIs, as `standpoint annotate --format jsonld`; `source` is the address
 * of the page they are about.
 */
export function toJSONLD(text: string, result: Annotation, source: string): object;

export type ErrorCode =
  | "annotate-failed"
  | "crashed"
  | "disposed"
  | "fetch-failed"
  | "input-invalid"
  | "model-invalid"
  | "model-unknown"
  | "options-invalid"
  | "src-invalid"
  | "src-unreadable"
  | "stale"
  | "story-missing"
  | "wasm-blocked"
  | "wasm-invalid"
  | "wasm-unsupported";

/** Everything that can go wrong; `code` is for programs, `message` for people. */
export class StandpointError extends Error {
  name: "StandpointError";
  code: ErrorCode;
}

/** Reads articles with one model, in the page's thread or in a worker. */
export class Annotator {
  /** Loads the engine and a model. */
  static load(options?: LoadOptions): Promise<Annotator>;
  private constructor();
  /** Where the work is done. */
  readonly thread: "page" | "worker";
  /** Annotates plain text, in which a blank line ends a paragraph. */
  annotate(text: string, options?: AnnotateOptions): Promise<Annotation>;
  /** Splits plain text, in which a blank line ends a paragraph, into sentences. */
  split(text: string): Promise<SplitSentence[]>;
  /** Annotates the story that an element shows, and finds it again in the page, which is not touched. */
  annotateElement(element: Element, options?: ElementOptions): Promise<PageAnnotation>;
  /** Annotates the story that an element shows, now and again whenever it has changed. */
  observe(
    element: Element,
    callback: (annotation: PageAnnotation) => void,
    options?: ObserveOptions,
  ): { stop(): void };
  /** Frees the model and its worker. Later calls reject; calling it again does nothing. */
  dispose(): void;
}
