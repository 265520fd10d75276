"""The small models in fewer bits for the fast model; the accurate model keeps every weight, and is what this starts from.

    cargo build --release --example pairs_train
    python -m training.pairs.shrink [WHOLE.model]   # its `pairs/` → those of models/fast.model, their digest in the metrics

`shrink.rs` says how. What matters is learned from news without labels: summaries, whole articles, single sentences."""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from training import container, data, pack, paths

TRAINER = paths.REPO / "target/release/examples/pairs_train"


def texts(summaries=12000):
    """None of any development set: those come from other files."""
    for r in data.rows(paths.DATA / "wcep/unlabelled.jsonl")[:summaries]:
        yield r["text"]
    for year in (2019, 2020):
        for r in data.rows(paths.DATA / f"wikinews/{year}.jsonl"):
            yield r["text"]
    for r in data.rows(paths.DATA / "newsmtsc/train.jsonl"):
        yield r["text"]


def shrink(whole, model):
    _, tensors = container.load(whole)
    lines = "".join(json.dumps({"text": t}) + "\n" for t in texts())
    with tempfile.TemporaryDirectory() as folder:
        told = subprocess.run([TRAINER, "shrink", whole, folder], input=lines, text=True, check=True, stdout=subprocess.PIPE).stdout
        part = {f"pairs/{f.stem}": np.frombuffer(f.read_bytes(), np.uint8) for f in Path(folder).glob("*.bin")}
        part["pairs/numbers"] = tensors["pairs/numbers"]
        path = Path(folder) / "part.model"
        container.save(path, {}, part)
        pack.pack(path, model, ["pairs/"])
    path = model.with_suffix(".metrics.json")
    metrics = json.loads(path.read_text())
    figures = {name: figure for line in told.splitlines() for name, figure in json.loads(line).items()}
    metrics["pairs"]["shrunk"] = figures
    path.write_text(json.dumps(metrics, indent=1, ensure_ascii=False) + "\n")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    shrink(sys.argv[1] if len(sys.argv) > 1 else paths.MODELS / "accurate.model", paths.MODELS / "fast.model")
