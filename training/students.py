"""The two shipped models, trained on the labelled data and on what the teacher says of it and of the pool."""
import random

import torch

from . import bigru, data, fit, label, minilm, names, paths, swap, vocabulary
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


def material(seed, exchanged=0.4, teacher="teacher", plain=400, others=0.4):
    """(queries, soft logits, which of them count, how often each is drawn an epoch).
    `others`: how often a DSE or gold query is drawn where a NewsMTSC one is drawn once."""
    rng = random.Random(seed + 100)
    queries = data.training_queries(seed)
    soft, counts = {}, {}
    seen = paths.WORK / (teacher or "") / "seen.pt"
    if teacher and seen.exists():
        saved = torch.load(seen, weights_only=False)
        read = {(q.text, q.target, q.holder, q.question): i for i, q in enumerate(saved["queries"]) if saved["known"][i]}
        for key, i in read.items():
            soft[key] = saved["logits"][i]
        known = {(q.text, q.target, q.holder, q.question) for q in queries}
        queries += [q for q in saved["queries"] if (q.text, q.target, q.holder, q.question) not in known]
    if teacher:
        extra, logits = label.labelled(teacher)
        for q, l in zip(extra, logits):
            soft[q.text, q.target, q.holder, q.question] = l
        queries += extra
    queries += plain_meetings(rng, plain)
    key = lambda q: (q.text, q.target, q.holder, q.question)

    def rate(q):
        if q.label == data.UNKNOWN or q.source in ("newsmtsc", "plain"):
            return 1
        return others * (0.55 if q.label == NEUTRAL else 1)
    rows = [(q, soft.get(key(q)), rate(q)) for q in queries]
    for q, s, r in list(rows):
        if rng.random() < exchanged:
            other = names.exchange(q, rng)
            if other is not q:
                rows.append((other, s, r * 0.35))
    values = torch.stack([s if s is not None else torch.zeros(2, 3) for _, s, _ in rows])
    # With a holder marked only the stance question has been taught.
    count = torch.tensor([[s is not None and q.holder is None, s is not None] for q, s, _ in rows])
    return [q for q, _, _ in rows], values, count, [r for _, _, r in rows]


def _tensors(queries):
    return torch.tensor([q.label for q in queries]), torch.tensor([q.question for q in queries])


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
    items = vocabulary.encode(tk, queries, frame=False)
    model = bigru.BiGru(minilm.piece_vectors(vocab, 64))
    if start:
        model.load_state_dict(torch.load(start))
    fit.fit(model, items, *_tensors(queries), soft, counts, epochs=epochs, rate=rate, size=size, seed=seed, weights=weights, minutes=minutes,
            each_epoch=lambda step: print(step, quick_score(model, tk), flush=True))
    torch.save(model.state_dict(), paths.WORK / f"{name}-{seed}.pt")
    return model, vocab


def accurate(seed=0, epochs=2, pieces=ACCURATE_PIECES, layers=ACCURATE_LAYERS, mark=MARK, rate=1e-4, size=32, threads=1, teacher="teacher",
             start=None, name="accurate", bf16=True, minutes=None):
    """`start`: a checkpoint of an earlier run to go on from."""
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    vocab = vocabulary.pruned(pieces)
    tk = vocabulary.tokenizer(vocab)
    queries, soft, counts, weights = material(seed, teacher=teacher)
    items = vocabulary.encode(tk, queries)
    model = minilm.pretrained(vocab, layers, mark)
    if start:
        model.load_state_dict(torch.load(start))
    path = paths.WORK / f"{name}-{seed}.pt"
    save = lambda step: step % 50 == 0 and torch.save(model.state_dict(), path)
    fit.fit(model, items, *_tensors(queries), soft, counts, epochs=epochs, rate=rate, size=size, seed=seed, weights=weights, bf16=bf16,
            on_step=save, minutes=minutes, each_epoch=lambda step: print(step, quick_score(model, tk), flush=True))
    torch.save(model.state_dict(), path)
    return model, vocab
