/* tslint:disable */
/* eslint-disable */
/** A stretch of the given text, in UTF-16 code units: `text.slice(start, end)`. */
export interface Span {
    start: number;
    end: number;
}

/** What a sentence is for: running text, headline or cross-head, picture text, or matter about the article. */
export type Kind = "body" | "heading" | "caption" | "meta";

/** One IPTC Media Topic, or one of the host's own. */
export interface Topic {
    /** IPTC qcode, such as `medtop:11000000`; or the host's id. */
    id: string;
    /** English name, or the host's. */
    label: string;
    /** Calibrated probability, 0 to 1. */
    score: number;
}

/** Somebody or something named. */
export interface Party {
    /** The fullest name the article gives; `author` for the narrator. */
    name: string;
    /** Where this sentence names it. Absent, like `end`, when it names it with no words. */
    start?: number;
    end?: number;
}

/** A holder's attitude toward a target, as one sentence conveys it. */
export interface Stance {
    holder: Party;
    target: Party;
    polarity: "support" | "oppose";
    /** The holder's words, the holder's deeds, or the narrator's own loaded wording. */
    basis: "says" | "does" | "author";
    /** The words that show it. */
    cue: Span;
    /** Calibrated probability that the claim is right, 0 to 1. */
    confidence: number;
}

/**
 * Finds a sentence again in a page that shows it, without its words being stored. It counts *letters*: code points
 * other than white space, quotation marks, dashes, invisible characters and most punctuation.
 */
export interface Anchor {
    length: number;
    /** Fingerprint of its letters, 13 hexadecimal digits. */
    hash: string;
    /** Holder, target and cue of each stance in turn, in letters from the sentence's first; `null`: not named. */
    spans: ([start: number, end: number] | null)[];
}

/** One sentence with all that is claimed about it. */
export interface Sentence extends Span {
    /** Index of its paragraph, from 0. */
    paragraph: number;
    kind: Kind;
    /** Level 1, or the host's own; best first. */
    topics: Topic[];
    /** Levels 2 and 3, best first; none with topics of the host's own. */
    subtopics: Topic[];
    stance: "support" | "oppose" | "mixed" | "neutral";
    /** Belief in `stance`, 0 to 1. */
    confidence: number;
    /** Every claim, in reading order of the cues. */
    stances: Stance[];
    anchor: Anchor;
}

/** How often one holder is for and against one target in the article. */
export interface PairCount {
    holder: string;
    target: string;
    oppose: number;
    support: number;
    /** Indices into `sentences`. */
    sentences: number[];
}

/** Everything claimed about one article. */
export interface Annotation {
    schemaVersion: 1;
    /** BCP 47: `en`, or another tag (`und`: unknown), and then nothing is claimed. */
    language: string;
    model: { name: string; version: string };
    /** The whole article's topics, best first. */
    topics: Topic[];
    /** Its holder-target pairs, most frequent first. */
    stances: PairCount[];
    /** In order; with the white space between them they make up the whole text. */
    sentences: Sentence[];
}



/**
 * The story that an element shows, and where in the page each part of it stands.
 *
 * Holds the text nodes it read: free it when no more Ranges are wanted of it.
 */
export class PageText {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Reads the story out of `root`, as rendered at this moment.
     */
    constructor(root: Element);
    /**
     * The words `start..end` of the text (UTF-16 code units) as a Range of the page, or `None` if that part
     * of the page has changed since, or the span holds no words.
     */
    range(start: number, end: number): Range | undefined;
    /**
     * Its paragraphs, three numbers each: start and end in UTF-16 code units of [`PageText::text`], and kind.
     */
    readonly paragraphs: Uint32Array;
    /**
     * The story: paragraphs with a blank line between them, white space collapsed as on the page.
     */
    readonly text: string;
}

/**
 * An annotator and its model, in WebAssembly memory until `free` is called.
 */
export class RawAnnotator {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Begins to annotate `text`; every offset in the result counts UTF-16 code units of it. `paragraphs` as
     * [`PageText::paragraphs`](super::PageText::paragraphs) gives them; without, a blank line ends one. `last`: the work
     * on the text before it changed, which ends with this; what is still the same is not read again. `topics`: the host's own, as
     * [`flat::read_topics`](super::flat::read_topics) reads them with `numbers`.
     *
     * # Errors
     * A `StandpointError` with code `input-invalid`, if the paragraphs do not fit the text, or `options-invalid`, if the topics
     * are not such as can be read.
     */
    begin(text: string, paragraphs: Uint32Array | number[] | null | undefined, min_confidence: number | null | undefined, targets: string[], language: string | null | undefined, topics: string[], numbers: Float64Array | number[], last?: RawWork | null): RawWork;
    /**
     * Reads a model file's bytes, and verifies them by the checksum they carry: the SHA-256 of all but the last
     * 32 bytes. An engine that has its own SHA-256 computes it many times faster, and may give it as `sha256`.
     *
     * # Errors
     * A `StandpointError` with code `model-invalid`.
     */
    constructor(model: Uint8Array | number[], sha256?: Uint8Array | number[] | null);
}

/**
 * An annotation in the making; it outlives its annotator.
 */
export class RawWork {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * The annotation, after the last step.
     *
     * # Errors
     * If the engine cannot make the objects.
     */
    finish(): Annotation;
    /**
     * Reads on for a few sentences, and says whether these were the last.
     */
    step(): boolean;
}

/**
 * Splits `text` into sentences: four numbers each, start and end in UTF-16 code units, kind and paragraph.
 * Needs no model.
 */
export function split(text: string): Uint32Array;
