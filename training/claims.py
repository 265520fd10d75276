"""From what an encoder reads about each possible target to claims, and how sure they are; mirrored by `src/stance`.

A candidate is a noun group that somebody may be for or against. Its confidence is a logistic regression on what the encoder and the
small models (`pairs/`) think of it, fitted on the documents held back from training; thresholds by basis come from there too."""
import numpy as np
import torch

from . import data, pointers, reading
from .data import OPPOSE, STANCE, SUPPORT, Query, touch
from .metrics import softmax

FEATURES = ("bias", "polarity", "holder", "proposed", "agreed", "agreed target", "denied", "unnamed", "author", "heading", "cue")
STOP = set("the a an of and in on for to his her their its mr mrs ms dr president senator sen rep".split())


def words(*names):
    """The yardstick's content words."""
    out = set()
    for n in names:
        for w in (n or "").lower().replace("’", "'").replace("'s", "").split():
            w = w.strip(".,;:'\"“”‘’()[]")
            if w and w not in STOP:
                out.add(w)
    return out


def same(a, b):
    return bool(a & b) or (not a and not b)


def queries(document, sentence, chosen=None):
    """One query a possible target: (mentions, queries)."""
    start, end = sentence["span"]
    text = document["text"][start:end]
    mentions = reading.targets(sentence) if chosen is None else chosen
    spans = [sentence["mentions"][m]["span"] for m in mentions]
    return mentions, [Query(text, (a - start, b - start), None, data.UNKNOWN, STANCE, "") for a, b in spans]


# The small models' choice of a holder counts in full from the third part of certainty on; their confidence in a cue counts so much
# beside the encoder's probability of its words. Pieces round a cue's main one that belong to it, and those that say how clear it is.
CERTAIN = 3.0
SECONDED_CUE = 3.0
SHOWN = (0.07, 12)
CLEAR = (0.35, 10)
HOLDER = ("log share", "share", "step", "small", "any", "author", "unnamed", "unnamed quoted", "author quoted",
          "person", "body", "people", "place", "thing", "before", "distance", "again")
CLASSES = ("Person", "Body", "People", "Place", "Thing")


def entity(sentence, holder):
    return sentence["mentions"][holder]["entity"] if holder >= 0 else holder


def small(sentence, target, polarity):
    """The small models' proposals of a polarity toward what the target means."""
    of = sentence["mentions"]
    return [q for q in sentence["proposals"] if q["support"] == (polarity == SUPPORT) and of[q["target"]]["entity"] == of[target]["entity"]]


def holders(sentence, offsets, whose, main, target, polarity):
    """Everybody whose stance it could be, and what speaks for each: HOLDER's numbers; `main`: where the cue's main word stands."""
    start, of, n = sentence["span"][0], sentence["mentions"], len(offsets)
    fits = lambda m: (of[m]["entity"] != of[target]["entity"] and target not in of[m]["with"] and not of[m]["time"]
                      and not touch(of[m]["span"], of[target]["span"]))
    choices = [m for m in range(len(of)) if fits(m)] + [-1, -2]
    quoted = any(w[1] for w in sentence["words"] if touch(w[0], main))
    step, sure, any_ = {}, {}, {}
    most = lambda of, key, value: of.__setitem__(key, max(of.get(key, 0.0), value))
    for q in sentence["proposals"]:
        most(any_, entity(sentence, q["holder"]), q["confidence"])
    for q in small(sentence, target, polarity):
        most(step, entity(sentence, q["holder"]), float(np.exp(q["steps"][2])) * min(1.0, CERTAIN * q["confidence"]))
        most(sure, entity(sentence, q["holder"]), q["confidence"])
    out = []
    for h in choices:
        e = entity(sentence, h)
        if h < 0:
            share, rest = float(whose[n - h - 1]), [0.0] * 8
        else:
            a, b = of[h]["span"]
            share = float(sum(q for q, (s, t) in zip(whose, offsets) if s + start < b and t + start > a))
            away = min(abs(b - main[0]), abs(a - main[1]))
            rest = [float(of[h]["class"] == c) for c in CLASSES] + [
                float(b <= main[0]), float(np.log1p(away)), float(any(m["entity"] == e and k != h for k, m in enumerate(of)))]
        out.append([float(np.log(share + 0.01)), share, step.get(e, 0.0), sure.get(e, 0.0), any_.get(e, 0.0), float(h == -1), float(h == -2),
                    float(h == -2 and quoted), float(h == -1 and quoted), *rest])
    return choices, np.array(out)


