"""The two shipped models, trained on the labelled data and on what the teacher says of it and of the pool."""
import random

import torch

from . import bigru, data, fit, label, minilm, names, paths, patterns, reading, vocabulary
from .data import NEUTRAL, SENTIMENT, STANCE

FAST_PIECES, ACCURATE_PIECES, ACCURATE_LAYERS, MARK = 10000, 12000, (0, 1, 2, 3), 2


def plain_meetings(rng, count):
    """Bare meetings and visits of anybody: nothing for or against, whoever it is."""
    acts = ("{} met {} on Tuesday.", "{} will meet {} next week.", "{} spoke with {} by telephone.", "{} visited {} in May.", "{} wrote to {} on Monday.",
            "{} and {} held talks in the capital.", "Reporters asked {} about {}.", "{} sat next to {} at the dinner.", "{} arrived with {} at noon.",
            "A statement by {} mentioned {}.", "{} is to appear before a panel with {}.")
    kinds, out = ("place", "party", "person", "person"), []
    for _ in range(count):
        first, second = (names.draw(rng, rng.choice(kinds), rng.choice((1, 2))) for _ in range(2))
        act = rng.choice(acts)
        text = act.format(first, second)
        text = text[0].upper() + text[1:]
        at = act.index("{}")
        one = (at, at + len(first))
        two = (text.rindex(second), text.rindex(second) + len(second))
        if one[1] > two[0]:
            continue
        target, holder = (one, two) if rng.random() < 0.5 else (two, one)
        question = rng.choice((SENTIMENT, STANCE))
        out.append(data.Query(text, target, holder if question == STANCE and rng.random() < 0.5 else None, NEUTRAL, question, "plain"))
    return out


def material(seed, exchanged=0.4, teacher="teacher", reader="reader", plain=400, others=0.6, loose=0.3, fills=3):
    """(queries, soft logits, which of them count, how often each is drawn an epoch). How often where a NewsMTSC query is drawn once:
    `others` a DSE query, `loose` one that only the teacher has read. `fills`: names put into each pattern. Set by hand, never compared."""
    rng, banned = random.Random(seed + 100), reading.unseen()
    queries = data.newsmtsc("train") + data.dse_train(rng) + reading.gold_train(rng) + data.gold_train(rng, marked=True)
    queries = [q for q in queries if data.normal(q.text) not in banned]
    soft = {}
    seen = paths.WORK / (teacher or "") / "seen.pt"
    if teacher and seen.exists():
        saved = torch.load(seen, weights_only=False)
        read = {(q.text, q.target, q.holder, q.question): i for i, q in enumerate(saved["queries"])
                if saved["known"][i] and not saved["logits"][i].isnan().any()}
        for key, i in read.items():
            soft[key] = saved["logits"][i]
        known = {(q.text, q.target, q.holder, q.question) for q in queries}
        queries += [q for q in saved["queries"] if q.source != "gold" and (q.text, q.target, q.holder, q.question) not in known
                    and data.normal(q.text) not in banned]
    if reader:
        extra, logits = label.labelled(reader)
        for q, l in zip(extra, logits):
            soft[q.text, q.target, q.holder, q.question] = l
        queries += extra
    queries += plain_meetings(rng, plain) + patterns.queries(rng, fills)
    key = lambda q: (q.text, q.target, q.holder, q.question)

    def rate(q):
        if q.source in ("newsmtsc", "plain"):
            return 1
        if q.label == data.UNKNOWN:
            return loose
        if q.source == "gold":
            return 0.35 if q.label == NEUTRAL else 1
        return others * (0.55 if q.label == NEUTRAL else 1)
    # Where the codebook's own labels are known, the teacher knows less.
    rows = [(q, None if q.source == "gold" else soft.get(key(q)), rate(q)) for q in queries]
    for q, s, r in list(rows):
        if rng.random() < exchanged:
            other = names.exchange(q, rng)
            if other is not q:
                rows.append((other, s, r * 0.35))
    values = torch.stack([s if s is not None else torch.zeros(2, 3) for _, s, _ in rows])
    # With a holder marked only the stance question has been taught.
    count = torch.tensor([[s is not None and q.holder is None, s is not None] for q, s, _ in rows])
    return [q for q, _, _ in rows], values, count, [r for _, _, r in rows]


def quick_score(model, tk):
    """Macro-F1 on dev_rw and dev_mt, for the log only: nothing is selected by it."""
    from .metrics import macro_f1
    out = {}
    for k in ("rw", "mt"):
        queries = data.newsmtsc(f"dev_{k}")
        guess = fit.predict(model, vocabulary.encode(tk, queries, model.frame))[:, SENTIMENT].argmax(1)
        out[k] = round(100 * macro_f1([q.label for q in queries], guess), 2)
    return out


