"""One training loop for both students: hard labels, a teacher's soft labels, or both."""
import math
import random
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

from . import vocabulary
from .batching import buckets


def pad(items, batch):
    n = max(len(items[i][0]) for i in batch)
    column = lambda k: torch.tensor([items[i][k] + [0] * (n - len(items[i][k])) for i in batch])
    return column(0), column(1).float(), column(2).float()


@torch.no_grad()
def predict(model, items, size=64, bf16=False):
    """Logits (query, question, class)."""
    model.eval()
    out = torch.zeros(len(items), 2, 3)
    for b in buckets([len(x[0]) for x in items], size):
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
            out[b] = model(*pad(items, b)).float()
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


def fit(model, items, labels, asked, soft=None, has_soft=None, *, epochs, rate, size, seed, share=0.7, bf16=False,
        weights=None, each_epoch=None, on_step=None, warm=0.08, minutes=None):
    """Trains in place. `weights`: how often a query is drawn an epoch (1 = once, 0.3 = in three epochs of ten).
    `minutes`: a limit on wall time; the learning rate falls to its end by then."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    if soft is None:
        soft, has_soft = torch.zeros(len(items), 2, 3), torch.zeros(len(items), 2, dtype=torch.bool)
    opt = torch.optim.AdamW(model.groups(rate), betas=(0.9, 0.98), eps=1e-6, fused=True)
    plan = []
    for epoch in range(math.ceil(epochs)):
        chosen = [i for i in range(len(items)) if weights is None or rng.random() < weights[i]]
        batches = [[chosen[j] for j in b] for b in buckets([len(items[i][0]) for i in chosen], size, rng)]
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
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
            logits = model(*pad(items, batch)).float()
        loss = loss_of(logits, labels[batch], asked[batch], soft[batch], has_soft[batch], share)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        opt.step()
        step += 1
        losses.append(loss.item())
        if step % 100 == 0:
            print(f"step {step} loss {sum(losses[-100:]) / 100:.3f} {time.time() - began:.0f}s", flush=True)
        if on_step:
            on_step(step)
    return model