def holder_of(weights, sentence, offsets, whose, main, target, polarity):
    """(mention | -1 author | -2 nobody, the encoder's probability of it)."""
    choices, x = holders(sentence, offsets, whose, main, target, polarity)
    best = int((x @ weights).argmax())
    return choices[best], float(x[best, 1])


def cue_of(sentence, text, offsets, cue, target, polarity):
    """(the words that show it, the main one, how clearly the encoder points)."""
    start, peak = sentence["span"][0], int(cue.argmax())
    here = lambda a, b: (offsets[a][0] + start, offsets[b][1] + start)
    a, b = pointers.run(cue, peak, *CLEAR)
    clear = best = float(cue[a:b + 1].sum())
    main, word = peak, None
    for q in small(sentence, target, polarity):
        inside = [k for k in range(len(offsets)) if touch(here(k, k), q["cue"])]
        worth = float(sum(cue[k] for k in inside)) + SECONDED_CUE * q["confidence"]
        if worth > best and inside:
            best, main, word = worth, max(inside, key=lambda k: cue[k]), tuple(q["cue"])
    span = widen(text, *here(*pointers.run(cue, main, *SHOWN)))
    word = word or here(main, main)
    return (min(span[0], word[0]), max(span[1], word[1])), word, clear


def readings(found, temperature=1.0):
    """Of `fit.read`'s: probability of each polarity, of each holder, of each cue, log-odds of the target, whether it is said."""
    both, more, tokens, propose = found
    return (softmax(both[STANCE].numpy() / temperature), softmax(torch.cat([tokens[:, 0], more[2:]]).numpy()), softmax(tokens[:, 1].numpy()),
            0.0 if propose is None else float(propose), bool(more[0] > more[1]))


def candidates(weights, document, sentence, mentions, found, offsets, temperature=1.0):
    """Claims about the sentence's possible targets, before weighing. `weights`: of HOLDER; `found`: fit.read's for each, `offsets` its pieces."""
    out, of = [], sentence["mentions"]
    for target, one, where in zip(mentions, found, offsets):
        p, whose, cue, propose, said = readings(one, temperature)
        for polarity in (OPPOSE, SUPPORT):
            if p[polarity] < 0.08:
                continue
            span, main, clear = cue_of(sentence, document["text"], where, cue, target, polarity)
            holder, sure = holder_of(weights, sentence, where, whose, main, target, polarity)
            same = small(sentence, target, polarity)
            agreed = max((q["confidence"] for q in same if entity(sentence, q["holder"]) == entity(sentence, holder)), default=0)
            denied = max((q["confidence"] for q in small(sentence, target, OPPOSE + SUPPORT - polarity)), default=0)
            odds = lambda q: float(np.log((q + 0.02) / (1.02 - q)))
            x = [1.0, float(np.log(p[polarity] / (1 - p[polarity] + 1e-6))), float(np.log(sure + 1e-3)), propose,
                 odds(agreed), odds(max((q["confidence"] for q in same), default=0)), odds(denied), float(holder == -2), float(holder == -1),
                 float(sentence["kind"] != "Body"), float(np.log(clear + 1e-3))]
            basis = "author" if holder == -1 else "says" if said else "does"
            out.append(dict(target=target, polarity=polarity, holder=holder, cue=span, basis=basis, x=x))
    return out


def likeliest_holders(rows, decay=5.0):
    """Weights of HOLDER from [(numbers a choice, whether it is right)]: a multinomial logistic regression by Newton's method, in which all
    right choices share the credit."""
    rows = [(x, y) for x, y in rows if y.any()]
    spread = np.concatenate([x for x, _ in rows]).std(0) + 1e-6
    w = np.zeros(len(HOLDER))
    for _ in range(40):
        slope, bend = -decay * w, decay * np.eye(len(w))
        for x, y in rows:
            x = x / spread
            p = softmax(x @ w)
            right = p * y / (p * y).sum()
            slope += x.T @ (right - p)
            bend += (x * p[:, None]).T @ x - np.outer(p @ x, p @ x)
        step = np.linalg.solve(bend, slope)
        w += step
        if np.abs(step).max() < 1e-6:
            break
    return w / spread


def widen(text, a, b):
    """To whole words."""
    while a > 0 and (text[a - 1].isalnum()) and text[a:a + 1].isalnum():
        a -= 1
    while b < len(text) and text[b].isalnum() and text[b - 1:b].isalnum():
        b += 1
    return a, b


