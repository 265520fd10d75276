"""Unlabelled texts for the teacher to label: news of many countries. `python -m training.pool` writes them, one JSON line each,
for `pairs_train candidates`."""
import json
import random

from . import data, paths


def texts(seed=1):
    """Whole Wikinews articles; single items of the other sources, in the given numbers."""
    rng, banned = random.Random(seed), data.dev_texts()
    for year in (2019, 2020):
        for r in data.rows(paths.DATA / f"wikinews/{year}.jsonl"):
            yield "\n\n".join(p.strip() for p in r["text"].split("\n") if p.strip())
    for name, count in (("wcep/unlabelled", 20000), ("wcep/train", 5000), ("dse_directed/train", 9000), ("newsmtsc/train", 7000)):
        found = list(dict.fromkeys(r["text"].strip() for r in data.rows(paths.DATA / f"{name}.jsonl")))
        rng.shuffle(found)
        yield from (t for t in found[:count] if 40 <= len(t) <= 600 and data.normal(t) not in banned)


if __name__ == "__main__":
    for text in texts():
        print(json.dumps({"text": text}, ensure_ascii=False))
