"""The engine against the reference with float activations, on NewsMTSC's development sets: macro-F1 of both and how
far their scores lie apart. Reads through the command line, as a user would.

    python -m training.check_engine models/fast.model
"""
import argparse
import json
import subprocess

import numpy as np

from . import container, data, metrics, paths
from .data import CLASSES, SENTIMENT
from .reference import Reference


def engine(model, queries):
    """Scores (query, class) from `standpoint stance --jsonl`."""
    run = ["cargo", "run", "--quiet", "--release", "--bin", "standpoint", "--", "stance", "--jsonl", "--model", str(model),
           "--offsets", "codepoint"]
    lines = [json.dumps(dict(id=str(i), text=q.text, target=q.target)) for i, q in enumerate(queries)]
    out = subprocess.run(run, input="\n".join(lines), capture_output=True, text=True, cwd=paths.REPO, check=True).stdout
    answers = [json.loads(line) for line in out.splitlines()]
    assert [a["id"] for a in answers] == [str(i) for i in range(len(queries))]
    return np.array([[a["scores"][c] for c in CLASSES] for a in answers])


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model")
    model = ask.parse_args().model
    meta, tensors = container.load(model)
    exact = Reference(meta, tensors, exact=True)
    temperature = float(meta["stance.temperature.sentiment"])
    for name in ("dev_rw", "dev_mt"):
        queries = data.newsmtsc(name)
        truth = [q.label for q in queries]
        wanted, got = metrics.softmax(exact.predict(queries)[:, SENTIMENT] / temperature), engine(model, queries)
        cosine = (wanted * got).sum(1) / np.linalg.norm(wanted, axis=1) / np.linalg.norm(got, axis=1)
        f1 = [100 * metrics.macro_f1(truth, s.argmax(1)) for s in (wanted, got)]
        print(f"{name}: {len(queries)} queries; macro-F1 reference {f1[0]:.2f}, engine {f1[1]:.2f}; scores: least cosine {cosine.min():.5f}, "
              f"farthest {np.abs(wanted - got).max():.4f}, other answer in {(wanted.argmax(1) != got.argmax(1)).sum()}")


if __name__ == "__main__":
    main()
