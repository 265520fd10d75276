"""One training loop for the teachers and both students: hard labels, a teacher's soft labels, or both."""
import math
import os
import random
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from . import data, pointers, vocabulary
from .batching import buckets
from .device import DEVICE, autocast, workers


def pad(items, batch):
    n = max(len(items[i][0]) for i in batch)
    column = lambda k: torch.tensor([items[i][k] + [0] * (n - len(items[i][k])) for i in batch], device=DEVICE)
    return column(0), column(1).float(), column(2).float()


def predict(model, items, size=64):
    """Logits (query, question, class)."""
    return torch.stack([both for both, *_ in read(model, items, size)])


@torch.no_grad()
def read(model, items, size=64):
    """For each item: logits (2, 3), `more` (4), scores of the pieces (time, 2) without the frame, `propose`."""
    model.eval().to(DEVICE)
    out = [None] * len(items)
    for b in buckets([len(x[0]) for x in items], size):
        both, more, tokens, propose = (None if part is None else part.float().cpu() for part in model(*pad(items, b)))
        for row, i in enumerate(b):
            start, end = (1, len(items[i][0]) - 1) if model.frame else (0, len(items[i][0]))
            out[i] = both[row], more[row], tokens[row, start:end], None if propose is None else propose[row]
    return out


def loss_of(logits, labels, asked, soft, has_soft, share, temperature=2.0):
    """Cross-entropy on the asked question where there is a label, mixed with the teacher's distribution where known.

    `soft` are the teacher's logits (query, question, class); `has_soft` says for which questions they count; `share`, what part of a labelled
    query's loss they are."""
    own = logits[torch.arange(len(logits), device=logits.device), asked]
    hard = F.cross_entropy(own, labels, label_smoothing=0.05, ignore_index=-1, reduction="none")
    log_p, q = F.log_softmax(logits / temperature, -1), F.softmax(soft / temperature, -1)
    kl = (q * (q.clamp(min=1e-9).log() - log_p)).sum(-1) * temperature ** 2
    known = has_soft.float()
    kl = (kl * known).sum(1) / known.sum(1).clamp(min=1)
    weight = torch.where(known.sum(1) > 0, torch.where(labels >= 0, share, 1.0), 0.0)
    return (weight * kl + (1 - weight) * hard).mean()


TYPES = dict(ids=np.int16, target=np.int8, holder=np.int8, word=np.int8, start=np.int16, end=np.int16, whose=np.float16, cue=np.float16)


def prepared(job):
    """A chunk of queries as arrays, one row a query, as wide as the longest of them."""
    tk, frame, longest, fill, queries = job
    items, offsets = vocabulary.encode_with_offsets(tk, queries, frame, longest)
    n, wide, shift = len(items), max(len(x[0]) for x in items), int(bool(frame))
    arrays = {k: np.zeros((n, wide), t) for k, t in TYPES.items()}
    arrays["ids"] += fill
    slots = np.zeros((n, 2), np.float16)
    for row, ((ids, target, holder), where, q) in enumerate(zip(items, offsets, queries)):
        for name, values in (("ids", ids), ("target", target), ("holder", holder)):
            arrays[name][row, :len(values)] = values
        arrays["word"][row, shift:shift + len(where)] = 1
        arrays["start"][row, shift:shift + len(where)] = [a for a, _ in where]
        arrays["end"][row, shift:shift + len(where)] = [b for _, b in where]
        whose, cue = pointers.goals(q, where)
        for place, part in whose.items():
            if place >= 0:
                arrays["whose"][row, place + shift] += part
            else:
                slots[row, place] += part
        for place, part in cue.items():
            arrays["cue"][row, place + shift] += part
    return dict(arrays, slots=slots), [len(x[0]) for x in items]


