"""Labels apart from the texts they belong to: `labels.tsv.gz` holds places, numbers and names, and no sentence.

    python -m training.labels.store write FILES DONE   checked labels → labels.tsv.gz
    python -m training.labels.store read               labels.tsv.gz, `../articles/` and ../shared → `paths.LABELLED`, gold train first

A unit is found again by a hash of its text, in an article by its address too. Columns: source, hash, paragraph, kind, topics, subtopics,
stances. A stance: holder, polarity, target, basis, cue; a place is `start-end` in code points of the unit, `=Name` follows where the full
name differs."""
import glob
import gzip
import hashlib
import json
import random
import sys
from pathlib import Path

from .. import data, paths, patterns
from . import check, select, written

FILE = Path(__file__).parent / "labels.tsv.gz"
DOCUMENT = {source: doc for source, doc, _ in select.SOURCES}
SHORT = {v: k for k, v in check.KINDS.items()}
BASIS = {v: k for k, v in check.BASES.items()}


def key(text):
    return hashlib.sha1(text.encode()).hexdigest()[:12]


def number(qcode):
    return qcode.removeprefix("medtop:").lstrip("0")


def code(number):
    return f"medtop:{int(number):08}"


def party(words, span, name):
    named = f"={name}" if name and name != words else ""
    return (f"{span[0]}-{span[1]}" if span else words or "null") + named


def row(unit):
    stances = [" ".join([party(s["holder"], s["holder_span"], s["holder_name"]).replace(" ", "_"), "+" if s["polarity"] == "support" else "-",
                         party(s["target"], s["target_span"], s["target_name"]).replace(" ", "_"), BASIS[s["basis"]], "{}-{}".format(*s["cue_span"])])
               for s in unit["stances"]]
    return "\t".join([unit["source"], key(unit["text"]), str(unit["par"]), SHORT[unit["kind"]], " ".join(map(number, unit["topics"])),
                      " ".join(map(number, unit["subtopics"])), "|".join(stances)])


def write(files, done):
    known, out, left = check.vocabulary(), [], 0
    for labels in sorted(glob.glob(f"{done}/[0-9]*.labels")):
        rows, wrong, missing = check.read(f"{files}/{Path(labels).stem}.units", labels, known)
        # Half an article would teach that its other half holds nothing.
        out += [row(r) for r in rows]
        left += len(wrong) + len(missing)
    with gzip.GzipFile(FILE, "wb", mtime=0) as packed:
        packed.write(("\n".join(out) + "\n").encode())
    print(len(out), "units,", left, "left out,", FILE.stat().st_size, "bytes")


def spans(field):
    where, _, name = field.partition("=")
    span = [int(x) for x in where.split("-")] if where[0].isdigit() else None
    return where, span, name.replace("_", " ")


def stance(field, text):
    holder, sign, target, basis, cue = field.split(" ")
    (word, holder_span, holder_name), (_, target_span, target_name), cue_span = spans(holder), spans(target), [int(x) for x in cue.split("-")]
    held = text[slice(*holder_span)] if holder_span else "author" if word == "author" else None
    said = text[slice(*target_span)]
    return {"holder": held, "holder_name": holder_name or held, "holder_span": holder_span, "target": said, "target_name": target_name or said,
            "target_span": target_span, "polarity": "support" if sign == "+" else "oppose", "basis": check.BASES[basis],
            "cue": text[slice(*cue_span)], "cue_span": cue_span}


def texts():
    """(source, hash) → text, of everything that may be labelled."""
    out = {}
    for source in DOCUMENT:
        for r in data.rows(paths.DATA / f"{source}.jsonl"):
            out[source, key(r["text"].strip())] = r["text"].strip()
    return out


def labelled():
    """The rows in gold's form; a text whose labels do not fit it, or that is gone, is left out."""
    known, articles = texts(), {}
    for url, units in select.articles():
        articles[url] = {key(u["text"]): u["text"] for u in units}
    count = {}
    for line in gzip.decompress(FILE.read_bytes()).decode().splitlines():
        source, hashed, paragraph, kind, topics, subtopics, stances = line.split("\t")
        text = articles.get(source, {}).get(hashed) or known.get((source, hashed))
        if text is None:
            continue
        doc = DOCUMENT.get(source) or f"wn_more{list(articles).index(source)}"
        i = count[doc] = count.get(doc, -1) + 1
        found = [stance(s, text) for s in stances.split("|") if s]
        yield {"doc": doc, "i": i, "par": int(paragraph), "text": text, "kind": check.KINDS[kind], "topics": [code(t) for t in topics.split()],
               "subtopics": [code(t) for t in subtopics.split()], "stance": check.label(found), "stances": found}


def read():
    parts = {"of gold": data.rows(paths.GOLD / "train.jsonl"), "of ours": list(labelled()), "of articles of our own": written.rows(),
             "patterns filled": list(patterns.rows(random.Random(3)))}
    rows = [r for part in parts.values() for r in part]
    paths.LABELLED.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf8")
    print(", ".join(f"{len(part)} {what}" for what, part in parts.items()))


if __name__ == "__main__":
    {"write": write, "read": read}[sys.argv[1]](*sys.argv[2:])
