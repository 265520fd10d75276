"""Compares the engine's word pieces with the reference tokenizer's: every code point on its own, and news sentences.

    python -m training.check_pieces models/fast.model [--sentences 10000]
"""
import argparse
import json
import random
import subprocess
import sys

from . import container, data, paths, vocabulary


def engine(model, texts):
    run = ["cargo", "run", "--quiet", "--release", "--example", "pieces", "--", str(model)]
    lines = "\n".join(json.dumps(t) for t in texts)
    out = subprocess.run(run, input=lines, capture_output=True, text=True, cwd=paths.REPO, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def sentences(count):
    texts = []
    for name in ("newsmtsc/train", "dse_directed/train", "wcep/train", "huffpost/train"):
        texts += [r["text"] for r in data.rows(paths.DATA / f"{name}.jsonl")]
    texts = sorted(set(texts))
    random.Random(0).shuffle(texts)
    return texts[:count]


def compare(model, texts):
    """(texts whose ids differ, texts whose ids agree and spans differ)"""
    pieces = container.load(model)[1]["vocab/pieces"].tobytes().decode().rstrip("\n").split("\n")
    expected = vocabulary.tokenizer(pieces).encode_batch(texts, add_special_tokens=False)
    ids, spans = [], []
    for text, wanted, got in zip(texts, expected, engine(model, texts), strict=True):
        if wanted.ids != [p[0] for p in got]:
            ids.append(text)
        else:
            at = {n: i for i, n in enumerate(_starts(text))}
            if [(at[a], at[b]) for _, a, b in got] != wanted.offsets:
                spans.append(text)
    return ids, spans


def _starts(text):
    n = 0
    for c in text:
        yield n
        n += len(c.encode())
    yield n


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model")
    ask.add_argument("--sentences", type=int, default=10_000)
    given = ask.parse_args()
    points = [f"a{chr(c)}b {chr(c)}" for c in range(0x110000) if not 0xD800 <= c < 0xE000]
    failed = False
    for name, texts in (("news sentences", sentences(given.sentences)), ("code points", points)):
        ids, spans = compare(given.model, texts)
        print(f"{len(texts)} {name}: {len(ids)} with other ids, {len(spans)} with the same ids and other spans")
        for text in ids[:10] + spans[:10]:
            print("   ", repr(text))
        failed |= bool(ids)
    sys.exit(failed)


if __name__ == "__main__":
    main()
