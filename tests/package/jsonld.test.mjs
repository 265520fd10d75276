// The Web Annotations, expanded by a JSON-LD processor, against the standard's terms.

import assert from "node:assert/strict";
import { test } from "node:test";

import { install } from "./support/install.mjs";

const OA = "http://www.w3.org/ns/oa#";
const AS = "http://www.w3.org/ns/activitystreams#";

/**
 * What the standard's context (http://www.w3.org/ns/anno.jsonld, appendix A of the vocabulary) says of the terms
 * that we use. A term missing here is one that we should not use.
 */
const link = (iri) => ({ "@id": iri, "@type": "@id" });
const word = (iri) => ({ "@id": iri, "@type": "@vocab" });
const own = (names) => Object.fromEntries(names.map((name) => [name, OA + name]));
const context = {
  "@context": {
    id: "@id", type: "@type", // aliases
    ...own(["Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector", "TextPositionSelector"]),
    ...own(["classifying", "describing", "tagging", "start", "end", "exact", "prefix", "suffix"]),
    AnnotationCollection: `${AS}OrderedCollection`, AnnotationPage: `${AS}OrderedCollectionPage`, Software: `${AS}Application`,
    body: link(`${OA}hasBody`), target: link(`${OA}hasTarget`), source: link(`${OA}hasSource`), selector: link(`${OA}hasSelector`),
    motivation: word(`${OA}motivatedBy`), purpose: word(`${OA}hasPurpose`),
    generator: link(`${AS}generator`), first: link(`${AS}first`), items: { ...link(`${AS}items`), "@container": "@list" },
    total: `${AS}totalItems`, startIndex: `${AS}startIndex`,
    format: "http://purl.org/dc/elements/1.1/format", language: "http://purl.org/dc/elements/1.1/language",
    value: "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    name: "http://xmlns.com/foaf/0.1/name", label: "http://www.w3.org/2000/01/rdf-schema#label",
  },
};

test("every term means something, in the Web Annotation vocabulary or in ours", async () => {
  const { home } = await install();
  const { Annotator, toJSONLD } = await import(`${home}/index.js`);
  const annotator = await Annotator.load();
  const text = "The union condemned the mayor's plan. Doctors welcomed it.";
  const page = toJSONLD(text, await annotator.annotate(text), "https://example.org/story");
  annotator.dispose();

  const { default: jsonld } = await import("jsonld");
  const documentLoader = async (documentUrl) => {
    assert.equal(documentUrl, "http://www.w3.org/ns/anno.jsonld");
    return { documentUrl, document: context };
  };
  // `safe`: a term that no context explains is an error, not silently dropped.
  const [collection] = await jsonld.expand(page, { documentLoader, safe: true });
  assert.deepEqual(collection["@type"], [`${AS}OrderedCollection`]);
  const [first] = collection[`${AS}first`];
  const items = first[`${AS}items`][0]["@list"];
  assert.equal(items.length, page.total);
  const stance = items.find((item) => JSON.stringify(item).includes("urn:standpoint:ns:Stance"));
  assert.ok(stance, "a stance is among them");
  for (const item of items) {
    assert.deepEqual(item["@type"], [`${OA}Annotation`]);
    for (const key of ["hasBody", "hasTarget", "motivatedBy"]) assert.ok(item[OA + key].length > 0, key);
    for (const target of item[`${OA}hasTarget`]) {
      const types = target[`${OA}hasSelector`].flatMap((selector) => selector["@type"]);
      assert.deepEqual(types, [`${OA}TextPositionSelector`, `${OA}TextQuoteSelector`]);
    }
  }
  const topics = JSON.stringify(items).match(/http:\/\/cv\.iptc\.org\/newscodes\/mediatopic\/\d{8}/g);
  assert.ok(topics.length > 0);
});
