"""From a sentence's own logits to claims: the mixing weights of its context, calibration, thresholds. All learned from
logits of gold documents that the student had not been trained on. `src/topics/context.rs` and `decide.rs` do the same.
"""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from .bag import DAMPING
from .losses import DESKS

TERMS = 5
MOST_TOPICS, MOST_SUBTOPICS, FLOOR = 3, 2, 0.1


def voices(logits, sizes, documents):
    """(n × TERMS × labels: itself, before, after, mean of the others, opening; alone; shortness), n over all sentences of
    the documents, each a list of rows of `logits`."""
    z, out, alone, order = torch.as_tensor(logits), [], [], []
    for rows in documents:
        own = z[rows]
        total, n = own.sum(0), len(rows)
        for j in range(n):
            zero = torch.zeros_like(total)
            mean = (total - own[j]) / max(1, n - 1)
            out.append(torch.stack([own[j], own[j - 1] if j else zero, own[j + 1] if j + 1 < n else zero, mean, own[0] if j else mean]))
            alone.append(n < 2)
        order += rows
    short = 2 / np.sqrt(np.asarray(sizes)[order] + DAMPING)
    return torch.stack(out), torch.tensor(alone), torch.tensor(short).float(), np.array(order)


class Context(nn.Module):
    """Logits in context, calibrated: slope × mix + offset."""

    def __init__(self, labels):
        super().__init__()
        w = torch.zeros(2, 2 * TERMS)
        w[:, 0], w[:, 3], w[:, 4] = 0.7, 0.2, 0.2
        self.weight = nn.Parameter(w)
        self.slope, self.offset = nn.Parameter(torch.ones(labels)), nn.Parameter(torch.zeros(labels))

    def forward(self, voices, alone, short):
        parts = []
        for group, span in enumerate((slice(0, DESKS), slice(DESKS, None))):
            w = self.weight[group, :TERMS] + self.weight[group, TERMS:] * short[:, None]
            w = torch.where(alone[:, None], torch.tensor([1.0] + [0.0] * (TERMS - 1)), w)
            parts.append(torch.bmm(w[:, None], voices[:, :, span])[:, 0])
        return torch.cat(parts, 1) * self.slope + self.offset


def fit(voices, alone, short, y, first, steps=300, stiff=1.0, size=6000):
    """`stiff`: how firmly concepts keep to the common slope and no offset; more where there are few examples. `size` rows a step: all 76,000 took
    twenty minutes and more; another draw of the steps moves gold dev by .002."""
    torch.manual_seed(0)
    model = Context(y.shape[1])
    optimiser = torch.optim.Adam(model.parameters(), lr=0.02)
    for step in range(steps):
        optimiser.param_groups[0]["lr"] = 0.02 * min(1, 2 * (1 - step / steps))
        rows = torch.randperm(len(y))[:size]
        z, first_of, known = model(voices[rows], alone[rows], short[rows]), first[rows], first[rows] >= 0
        each = F.binary_cross_entropy_with_logits(z, y[rows], reduction="none")
        loss = each[:, :DESKS].sum(1).mean() + each[:, DESKS:].sum(1).mean() + 0.3 * F.cross_entropy(z[known][:, :DESKS], first_of[known])
        # Rare concepts keep the common slope.
        loss = loss + 0.02 * stiff * (((model.slope[:DESKS] - model.slope[:DESKS].mean()) ** 2).sum() + (model.offset ** 2).sum()
                              + ((model.slope[DESKS:] - model.slope[DESKS:].mean()) ** 2).sum())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return model


def f1(tp, fp, fn):
    return 2 * tp / (2 * tp + fp + fn) if tp else 0.0


def thresholds(p, y, prior=12, grid=np.arange(0.08, 0.7, 0.02)):
    """Per label, the score from which claiming it maximises F1, drawn towards the one that does so for all labels
    together, as by `prior` more examples."""
    def at(p, y, t):
        claimed = p >= t
        return f1((claimed & (y > 0)).sum(), (claimed & (y == 0)).sum(), (~claimed & (y > 0)).sum())
    common = max(grid, key=lambda t: at(p, y, t))
    out = []
    for k in range(p.shape[1]):
        best = max(grid, key=lambda t: (at(p[:, k], y[:, k], t), -abs(t - common)))
        n = y[:, k].sum()
        out.append((n * best + prior * common) / (n + prior))
    return np.array(out, np.float32)


def claims(p, threshold, desk_of):
    """[(desks, subtopics)] as label numbers, best first."""
    out = []
    for row in p:
        desks = [t for t in np.argsort(-row[:DESKS], kind="stable")]
        kept = [t for t in desks if row[t] >= threshold[t]][:MOST_TOPICS] or [t for t in desks[:1] if row[t] >= FLOOR]
        subs = [DESKS + k for k in np.argsort(-row[DESKS:], kind="stable") if row[DESKS + k] >= threshold[DESKS + k]]
        out.append((kept, [s for s in subs if desk_of[s - DESKS] in kept][:MOST_SUBTOPICS]))
    return out


def score(examples, order, claimed):
    """The measures of the gold files, on given sentences."""
    m = dict.fromkeys(("tp", "fp", "fn", "first", "n", "stp", "sfp", "sfn"), 0)
    per = {t: [0, 0, 0] for t in range(DESKS)}
    for i, (desks, subs) in zip(order, claimed):
        gold = {q for q in examples.all_labels[i]}
        g1 = {examples.number[q] for q in gold if examples.number.get(q, DESKS) < DESKS}
        g2 = {q for q in gold if q not in examples.desks}
        maybe = examples.maybe[i]
        for t in desks:
            hit = t in g1
            if hit or examples.labels[t] not in maybe:
                per[t][0 if hit else 1] += 1
        for t in g1 - set(desks):
            per[t][2] += 1
        if g1 or desks:
            m["n"] += 1
            fine = g1 | {examples.number[q] for q in maybe if q in examples.number}
            m["first"] += (bool(desks) and desks[0] in fine) if g1 else not desks
        named = {examples.labels[s] for s in subs}
        m["stp"] += len(named & g2)
        m["sfp"] += len(named - g2 - maybe)
        m["sfn"] += len(g2 - named)
    tp, fp, fn = (sum(v[k] for v in per.values()) for k in range(3))
    big = [t for t, v in per.items() if v[0] + v[2] >= 10]
    return {"micro_f1": round(f1(tp, fp, fn), 4), "macro_f1": round(float(np.mean([f1(*per[t]) for t in big])), 4),
            "first_topic": round(m["first"] / max(1, m["n"]), 4), "subtopic_f1": round(f1(m["stp"], m["sfp"], m["sfn"]), 4),
            "precision": round(tp / max(1, tp + fp), 4), "recall": round(tp / max(1, tp + fn), 4),
            "f1_by_desk": {examples.labels[t]: round(f1(*v), 3) for t, v in per.items() if v[0] + v[2]}}
