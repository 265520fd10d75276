"""The two shipped models, trained on the labelled data and on what the teacher says of it and of the pool."""
import random

import torch

from . import bigru, data, fit, minilm, names, paths, reading, teacher, vocabulary
from .batching import buckets
from .data import SENTIMENT, STANCE
from .device import DEVICE, autocast, workers

FAST_PIECES, ACCURATE_PIECES, ACCURATE_LAYERS, MARK = 10000, 12000, (0, 1, 2, 3), 2

# What part of a labelled query's loss the teacher's word is, how often in one epoch a query is read that only the teacher has read, and how often for once of a
# query it comes with other names. Set by hand, never compared.
SHARE = {"gold": 0.4, "plain": 0.0}
OTHER_SHARE, LOOSE, EXCHANGED = 0.7, 0.35, 0.5


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


def material(seed, said=None, shares=SHARE, exchanged_rate=None, share=0.6, chunk=5000):
    """(queries, the teacher's logits, which of them count, its share, how often each is read an epoch). `share` of the queries come with other names too.
    `said`: queries and logits, not a number where nobody was asked; else the teachers'. `exchanged_rate`: by source, instead of `EXCHANGED`."""
    queries, logits = said or teacher.said()
    # With a holder marked only the stance question has been taught.
    counts = torch.tensor([[q.holder is None, True] for q in queries]) & ~logits.isnan().any(-1)
    logits = logits.nan_to_num()
    rates = [LOOSE if q.label == data.UNKNOWN else teacher.often(q) for q in queries]
    rows = [(i, q, rate) for i, (q, rate) in enumerate(zip(queries, rates))]
    numbered = list(enumerate(queries))
    jobs = [(numbered[k:k + chunk], f"{seed} {k}", share) for k in range(0, len(queries), chunk)]
    with workers() as pool:
        rows += [(i, q, rates[i] * (exchanged_rate or {}).get(q.source, EXCHANGED)) for found in pool.map(exchanged, jobs) for i, q in found]
    numbers = [i for i, _, _ in rows]
    return [q for _, q, _ in rows], logits[numbers], counts[numbers], torch.tensor([shares.get(q.source, OTHER_SHARE) for _, q, _ in rows]), [r for _, _, r in rows]


def quick_score(model, tk):
    """Macro-F1 on dev_rw and dev_mt, for the log only: nothing is selected by it."""
    from .metrics import macro_f1
    out = {}
    for k in ("rw", "mt"):
        queries = data.newsmtsc(f"dev_{k}")
        guess = fit.predict(model, vocabulary.encode(tk, queries, model.frame))[:, SENTIMENT].argmax(1)
        out[k] = round(100 * macro_f1([q.label for q in queries], guess), 2)
    return out


class Topics:
    """What texts are about, as a second task (`fit`'s `beside`) for the accurate model, so that its lower layers tell it too; and alone: labels where there are
    some, else what the topic teacher believes; `gold_train`, how often its units come for once of the other labelled ones. All numbers were set
    by hand, never compared."""
    TAUGHT = ("wcep", "wcep-unlabelled", "wikinews", "huffpost", "gum", "iptc")

    def __init__(self, tk, frame, folder, seed, size=64, weight=0.2, labelled=0.4, gold_train=3, longest=96):
        from .topics.examples import Examples
        from .topics.teacher import beliefs
        examples = Examples(folder)
        known = beliefs(folder, examples)
        self.labels, self.size, self.weight, self.labelled = len(examples.labels), size, weight, labelled
        self.rng, banned = random.Random(seed), reading.unseen()
        of = lambda *sources: [i for i in examples.of(*sources) if data.normal(examples.text[i]) not in banned]
        gold = of("gold")
        index = dict(labelled=gold + (gold_train - 1) * [i for i in gold if examples.gold_train[i]], taught=of(*self.TAUGHT))
        self.ids, self.goals, self.first, self.lengths = {}, {}, {}, {}
        for name, rows in index.items():
            ids = vocabulary.framed(tk, [examples.text[i] for i in rows], frame, longest - 2)
            self.lengths[name] = [len(x) for x in ids]
            self.ids[name] = torch.tensor([x + [vocabulary.PAD] * (longest - len(x)) for x in ids], dtype=torch.int16, device=DEVICE)
            goals = torch.from_numpy(examples.y[rows]) if name == "labelled" else known[rows]
            self.goals[name] = goals.half().to(DEVICE)
            self.first[name] = torch.from_numpy(examples.first[rows]).to(DEVICE)
        self.left = dict(labelled=[], taught=[])

    def __call__(self, model):
        from .topics.losses import marks
        name = "labelled" if self.rng.random() < self.labelled else "taught"
        if not self.left[name]:
            self.left[name] = buckets(self.lengths[name], self.size, self.rng)
        batch = self.left[name].pop()
        at = torch.tensor(batch).to(DEVICE, non_blocking=True)
        with autocast():
            z = model.about(self.ids[name][at, :max(1, *(self.lengths[name][i] for i in batch))].long()).float()
        return self.weight * marks(z, self.goals[name][at].float(), self.first[name][at] if name == "labelled" else None)


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


def accurate(seed=0, epochs=4, pieces=ACCURATE_PIECES, layers=ACCURATE_LAYERS, mark=MARK, rate=2e-4, size=96, name="accurate", minutes=None, topics="topics"):
    torch.manual_seed(seed)
    vocab = vocabulary.pruned(pieces)
    tk = vocabulary.tokenizer(vocab)
    queries, *taught, weights = material(seed)
    about = Topics(tk, minilm.MiniLm.frame, paths.WORK / topics, seed)
    model = minilm.pretrained(vocab, layers, mark, topics=about.labels)
    path = paths.WORK / f"{name}-{seed}.pt"
    fit.fit(model, fit.Lessons(tk, model, queries, *taught), epochs=epochs, rate=rate, size=size, seed=seed, weights=weights, bf16=True, beside=about, minutes=minutes,
            on_step=lambda step: step % 500 == 0 and torch.save(model.state_dict(), path), each_epoch=lambda step: print(step, quick_score(model, tk), flush=True))
    torch.save(model.state_dict(), path)
    return model, vocab
