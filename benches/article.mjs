// An article for the benches, from the demo's samples.

import { readFile } from "node:fs/promises";
import { Annotator } from "../dist/standpoint.js";
import { root } from "../tests/browser/support/server.js";

/** The first sentences of the sample articles: as one text, and each by itself. @param {number} count */
export async function sampleArticle(count) {
  const paragraphs = [];
  for (const name of ["standoff", "vaccine", "council"]) {
    const html = await readFile(`${root}/www/samples/${name}.html`, "utf8");
    const story = html.slice(html.indexOf("<article"), html.indexOf("</article>"));
    for (const [, inside] of story.matchAll(/<(?:p|h1|h2)\b[^>]*>(.*?)<\/(?:p|h1|h2)>/gs)) {
      paragraphs.push(inside.replace(/<[^>]*>/g, "").replace(/&amp;/g, "&").trim());
    }
  }
  const whole = paragraphs.join("\n\n");
  const annotator = await Annotator.load({ model: "fast" });
  const sentences = (await annotator.split(whole)).slice(0, count);
  annotator.dispose();
  return { text: whole.slice(0, sentences[count - 1].end), sentences: sentences.map(({ start, end }) => whole.slice(start, end)) };
}
