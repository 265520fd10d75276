"""Scores a model file on the development sets; writes the metrics file. NewsMTSC is read by the reference engine, as shipped (activations of 13 bits);
the larger sets by torch with the weights as stored, which differs by rounding noise and is quicker.

    python -m training.evaluate models/fast.model [--out models/fast.metrics.json] [--exact] [--fit]

`--fit` chooses temperatures and thresholds on these same development sets and prints them as metadata (run.py stores them)."""
import argparse
import collections
import json
from pathlib import Path

import brotli
import numpy as np

from . import data, export, fit, metrics, paths, swap, vocabulary
from .data import NEUTRAL, SENTIMENT, STANCE
from .reference import Reference


def size_of(tensors):
    """Brotli (11) bytes of weights and vocabulary of the encoder and stance parts."""
    mine = {k: v for k, v in tensors.items() if k.startswith(tuple(export.PREFIXES))}
    return sum(len(brotli.compress(v.tobytes(), quality=11, lgwin=24)) for v in mine.values())


def dse_dev():
    rows = data.rows(paths.DATA / "dse_directed/dev.jsonl")
    return [data.dse_pair(r) for r in rows], [r["label"] for r in rows]


def five_classes(forward, backward, threshold=0.5):
    """Probabilities of both directions → labels of the set: 0 neither, 1 p→q +, 2 q→p +, 3 p→q −, 4 q→p −."""
    claims = np.stack([forward[:, 2], backward[:, 2], forward[:, 0], backward[:, 0]], 1)
    return np.where(claims.max(1) >= threshold, claims.argmax(1) + 1, 0)


def gold_dev():
    """Gold tuples as (holder, target) queries, and each text's other names as neutral ones."""
    out = []
    for r in data.rows(paths.GOLD / "dev.jsonl"):
        spans = [tuple(s["target_span"]) for s in r["stances"]]
        for s in r["stances"]:
            holder = tuple(s["holder_span"]) if s.get("holder_span") else None
            if holder is None or holder[1] <= s["target_span"][0] or s["target_span"][1] <= holder[0]:
                out.append(data.Query(r["text"], tuple(s["target_span"]), holder, {"oppose": 0, "support": 2}[s["polarity"]], STANCE, "gold"))
        maybe = [tuple(s["target_span"]) for s in r.get("stances_maybe", [])]
        for span in data.names(r["text"]) if r["kind"] != "meta" else []:
            if not any(span[0] < e and s < span[1] for s, e in spans + maybe):
                out.append(data.Query(r["text"], span, None, NEUTRAL, STANCE, "gold"))
    return out


def curve(truth, scores, thresholds=(0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)):
    """Precision of claimed polarities, and share of true ones claimed, by threshold."""
    truth, out = np.asarray(truth), []
    for t in thresholds:
        best = np.where(scores[:, 0] >= scores[:, 2], 0, 2)
        claimed = scores[np.arange(len(truth)), best] >= t
        right = claimed & (best == truth)
        out.append(dict(threshold=t, precision=round(float(right.sum() / max(1, claimed.sum())), 3),
                        recall=round(float(right.sum() / max(1, (truth != NEUTRAL).sum())), 3), claimed=round(float(claimed.mean()), 3)))
    return out


def lowest_threshold(truth, scores, precision=0.86):
    truth, best = np.asarray(truth), np.where(scores[:, 0] >= scores[:, 2], 0, 2)
    top = scores[np.arange(len(truth)), best]
    for t in np.arange(0.4, 0.95, 0.01):
        claimed = top >= t
        if claimed.sum() and (best == truth)[claimed].mean() >= precision:
            return round(float(t), 2)
    return 0.95


def quick(meta, tensors):
    """Logits by torch, weights as stored, activations exact."""
    model, tk = export.opened(meta, tensors)
    return lambda queries: fit.predict(model, vocabulary.encode(tk, queries, model.frame)).numpy()


