// The package's entry, for TypeScript.

import type { Annotation, ErrorCode, Fit, HostTopic, PageAnnotation, Sentence } from "./api/annotator.js";

export * from "./api/annotator.js";

/** What `element.annotator` must be able to do; an `Annotator` is one. */
export interface ElementAnnotator {
  annotateElement(element: Element, options: { signal: AbortSignal; topics: readonly HostTopic[]; remember: boolean }): Promise<PageAnnotation>;
}

/** A sentence that the reader chose. */
export interface SelectedSentence {
  /** Its place in `result.sentences`. */
  index: number;
  sentence: Sentence;
  text: string;
}

/** `<standpoint-article>`. Attributes, parts and custom properties: see the class comment in element.js. */
export class StandpointArticle extends HTMLElement {
  /** Once read; otherwise `null`. */
  readonly annotation: PageAnnotation | null;
  /** Once read; otherwise `null`. */
  readonly result: Annotation | null;
  /** The article, once found. */
  readonly story: Element | null;
  /** An annotator of the host's own; the element does not dispose of it. */
  annotator: ElementAnnotator | null;
  /** Topics of the host's own in the place of the IPTC Media Topics. An equal list starts no reading. */
  topics: readonly HostTopic[] | null;
  /** The host's own words, over those of `lang`; the keys are in strings/en.js. */
  strings: Record<string, unknown> | null;
  /** Reads the article again. Resolves when it has been marked, or could not be. */
  refresh(): Promise<void>;
  /** Opens the card of a sentence, by its index in `result.sentences`. */
  select(index: number): void;
  /** The result as a file's content; `json` is what `src` reads. `null` until the article has been read. */
  export(format: "json" | "csv" | "jsonld"): string | null;
  /** Closes the card. */
  close(): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "standpoint-article": StandpointArticle;
  }
  interface GlobalEventHandlersEventMap {
    "standpoint-progress": CustomEvent<{ loaded: number; total: number | null }>;
    "standpoint-ready": CustomEvent<{ result: Annotation; text: string }>;
    "standpoint-error": CustomEvent<{ error: Error & { code: ErrorCode | (string & {}) } }>;
    "standpoint-stale": CustomEvent<Fit>;
    "standpoint-select": CustomEvent<SelectedSentence | null>;
    "standpoint-filter": CustomEvent<{ view: "stance" | "topics" | "off"; shown: number[] }>;
    "standpoint-report": CustomEvent<SelectedSentence | null>;
  }
}
