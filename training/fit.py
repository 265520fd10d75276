"""One training loop for both students: hard labels, a teacher's soft labels, or both."""
import math
import random
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

from . import data, pointers, vocabulary
from .batching import buckets


def pad(items, batch):
    n = max(len(items[i][0]) for i in batch)
    column = lambda k: torch.tensor([items[i][k] + [0] * (n - len(items[i][k])) for i in batch])
    return column(0), column(1).float(), column(2).float()


def predict(model, items, size=64):
    """Logits (query, question, class)."""
    return torch.stack([both for both, *_ in read(model, items, size)])


@torch.no_grad()
def read(model, items, size=64):
    """For each item: logits (2, 3), `more` (4), scores of the pieces (time, 2) without the frame, `propose`."""
    model.eval()
    out = [None] * len(items)
    for b in buckets([len(x[0]) for x in items], size):
        both, more, tokens, propose = model(*pad(items, b))
        for row, i in enumerate(b):
            start, end = (1, len(items[i][0]) - 1) if model.frame else (0, len(items[i][0]))
            out[i] = both[row], more[row], tokens[row, start:end], None if propose is None else propose[row]
    return out


def loss_of(logits, labels, asked, soft, has_soft, share, temperature=2.0):
    """Cross-entropy on the asked question where there is a label, mixed with the teacher's distribution where known.

    `soft` are the teacher's logits (query, question, class); `has_soft` says for which questions they count."""
    own = logits[torch.arange(len(logits)), asked]
    hard = F.cross_entropy(own, labels, label_smoothing=0.05, ignore_index=-1, reduction="none")
    log_p, q = F.log_softmax(logits / temperature, -1), F.softmax(soft / temperature, -1)
    kl = (q * (q.clamp(min=1e-9).log() - log_p)).sum(-1) * temperature ** 2
    known = has_soft.float()
    kl = (kl * known).sum(1) / known.sum(1).clamp(min=1)
    weight = torch.where(known.sum(1) > 0, torch.where(labels >= 0, share, 1.0), 0.0)
    return (weight * kl + (1 - weight) * hard).mean()


class Lessons:
    """Queries ready for training: pieces, labels, what a teacher said, whose and by which words.

    `soft`: the teacher's logits (query, question, class); `counts`: for which questions they count; `goals`: of pointers.goals."""

    def __init__(self, tk, model, queries, soft=None, counts=None):
        self.items, offsets = vocabulary.encode_with_offsets(tk, queries, model.frame)
        self.shift = int(model.frame)
        self.texts = [q.text for q in queries]
        self.goals = [pointers.goals(q, o) for q, o in zip(queries, offsets)]
        self.labels, self.asked = torch.tensor([q.label for q in queries]), torch.tensor([q.question for q in queries])
        self.basis = torch.tensor([q.basis for q in queries])
        n = len(queries)
        self.soft = torch.zeros(n, 2, 3) if soft is None else soft
        self.counts = torch.zeros(n, 2, dtype=torch.bool) if counts is None else counts
        # Is somebody for or against the target? Known by label or teacher, for queries without a holder.
        free = torch.tensor([q.holder is None for q in queries])
        taught = 1 - F.softmax(self.soft[:, data.STANCE], -1)[:, data.NEUTRAL]
        labelled = (self.asked == data.STANCE) & (self.labels >= 0)
        self.contested = torch.where(labelled, (self.labels != data.NEUTRAL).float(), taught)
        self.knows = free & (labelled | self.counts[:, data.STANCE])

    def loss(self, model, batch, share, bf16):
        ids, target, holder = pad(self.items, batch)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
            logits, more, tokens, propose = model(ids, target, holder)
        total = loss_of(logits.float(), self.labels[batch], self.asked[batch], self.soft[batch], self.counts[batch], share)
        whose, cue = pointers.pad(self.goals, batch, ids.shape[1], self.shift)
        words = (ids != vocabulary.PAD) & (ids != vocabulary.CLS) & (ids != vocabulary.SEP)
        total = total + 0.4 * pointers.loss(tokens.float(), more.float(), words, whose, cue, self.basis[batch]) / len(batch)
        if propose is not None and self.knows[batch].any():
            each = F.binary_cross_entropy_with_logits(propose.float(), self.contested[batch], reduction="none")
            total = total + 0.5 * (each * self.knows[batch]).mean()
        return total


def fit(model, lessons, *, epochs, rate, size, seed, share=0.7, bf16=False, weights=None, each_epoch=None, on_step=None,
        beside=None, warm=0.08, minutes=None):
    """Trains in place. `weights`: how often a query is drawn an epoch (1 = once, 0.3 = in three epochs of ten).
    `minutes`: a limit on wall time; the learning rate falls to its end by then. `beside`: a second task's loss, once a step."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    items = lessons.items
    opt = torch.optim.AdamW(model.groups(rate), betas=(0.9, 0.98), eps=1e-6, fused=True)
    plan = []
    for epoch in range(math.ceil(epochs)):
        chosen = [i for i in range(len(items)) if weights is None or rng.random() < weights[i]]
        batches = [[chosen[j] for j in b] for b in buckets([len(items[i][0]) for i in chosen], size, rng, [lessons.texts[i] for i in chosen])]
        plan += batches[:int(len(batches) * min(1, epochs - epoch))] + [None]
    total, step, began, losses = sum(b is not None for b in plan), 0, time.time(), []
    print(f"{len(items)} queries, {total} steps", flush=True)
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
        loss = lessons.loss(model, batch, share, bf16)
        loss.backward()
        if beside is not None:
            beside(model).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        opt.step()
        step += 1
        losses.append(loss.item())
        if step % 100 == 0:
            print(f"step {step} loss {sum(losses[-100:]) / 100:.3f} {time.time() - began:.0f}s", flush=True)
        if on_step:
            on_step(step)
    return model
