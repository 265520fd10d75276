// A text as its letters: what stays when white space, quotation marks, dashes, invisible characters and most
// punctuation are left out. The same rule and the same fingerprint as src/anchor.rs, which says why.

const LEFT_OUT =
  /[\0-"'-*,-/:;[-`{-\xa0«\xad´·»ʼ\u2000-\u206f\u3000-\u303f\ufe00-\ufe0f\ufeff\ufffc]/;

const PRIMES = [67_108_859, 67_108_837];
const BASES = [1_000_003, 31_415_927];
const SHIFT = 67_108_864;

export class Letters {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    /** @type {number[]} Code points. */
    this.codes = [];
    /** @type {number[]} Where each stands in the text. */
    this.places = [];
    for (let at = 0; at < text.length; ) {
      const code = /** @type {number} */ (text.codePointAt(at));
      if (code > 0xffff || !LEFT_OUT.test(/** @type {string} */ (text[at]))) {
        // What the engine reads in place of half a surrogate pair.
        this.codes.push(code >= 0xd800 && code < 0xe000 ? 0xfffd : code);
        this.places.push(at);
      }
      at += code > 0xffff ? 2 : 1;
    }
    this.length = this.codes.length;
    /** @type {Float64Array[] | undefined} Fingerprints of the first n letters, for each prime. */
    this.sums = undefined;
    /** @type {Float64Array[]} */
    this.powers = [];
  }

  /**
   * Number of letters before a place in the text.
   * @param {number} place
   */
  before(place) {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (/** @type {number} */ (this.places[middle]) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Where the text goes on after the letter before `end`.
   * @param {number} end
   */
  after(end) {
    const last = /** @type {number} */ (this.places[end - 1]);
    return last + (/** @type {number} */ (this.codes[end - 1]) > 0xffff ? 2 : 1);
  }

  /**
   * Whether a word may start here: something was left out before it.
   * @param {number} index
   */
  startsWord(index) {
    return index === 0 || index >= this.length || this.after(index) !== this.places[index];
  }

  /**
   * Fingerprint of the letters from `start` to `end`.
   * @param {number} start
   * @param {number} end
   */
  hash(start, end) {
    this.sums ??= this.#sum();
    return this.#part(0, start, end) * SHIFT + this.#part(1, start, end);
  }

  /**
   * @param {0 | 1} i
   * @param {number} start
   * @param {number} end
   */
  #part(i, start, end) {
    const prime = /** @type {number} */ (PRIMES[i]);
    const sums = /** @type {any} */ (this.sums)[i];
    const shifted = (sums[start] * /** @type {any} */ (this.powers)[i][end - start]) % prime;
    return (sums[end] - shifted + prime) % prime;
  }

  #sum() {
    return PRIMES.map((prime, i) => {
      const base = /** @type {number} */ (BASES[i]);
      const sums = new Float64Array(this.length + 1);
      const powers = new Float64Array(this.length + 1).fill(1);
      for (let n = 0; n < this.length; n++) {
        sums[n + 1] = (/** @type {number} */ (sums[n]) * base + /** @type {number} */ (this.codes[n]) + 1) % prime;
        powers[n + 1] = (/** @type {number} */ (powers[n]) * base) % prime;
      }
      this.powers[i] = powers;
      return sums;
    });
  }
}
