"""Queries from what the library itself finds in a text (`pairs_train claims` and `candidates` write it): its noun groups are the
possible targets and holders, so that training meets what use will meet. One document in ten is held back to choose thresholds by."""
import hashlib
import json
import random

from . import data, paths
from .data import AUTHOR, DOES, NEUTRAL, NOBODY, OPPOSE, SAYS, STANCE, SUPPORT, UNKNOWN, Query, touch

FOUND = paths.WORK / "pairs"


def documents(name):
    with open(FOUND / f"candidates-{name}.jsonl", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def held_back(document):
    return hashlib.sha1(document["id"].encode()).digest()[0] % 10 == 0


def overlap(a, b):
    common = min(a[1], b[1]) - max(a[0], b[0])
    return common / (max(a[1], b[1]) - min(a[0], b[0])) if common > 0 else 0


def mention_of(sentence, span):
    """The noun group a labelled span means, if there is one much like it."""
    best = max(range(len(sentence["mentions"])), key=lambda m: overlap(sentence["mentions"][m]["span"], span), default=None)
    return best if best is not None and overlap(sentence["mentions"][best]["span"], span) >= 0.3 else None


def targets(sentence):
    """The noun groups that could be a target."""
    return [m for m, mention in enumerate(sentence["mentions"]) if not mention["time"]]


def proposed(sentence):
    """Noun groups by the confidence of the small models' best proposal about them."""
    best = {}
    for p in sentence["proposals"]:
        best[p["target"]] = max(best.get(p["target"], 0), p["confidence"])
    return sorted(best, key=lambda m: -best[m]), best


def of_sentence(document, sentence, rng, most=3, others=1):
    """Labelled queries: every claimed target, the likeliest of the other noun groups, and a few at random."""
    start = sentence["span"][0]
    text = document["text"][start:sentence["span"][1]]
    here = lambda span: (span[0] - start, span[1] - start)
    by_target = {}
    for g in sentence["gold"]:
        m = mention_of(sentence, g["target_span"])
        span = here(sentence["mentions"][m]["span"] if m is not None else g["target_span"])
        by_target.setdefault(span, []).append(g)
    out = []
    for span, tuples in by_target.items():
        if len({g["support"] for g in tuples}) == 2:
            continue
        whose = [AUTHOR if g["holder"] == AUTHOR else NOBODY if g["holder"] is None else here(g["holder_span"]) for g in tuples]
        bases = {g["basis"] for g in tuples} - {"author"}
        basis = {"says": SAYS, "does": DOES}[bases.pop()] if len(bases) == 1 else UNKNOWN
        out.append(Query(text, span, None, SUPPORT if tuples[0]["support"] else OPPOSE, STANCE, "gold", basis,
                         tuple(dict.fromkeys(whose)), here(tuples[0]["cue_span"])))
    entities = {sentence["mentions"][m]["entity"] for m in (mention_of(sentence, g["target_span"]) for g in sentence["gold"]) if m is not None}
    free = [m for m in targets(sentence) if sentence["mentions"][m]["entity"] not in entities
            and not any(touch(here(sentence["mentions"][m]["span"]), span) for span in by_target)]
    likely = [m for m in proposed(sentence)[0] if m in free][:most]
    rest = [m for m in free if m not in likely]
    for m in likely + rng.sample(rest, min(others, len(rest))):
        out.append(Query(text, here(sentence["mentions"][m]["span"]), None, NEUTRAL, STANCE, "gold"))
    return out


def unseen():
    """Normalised sentences that no student may learn from: the development sets and the documents held back."""
    kept = {data.normal(d["text"][slice(*s["span"])]) for d in documents("train") if held_back(d) for s in d["sentences"]}
    return kept | data.dev_texts()


def gold_train(rng, most=3, others=1):
    return [q for d in documents("train") if not held_back(d) for s in d["sentences"] if s["kind"] != "Meta"
            for q in of_sentence(d, s, rng, most, others)]


def pool(size, seed):
    """Unlabelled queries: two noun groups a sentence at most, likely ones first."""
    rng, out, banned = random.Random(seed), [], unseen()
    for d in documents("pool"):
        for s in d["sentences"]:
            start, end = s["span"]
            if s["kind"] == "Meta" or not 40 <= end - start <= 400 or data.normal(d["text"][start:end]) in banned:
                continue
            order, sure = proposed(s)
            rest = [m for m in targets(s) if m not in order]
            rng.shuffle(rest)
            chosen = [m for m in order[:2] if sure[m] > 0.1 or rng.random() < 0.5]
            if rest and rng.random() < 0.35:
                chosen.append(rest[0])
            for m in chosen[:2]:
                a, b = s["mentions"][m]["span"]
                out.append(Query(d["text"][start:end], (a - start, b - start), None, UNKNOWN, STANCE, "pool"))
    rng.shuffle(out)
    return out[:size]
