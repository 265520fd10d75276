// Runs in the browser: loads each annotator, then times the first article it reads, and a later one.

import winkNLP from "wink-nlp";
import winkModel from "wink-eng-lite-web-model";

/** @typedef {{ name: string, load: number, first: number, warm: number }} Reading */

/** @param {string} article @returns {Promise<Reading[]>} */
globalThis.measure = async (article) => {
  const { Annotator } = await import("/dist/standpoint.js");
  const contenders = {
    "Standpoint: sentences, topics, stances": async () => {
      const annotator = await Annotator.load({ model: "fast" });
      return () => annotator.annotate(article);
    },
    "Intl.Segmenter: sentences only": async () => {
      const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
      return () => Array.from(segmenter.segment(article), ({ segment }) => segment);
    },
    "wink-nlp: sentences, tags, entities, sentiment": async () => {
      const wink = winkNLP(winkModel);
      return () => wink.readDoc(article).sentences().out();
    },
  };
  const readings = [];
  for (const [name, loader] of Object.entries(contenders)) {
    const start = performance.now();
    const read = await loader();
    const loaded = performance.now();
    await read();
    const first = performance.now();
    for (let i = 0; i < 20; i++) await read();
    const last = performance.now();
    for (let i = 0; i < 10; i++) await read();
    const warm = (performance.now() - last) / 10;
    readings.push({ name, load: loaded - start, first: first - loaded, warm });
  }
  return readings;
};
