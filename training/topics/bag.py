"""The student: a bag of hashed features with a short vector each and a linear head a concept (fastText's shape),
in two forms: `Wide`, every feature of the training texts, to find out which ones and which dimensions matter; and `Slots`, the table that
ships, in which each slot belongs to one feature, known by eight bits of its hash, with 4-bit vectors learned as such.
"""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

DAMPING = 4.0
LEVELS = 3  # codes −3 … 3: three bits or less


class Bags:
    """Texts as lists of feature numbers."""

    def __init__(self, hashes, number):
        """`number`: array of hashes → array of feature numbers, −1 where unknown."""
        lengths = np.array([len(h) for h in hashes])
        numbers = number(np.concatenate(hashes))
        known = numbers >= 0
        owner = np.repeat(np.arange(len(hashes)), lengths)[known]
        self.numbers = numbers[known]
        self.start = np.zeros(len(hashes) + 1, np.int64)
        self.start[1:] = np.cumsum(np.bincount(owner, minlength=len(hashes)))

    def batch(self, index):
        """(feature numbers, offset of each bag, its norm)."""
        a, b = self.start[index], self.start[np.asarray(index) + 1]
        n = b - a
        offsets = np.concatenate([[0], np.cumsum(n)[:-1]])
        take = np.repeat(a - offsets, n) + np.arange(n.sum())
        norm = 1 / np.sqrt(n + DAMPING)
        return torch.from_numpy(self.numbers[take]), torch.from_numpy(offsets), torch.from_numpy(norm).float()[:, None]

    def size(self, index):
        return self.start[np.asarray(index) + 1] - self.start[index]


def vocabulary(hashes, least):
    """Sorted hashes that occur at least so often, and their counts."""
    values, counts = np.unique(np.concatenate(hashes), return_counts=True)
    return values[counts >= least], counts[counts >= least]


def finder(vocab):
    def number(h):
        at = np.minimum(np.searchsorted(vocab, h), len(vocab) - 1)
        return np.where(vocab[at] == h, at, -1).astype(np.int64)
    return number


class Wide(nn.Module):
    def __init__(self, features, dims, labels):
        super().__init__()
        self.table = nn.Parameter(torch.randn(features, dims) * 0.05)
        self.head = nn.Linear(dims, labels)
        nn.init.normal_(self.head.weight, std=0.3)
        nn.init.zeros_(self.head.bias)
        self.sparse = True

    def vectors(self):
        return self.table

    def forward(self, bag, keep=None):
        numbers, offsets, norm = bag
        sums = F.embedding_bag(numbers, self.vectors(), offsets, mode="sum", sparse=self.sparse, per_sample_weights=keep)
        return self.head(sums * norm)

    def penalty(self, bag):
        return (F.embedding(bag[0], self.table, sparse=self.sparse) ** 2).sum() / len(bag[1])


def reduced(wide, counts, dims):
    """The closest model of fewer dimensions: the singular vectors of table × head, features weighted by how often they occur."""
    if dims >= wide.table.shape[1]:
        return wide
    out = Wide(len(wide.table), dims, wide.head.out_features)
    with torch.no_grad():
        heavy = wide.table * torch.from_numpy(counts).float().pow(0.25)[:, None]
        root = torch.linalg.cholesky(heavy.T @ heavy + 1e-6 * torch.eye(heavy.shape[1]))
        basis = torch.linalg.svd(root.T @ wide.head.weight.T, full_matrices=False)[2][:dims]
        table = wide.table @ (wide.head.weight.T @ basis.T)
        # Strong dimensions share their strength between table and head, so that both learn at one rate.
        share = (table.pow(2).mean(0).sqrt() / wide.table.pow(2).mean().sqrt()).sqrt()
        out.table.data = table / share
        out.head.weight.data = (basis * share[:, None]).T.contiguous()
        out.head.bias.data = wide.head.bias.clone()
    return out


class Slots(Wide):
    """Starts from chosen rows of a `Wide` model. Vectors are rounded to their codes in every forward pass, and the
    gradient goes straight through (Bengio et al. 2013)."""

    def __init__(self, rows, wide):
        super().__init__(len(rows), rows.shape[1], wide.head.out_features)
        self.table.data = rows.clone()
        self.head.load_state_dict(wide.head.state_dict())
        self.sparse = False
        self.register_buffer("scale", scales(rows))

    def codes(self):
        return torch.clamp(torch.round(self.table / self.scale), -LEVELS, LEVELS)

    def vectors(self):
        return self.table + (self.codes() * self.scale - self.table).detach()


def scales(rows, codes=LEVELS):
    """Per dimension, the step with the least squared rounding error."""
    peak = rows.abs().max(0).values
    tries = [peak * share / codes for share in np.linspace(0.15, 1, 35)]
    errors = torch.stack([((torch.clamp(torch.round(rows / s), -codes, codes) * s - rows) ** 2).sum(0) for s in tries])
    return torch.stack(tries)[errors.argmin(0), torch.arange(rows.shape[1])]


def places(h, slots):
    """The two slots a hash may stand in, and its print. `TopicWeights::vector` does the same."""
    h = np.asarray(h, np.uint64)
    n, low = np.uint64(slots), np.uint64(0xFFFFFFFF)
    half = np.uint64(32)
    return ((h >> half) * n) >> half, ((h & low) * n) >> half, (h & np.uint64(0xFF)).astype(np.uint8)


def place(hashes, slots, kicks=60):
    """Cuckoo hashing, most important first: returns the owner of each slot as an index into `hashes`, −1 if free.
    A feature that finds no place after so many evictions of less important ones is left out."""
    one, two, _ = places(hashes, slots)
    owner = np.full(slots, -1, np.int64)
    for i in range(len(hashes)):
        at, guest, trail = int(one[i]), i, []
        if owner[at] >= 0 and owner[int(two[i])] < 0:
            at = int(two[i])
        while owner[at] >= 0 and len(trail) < kicks:
            trail.append((at, owner[at]))
            owner[at], guest = guest, owner[at]
            at = int(two[guest]) if at == int(one[guest]) else int(one[guest])
        if owner[at] < 0:
            owner[at] = guest
        else:  # no room: put everybody back
            for at, was in reversed(trail):
                owner[at] = was
        if (owner >= 0).all():
            break
    return owner


def lookup(prints, slots):
    """The numbering the shipped table implies, false friends included."""
    def number(h):
        one, two, mark = places(h, slots)
        one, two = one.astype(np.int64), two.astype(np.int64)
        return np.where(prints[one] == mark, one, np.where(prints[two] == mark, two, -1))
    return number


def predict(model, bags, index, batch=2048):
    model.eval()
    with torch.no_grad():
        return torch.cat([model(bags.batch(index[k:k + batch])) for k in range(0, len(index), batch)]).numpy()
