"""The teachers: all-mpnet-base-v2, fine-tuned whole, reading one marked target (and perhaps a marked holder) at a time.

Three of them, each trained on two thirds of the labelled texts. What a text says is learned by the students from the teacher that has not read it; of
the unlabelled pool all three are asked, and their mean counts. `python -m training.run teacher`: minutes on a GPU, the better part of a day on one core.
"""
import hashlib
import random
from dataclasses import replace

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from . import data, fit, mpnet, paths, patterns, pointers, reading
from .batching import buckets
from .device import autocast, workers

PARTS = 3
POOL = 90000  # unlabelled queries: as many as the texts of `pool.py` gave
CLAIMED = 0.4  # from which probability of a stance its holder and cue are believed; set by hand


class Teacher(nn.Module):
    frame, longest, pad = (mpnet.CLS, mpnet.SEP), 96, mpnet.PAD

    def __init__(self):
        super().__init__()
        d = mpnet.WIDTH
        self.body = mpnet.pretrained()
        self.marks = nn.Parameter(torch.randn(2, d) * 0.05)
        self.hidden, self.out = nn.Linear(3 * d, 256), nn.Linear(256, 6)
        self.more, self.tokens = nn.Linear(256, 4), nn.Linear(d, 2)

    def forward(self, ids, target, holder):
        keep = (ids != mpnet.PAD).float()
        x = self.body.embed(ids) + target[..., None] * self.marks[0] + holder[..., None] * self.marks[1]
        h = self.body(x, self.body.bias(ids)).float()
        mean = lambda m: (h * m[..., None]).sum(1) / m.sum(1, keepdim=True).clamp(min=1)
        z = torch.cat([h[:, 0], mean(target), mean(keep)], -1)
        with autocast(False):
            z = F.gelu(self.hidden(F.dropout(z, 0.1, self.training)))
            return self.out(z).view(-1, 2, 3), self.more(z), self.tokens(h), None

    def groups(self, rate):
        return list(mpnet.groups(self, rate, heads=10))


def part(text):
    """Which teacher does not read this text."""
    return hashlib.sha1(data.normal(text).encode()).digest()[1] % PARTS


def often(query):
    """How often a labelled query is read in one epoch. Set by hand, never compared."""
    if query.source in ("newsmtsc", "plain"):
        return 1
    if query.source == "gold":
        return 0.35 if query.label == data.NEUTRAL else 1
    return 0.6 * (0.55 if query.label == data.NEUTRAL else 1)


def labelled(seed):
    """Every labelled query that a model may learn from."""
    rng, banned = random.Random(seed + 100), reading.unseen()
    queries = data.newsmtsc("train") + data.dse_train(rng) + reading.gold_train(rng) + data.gold_train(rng, marked=True)
    queries = [q for q in queries if data.normal(q.text) not in banned]
    return queries + patterns.plain_meetings(rng, 400) + patterns.queries(rng, 3)


@torch.no_grad()
def read(model, lessons, index, size=256):
    """Logits (2, 3), basis (2), and probabilities of holder (time + 2, slots last) and cue (time) for these queries, as wide as the widest."""
    model.eval()
    n, wide = len(index), lessons.ids.shape[1]
    logits, basis = np.zeros((n, 2, 3), np.float32), np.zeros((n, 2), np.float32)
    whose, cue = np.zeros((n, wide + 2), np.float16), np.zeros((n, wide), np.float16)
    for b in buckets([lessons.lengths[i] for i in index], size):
        inputs, at = lessons.batch([index[k] for k in b])
        with autocast():
            both, more, tokens, _ = model(*inputs)
        t = inputs[0].shape[1]
        a, c = pointers.logits(tokens.float(), more.float(), lessons.word[at, :t] > 0)
        logits[b], basis[b] = both.float().cpu(), more[:, :2].float().cpu()
        p = F.softmax(a, 1).cpu()
        whose[np.ix_(b, range(t))], whose[b, wide:] = p[:, :t], p[:, t:]
        cue[np.ix_(b, range(t))] = F.softmax(c, 1).cpu()
    return logits, basis, whose, cue


def pointed(job):
    """Queries with the holder, the cue and the basis that the teachers see, where they see a stance."""
    queries, offsets, logits, basis, whose, cue = job
    claimed = 1 - F.softmax(torch.from_numpy(logits[:, data.STANCE]), -1)[:, data.NEUTRAL].numpy()
    out = []
    for k, (q, where) in enumerate(zip(queries, offsets)):
        n = len(where)
        if claimed[k] <= CLAIMED or not n:
            out.append(q)
            continue
        # The frame's first piece stands before the words.
        p, slots = whose[k, 1:1 + n].astype(np.float32), whose[k, -2:].astype(np.float32)
        if slots.max() > p.max():
            holder, sure = pointers.SLOTS[int(slots.argmax())], float(slots.max())
        else:
            holder, sure = shown(p, where, 0.25)
        words, clear = shown(cue[k, 1:1 + n].astype(np.float32), where, 0.35)
        out.append(replace(q, whose=(holder,), cue=words, sure=min(1.0, (sure * clear) ** 0.5) * float(claimed[k]),
                           basis=data.SAYS if basis[k, 0] > basis[k, 1] else data.DOES))
    return out


