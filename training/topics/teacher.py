"""The teacher: a small network over frozen MiniLM sentence vectors that says which labels a text has; its beliefs
about texts without labels teach the student.
"""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from . import embed
from .losses import choice, marks


def vectors(examples, cache):
    """(n × 384 array, which texts have a vector)."""
    table = embed.read(cache)
    found = [table.get(embed.key(t)) for t in examples.text]
    have = np.array([v is not None for v in found])
    x = np.zeros((len(found), 384), np.float32)
    x[have] = np.stack([v for v in found if v is not None])
    return torch.from_numpy(x * 19.6), have  # unit length × √384: entries of about one


class Teacher(nn.Module):
    def __init__(self, labels, hidden=320):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(384, hidden), nn.ReLU(), nn.Dropout(0.35), nn.Linear(hidden, labels))

    def forward(self, x):
        return self.net(F.dropout(x, 0.1, self.training))


def train(examples, x, have, epochs=8, seed=3, rate=1e-3, gold=None):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    y, first = torch.from_numpy(examples.y), torch.from_numpy(examples.first)
    parts = {s: i[have[i]] for s in ("gold", "wcep", "huffpost", "sib", "iptc") for i in [examples.of(s)]}
    if gold is not None:
        parts["gold"] = gold
    weight = {"gold": 1.0, "wcep": 0.6, "huffpost": 0.3, "sib": 0.5, "iptc": 0.5}
    model = Teacher(y.shape[1])
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.02)
    for epoch in range(epochs):
        model.train()
        for group in optimiser.param_groups:
            group["lr"] = rate * (1 - 0.9 * epoch / epochs)
        batches = [(s, b) for s, i in parts.items() if len(i) for _ in range(2 if s == "gold" else 1)
                   for b in np.array_split(rng.permutation(i), max(1, len(i) // 96))]
        rng.shuffle(batches)
        for source, b in batches:
            z = model(x[b])
            loss = marks(z, y[b], first[b]) if source in ("gold", "iptc") else choice(z, y[b])
            optimiser.zero_grad()
            (weight[source] * loss).backward()
            optimiser.step()
    return model.eval()


def beliefs(model, x):
    with torch.no_grad():
        return torch.cat([torch.sigmoid(model(x[k:k + 8192])) for k in range(0, len(x), 8192)])
