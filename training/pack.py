"""Merges a part (encoder and stance, topics, or pairs) into a model file and leaves the other parts as they are.

    python -m training.pack PART.model models/fast.model --prefix topics/

The metrics file beside the model keeps each part's SHA-256 under `weights`, so that a test can tell whether the
metrics are those of the committed weights.
"""
import argparse
import hashlib
import json
from pathlib import Path

import numpy as np

from . import container


def pack(part, model, prefixes):
    model = Path(model)
    base = container.load(model) if model.exists() else ({}, {})
    meta, tensors = container.merge(base, container.load(part), prefixes)
    temporary = model.with_suffix(".tmp")
    container.save(temporary, meta, tensors)
    temporary.replace(model)
    stamp(model, tensors)
    return meta, tensors


def stamp(model, tensors):
    """Writes the digest of each part: its tensors' bytes, in the order of their names."""
    path = Path(model).with_suffix(".metrics.json")
    if not path.exists():
        return
    parts = {}
    for name in sorted(tensors):
        parts.setdefault(name.split("/")[0], hashlib.sha256()).update(np.ascontiguousarray(tensors[name]).tobytes())
    metrics = json.loads(path.read_text())
    metrics["weights"] = {part: digest.hexdigest() for part, digest in parts.items()}
    path.write_text(json.dumps(metrics, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("part")
    ask.add_argument("model")
    ask.add_argument("--prefix", action="append", required=True)
    given = ask.parse_args()
    meta, tensors = pack(given.part, given.model, given.prefix)
    print(f"{given.model}: {len(tensors)} tensors, {Path(given.model).stat().st_size} bytes")