def fast(seed=0, epochs=8, pieces=FAST_PIECES, rate=2e-3, size=64, threads=1, teacher="teacher", name="fast", start=None, minutes=None):
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    vocab = vocabulary.pruned(pieces)
    tk = vocabulary.tokenizer(vocab)
    queries, soft, counts, weights = material(seed, teacher=teacher)
    model = bigru.BiGru(minilm.piece_vectors(vocab, 64))
    if start:
        model.load_state_dict(torch.load(start), strict=False)
    lessons = fit.Lessons(tk, model, queries, soft, counts)
    fit.fit(model, lessons, epochs=epochs, rate=rate, size=size, seed=seed, weights=weights, minutes=minutes,
            each_epoch=lambda step: print(step, quick_score(model, tk), flush=True))
    torch.save(model.state_dict(), paths.WORK / f"{name}-{seed}.pt")
    return model, vocab


class Topics:
    """What the topic teacher believes about texts, and gold labels, as a second task for the accurate model (`fit`'s `beside`).
    Its head is not shipped: on gold dev it read topics worse than the bag of words (micro-F1 .57 against .61)."""

    def __init__(self, tk, folder, seed, size=24, weight=0.05):
        from .topics.examples import Examples
        from .topics.teacher import beliefs
        self.examples, self.beliefs = Examples(folder), beliefs(folder)
        self.size, self.weight, self.rng = size, weight, random.Random(seed)
        banned = reading.unseen()
        gold = [i for i in self.examples.of("gold") if data.normal(self.examples.text[i]) not in banned]
        taught = [i for s in ("wcep", "wcep-unlabelled", "wikinews", "huffpost", "gum", "iptc") for i in self.examples.of(s)]
        known = ~torch.isnan(self.beliefs[:, 0])
        taught = [i for i in taught if known[i] and data.normal(self.examples.text[i]) not in banned]
        self.sources = [(gold, 0.3), (taught, 0.7)]
        ids = lambda index: [[vocabulary.CLS] + e.ids[:94] + [vocabulary.SEP] for e in
                             tk.encode_batch([self.examples.text[i] for i in index], add_special_tokens=False)]
        self.ids = {i: row for index in (gold, taught) for i, row in zip(index, ids(index))}
        self.y, self.first = torch.from_numpy(self.examples.y), torch.from_numpy(self.examples.first)

    def __call__(self, model):
        from .topics.losses import marks
        gold = self.rng.random() < self.sources[0][1]
        index = self.sources[0 if gold else 1][0]
        chosen = sorted(self.rng.sample(index, self.size * 6), key=lambda i: len(self.ids[i]))
        at = self.rng.randrange(6) * self.size
        chosen = chosen[at:at + self.size]
        n = max(len(self.ids[i]) for i in chosen)
        rows = torch.tensor([self.ids[i] + [0] * (n - len(self.ids[i])) for i in chosen])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            z = model.about(rows).float()
        loss = marks(z, self.y[chosen], self.first[chosen]) if gold else marks(z, self.beliefs[chosen])
        return self.weight * loss


def accurate(seed=0, epochs=2, pieces=ACCURATE_PIECES, layers=ACCURATE_LAYERS, mark=MARK, rate=1e-4, size=32, threads=1, teacher="teacher",
             start=None, name="accurate", bf16=True, minutes=None, topics="topics"):
    """`start`: a checkpoint of an earlier run to go on from."""
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    vocab = vocabulary.pruned(pieces)
    tk = vocabulary.tokenizer(vocab)
    queries, soft, counts, weights = material(seed, teacher=teacher)
    about = Topics(tk, paths.WORK / topics, seed) if topics else None
    model = minilm.pretrained(vocab, layers, mark, topics=len(about.examples.labels) if about else 0)
    if start:
        model.load_state_dict(torch.load(start), strict=False)
    path = paths.WORK / f"{name}-{seed}.pt"
    save = lambda step: step % 50 == 0 and torch.save(model.state_dict(), path)
    lessons = fit.Lessons(tk, model, queries, soft, counts)
    fit.fit(model, lessons, epochs=epochs, rate=rate, size=size, seed=seed, weights=weights, bf16=bf16, beside=about,
            on_step=save, minutes=minutes, each_epoch=lambda step: print(step, quick_score(model, tk), flush=True))
    torch.save(model.state_dict(), path)
    return model, vocab


def accurate_courses(seed=0, name="accurate"):
    """What ships: a first course, a second without topics, and a third, from the mean of both courses' weights (Wortsman et al. 2022): the second
    reads claims better, the first the sentiment; the mean loses neither."""
    accurate(seed=seed, name=f"{name}-first")
    start = paths.WORK / f"{name}-first-{seed}.pt"
    model, _ = accurate(seed=seed, name=f"{name}-second", start=start, epochs=3, rate=1.2e-4, topics=None)
    first, mean = torch.load(start), paths.WORK / f"{name}-mean-{seed}.pt"
    torch.save({key: (first[key] + value) / 2 for key, value in model.state_dict().items()}, mean)
    return accurate(seed=seed + 1, name=f"{name}-third", start=mean, epochs=2, rate=1.1e-4, topics=None)
