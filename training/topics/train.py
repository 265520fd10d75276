"""Trains the topics of a model and puts them into its file, with what was measured.

    python -m training.topics.teacher --out FOLDER     # once: the teacher and its beliefs
    python -m training.topics.train --teacher FOLDER [--model models/fast.model] [--seed N]    # after the model's encoder, of that seed
"""
import argparse
import json
import time
from pathlib import Path

import brotli
import numpy as np
import torch

from .. import container, data, pack, reading, shrink
from . import bag, context, encoded, export, losses, student, teacher
from .examples import Examples

SEED = 11
WIDE_DIMS = 48
DESKS, SUBTOPICS = slice(0, losses.DESKS), slice(losses.DESKS, None)


def choice_accuracy(examples, z, source):
    index = examples.of(source)
    best = z[index][:, DESKS].argmax(1)
    return round(float(np.mean([examples.y[i, b] > 0 for i, b in zip(index, best)])), 4)


def wide_model(saved, examples, lessons, vocab):
    """From the file, or trained."""
    torch.manual_seed(SEED)
    wide = bag.Wide(len(vocab), WIDE_DIMS, len(examples.labels))
    if saved.exists():
        wide.load_state_dict(torch.load(saved))
        return wide
    student.run(wide, bag.Bags(examples.hashes, bag.finder(vocab)), lessons(None), student.WIDE, 4, 0.05, 0.3, 5e-3, SEED)
    torch.save(wide.state_dict(), saved)
    return wide


def shares(words, heard, y, grid=np.arange(0, 3.1, 0.25)):
    """By how much the encoder's logits are multiplied before the bag's are added, for desks and for subtopics: the least cross-entropy, sharpness free."""
    out = np.ones(y.shape[1], np.float32)
    for part in (DESKS, SUBTOPICS):
        def cost(share):
            z = words[:, part] + share * heard[:, part]
            return min(float((np.logaddexp(0, s * z) - s * y[:, part] * z).mean()) for s in (0.3, 0.4, 0.5, 0.6, 0.8, 1.0))
        out[part] = min(grid, key=cost)
    return out


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--teacher", required=True)
    ask.add_argument("--model", default="models/fast.model")
    ask.add_argument("--seed", type=int, default=0, help="of the encoder that ships")
    ask.add_argument("--slots", type=int, default=4864)
    ask.add_argument("--dims", type=int, default=24)
    ask.add_argument("--threads", type=int, default=1)
    ask.add_argument("--again", choices=["context", "pack"], help="from what was trained before: learn the context anew, or only pack")
    o = ask.parse_args()
    torch.set_num_threads(o.threads)
    model = Path(o.model)
    part = Path(o.teacher) / f"{model.stem}-topics.model"
    if o.again != "pack":
        conclude(o, part, *(learned(part) if o.again else learn(o, part)))
    pack.pack(part, model, ["topics/", "about/"])
    path = model.with_suffix(".metrics.json")
    whole = json.loads(path.read_text()) if path.exists() else {}
    whole["topics"] = json.loads(part.with_suffix(".metrics.json").read_text())
    path.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n")


