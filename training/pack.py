"""Merges a part (encoder and stance, or topics) into a model file and leaves the other parts as they are.

    python -m training.pack PART.model models/fast.model --prefix topics/
"""
import argparse
from pathlib import Path

from . import container


def pack(part, model, prefixes):
    model = Path(model)
    base = container.load(model) if model.exists() else ({}, {})
    meta, tensors = container.merge(base, container.load(part), prefixes)
    temporary = model.with_suffix(".tmp")
    container.save(temporary, meta, tensors)
    temporary.replace(model)
    return meta, tensors


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("part")
    ask.add_argument("model")
    ask.add_argument("--prefix", action="append", required=True)
    given = ask.parse_args()
    meta, tensors = pack(given.part, given.model, given.prefix)
    print(f"{given.model}: {len(tensors)} tensors, {Path(given.model).stat().st_size} bytes")
