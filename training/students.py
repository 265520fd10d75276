"""The two shipped models, trained on the labelled data and on what the teacher says of it and of the pool."""
import random

import torch

from . import bigru, data, fit, minilm, names, paths, reading, teacher, vocabulary
from .data import SENTIMENT
from .device import DEVICE, autocast, workers

FAST_PIECES, ACCURATE_PIECES, ACCURATE_LAYERS, MARK = 10000, 12000, (0, 1, 2, 3), 2

# What part of a labelled query's loss the teacher's word is, and how often in one epoch a query is read that only the teacher has read. Set by hand, never compared.
SHARE = {"gold": 0.4, "plain": 0.0}
OTHER_SHARE, LOOSE = 0.7, 0.35


def exchanged(job):
    """Of some queries, by number, the same with other names."""
    queries, seed, share = job
    rng, out = random.Random(seed), []
    for i, q in queries:
        if rng.random() < share:
            other = names.exchange(q, rng)
            holder = other.holder or next((w for w in other.whose if isinstance(w, tuple)), None)
            if holder and holder != other.target:
                other = names.exchange(other, rng, holder)
            if other is not q:
                out.append((i, other))
    return out


def material(seed, share=0.6, chunk=5000):
    """(queries, the teacher's logits, which of them count, its share, how often each is read an epoch). `share` of the queries come with other names too."""
    queries, logits = teacher.said()
    rates = [LOOSE if q.label == data.UNKNOWN else teacher.often(q) for q in queries]
    rows = [(i, q, rate) for i, (q, rate) in enumerate(zip(queries, rates))]
    numbered = list(enumerate(queries))
    jobs = [(numbered[k:k + chunk], f"{seed} {k}", share) for k in range(0, len(queries), chunk)]
    with workers() as pool:
        rows += [(i, q, rates[i] * 0.5) for found in pool.map(exchanged, jobs) for i, q in found]
    shares = torch.tensor([SHARE.get(q.source, OTHER_SHARE) for _, q, _ in rows])
    # With a holder marked only the stance question has been taught.
    count = torch.tensor([[q.holder is None, True] for _, q, _ in rows])
    return [q for _, q, _ in rows], logits[[i for i, _, _ in rows]], count, shares, [r for _, _, r in rows]


def quick_score(model, tk):
    """Macro-F1 on dev_rw and dev_mt, for the log only: nothing is selected by it."""
    from .metrics import macro_f1
    out = {}
    for k in ("rw", "mt"):
        queries = data.newsmtsc(f"dev_{k}")
        guess = fit.predict(model, vocabulary.encode(tk, queries, model.frame))[:, SENTIMENT].argmax(1)
        out[k] = round(100 * macro_f1([q.label for q in queries], guess), 2)
    return out


def fast(seed=0, epochs=8, pieces=FAST_PIECES, rate=3.5e-3, size=256, name="fast", minutes=None):
    torch.manual_seed(seed)
    vocab = vocabulary.pruned(pieces)
    tk = vocabulary.tokenizer(vocab)
    queries, *taught, weights = material(seed)
    model = bigru.BiGru(minilm.piece_vectors(vocab, 64))
    fit.fit(model, fit.Lessons(tk, model, queries, *taught), epochs=epochs, rate=rate, size=size, seed=seed, weights=weights, minutes=minutes,
            each_epoch=lambda step: print(step, quick_score(model, tk), flush=True))
    torch.save(model.state_dict(), paths.WORK / f"{name}-{seed}.pt")
    return model, vocab


class Topics:
    """What the topic teacher believes about texts, and gold labels, as a second task for the accurate model (`fit`'s `beside`).
    Its head is not shipped: on gold dev it read topics worse than the bag of words (micro-F1 .57 against .61)."""

    def __init__(self, tk, folder, seed, size=24, weight=0.05):
        from .topics.examples import Examples
        from .topics.teacher import beliefs
        self.examples, self.beliefs = Examples(folder), beliefs(folder).to(DEVICE)
        self.size, self.weight, self.rng = size, weight, random.Random(seed)
        banned = reading.unseen()
        gold = [i for i in self.examples.of("gold") if data.normal(self.examples.text[i]) not in banned]
        taught = [i for s in ("wcep", "wcep-unlabelled", "wikinews", "huffpost", "gum", "iptc") for i in self.examples.of(s)]
        taught = [i for i in taught if data.normal(self.examples.text[i]) not in banned]
        self.sources = [(gold, 0.3), (taught, 0.7)]
        ids = lambda index: [[vocabulary.CLS] + e.ids[:94] + [vocabulary.SEP] for e in
                             tk.encode_batch([self.examples.text[i] for i in index], add_special_tokens=False)]
        self.ids = {i: row for index in (gold, taught) for i, row in zip(index, ids(index))}
        self.y, self.first = torch.from_numpy(self.examples.y).to(DEVICE), torch.from_numpy(self.examples.first).to(DEVICE)

    def __call__(self, model):
        from .topics.losses import marks
        gold = self.rng.random() < self.sources[0][1]
        index = self.sources[0 if gold else 1][0]
        chosen = sorted(self.rng.sample(index, self.size * 6), key=lambda i: len(self.ids[i]))
        at = self.rng.randrange(6) * self.size
        chosen = chosen[at:at + self.size]
        n = max(len(self.ids[i]) for i in chosen)
        rows = torch.tensor([self.ids[i] + [0] * (n - len(self.ids[i])) for i in chosen], device=DEVICE)
        with autocast():
            z = model.about(rows).float()
        at = torch.tensor(chosen, device=DEVICE)
        loss = marks(z, self.y[at], self.first[at]) if gold else marks(z, self.beliefs[at])
        return self.weight * loss


def accurate(seed=0, epochs=4, pieces=ACCURATE_PIECES, layers=ACCURATE_LAYERS, mark=MARK, rate=2e-4, size=96, name="accurate", minutes=None, topics="topics"):
    torch.manual_seed(seed)
    vocab = vocabulary.pruned(pieces)
    tk = vocabulary.tokenizer(vocab)
    queries, *taught, weights = material(seed)
    about = Topics(tk, paths.WORK / topics, seed) if topics else None
    model = minilm.pretrained(vocab, layers, mark, topics=len(about.examples.labels) if about else 0)
    path = paths.WORK / f"{name}-{seed}.pt"
    fit.fit(model, fit.Lessons(tk, model, queries, *taught), epochs=epochs, rate=rate, size=size, seed=seed, weights=weights, bf16=True, beside=about, minutes=minutes,
            on_step=lambda step: step % 500 == 0 and torch.save(model.state_dict(), path), each_epoch=lambda step: print(step, quick_score(model, tk), flush=True))
    torch.save(model.state_dict(), path)
    return model, vocab
