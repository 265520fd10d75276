"""Trains the bag: first wide, on everything but gold, to choose the features; then the table that ships."""
import numpy as np
import torch
from . import bag, losses

# Batches an epoch take from each source, in passes over it, and what a batch's loss counts.
WIDE = {"soft": (1, 1.0), "wcep": (1, 0.6), "huffpost": (1, 0.3), "iptc": (1, 0.4)}
SHIP = {"soft": (1, 1.0), "wcep": (1, 0.5), "huffpost": (0.5, 0.2), "iptc": (1, 0.3), "gold": (4, 1.0)}


class Lessons:
    """What there is to learn from, by source, as indices into the examples."""

    def __init__(self, examples, beliefs, gold=None, beside=None):
        """`beside`: logits of another reader for every example, which the bag's are added to."""
        self.beside = beside
        self.y, self.first, self.beliefs = torch.from_numpy(examples.y), torch.from_numpy(examples.first), beliefs
        self.index = {s: examples.of(s) for s in ("gold", "wcep", "huffpost", "iptc")}
        if gold is not None:
            self.index["gold"] = gold
        # A text that is gold too would tell a fold what it must not know.
        known = {examples.text[i] for i in examples.of("gold", "gold-dev")}
        apart = np.array([t not in known for t in examples.text])
        self.index["wcep"] = self.index["wcep"][apart[self.index["wcep"]]]
        self.index["soft"] = np.where(apart & ~np.isin(examples.source, ["gold", "gold-dev", "wcep-dev", "sib-dev"]))[0]

    def batches(self, plan, rng, size):
        out = []
        for source, (passes, _) in plan.items():
            index = self.index[source]
            take = np.concatenate([rng.permutation(index) for _ in range(int(np.ceil(passes)))])
            take = take[: int(len(index) * passes)]
            if len(take):
                out += [(source, b) for b in np.array_split(take, max(1, len(take) // (size // 2 if source == "gold" else size)))]
        rng.shuffle(out)
        return out

    def loss(self, source, z, b):
        if self.beside is not None:
            z = z + self.beside[b]
        if source == "soft":
            return losses.marks(z, self.beliefs[b])
        if source in ("gold", "iptc"):
            return losses.marks(z, self.y[b], self.first[b])
        return losses.choice(z, self.y[b])


def run(model, bags, lessons, plan, epochs, rate, drop, decay, seed, report=None, size=128):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    table = (torch.optim.Adagrad if model.sparse else torch.optim.Adam)([model.table], lr=rate)
    head = torch.optim.Adam(model.head.parameters(), lr=2e-3)
    for epoch in range(epochs):
        model.train()
        for group in table.param_groups:
            group["lr"] = rate * (1 - 0.85 * epoch / max(1, epochs))
        for source, b in lessons.batches(plan, rng, size):
            batch = bags.batch(b)
            # What a reader skips must not matter: features left out at random.
            keep = (torch.rand(len(batch[0])) > drop).float() / (1 - drop)
            loss = plan[source][1] * lessons.loss(source, model(batch, keep), b) + decay * model.penalty(batch)
            table.zero_grad()
            head.zero_grad()
            loss.backward()
            table.step()
            head.step()
        if report:
            report(epoch, model)
    return model


def choose(wide, vocab, counts, slots):
    """Owner of each slot: features whose vectors move logits most over the training texts."""
    with torch.no_grad():
        moves = (wide.table @ wide.head.weight.T).pow(2).sum(1).numpy()
    worth = np.sqrt(counts) * moves
    order = np.argsort(-worth, kind="stable")[: slots * 2]
    owner = bag.place(vocab[order], slots)
    return np.where(owner >= 0, order[owner], -1)
