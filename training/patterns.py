"""Sentences of our own with two slots, into which any names go: the same is for or against the same, whoever they are, and ordinary
dealings are nothing. `patterns.txt`, a line each: `sentence | A - B | cue | s or d | tag`; see `parse`."""
import re
from pathlib import Path

from . import data, names
from .data import DOES, NEUTRAL, OPPOSE, SAYS, SENTIMENT, STANCE, SUPPORT
from .labels.check import label

FILE = Path(__file__).parent / "patterns.txt"
PATTERN = "mt_pattern"  # the document that filled patterns are units of
KINDS = {"any": ("place", "party", "person", "person"), "person": ("person",), "country": ("place",)}


def parse(line):
    """(sentence, [(holder's slot, polarity, target's slot, cue, basis)], kinds of names)."""
    sentence, relations, cues, bases, tag = [f.strip() for f in line.split("|")]
    claims = []
    if relations != "none":
        for relation, cue, basis in zip(relations.split(","), cues.split(";"), re.findall("[sd]", bases), strict=True):
            holder, sign, target = relation.split()
            if cue.strip() not in sentence:
                raise ValueError(line)
            claims.append((holder, SUPPORT if sign == "+" else OPPOSE, target, cue.strip(), SAYS if basis == "s" else DOES))
    return sentence, claims, KINDS[tag]


def patterns():
    return [parse(line) for line in FILE.read_text(encoding="utf8").splitlines() if line and not line.startswith("#")]


def fill(sentence, named):
    """The text with the names in their slots, and where each came to stand."""
    text, spans = "", {}
    for part in re.split(r"(\{[AB]\})", sentence):
        slot = part[1:2] if re.fullmatch(r"\{[AB]\}", part) else None
        if slot:
            name = named[slot] if re.search(r"\w", text) else named[slot][0].upper() + named[slot][1:]
            spans[slot] = (len(text), len(text) + len(name))
            part = name
        text += part
    return text, spans


def place(cue, text, spans):
    """Span of a cue in the filled text, or None: a slot may stand within the cue."""
    words = fill(cue, {s: text[slice(*spans[s])] for s in spans})[0]
    at = text.find(words)
    return (at, at + len(words)) if at >= 0 else None


def queries(rng, fills):
    """Every pattern with `fills` pairs of names: either party as the target, and what is said of it."""
    out = []
    for sentence, claims, kinds in patterns():
        for _ in range(fills):
            # Two of a kind in one sentence, mostly: that is what is confused.
            first = rng.choice(kinds)
            second = first if rng.random() < 0.7 else rng.choice(kinds)
            draw = lambda kind: names.draw(rng, kind, rng.choice((1, 2)))
            text, spans = fill(sentence, {"A": draw(first), "B": draw(second)})
            for slot in "AB":
                about = [c for c in claims if c[2] == slot]
                if len({c[1] for c in about}) > 1:
                    continue
                if about:
                    holder, polarity, _, cue, basis = about[0]
                    out.append(data.Query(text, spans[slot], None, polarity, STANCE, "plain", basis, (spans[holder],), place(cue, text, spans)))
                else:
                    question = SENTIMENT if not claims and rng.random() < 0.3 else STANCE
                    out.append(data.Query(text, spans[slot], None, NEUTRAL, question, "plain"))
    return out


def rows(rng, fills=2):
    """The same in the gold files' form, for the small models; without topics."""
    number = 0
    for sentence, claims, kinds in patterns():
        for _ in range(fills):
            kind = rng.choice(kinds)
            text, spans = fill(sentence, {s: names.draw(rng, kind, rng.choice((1, 2))) for s in "AB"})
            stances = []
            for holder, polarity, target, cue, basis in claims:
                cue_span = place(cue, text, spans)
                if not cue_span:
                    break
                named = {k: text[slice(*spans[s])] for k, s in (("holder", holder), ("target", target))}
                stances.append({**named, **{f"{k}_name": v for k, v in named.items()}, "holder_span": spans[holder], "target_span": spans[target],
                                "polarity": "support" if polarity == SUPPORT else "oppose", "basis": "says" if basis == SAYS else "does",
                                "cue": text[slice(*cue_span)], "cue_span": cue_span})
            else:
                yield {"doc": PATTERN, "i": number, "par": number, "text": text, "kind": "body", "topics": [], "subtopics": [],
                       "stance": label(stances), "stances": stances}
                number += 1


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
