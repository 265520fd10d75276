// The page's own JavaScript takes words to letters, and letters to fingerprints, as the engine does.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Annotator } from "../../www/api/annotator.js";
import { isRetyped } from "../../www/api/find.js";
import { Letters } from "../../www/api/letters.js";

test("every sentence has the fingerprint here that the engine gave it", async () => {
  const annotator = await Annotator.load();
  const odd = String.fromCharCode(...Array(0x3100).keys()) + "\ud800 \udc00 \u{1f600}\u{10ffff}\ufe0f\ufeff\ufffc\uffff";
  const texts = ["The union condemned the mayor's plan. “Never,” it said - twice…", odd, "e\u0301 😀 says: the minister attacked China."];
  for (const text of texts) {
    const letters = new Letters(text);
    const { sentences } = await annotator.annotate(text);
    assert.ok(sentences.length > 0);
    for (const { start, end, anchor, stances } of sentences) {
      const [from, to] = [letters.before(start), letters.before(end)];
      assert.equal(anchor.length, to - from);
      assert.equal(anchor.hash, letters.hash(from, to).toString(16).padStart(13, "0"));
      const parts = stances.flatMap(({ holder, target, cue }) => [holder, target, cue]);
      const spans = parts.map((part) => (part.start === undefined ? null : [letters.before(part.start) - from, letters.before(part.end) - from]));
      assert.deepEqual(anchor.spans, spans);
    }
  }
  annotator.dispose();
});

test("a typing error is one letter inside a longer word, nothing that means something else", () => {
  for (const [a, b] of [["council", "coucnil"], ["council", "counncil"], ["council", "councl"], ["council", "counsil"]]) {
    assert.ok(isRetyped(a, b) && isRetyped(b, a), `${a} ${b}`);
  }
  for (const [a, b] of [["legal", "illegal"], ["likely", "unlikely"], ["now", "not"], ["Iraq", "Iran"], ["2013", "2031"],
    ["support", "supported"], ["could", "would"], ["may", "May"], ["McKay", "MacKay"], ["welcomed", "deplored"]]) {
    assert.ok(!isRetyped(a, b) && !isRetyped(b, a), `${a} ${b}`);
  }
});
