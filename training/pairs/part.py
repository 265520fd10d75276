"""Makes the model part `pairs/…` from what `pairs_train` wrote.

    python -m training.pairs.part GRAMMAR_DIR CLAIMS_DIR PART.model
    python -m training.pack PART.model models/fast.model --prefix pairs/
"""
import argparse
from pathlib import Path

import numpy as np

from training import container

if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("grammar", type=Path)
    ask.add_argument("claims", type=Path)
    ask.add_argument("part", type=Path)
    given = ask.parse_args()
    folders = {"tagger": given.grammar, "parser": given.grammar}
    tensors = {
        f"pairs/{name}": np.frombuffer((folders.get(name, given.claims) / f"{name}.bin").read_bytes(), np.uint8)
        for name in ("tagger", "parser", "cue", "target", "holder")
    }
    tensors["pairs/numbers"] = np.frombuffer((given.claims / "numbers.bin").read_bytes(), "<f4").astype(np.float32)
    container.save(given.part, {}, tensors)
