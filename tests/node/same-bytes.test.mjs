// The same text gives the same bytes, natively and here.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

import { Annotator } from "../../www/api/annotator.js";

const texts = [
  "",
  "Harbour vote splits council\n\nMayor Ines Calder condemned the port plan on Tuesday, calling it \u201ca gift to speculators\u201d.\n\n\u201cWe will fight it,\u201d she said. \u201cEvery step.\u201d",
  "The union backed the bill, but ministers called it \"reckless\".\r\n\r\nBy Tom Arkwright\r\n\r\nThe vote is due at 3 p.m. on Friday.",
  "North Ardia threatened South Ardia with \u201cunimaginable\u201d strikes after Gen. R. T. Okoro praised the U.S. sanctions. China\u2019s envoy objected.",
  "Doctors warned that the new drug, approved in May, could harm patients. Dr. Lena Voss defended the trial; the regulator did not criticise it.",
  "\ud83d\ude00 Fans cheered \ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67! The club\u2019s owner apologised to the town\u2026 Nobody believed him.",
  "Le ministre a d\u00e9clar\u00e9 que le projet \u00e9tait prudent. Les syndicats ne sont pas d\u2019accord avec lui.",
  "Protesters and ministers clashed. ".repeat(200),
  "A. B. C. D. \u201c\u2018Nested,\u2019 he said.\u201d (See p. 4.) e.g. this, i.e. that... 3.5 per cent\u2014no, 4.5.\n- one\n- two\n\n\n\n* * *",
  "e\u0301 combining, \u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd, \u0645\u0631\u062d\u0628\u0627. \u5317\u4eac\u5e02\u3002 Zero\u200bwidth and soft\u00adhyphen.\u00a0No-break. \ufeffMark.",
];

test("annotations equal the native program's, byte for byte", async () => {
  const input = texts.map((text, id) => JSON.stringify({ id: String(id), text })).join("\n");
  const program = ["run", "--quiet", "--bin", "standpoint", "--", "annotate", "--jsonl", "--offsets", "utf16"];
  const cwd = new URL("../../", import.meta.url);
  const output = execFileSync("cargo", program, { cwd, input, encoding: "utf8", maxBuffer: 1 << 28 });
  const lines = output.trimEnd().split("\n");
  assert.equal(lines.length, texts.length);
  const annotator = await Annotator.load();
  for (const [id, text] of texts.entries()) {
    assert.equal(JSON.stringify({ id: String(id), ...(await annotator.annotate(text)) }), lines[id], text.slice(0, 60));
  }
  annotator.dispose();
});
