"""From what an encoder reads about each possible target to claims, and how sure they are; mirrored by `src/stance`.

A candidate is a noun group that somebody may be for or against. Its confidence is a logistic regression on what the encoder and the
small models (`pairs/`) think of it, fitted on the documents held back from training; thresholds by basis come from there too."""
import numpy as np
import torch

from . import data, pointers, reading
from .data import OPPOSE, STANCE, SUPPORT, Query
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


# How much the small models' choice of a holder, and of a cue, counts beside the encoder's; `src/stance/second.rs` says how they were found.
SECONDED = 1.0
SECONDED_CUE = 2.0


def seconded(sentence, target, polarity):
    """Holders that the small models see behind that polarity toward the target, and how much that counts."""
    of, out = sentence["mentions"], {}
    for q in sentence["proposals"]:
        if q["support"] == (polarity == SUPPORT) and of[q["target"]]["entity"] == of[target]["entity"]:
            weight = SECONDED * float(np.exp(q["steps"][2])) * min(1.0, 3 * q["confidence"])
            out[q["holder"]] = max(out.get(q["holder"], 0), weight)
    return out


def holder_of(sentence, start, offsets, p, target, polarity):
    """(mention | -1 author | -2 nobody, probability): the likeliest that is not the target itself."""
    n, of = len(offsets), sentence["mentions"]
    fits = lambda m: of[m]["entity"] != of[target]["entity"] and target not in of[m]["with"] and not of[m]["time"]

    def share(m):
        if m < 0:
            return float(p[n - m - 1])
        return float(sum(q for q, (s, e) in zip(p, offsets) if s + start < of[m]["span"][1] and e + start > of[m]["span"][0]))
    found = pointed(sentence, start, offsets, p.copy(), fits)
    weights = seconded(sentence, target, polarity)
    choices = ([found] if found is not None else []) + [h for h in weights if h != found and (h < 0 or fits(h))]
    if not choices:
        return None, 0.0
    best = max(choices, key=lambda h: share(h) + weights.get(h, 0))
    return best, share(best)


def pointed(sentence, start, offsets, p, fits):
    """Whom the encoder points at."""
    n, of = len(offsets), sentence["mentions"]
    for _ in range(3):
        best = int(p.argmax())
        if best >= n:
            return n - best - 1
        a, b = pointers.run(p[:n], best, 0.25, 12)
        span = (offsets[a][0] + start, offsets[b][1] + start)
        found = max(range(len(of)), key=lambda m: (reading.overlap(of[m]["span"], span), -m), default=None)
        if found is not None and reading.overlap(of[found]["span"], span) > 0 and fits(found):
            return found
        p[a:b + 1] = 0
    return None


def candidates(document, sentence, mentions, found, offsets, temperature=1.0):
    """Claims about the sentence's possible targets, before weighing. `found`: fit.read's for each, `offsets` its pieces."""
    out, start = [], sentence["span"][0]
    text = document["text"]
    of = sentence["mentions"]
    for target, (both, more, tokens, propose), where in zip(mentions, found, offsets):
        p = softmax(both[STANCE].numpy() / temperature)
        whose = softmax(torch.cat([tokens[:, 0], more[2:]]).numpy())
        cue = softmax(tokens[:, 1].numpy())
        for polarity in (OPPOSE, SUPPORT):
            if p[polarity] < 0.08:
                continue
            holder, sure = holder_of(sentence, start, where, whose, target, polarity)
            if holder is None:
                continue
            a, b = pointers.run(cue, int(cue.argmax()), 0.35, 10)
            span = widen(text, where[a][0] + start, where[b][1] + start)
            best = float(cue[a:b + 1].sum())
            for q in sentence["proposals"]:
                if q["support"] == (polarity == SUPPORT) and of[q["target"]]["entity"] == of[target]["entity"]:
                    inside = [p for p, (s, e) in zip(cue, where) if s + start < q["cue"][1] and e + start > q["cue"][0]]
                    if sum(inside) + SECONDED_CUE * q["confidence"] > best:
                        best, span = sum(inside) + SECONDED_CUE * q["confidence"], tuple(q["cue"])
            small = [q for q in sentence["proposals"] if q["support"] == (polarity == SUPPORT)
                     and of[q["target"]]["entity"] == of[target]["entity"]]
            agreed_target = max((q["confidence"] for q in small), default=0)
            agreed = max((q["confidence"] for q in small if q["holder"] == holder or (holder >= 0 and q["holder"] >= 0 and
                          of[q["holder"]]["entity"] == of[holder]["entity"])), default=0)
            denied = max((q["confidence"] for q in sentence["proposals"] if q["support"] != (polarity == SUPPORT)
                          and of[q["target"]]["entity"] == of[target]["entity"]), default=0)
            odds = lambda q: float(np.log((q + 0.02) / (1.02 - q)))
            x = [1.0, float(np.log(p[polarity] / (1 - p[polarity] + 1e-6))), float(np.log(sure + 1e-3)), 0.0 if propose is None else float(propose),
                 odds(agreed), odds(agreed_target), odds(denied), float(holder == -2), float(holder == -1), float(sentence["kind"] != "Body"),
                 float(np.log(cue[a:b + 1].sum() + 1e-3))]
            basis = "author" if holder == -1 else "says" if more[0] > more[1] else "does"
            out.append(dict(target=target, polarity=polarity, holder=holder, cue=span, basis=basis, x=x))
    return out


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


def judge(document, sentence, claims):
    """(right with holder, right without) of each claim, as the yardstick counts, each gold tuple once."""
    gold, used, out = sentence["gold"], set(), []
    for c in claims:
        t = party_words(document, sentence, c["target"])
        h = party_words(document, sentence, c["holder"]) if c["holder"] >= 0 else words(holder_name(sentence, c))

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
        hit = full and reading.touch(c["cue"], gold[k]["cue_span"])
        out.append((full, k is not None, hit))
    return out


def select(sentence, claims, confidences, least):
    """The claims sure enough, best first, without those that a better one makes needless."""
    of, kept = sentence["mentions"], []
    for sure, c in sorted(zip(confidences, claims), key=lambda z: -z[0]):
        if sure < least[c["basis"]] or (c["holder"] == -2 and sentence["carried"] is None and not any(
                q for q in sentence["words"] if q[1] and reading.touch(q[0], c["cue"]))):
            continue
        def clash(k):
            same_target = of[k["target"]]["entity"] == of[c["target"]]["entity"] or reading.touch(of[k["target"]]["span"], of[c["target"]]["span"])
            same_holder = k["holder"] == c["holder"] or (k["holder"] >= 0 and c["holder"] >= 0 and of[k["holder"]]["entity"] == of[c["holder"]]["entity"])
            return same_target and (same_holder or k["polarity"] == c["polarity"])
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
