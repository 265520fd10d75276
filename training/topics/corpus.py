"""What topics are trained and measured on: sentences with labels, read from the shared data folders."""
import collections, json, os, re

from .. import paths, patterns

SHARED = os.environ.get("STANDPOINT_SHARED") or os.path.join(os.path.dirname(__file__), "../../../shared")


def rows(path):
    with open(os.path.join(SHARED, path), encoding="utf8") as f:
        return [json.loads(line) for line in f]


def taxonomy():
    """qcode → row of the IPTC vocabulary."""
    return {r["qcode"]: r for r in rows("data/iptc_mediatopics/mediatopics.jsonl")}


def level1(tax=None):
    tax = tax or taxonomy()
    return sorted(q for q, r in tax.items() if r["level"] == 1 and not r["retired"])


def labelled():
    """Gold train and our own labels, once `python -m training.labels.store read` has put them together."""
    with open(paths.LABELLED, encoding="utf8") as f:
        return [r for r in map(json.loads, f) if r["doc"] != patterns.PATTERN]


def gold(split):
    """Units by document, in reading order; `train` with those of our own labelling. `mt_*` and `mtsc_*` are unrelated sentences, one document each."""
    docs = collections.OrderedDict()
    for r in labelled() if split == "train" else rows(f"gold/{split}.jsonl"):
        alone = r["doc"].startswith(("mt_", "mtsc_", "wcep_"))
        docs.setdefault(f'{r["doc"]}#{r["i"]}' if alone else r["doc"], []).append(r)
    return docs


def wikinews_sentences():
    """Sentences of whole articles, cut roughly: they only teach the student what the teacher sees in them."""
    for year in ("2019", "2020"):
        for r in rows(f"data/wikinews/{year}.jsonl"):
            for line in (r["title"] + "\n" + r["text"]).split("\n"):
                for s in re.split(r"(?<=[a-z\")]{2}[.!?]) +(?=[A-Z\"“])", line.strip()):
                    if 20 <= len(s) <= 500:
                        yield s


def gum_sentences():
    for r in rows("data/sentences/gum_train.jsonl"):
        for a, b in r["sentences"]:
            s = " ".join(r["text"][a:b].split())
            if 30 <= len(s) <= 400:
                yield s


def words(least=4, least_pair=12):
    """Words and word pairs of the training texts, most frequent first: what a teacher says of them alone."""
    from . import features
    count = collections.Counter()
    texts = [r["text"] for f in ("wcep/train", "wcep/unlabelled", "huffpost/train", "sib200_en/train") for r in rows(f"data/{f}.jsonl")]
    texts += [r["text"] for rs in gold("train").values() for r in rs] + list(gum_sentences()) + list(wikinews_sentences())
    for text in texts:
        before = ""
        for token, _, _ in features.tokens(text):
            count[token] += 1
            if before:
                count[before + " " + token] += 1
            before = token
    for phrase, n in count.most_common():
        if "0" not in phrase and n >= (least_pair if " " in phrase else least):
            yield phrase
