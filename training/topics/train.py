"""Trains the topics of a model and puts them into its file.

    python -m training.topics.teacher --out FOLDER     # once: the teacher and its beliefs
    python -m training.topics.train --teacher FOLDER [--model models/fast.model]    # and its metrics
"""
import argparse, hashlib, json, time
from pathlib import Path
import brotli
import numpy as np
import torch
from .. import container, pack
from . import bag, context, export, student, teacher
from .examples import Examples

SEED = 11
WIDE_DIMS = 48


def folds(examples, n):
    """Each gold document in one of n parts."""
    documents = examples.documents("gold")
    rng = np.random.default_rng(SEED)
    part = rng.permutation(len(documents)) % n
    return [[i for d, p in zip(documents, part) if p == k for i in d] for k in range(n)]


def choice_accuracy(examples, logits, source):
    index = examples.of(source)
    best = logits(index)[:, :17].argmax(1)
    return round(float(np.mean([examples.y[i, b] > 0 for i, b in zip(index, best)])), 4)


def wide_model(folder, examples, beliefs, vocab, counts):
    """From FOLDER/wide.pt, or trained: the same for both models."""
    torch.manual_seed(SEED)
    wide, saved = bag.Wide(len(vocab), WIDE_DIMS, len(examples.labels)), Path(folder) / "wide.pt"
    if saved.exists():
        wide.load_state_dict(torch.load(saved))
        return wide
    bags = bag.Bags(examples.hashes, bag.finder(vocab))
    student.run(wide, bags, student.Lessons(examples, beliefs), student.WIDE, 4, 0.05, 0.3, 5e-3, SEED)
    torch.save(wide.state_dict(), saved)
    return wide


def asked(doc, model):
    """The options of every part that is learned from the teacher."""
    ap = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--teacher", required=True)
    ap.add_argument("--model", default=model)
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--again", action="store_true", help="pack what was trained before")
    return ap


def ship(o, name, learn):
    """Learns the part of that name, unless it is to be packed again; packs it, and what was measured of it."""
    torch.set_num_threads(o.threads)
    model = Path(o.model)
    part = Path(o.teacher) / f"{model.stem}-{name}.model"
    if not o.again:
        learn(o, part)
    pack.pack(part, model, [f"{name}/"])
    path = model.with_suffix(".metrics.json")
    whole = json.loads(path.read_text()) if path.exists() else {}
    whole[name] = json.loads(part.with_suffix(".metrics.json").read_text())
    path.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n")


def main():
    ap = asked(__doc__, "models/fast.model")
    ap.add_argument("--slots", type=int, default=7936)
    ap.add_argument("--dims", type=int, default=24)
    ap.add_argument("--folds", type=int, default=3)
    ship(ap.parse_args(), "topics", train)


def train(o, path):
    start = time.time()
    say = lambda *words: print(f"{time.time() - start:5.0f}s", *words, flush=True)

    examples = Examples(o.teacher)
    beliefs = teacher.beliefs(o.teacher)
    say("teacher: wcep dev", choice_accuracy(examples, lambda i: beliefs[i].numpy(), "wcep-dev"))

    seen = [h for h, s in zip(examples.hashes, examples.source) if not s.endswith("-dev")]
    vocab, counts = bag.vocabulary(seen, 3)
    wide = bag.reduced(wide_model(o.teacher, examples, beliefs, vocab, counts), counts, o.dims)
    owner = student.choose(wide, vocab, counts, o.slots)
    rows = wide.table.detach()[np.maximum(owner, 0)] * torch.from_numpy(owner >= 0).float()[:, None]
    prints = bag.places(vocab[np.maximum(owner, 0)], o.slots)[2]
    say("wide:", len(vocab), "features,", int((owner >= 0).sum()), "chosen")

    bags = bag.Bags(examples.hashes, bag.lookup(prints, o.slots))
    student_of = lambda gold: student.run(bag.Slots(rows, wide), bags, student.Lessons(examples, beliefs, gold),
                                          student.SHIP, 2, 3e-3, 0.3, 3e-3, SEED + 1)
    everything = np.arange(len(examples.text))
    unseen = np.zeros((len(everything), len(examples.labels)), np.float32)
    for part in folds(examples, o.folds):
        unseen[part] = bag.predict(student_of(np.setdiff1d(examples.of("gold"), part)), bags, np.array(part))
        say("fold of", len(part), "units")
    model = student_of(examples.of("gold"))

    heard = context.voices(unseen, bags.size(everything), examples.documents("gold"))
    y, first = torch.from_numpy(examples.y[heard[3]]), torch.from_numpy(examples.first[heard[3]])
    mix = context.fit(*heard[:3], y, first)
    with torch.no_grad():
        p = torch.sigmoid(mix(*heard[:3])).numpy()
    threshold = np.zeros(len(examples.labels), np.float32)
    threshold[17:] = context.thresholds(p[:, 17:], y.numpy()[:, 17:])
    threshold[:17] = context.thresholds(p[:, :17], y.numpy()[:, :17])
    logits = lambda i: bag.predict(model, bags, i)

    def measure(z, source):
        h = context.voices(z, bags.size(everything), examples.documents(source))
        with torch.no_grad():
            p = torch.sigmoid(mix(*h[:3])).numpy()
        return context.score(examples, h[3], context.claims(p, threshold, examples.desk_of))

    z = np.zeros_like(unseen)
    z[examples.of("gold-dev")] = logits(examples.of("gold-dev"))
    everyone = logits(everything)
    everyone[examples.of("gold")] = unseen[examples.of("gold")]
    np.savez(path.with_suffix(".logits.npz"), logits=everyone.astype(np.float16))
    part = export.tensors(examples, model, prints, mix, threshold)
    container.save(path, {}, part)
    digest = hashlib.sha256(b"".join(np.ascontiguousarray(part[k]).tobytes() for k in sorted(part))).hexdigest()
    metrics = {
        "sha256": digest, "seed": SEED, "slots": o.slots, "dims": o.dims, "subtopics": len(examples.subtopics),
        "brotli_bytes": len(brotli.compress(container.write({}, part))),
        "gold_dev_given_sentences": measure(z, "gold-dev"), "gold_train_out_of_fold": measure(unseen, "gold"),
        "wcep_dev_accuracy": choice_accuracy(examples, logits, "wcep-dev"),
        "sib_dev_accuracy": choice_accuracy(examples, logits, "sib-dev"),
        "thresholds": {q: round(float(t), 4) for q, t in zip(examples.labels, threshold)},
    }
    path.with_suffix(".metrics.json").write_text(json.dumps(metrics, indent=1))
    say(json.dumps({k: v for k, v in metrics.items() if k != "thresholds"}, indent=1))


if __name__ == "__main__":
    main()
