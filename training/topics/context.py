"""From a sentence's own logits to claims: a small network that reads them in their article, calibration, thresholds. All learned
from logits of documents that the student had not been trained on. `src/topics/context.rs` and `decide.rs` do the same.
"""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from .bag import DAMPING
from .losses import DESKS

MOST_TOPICS, MOST_SUBTOPICS, FLOOR = 3, 2, 0.1
TERMS = 10
#: Units; 8 and 32 do the same.
HIDDEN = 16
PARTS = (slice(0, DESKS), slice(DESKS, None))
#: Passes over desks and subtopics, of which there are seven times as many lines; folds in which thresholds are found.
EPOCHS, FOLDS = (60, 15), 5
#: Share of a sentence's subtopics that are not looked at.
UNLIKELY = 0.9


def told(logits, sizes, documents, seen):
    """(n × labels × TERMS, order): what is told of each label of each sentence of the documents, which are lists of rows of
    `logits`: itself, before, after, mean of the others, opening; logarithm of the share of the others that are about it; mean of the
    three highest in the article; logarithm of the number of sentences; shortness; `seen`, by label."""
    out, order = [], []
    for rows in documents:
        own, n = np.asarray(logits[rows], np.float32), len(rows)
        likely = 1 / (1 + np.exp(-0.6 * own))
        total, all_likely = own.sum(0), likely.sum(0)
        highest = np.sort(own, 0)[::-1][:3].mean(0)
        others = max(1, n - 1)
        for j in range(n):
            mean = (total - own[j]) / others if n > 1 else own[j]
            share = (all_likely - likely[j]) / others
            same = np.ones_like(mean)
            out.append(np.stack([own[j], own[j - 1] if j else mean, own[j + 1] if j + 1 < n else mean, mean, own[0] if j else mean,
                                 np.log(share + 1e-4), highest, same * np.log(n), same * 2 / np.sqrt(sizes[rows[j]] + DAMPING), seen], 1))
        order += rows
    return np.stack(out).astype(np.float32), np.array(order)


def promise(x):
    """By which labels are chosen to be looked at; by hand, it only spares time."""
    return 0.4 * x[..., 0] + 0.4 * x[..., 3] + 0.3 * x[..., 4]


class Part(nn.Module):
    """Of desks or of subtopics: log-odds in context, the same for all labels but for slope and offset."""

    def __init__(self, x, least, labels):
        super().__init__()
        self.mean, self.deviation, self.least = x.mean(0), x.std(0) + 1e-6, least
        self.hidden, self.out, self.linear = nn.Linear(TERMS, HIDDEN), nn.Linear(HIDDEN, 1), nn.Linear(TERMS, 1)
        nn.init.zeros_(self.out.weight)
        self.slope, self.offset = nn.Parameter(torch.ones(labels)), nn.Parameter(torch.zeros(labels))

    def forward(self, x, label):
        x = (x - self.mean) / self.deviation
        z = (self.out(torch.relu(self.hidden(x))) + self.linear(x))[:, 0]
        return z * self.slope[label] + self.offset[label]

    def tensors(self):
        """Without the mean and the deviation: rows of weights with the constant last."""
        def folded(linear):
            weight = linear.weight / self.deviation
            return torch.cat([weight, (linear.bias - (weight * self.mean).sum(1))[:, None]], 1).detach().numpy()
        line = folded(self.linear)[0]
        line[-1] += float(self.out.bias)
        return folded(self.hidden), np.concatenate([line, self.out.weight[0].detach().numpy()])


def fit_part(x, y, part, epochs, rate=1e-2, batch=4096):
    torch.manual_seed(0)
    likely = promise(x[:, part])
    least = float(np.quantile(likely, UNLIKELY)) if part.start else -1e9
    row, label = np.nonzero(likely > least)
    inputs, truth, label = torch.from_numpy(x[:, part][row, label]), torch.from_numpy(y[:, part][row, label]), torch.from_numpy(label)
    model = Part(inputs, least, likely.shape[1])
    own, shared = [model.slope, model.offset], [p for k in (model.hidden, model.out, model.linear) for p in k.parameters()]
    optimiser = torch.optim.AdamW([{"params": own, "weight_decay": 0}, {"params": shared, "weight_decay": 1e-3}], lr=rate)
    steps = epochs * (len(truth) // batch + 1)
    for epoch in range(epochs):
        order = torch.randperm(len(truth))
        for k, at in enumerate(range(0, len(order), batch)):
            left = 1 - (epoch * (len(truth) // batch + 1) + k) / steps
            for group in optimiser.param_groups:
                group["lr"] = rate * min(1, 1.5 * left)
            i = order[at:at + batch]
            loss = F.binary_cross_entropy_with_logits(model(inputs[i], label[i]), truth[i])
            loss = loss + 1e-5 * (((model.slope - 1) ** 2).sum() + (model.offset ** 2).sum())
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return model


class Context:
    """Both parts."""

    def __init__(self, x, y):
        self.parts = [fit_part(x, y, part, epochs) for part, epochs in zip(PARTS, EPOCHS)]

    def probabilities(self, x):
        out = np.zeros(x.shape[:2], np.float32)
        for model, part in zip(self.parts, PARTS):
            row, label = np.nonzero(promise(x[:, part]) > model.least)
            with torch.no_grad():
                z = model(torch.from_numpy(x[:, part][row, label]), torch.from_numpy(label))
            out[row, label + part.start] = torch.sigmoid(z).numpy()
        return out


def fit(logits, sizes, documents, seen, y):
    """(context, thresholds by label, order, p): thresholds are found for what is said of documents in whose absence it was learned, `p`."""
    fold = np.random.default_rng(0).integers(0, FOLDS, len(documents))
    told_of = [told(logits, sizes, [d for d, g in zip(documents, fold) if g == f], seen) for f in range(FOLDS)]
    order = np.concatenate([rows for _, rows in told_of])

    def without(f):
        x, rows = (np.concatenate([part[k] for g, part in enumerate(told_of) if g != f]) for k in (0, 1))
        return Context(x, y[rows])
    p = np.concatenate([without(f).probabilities(x) for f, (x, _) in enumerate(told_of)])
    threshold = np.concatenate([thresholds(p[:, part], y[order][:, part]) for part in PARTS])
    return without(None), threshold, order, p


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
