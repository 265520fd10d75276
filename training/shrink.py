"""The fast model's encoder and head in fewer bits, without labels: `python -m training.run shrink`, after `fast`.

1. What matters: how much the model's answers to the pool's queries change with each weight (diagonal Fisher information, from its own answers).
2. Rounding: every code, and every row's step, where the error it makes and the bits it costs are least together (rate and distortion, as video
   coders do it: Sullivan and Wiegand 1998). Rare pieces, which move little, get wide steps and few codes. The layout of the file stays.

Of the fast model's 503 kB 392 are left (416 with 1e-8, 372 with 3e-8), and it reads the development sets as before.

About a minute on one quiet core."""
import random

import numpy as np
import torch
import torch.nn.functional as F

from . import container, export, fit, vocabulary
from .batching import buckets
from .device import DEVICE

BIT = 2e-8  # nats a query that a bit must save
MATRICES = {"encoder/gru.forward.input": "gru.weight_ih_l0", "encoder/gru.forward.state": "gru.weight_hh_l0", "stance/hidden": "hidden.weight",
            "encoder/gru.backward.input": "gru.weight_ih_l0_reverse", "encoder/gru.backward.state": "gru.weight_hh_l0_reverse"}


def answers(model, ids, target, holder):
    """Logits of all that is asked: sentiment, stance, basis, whose, by which words."""
    both, more, tokens, _ = model(ids, target, holder)
    tokens = tokens.masked_fill((ids == vocabulary.PAD)[..., None], -1e4)
    return both[:, 0], both[:, 1], more[:, :2], torch.cat([tokens[:, :, 0], more[:, 2:]], 1), tokens[:, :, 1]


def importance(model, items, rng):
    model.to(DEVICE)
    found = {k: torch.zeros_like(p) for k, p in model.named_parameters()}
    for batch in buckets([len(x[0]) for x in items], 64, rng):
        logits = answers(model, *fit.pad(items, batch))
        drawn = [torch.distributions.Categorical(logits=l.detach()).sample() for l in logits]
        model.zero_grad()
        sum(F.cross_entropy(l, y, reduction="sum") for l, y in zip(logits, drawn)).backward()
        for k, p in model.named_parameters():
            found[k] += p.grad ** 2
    return {k: (v / len(items)).cpu().numpy() for k, v in found.items()}


def rounded(weight, matters, steps, low, high, bit, rounds=6):
    """Codes, and the number of each row's step."""
    rows, nothing = len(weight), -low
    code_bits, step_bits = np.full(high - low + 1, 4.0), np.full(len(steps), np.log2(len(steps)))
    code_bits[nothing] = 1
    for _ in range(rounds):
        best, codes, chosen = np.full(rows, np.inf), np.zeros(weight.shape, int), np.zeros(rows, int)
        for k, step in enumerate(steps):
            near = np.clip(np.round(weight / step), low, high).astype(int)
            toward = np.sign(near)
            options = np.stack([near, near - toward, np.clip(near - 2 * toward, low, high), np.zeros_like(near)])
            cost = matters * (weight - options * step) ** 2 + bit * code_bits[options - low]
            at = cost.argmin(0)[None]
            total = np.take_along_axis(cost, at, 0)[0].sum(1) + bit * step_bits[k]
            better = total < best
            best[better], chosen[better] = total[better], k
            codes[better] = np.take_along_axis(options, at, 0)[0][better]
        count = np.bincount((codes - low).ravel(), minlength=high - low + 1) + 0.5
        code_bits = -np.log2(count / count.sum())
        count = np.bincount(chosen, minlength=len(steps)) + 0.5
        step_bits = -np.log2(count / count.sum())
    return codes, chosen


def round_codes(tensors, matters, bit):
    out = dict(tensors)
    weight = container.unpack4(tensors["encoder/pieces.q4"], tensors["encoder/pieces.scale"])
    steps = (2.0 ** (np.arange(-15, 2) / 2)).astype(np.float16).astype(np.float32)
    codes, chosen = rounded(weight, matters["pieces.weight"], steps, -8, 7, bit)
    empty = (codes == 0).all(1)
    chosen[empty] = np.bincount(chosen[~empty]).argmax()
    codes = (codes + 8).astype(np.uint8)
    out["encoder/pieces.q4"] = codes[:, 0::2] | (codes[:, 1::2] << 4)
    out["encoder/pieces.scale"] = steps[chosen].astype(np.float16).view(np.uint16)[:, None]
    for name, parameter in MATRICES.items():
        weight = tensors[f"{name}.q8"].astype(np.float32) * tensors[f"{name}.scale"][:, None]
        steps = (2.0 ** (np.arange(-60, 2) / 4)).astype(np.float32)
        steps = steps[steps >= np.abs(weight).max() / 127]
        codes, chosen = rounded(weight, matters[parameter], steps, -127, 127, bit)
        out[f"{name}.q8"], out[f"{name}.scale"] = codes.astype(np.int8), steps[chosen]
    weight = tensors["stance/weight.q8"].astype(np.float32)[:, None] * tensors["stance/weight.scale"]
    tried = []
    for times in (1, 2, 4, 6, 8, 12):
        step = tensors["stance/weight.scale"] * np.float32(times)
        codes, _ = rounded(weight, matters["weight"][:, None], step, -127, 127, bit)
        _, count = np.unique(codes, return_counts=True)
        bits = -(count * np.log2(count / len(codes))).sum()
        tried.append(((matters["weight"][:, None] * (weight - codes * step) ** 2).sum() + bit * bits, codes, step))
    _, codes, out["stance/weight.scale"] = min(tried, key=lambda t: t[0])
    out["stance/weight.q8"] = codes[:, 0].astype(np.int8)
    plain = [k for k, v in out.items() if v.dtype == np.float32 and k.startswith(("encoder/", "stance/")) and not k.endswith(".scale")]
    return out | {k: short(out[k]) for k in plain if k not in ("stance/confidence", "stance/least", "stance/look")}


def short(values, bits=7):
    """float32 with only so many bits of mantissa."""
    whole = np.ascontiguousarray(values, np.float32).view(np.uint32)
    drop = 23 - bits
    return ((whole + np.uint32(1 << (drop - 1))) & ~np.uint32((1 << drop) - 1)).view(np.float32)


def shrink(meta, tensors, queries, bit=BIT, seed=0):
    """The tensors of a BiGRU part in fewer bits, judged by its own answers to the queries."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = random.Random(seed)
    model, tk = export.opened(meta, tensors)
    items = vocabulary.encode(tk, queries, model.frame)
    for p in model.parameters():
        p.requires_grad_(True)
    matters = importance(model, items, rng)
    return round_codes(tensors, matters, bit)