def holder_name(sentence, claim):
    if claim["holder"] == -1:
        return "author"
    if claim["holder"] == -2:
        return sentence["carried"] or "unnamed speaker"
    return sentence["mentions"][claim["holder"]]["name"]


def party_words(document, sentence, mention):
    m = sentence["mentions"][mention]
    return words(m["name"], document["text"][slice(*m["span"])])


def holder_words(document, sentence, holder):
    return party_words(document, sentence, holder) if holder >= 0 else words(holder_name(sentence, dict(holder=holder)))


def judge(document, sentence, claims):
    """(right with holder, right without) of each claim, as the yardstick counts, each gold tuple once."""
    gold, used, out = sentence["gold"], set(), []
    for c in claims:
        t = party_words(document, sentence, c["target"])
        h = holder_words(document, sentence, c["holder"])

        def find(with_holder):
            for k, g in enumerate(gold):
                if k in used or g["support"] != (c["polarity"] == SUPPORT) or not same(t, words(g["target"], g["target_name"])):
                    continue
                if with_holder and not same(h, words(g["holder"], g["holder_name"])):
                    continue
                return k
        k = find(True)
        full = k is not None
        if k is None:
            k = find(False)
        if k is not None:
            used.add(k)
        hit = full and touch(c["cue"], gold[k]["cue_span"])
        out.append((full, k is not None, hit))
    return out


# Deeds of what is neither a person nor a body need this many times the usual confidence.
LIFELESS = 1.5


def select(sentence, claims, confidences, least):
    """The claims sure enough, best first, without those that a better one makes needless."""
    of, kept = sentence["mentions"], []
    for sure, c in sorted(zip(confidences, claims), key=lambda z: -z[0]):
        lifeless = c["holder"] >= 0 and of[c["holder"]]["class"] == "Thing" and c["basis"] == "does"
        if sure < least[c["basis"]] * (LIFELESS if lifeless else 1.0):
            continue
        if c["holder"] == -2 and not any(w[1] and touch(w[0], c["cue"]) for w in sentence["words"]):
            continue
        def clash(k):
            same_target = of[k["target"]]["entity"] == of[c["target"]]["entity"] or touch(of[k["target"]]["span"], of[c["target"]]["span"])
            same_holder = k["holder"] == c["holder"] or (k["holder"] >= 0 and c["holder"] >= 0 and of[k["holder"]]["entity"] == of[c["holder"]]["entity"])
            hangs = c["target"] in of[k["target"]]["on"] or k["target"] in of[c["target"]]["on"]
            return same_target and (same_holder or k["polarity"] == c["polarity"]) or hangs and same_holder and k["polarity"] == c["polarity"]
        if not any(clash(k) for _, k in kept):
            kept.append((sure, c))
    return kept


def logistic(x, y, decay=1.0):
    """Ridge-penalised logistic regression by Newton's method."""
    w = np.zeros(x.shape[1])
    penalty = decay * np.eye(x.shape[1])
    penalty[0, 0] = 1e-6
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - y) + penalty @ w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + penalty
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return w


def label_of(polarities):
    found = set(polarities)
    return "neutral" if not found else "mixed" if len(found) == 2 else "support" if SUPPORT in found else "oppose"


def score(units):
    """`units`: (document, sentence, kept) → figures as the yardstick's, but for `maybe` labels."""
    tp = loose = claimed = gold = cue = 0
    confusion = {}
    for document, sentence, kept in units:
        judged = judge(document, sentence, [c for _, c in kept])
        tp += sum(j[0] for j in judged)
        loose += sum(j[1] for j in judged)
        cue += sum(j[2] for j in judged)
        claimed += len(kept)
        gold += len(sentence["gold"])
        key = (label_of([SUPPORT if g["support"] else OPPOSE for g in sentence["gold"]]), label_of([c["polarity"] for _, c in kept]))
        confusion[key] = confusion.get(key, 0) + 1
    labels, f = ("support", "oppose", "mixed", "neutral"), []
    for l in labels:
        hit = confusion.get((l, l), 0)
        total = sum(v for (g, p), v in confusion.items() if g == l) + sum(v for (g, p), v in confusion.items() if p == l)
        f.append(2 * hit / max(1, total))
    p, r = tp / max(1, claimed), tp / max(1, gold)
    return dict(precision=p, recall=r, tuple=2 * p * r / max(1e-9, p + r), loose=2 * loose / max(1, claimed + gold), holder=tp / max(1, loose),
                cue=cue / max(1, tp), macro=sum(f) / 4, accuracy=sum(confusion.get((l, l), 0) for l in labels) / sum(confusion.values()))
