"""Unlabelled (sentence, target) pairs for the teacher to label: names and plain groups in news of many countries."""
import random
import re

from . import data, names, paths

_GROUP = re.compile(r"\b(?:the |The )?(?:police|protesters|demonstrators|government|opposition|rebels|militants|army|military|troops|workers|"
                    r"union|unions|president|prime minister|parliament|court|judge|ministry|minister|company|bank|regulators|"
                    r"senators|lawmakers|voters|students|teachers|doctors|farmers|refugees|migrants|residents|activists|"
                    r"strikers|officials|authorities|administration|campaign|coalition|party|council|mayor|governor|"
                    r"bill|law|deal|agreement|plan|proposal|sanctions|ceasefire|treaty|reform|strike|tax|ban|project|attack|war)\b")
_END = re.compile(r"(?<=[a-z0-9\"”)][.!?])[\"”]?\s+(?=[A-Z\"“])")


def sentences():
    """(text, source); wcep items hold one to three sentences, Wikinews whole articles."""
    for name in ("train", "unlabelled"):
        for r in data.rows(paths.DATA / f"wcep/{name}.jsonl"):
            for s in _END.split(r["text"]):
                yield s, "wcep"
    for year in (2019, 2020):
        for r in data.rows(paths.DATA / f"wikinews/{year}.jsonl"):
            for paragraph in r["text"].split("\n"):
                for s in _END.split(paragraph.strip()):
                    yield s, "wikinews"
    for r in data.rows(paths.DATA / "dse_directed/train.jsonl"):
        yield r["text"], "dse"
    for r in data.rows(paths.DATA / "newsmtsc/train.jsonl"):
        yield r["text"], "newsmtsc"


def queries(size, seed, share=None):
    """`size` unlabelled queries, by source in the given shares; a quarter have a holder marked."""
    share = share or dict(dse=0.42, wcep=0.3, wikinews=0.16, newsmtsc=0.12)
    rng, banned, by_source = random.Random(seed), data.dev_texts(), {}
    labelled = {(q.text, q.target) for q in data.newsmtsc("train")}
    for text, source in sentences():
        text = text.strip()
        if 40 <= len(text) <= 320 and data.normal(text) not in banned:
            by_source.setdefault(source, {})[text] = None
    out = []
    for source, part in share.items():
        texts = list(by_source[source])
        rng.shuffle(texts)
        made = []
        for text in texts:
            spans = data.names(text)
            groups = [m.span() for m in _GROUP.finditer(text) if not any(m.start() < e and s < m.end() for s, e in spans)]
            targets = spans * 2 + groups
            if not targets:
                continue
            target = rng.choice(targets)
            others = [s for s in spans + groups if s[1] <= target[0] or target[1] <= s[0]]
            holder = rng.choice(others) if others and rng.random() < 0.25 else None
            query = data.Query(text, target, holder, data.UNKNOWN, data.STANCE if holder else data.SENTIMENT, source)
            if (text, target) not in labelled:
                made.append(query)
            if len(made) >= size * part:
                break
        out += made
    out = [names.exchange(q, rng) if rng.random() < 0.15 else q for q in out]
    rng.shuffle(out)  # any first part of the pool is a fair sample of it
    return out