class Lessons:
    """Queries ready for training: pieces, labels, what a teacher said, whose and by which words; all on the device, one row a query.

    `soft`: the teacher's logits (query, question, class); `counts`: for which questions they count; `share`: what part of a labelled query's loss."""

    def __init__(self, tk, model, queries, soft=None, counts=None, share=None):
        step = max(500, len(queries) // (4 * os.cpu_count()))
        jobs = [(tk, model.frame, model.longest, model.pad, queries[k:k + step]) for k in range(0, len(queries), step)]
        with workers() as pool:
            parts = list(pool.map(prepared, jobs)) if len(jobs) > 2 else list(map(prepared, jobs))
        wide = max(p[0]["ids"].shape[1] for p in parts)
        fill = lambda name, a: np.pad(a, ((0, 0), (0, wide - a.shape[1])), constant_values=model.pad if name == "ids" else 0)
        whole = lambda name: np.concatenate([p[0][name] if name == "slots" else fill(name, p[0][name]) for p in parts])
        column = lambda name: torch.from_numpy(whole(name)).to(DEVICE)
        self.ids, self.target, self.holder, self.word, self.whose, self.cue, self.slots = map(column, ("ids", "target", "holder", "word", "whose", "cue", "slots"))
        self.shift = int(bool(model.frame))
        self.lengths = [n for p in parts for n in p[1]]
        self.start, self.end = whole("start"), whole("end")
        self.texts = [q.text for q in queries]
        numbers = lambda values: torch.tensor(values, device=DEVICE)
        self.labels, self.asked = numbers([q.label for q in queries]), numbers([q.question for q in queries])
        self.basis = numbers([q.basis for q in queries])
        n = len(queries)
        self.soft = (torch.zeros(n, 2, 3) if soft is None else soft).to(DEVICE)
        self.counts = (torch.zeros(n, 2, dtype=torch.bool) if counts is None else counts).to(DEVICE)
        self.share = (torch.zeros(n) if share is None else share).to(DEVICE)
        # Is somebody for or against the target? Known by label or teacher, for queries without a holder.
        free = numbers([q.holder is None for q in queries])
        taught = 1 - F.softmax(self.soft[:, data.STANCE], -1)[:, data.NEUTRAL]
        labelled = (self.asked == data.STANCE) & (self.labels >= 0)
        self.contested = torch.where(labelled, (self.labels != data.NEUTRAL).float(), taught)
        self.knows = free & (labelled | self.counts[:, data.STANCE])

    def offsets(self, i):
        """Code points of a query's pieces, frame left out."""
        words = slice(self.shift, self.lengths[i] - self.shift)
        return list(zip(self.start[i, words].tolist(), self.end[i, words].tolist()))

    def batch(self, index):
        """Pieces, target and holder of these queries, and the same index on the device."""
        n = max(self.lengths[i] for i in index)
        at = torch.tensor(index).to(DEVICE, non_blocking=True)
        return (self.ids[at, :n].long(), self.target[at, :n].float(), self.holder[at, :n].float()), at

    def loss(self, model, index, bf16):
        inputs, at = self.batch(index)
        n = inputs[0].shape[1]
        with autocast(bf16):
            logits, more, tokens, propose = model(*inputs)
        total = loss_of(logits.float(), self.labels[at], self.asked[at], self.soft[at], self.counts[at], self.share[at])
        whose = torch.cat([self.whose[at, :n], self.slots[at]], 1).float()
        total = total + 0.4 * pointers.loss(tokens.float(), more.float(), self.word[at, :n] > 0, whose, self.cue[at, :n].float(), self.basis[at]) / len(index)
        if propose is not None:
            each = F.binary_cross_entropy_with_logits(propose.float(), self.contested[at], reduction="none")
            total = total + 0.5 * (each * self.knows[at]).mean()
        return total


def alike(groups):
    """Parameters that learn at one rate in one group: a GPU then updates them together."""
    found = {}
    for g in groups:
        found.setdefault((g["base"], g["weight_decay"]), []).extend(g["params"])
    return [dict(params=params, lr=base, base=base, weight_decay=decay) for (base, decay), params in found.items()]


def fit(model, lessons, *, epochs, rate, size, seed, bf16=False, weights=None, each_epoch=None, on_step=None, beside=None, warm=0.08, minutes=None):
    """Trains in place. `weights`: how often a query is drawn an epoch (1 = once, 0.3 = in three epochs of ten).
    `minutes`: a limit on wall time; the learning rate falls to its end by then. `beside`: a second task's loss, once a step."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    model.to(DEVICE)
    opt = torch.optim.AdamW(alike(model.groups(rate)), betas=(0.9, 0.98), eps=1e-6, fused=True)
    plan = []
    for epoch in range(math.ceil(epochs)):
        chosen = [i for i in range(len(lessons.lengths)) if weights is None or rng.random() < weights[i]]
        batches = [[chosen[j] for j in b] for b in buckets([lessons.lengths[i] for i in chosen], size, rng, [lessons.texts[i] for i in chosen])]
        plan += batches[:int(len(batches) * min(1, epochs - epoch))] + [None]
    total, step, began, losses = sum(b is not None for b in plan), 0, time.time(), []
    print(f"{len(lessons.lengths)} queries, {total} steps", flush=True)
    for batch in plan:
        if batch is None:
            if each_epoch:
                each_epoch(step)
            continue
        model.train()
        progress = step / total
        if minutes:
            progress = max(progress, (time.time() - began) / 60 / minutes)
            if progress >= 1:
                break
        factor = min(1, (step + 1) / (warm * total)) * max(0.02, 1 - progress)
        for g in opt.param_groups:
            g["lr"] = g["base"] * factor
        opt.zero_grad(set_to_none=True)
        loss = lessons.loss(model, batch, bf16)
        loss.backward()
        if beside is not None:
            beside(model).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        opt.step()
        step += 1
        losses.append(loss.detach())
        if step % 200 == 0:
            print(f"step {step} loss {torch.stack(losses).mean():.3f} {time.time() - began:.0f}s", flush=True)
            losses = []
        if on_step:
            on_step(step)
    return model.cpu()