def point(queries, offsets, said, step=2000):
    """`pointed`, of many queries; `said` as `read` gives it."""
    jobs = [tuple(part[k:k + step] for part in (queries, offsets, *said)) for k in range(0, len(queries), step)]
    with workers() as each:
        return [q for done in each.map(pointed, jobs) for q in done]


def shown(p, offsets, share, longest=8):
    """(span, probability) of the pieces round the likeliest."""
    a, b = pointers.run(p.tolist(), int(p.argmax()), share, longest)
    return (offsets[a][0], offsets[b][1]), float(p[a:b + 1].sum())


def teach(seed=0, epochs=2, rate=7e-5, size=96, minutes=None):
    """Trains them one after the other; leaves WORK/teacher/said.pt: queries and logits (query, question, class). Resumable by teacher. `minutes`: for each.

    Epochs, rate and size were set by hand, never compared. Where said.pt is there already, labels that came since join it."""
    folder = paths.WORK / "teacher"
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / "said.pt").exists():
        return join(folder / "said.pt", labelled(seed))
    known, pool = labelled(seed), reading.pool(POOL, seed + 1)
    lessons = fit.Lessons(mpnet.tokenizer(), Teacher, known + pool)
    parts = [part(q.text) for q in known]
    said = [None, None, None, None]
    for k in range(PARTS):
        stored = folder / f"said-{k}.npz"
        asked = [i for i, p in enumerate(parts) if p == k] + list(range(len(known), len(known) + len(pool)))
        if not stored.exists():
            torch.manual_seed(seed + k)
            model = Teacher()
            weights = [0 if p == k else often(q) for q, p in zip(known, parts)] + [0] * len(pool)
            fit.fit(model, lessons, epochs=epochs, rate=rate, size=size, seed=seed + k, bf16=True, weights=weights, minutes=minutes)
            found = read(model.to(lessons.ids.device), lessons, asked)
            np.savez(stored, **dict(zip(("logits", "basis", "whose", "cue"), found)))
            report(model, k)
        found = np.load(stored)
        for j, name in enumerate(("logits", "basis", "whose", "cue")):
            each, alone = found[name].astype(np.float32), len(asked) - len(pool)
            if said[j] is None:
                said[j] = np.zeros((len(known) + len(pool), *each.shape[1:]), np.float32)
            said[j][asked[:alone]] = each[:alone]
            said[j][len(known):] += each[alone:] / PARTS
    pool = point(pool, [lessons.offsets(i) for i in range(len(known), len(known) + len(pool))], [each[len(known):] for each in said])
    torch.save(dict(queries=known + pool, logits=torch.from_numpy(said[0])), folder / "said.pt")


def join(stored, known):
    """Adds queries about texts that are labelled by now, without the teachers' word (not a number), and takes these texts out of the pool."""
    queries, logits = said()
    old = {q.text for q in queries if q.source != "pool"}
    new = [q for q in known if q.text not in old]
    texts = {q.text for q in new}
    kept = [i for i, q in enumerate(queries) if q.source != "pool" or q.text not in texts]
    silence = torch.full((len(new), *logits.shape[1:]), torch.nan)
    torch.save(dict(queries=[queries[i] for i in kept] + new, logits=torch.cat([logits[kept], silence])), stored)
    print(f"{len(new)} queries joined, {len(queries) - len(kept)} of the pool left out", flush=True)


def report(model, k):
    """On the development sets, for the log only."""
    from .metrics import macro_f1
    out = {}
    for name in ("rw", "mt"):
        queries = data.newsmtsc(f"dev_{name}")
        logits = read(model, fit.Lessons(mpnet.tokenizer(), Teacher, queries), list(range(len(queries))))[0]
        out[name] = round(100 * macro_f1([q.label for q in queries], torch.from_numpy(logits[:, data.SENTIMENT]).argmax(1)), 2)
    print(f"teacher {k}: NewsMTSC dev", out, flush=True)


def said():
    """(queries, logits): `whose`, `cue` and `basis` of unlabelled ones are the teachers'."""
    found = torch.load(paths.WORK / "teacher" / "said.pt", weights_only=False)
    return found["queries"], found["logits"]