def evaluate(engine, temperature, threshold):
    """`engine`: a Reference. `temperature`, `threshold`: a pair each (sentiment, stance); None to choose them here."""
    report, logits, predict = {}, {}, quick(engine.meta, engine.t)
    sets = {k: data.newsmtsc(f"dev_{k}") for k in ("rw", "mt")}
    for k, queries in sets.items():
        logits[k] = engine.predict(queries)[:, SENTIMENT]
    truth = {k: [q.label for q in v] for k, v in sets.items()}
    pairs, five = dse_dev()
    forward, backward = predict([f for f, _ in pairs])[:, STANCE], predict([b for _, b in pairs])[:, STANCE]
    gold = gold_dev()
    gold_logits, gold_truth = predict(gold)[:, STANCE], np.array([q.label for q in gold])
    all_truth, all_logits = truth["rw"] + truth["mt"], np.concatenate([logits["rw"], logits["mt"]])
    stance_truth = np.concatenate([[f.label for f, _ in pairs], [b.label for _, b in pairs], gold_truth])
    stance_logits = np.concatenate([forward, backward, gold_logits])
    t = temperature or (metrics.temperature(all_truth, all_logits), metrics.temperature(stance_truth, stance_logits))
    scores = metrics.softmax(all_logits / t[0])
    stance_scores = metrics.softmax(stance_logits / t[1])
    cut = threshold or (lowest_threshold(all_truth, scores), lowest_threshold(stance_truth, stance_scores))
    report["temperature"], report["threshold"] = dict(zip(("sentiment", "stance"), map(float, t))), dict(zip(("sentiment", "stance"), map(float, cut)))
    for k in sets:
        guess = logits[k].argmax(1)
        report[f"newsmtsc dev_{k}"] = dict(n=len(guess), macro_f1=round(100 * metrics.macro_f1(truth[k], guess), 2),
                                           accuracy=round(100 * float((guess == truth[k]).mean()), 2),
                                           flips=round(100 * float((np.abs(guess - np.array(truth[k])) == 2).mean()), 2),
                                           calibration_error=round(metrics.calibration_error(truth[k], metrics.softmax(logits[k] / t[0])), 4))
    report["newsmtsc dev, both"] = dict(calibration_error=round(metrics.calibration_error(all_truth, scores), 4), curve=curve(all_truth, scores))
    f, b = metrics.softmax(forward / t[1]), metrics.softmax(backward / t[1])
    best = max(np.arange(0.3, 0.75, 0.025), key=lambda c: metrics.macro_f1(five, five_classes(f, b, c), 5))
    report["dse dev"] = dict(n=len(five), macro_f1_5_at_half=round(100 * metrics.macro_f1(five, five_classes(f, b), 5), 2),
                             macro_f1_5_best=round(100 * metrics.macro_f1(five, five_classes(f, b, best), 5), 2), best_threshold=round(float(best), 3),
                             accuracy=round(100 * float((five_classes(f, b) == five).mean()), 2))
    polar = gold_truth != NEUTRAL
    report["gold dev, given pairs"] = dict(n=len(gold), macro_f1=round(100 * metrics.macro_f1(gold_truth, gold_logits.argmax(1)), 2),
                                           for_or_against=round(100 * float(((gold_logits[polar, 2] > gold_logits[polar, 0]) * 2 == gold_truth[polar]).mean()), 2),
                                           precision=curve(gold_truth, metrics.softmax(gold_logits / t[1])))
    report["stance, dse and gold dev"] = dict(calibration_error=round(metrics.calibration_error(stance_truth, stance_scores), 4))
    report["swap"] = swap_test(predict)
    return report


def swap_test(predict):
    queries, groups = swap.queries()
    guess, by_group = predict(queries)[:, SENTIMENT].argmax(1), collections.defaultdict(list)
    for g, p in zip(groups, guess):
        by_group[g].append(int(p))
    changed = sum(len(v) - max(collections.Counter(v).values()) for v in by_group.values())
    flipped = sum(min(v.count(0), v.count(2)) for v in by_group.values())
    bare = predict(swap.bare())
    return dict(readings=len(queries), changed_percent=round(100 * changed / len(queries), 2), flipped_percent=round(100 * flipped / len(queries), 2),
                bare_neutral_percent=round(100 * float((bare[:, SENTIMENT].argmax(1) == NEUTRAL).mean()), 2),
                bare_neutral_stance_percent=round(100 * float((bare[:, STANCE].argmax(1) == NEUTRAL).mean()), 2))


def keep(path, report):
    """Writes the metrics of these parts; the topic model's own, in the same file, stay."""
    path = Path(path)
    before = json.loads(path.read_text()) if path.exists() else {}
    others = {k: v for k, v in before.items() if k in ("topics", "pairs", "weights")}
    path.write_text(json.dumps(report | others, indent=1, ensure_ascii=False) + "\n")


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model")
    ask.add_argument("--out")
    ask.add_argument("--exact", action="store_true", help="activations in f32")
    ask.add_argument("--fit", action="store_true")
    given = ask.parse_args()
    engine = Reference.of(given.model, given.exact)
    pair = lambda what: tuple(float(engine.meta[f"stance.{what}.{k}"]) for k in ("sentiment", "stance"))
    report = evaluate(engine, None if given.fit else pair("temperature"), None if given.fit else pair("threshold"))
    report = dict(model=engine.meta["name"], version=engine.meta["version"], activations="f32" if given.exact else "13 bits",
                  size=dict(brotli_bytes=size_of(engine.t)), **report)
    text = json.dumps(report, indent=1)
    print(text)
    if given.out:
        keep(given.out, report)


if __name__ == "__main__":
    main()
