// Exports in JavaScript are those of the native program, and valid in the formats they claim.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

import { Annotator } from "../../www/api/annotator.js";
import { toCSV, toJSONLD } from "../../www/api/export.js";

const text = "Harbour “vote”, again\n\nThe union 😀 condemned the mayor's plan. Doctors, \"reluctantly\", welcomed it.\n\nIt passed by 20 votes to 19.\n\n=HYPERLINK(1) is what the mayor's critics condemned.\n\n@harbour praised the union.";
const source = "https://example.org/story";

const native = (...args) =>
  execFileSync("cargo", ["run", "--quiet", "--bin", "standpoint", "--", "annotate", ...args], { input: text, encoding: "utf8" });

const annotator = await Annotator.load();
const result = await annotator.annotate(text);
annotator.dispose();

test("CSV is the native program's, byte for byte", () => {
  assert.ok(result.sentences.some(({ stances }) => stances.length));
  assert.equal(toCSV(text, result), native("--format", "csv"));
});

test("no cell of a CSV runs as a formula", () => {
  const csv = toCSV(text, result);
  assert.match(csv, /,'=HYPERLINK\(1\) is what/);
  assert.match(csv, /,'@harbour praised/);
  assert.doesNotMatch(csv, /(^|,)"?[=+\-@\t\r]/m);
});

test("Web Annotations are the native program's, with IPTC's addresses", () => {
  const page = toJSONLD(text, result, source);
  assert.deepEqual(page, JSON.parse(native("--format", "jsonld", "--source", source)));
  const said = JSON.stringify(page);
  assert.match(said, /"http:\/\/cv\.iptc\.org\/newscodes\/mediatopic\/\d{8}"/);
  const points = [...text];
  for (const { target } of page.first.items) {
    for (const { selector } of [target].flat()) {
      const [position, quote] = selector;
      assert.equal(points.slice(position.start, position.end).join(""), quote.exact);
      assert.ok(text.includes(quote.prefix + quote.exact + quote.suffix));
    }
  }
});