def learn(o, path):
    """The bag and the encoder's head, to `path`; (examples, tensors, what they say of each sentence by itself)."""
    start = time.time()
    say = lambda *words: print(f"{time.time() - start:5.0f}s", *words, flush=True)
    examples = Examples(o.teacher)
    beliefs = teacher.beliefs(o.teacher, examples)
    held = reading.unseen()
    gold, everything = examples.of("gold"), np.arange(len(examples.text))
    kept = np.array([i for i in gold if data.normal(examples.text[i]) in held])
    rows = np.concatenate([kept, examples.of("gold-dev", "wcep-dev", "sib-dev")])

    model, tk = encoded.restored(o.model, o.seed, examples.labels)
    small = model.frame is None
    # Beside the small one the bag learns what is missing; for the large one it learns alone: beside it, it was no better.
    asked = everything if small else rows
    heard = np.zeros((len(everything), len(examples.labels)), np.float32)
    heard[asked] = encoded.logits(model, tk, [examples.text[i] for i in asked])
    for source in ("gold-dev", "wcep-dev", "sib-dev"):
        say("encoder:", source, teacher.measure(examples, heard[examples.of(source)], source))

    beside = torch.from_numpy(heard) if small else None
    lessons = lambda gold: student.Lessons(examples, beliefs, gold, beside)
    seen = [h for h, s in zip(examples.hashes, examples.source) if not s.endswith("-dev")]
    vocab, counts = bag.vocabulary(seen, 3)
    saved = Path(o.teacher) / ("wide-beside.pt" if small else "wide.pt")
    wide = bag.reduced(wide_model(saved, examples, lessons, vocab), counts, o.dims)
    owner = student.choose(wide, vocab, counts, o.slots)
    table = wide.table.detach()[np.maximum(owner, 0)] * torch.from_numpy(owner >= 0).float()[:, None]
    prints = bag.places(vocab[np.maximum(owner, 0)], o.slots)[2]
    say("wide:", len(vocab), "features,", int((owner >= 0).sum()), "chosen")
    bags = bag.Bags(examples.hashes, bag.lookup(prints, o.slots))
    words_model = student.run(bag.Slots(table, wide), bags, lessons(np.setdiff1d(gold, kept)), student.SHIP, 2, 3e-3, 0.3, 3e-3, SEED + 1)
    words = bag.predict(words_model, bags, rows)
    say("bag")

    of = np.isin(rows, kept)
    share = np.ones(len(examples.labels), np.float32) if small else shares(words[of], heard[kept], examples.y[kept])
    with torch.no_grad():
        model.topics.out.weight *= torch.from_numpy(share)[:, None].to(model.topics.out.weight.device)
        model.topics.out.bias *= torch.from_numpy(share).to(model.topics.out.bias.device)
    said = {"rows": rows, "kept": kept, "logits": words + share * heard[rows], "sizes": bags.size(rows), "share": share}
    np.savez(path.with_suffix(".said.npz"), **said)
    return examples, export.tensors(examples, words_model, prints) | encoded.tensors(model), said


def learned(path):
    """What `learn` gave, from its files."""
    examples = Examples(path.parent)
    return examples, container.load(path)[1], dict(np.load(path.with_suffix(".said.npz")))


def conclude(o, path, examples, tensors, said):
    """Learns to read a sentence in its article, and writes all topics to `path`, with their metrics."""
    rows, kept = said["rows"], set(said["kept"].tolist())
    logits, sizes = (np.zeros((len(examples.text), *said[k].shape[1:]), said[k].dtype) for k in ("logits", "sizes"))
    logits[rows], sizes[rows] = said["logits"], said["sizes"]
    trained = np.array([i for i in examples.of("gold") if i not in kept])
    # In sixteenths: what is stored.
    often = np.round(16 * np.log1p(examples.y[trained].sum(0)))
    seen = (often / 16).astype(np.float32)
    documents = [d for d in examples.documents("gold") if kept.issuperset(d)]
    # Else two in three sentences would be WCEP's, which stand alone.
    documents = [d for i, d in enumerate(documents) if i % 4 == 0 or not examples.document[d[0]].startswith("wcep_")]
    mix, threshold, order, p = context.fit(logits, sizes, documents, seen, examples.y)

    def score(order, p):
        return context.score(examples, order, context.claims(p, threshold, examples.desk_of))
    x, dev = context.told(logits, sizes, examples.documents("gold-dev"), seen)
    found = tensors | export.conclusion(mix, threshold, often)
    found = {k: shrink.short(v, 9) if v.dtype == np.float32 else v for k, v in found.items()}
    container.save(path, {}, found)
    size = lambda prefix: len(brotli.compress(container.write({}, {k: v for k, v in found.items() if k.startswith(prefix)})))
    metrics = {
        "seed": SEED, "slots": o.slots, "dims": o.dims, "subtopics": len(examples.subtopics), "encoder_counts": [float(said["share"][k]) for k in (0, -1)],
        "brotli_bytes": {"words": size("topics/"), "encoder": size("about/")}, "held_back_units": len(order),
        "gold_dev_given_sentences": score(dev, mix.probabilities(x)), "held_back": score(order, p),
        "wcep_dev_accuracy": choice_accuracy(examples, logits, "wcep-dev"), "sib_dev_accuracy": choice_accuracy(examples, logits, "sib-dev"),
        "thresholds": {q: round(float(t), 4) for q, t in zip(examples.labels, threshold)},
    }
    path.with_suffix(".metrics.json").write_text(json.dumps(metrics, indent=1))
    print(json.dumps({k: v for k, v in metrics.items() if k != "thresholds"}, indent=1))


if __name__ == "__main__":
    main()
