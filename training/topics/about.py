"""Context, calibration and thresholds of the topics that a model's encoder reads, from the gold documents no training has seen.

    python -m training.topics.about models/accurate.model     # writes `about/context`, `about/calibration` into the file, figures beside it
"""
import argparse
import json
from pathlib import Path

import numpy as np
import torch

from .. import container, export, pack, reading, vocabulary
from ..batching import buckets
from . import bag, context
from .examples import Examples


@torch.no_grad()
def logits(model, tk, texts):
    room = vocabulary.LENGTH - 2
    ids = [[vocabulary.CLS] + e.ids[:room] + [vocabulary.SEP] for e in tk.encode_batch(list(texts), add_special_tokens=False)]
    out = None
    for b in buckets([len(x) for x in ids], 64):
        n = max(len(ids[i]) for i in b)
        z = model.about(torch.tensor([ids[i] + [0] * (n - len(ids[i])) for i in b])).numpy()
        out = np.zeros((len(ids), z.shape[1]), np.float32) if out is None else out
        out[b] = z
    return out


def fit(meta, tensors):
    model, tk = export.restore(meta, tensors), vocabulary.tokenizer(tensors["vocab/pieces"].tobytes().decode().split("\n"))
    examples = Examples()
    if [int(q.split(":")[1]) for q in examples.labels] != list(tensors["topics/concepts"]):
        raise SystemExit("the bag of words and the encoder were taught other topics")
    prints = tensors["topics/prints"]
    bags = bag.Bags(examples.hashes, bag.lookup(prints, len(prints)))
    held = {d["id"] for d in reading.documents("train") if reading.held_back(d)}
    documents = [d for d in examples.documents("gold") if examples.document[d[0]] in held]
    z = np.zeros((len(examples.text), len(examples.labels)), np.float32)
    used = [i for d in documents for i in d] + list(examples.of("gold-dev", "wcep-dev", "sib-dev"))
    z[used] = logits(model, tk, [examples.text[i] for i in used])
    voices = lambda docs: context.voices(z, bags.size(np.arange(len(z))), docs)
    heard = voices(documents)
    y, first = torch.from_numpy(examples.y[heard[3]]), torch.from_numpy(examples.first[heard[3]])
    mix = context.fit(*heard[:3], y, first, stiff=8.0)
    with torch.no_grad():
        p = torch.sigmoid(mix(*heard[:3])).numpy()
    threshold = np.concatenate([context.thresholds(part, truth, prior=40) for part, truth in
                                ((p[:, :17], y.numpy()[:, :17]), (p[:, 17:], y.numpy()[:, 17:]))])

    def measure(docs):
        h = voices(docs)
        with torch.no_grad():
            p = torch.sigmoid(mix(*h[:3])).numpy()
        return context.score(examples, h[3], context.claims(p, threshold, examples.desk_of))
    share = lambda source: round(float(np.mean([examples.y[i, z[i, :17].argmax()] > 0 for i in examples.of(source)])), 4)
    report = {"gold_dev_given_sentences": measure(examples.documents("gold-dev")), "held_back": measure(documents),
              "wcep_dev_accuracy": share("wcep-dev"), "sib_dev_accuracy": share("sib-dev")}
    calibration = np.stack([mix.slope.detach().numpy(), mix.offset.detach().numpy(), threshold], 1)
    return {"about/context": mix.weight.detach().numpy().astype(np.float32), "about/calibration": calibration.astype(np.float32)}, report


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model")
    path = Path(ask.parse_args().model)
    meta, tensors = container.load(path)
    part, report = fit(meta, tensors)
    container.save(path, meta, tensors | part)
    metrics = path.with_suffix(".metrics.json")
    whole = json.loads(metrics.read_text()) if metrics.exists() else {}
    metrics.write_text(json.dumps(whole | {"about": report}, indent=1, ensure_ascii=False) + "\n")
    pack.stamp(path, tensors | part)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
