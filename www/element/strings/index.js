import { de } from "./de.js";
import { en } from "./en.js";
import { es } from "./es.js";
import { fr } from "./fr.js";

/** @type {Record<string, import("./en.js").Strings>} */
const languages = { en, es, fr, de };

/**
 * The words for a BCP 47 tag (`fr-CA` takes `fr`), English where there are none, with the host's own on top.
 * @param {string} tag
 * @param {Partial<import("./en.js").Strings> | null} [own]
 * @returns {{ language: string, strings: import("./en.js").Strings }}
 */
export function stringsFor(tag, own) {
  const primary = tag.toLowerCase().split(/[-_]/)[0] ?? "";
  const language = Object.hasOwn(languages, primary) ? primary : "en";
  return { language, strings: /** @type {import("./en.js").Strings} */ ({ ...languages[language], ...own }) };
}
