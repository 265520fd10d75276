"""The labelled data, as queries: a sentence, a target, perhaps a holder, and the stance it conveys.

Two questions are asked of a sentence, because the sources define "neutral" differently:

* SENTIMENT: how good or bad does the target look in this sentence? (NewsMTSC; plain bad news counts)
* STANCE: is somebody (the marked holder, or anybody) for or against the target? (CODEBOOK.md; DSE)

Every text that occurs in a development set is dropped, by normalised text.
"""
import json
import re
from dataclasses import dataclass, replace

from . import paths

OPPOSE, NEUTRAL, SUPPORT = 0, 1, 2
CLASSES = ("oppose", "neutral", "support")
SENTIMENT, STANCE = 0, 1
UNKNOWN = -1
SAYS, DOES = 0, 1
AUTHOR, NOBODY = "author", "nobody"  # the narrator; somebody whom the sentence does not name

_LABEL = {"neg": 0, "neu": 1, "pos": 2, "oppose": 0, "neutral": 1, "support": 2}


@dataclass(frozen=True)
class Query:
    text: str
    target: tuple  # [start, end) in code points
    holder: tuple | None
    label: int  # OPPOSE, NEUTRAL, SUPPORT or UNKNOWN
    question: int  # SENTIMENT or STANCE
    source: str
    # Where somebody is for or against the target, and it is known:
    basis: int = UNKNOWN  # SAYS or DOES
    whose: tuple = ()  # spans of those whose stance it is, or one of AUTHOR, NOBODY
    cue: tuple | None = None  # the words that show it
    sure: float = 1.0  # how far `whose` and `cue` are to be believed


def rows(path):
    with open(path, encoding="utf8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def normal(text):
    return re.sub(r"\W+", " ", text.lower()).strip()


def dev_texts():
    """Normalised texts of every development set: never trained on, never labelled by the teacher."""
    files = [paths.DATA / "newsmtsc/dev_rw.jsonl", paths.DATA / "newsmtsc/dev_mt.jsonl",
             paths.DATA / "dse_directed/dev.jsonl", paths.GOLD / "dev.jsonl"]
    return {normal(r["text"]) for f in files for r in rows(f)}


def newsmtsc(name):
    """`name`: train, dev_rw or dev_mt."""
    return [Query(r["text"], (r["start"], r["end"]), None, _LABEL[r["label"]], SENTIMENT, "newsmtsc")
            for r in rows(paths.DATA / f"newsmtsc/{name}.jsonl")]


def dse_pair(r):
    """The two directed queries of a row: p as holder of q, and q as holder of p."""
    p, q = (r["p_start"], r["p_end"]), (r["q_start"], r["q_end"])
    polarity = _LABEL[r["polarity"]]
    forward = polarity if r["direction"] == "p->q" else NEUTRAL
    backward = polarity if r["direction"] == "q->p" else NEUTRAL
    return (Query(r["text"], q, p, forward, STANCE, "dse"), Query(r["text"], p, q, backward, STANCE, "dse"))


def dse_train(rng, neutral_share=0.45, reverse_share=0.5):
    out = []
    for r in rows(paths.DATA / "dse_directed/train.jsonl"):
        forward, backward = dse_pair(r)
        if r["label"] == 0:
            if rng.random() < neutral_share:
                out.append(rng.choice((forward, backward)))
            continue
        claim, other = (forward, backward) if forward.label != NEUTRAL else (backward, forward)
        out.append(claim)
        if rng.random() < reverse_share:
            out.append(other)
        if rng.random() < 0.3:
            out.append(replace(claim, holder=None, whose=(claim.holder,)))
    return out


_NAME = re.compile(r"[A-Z][\w.&'’-]*(?:\s+(?:(?:of|the|and|for|de|al|bin)\s+)?[A-Z][\w.&'’-]*)*")


def names(text):
    """Spans of capitalised groups; a lone word that opens the sentence is left out (it may be any word)."""
    out = []
    for m in _NAME.finditer(text):
        a, b = m.span()
        while b > a and text[b - 1] in ".'’-&":
            b -= 1
        if text[a:b].endswith(("'s", "’s")):
            b -= 2
        if b - a < 2 or (a == 0 and " " not in text[a:b]):
            continue
        out.append((a, b))
    return out


def touch(x, y):
    return x[0] < y[1] and y[0] < x[1]


def gold_train(rng, neutral_per_text=2, marked=False):
    """Tuples as queries with and without their holder, and as many that carry no stance; only those with a holder if `marked`."""
    out = []
    for r in rows(paths.LABELLED):
        if r["kind"] == "meta":
            continue
        text, claims, by_target = r["text"], {}, {}
        for s in r["stances"]:
            target, holder = tuple(s["target_span"]), s.get("holder_span")
            by_target.setdefault(target, set()).add(_LABEL[s["polarity"]])
            if holder:
                claims.setdefault((tuple(holder), target), set()).add(_LABEL[s["polarity"]])
        for target, found in by_target.items():
            if len(found) == 1:
                out.append(Query(text, target, None, min(found), STANCE, "gold"))
        for (holder, target), found in claims.items():
            if len(found) == 1 and not touch(holder, target):
                out.append(Query(text, target, holder, min(found), STANCE, "gold"))
                if (target, holder) not in claims and rng.random() < 0.4:
                    out.append(Query(text, holder, target, NEUTRAL, STANCE, "gold"))
        involved = list(by_target)
        holders = list({h for h, _ in claims})
        free = [n for n in dict.fromkeys(names(text) + holders) if not any(touch(n, t) for t in involved)]
        rng.shuffle(free)
        for span in free[: neutral_per_text if r["stances"] else 1]:
            holder = None
            others = [h for h in (holders or free) if not touch(h, span)]
            if others and rng.random() < 0.35:
                holder = rng.choice(others)
            out.append(Query(text, span, holder, NEUTRAL, STANCE, "gold"))
    return [q for q in out if q.holder is not None] if marked else out
