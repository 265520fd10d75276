"""Which texts we label ourselves: units to read, numbered, in files of about sixty. `python -m training.labels.select DIR` (The last two rounds were
chosen by how unsure the models were: README.md.)

Never a text of a development or held-back set: only rows of training files that gold does not label already."""
import json
import random
import subprocess
import sys
from pathlib import Path

from .. import data, paths

# What a document of each source is called, and how many units of it each round takes.
SOURCES = (("newsmtsc/train", "mt_more", (3600, 2200, 0, 0)), ("dse_directed/train", "mt_dse", (900, 4300, 4600, 1500)), ("wcep/train", "wcep_more", (1300, 2600, 3000, 4000)),
           ("wcep/unlabelled", "wcep_new", (900, 2200, 6000, 5000)), ("huffpost/train", "wcep_huff", (600, 1000, 1500, 1500)))
LONGEST = 36  # units of one article: an interview of six hundred would drown the rest
FILE = 60


def articles(binary="target/release/standpoint"):
    """Wikinews articles that gold train does not hold, as the splitter reads them."""
    labelled = {r.get("source") for r in data.rows(paths.GOLD / "train.jsonl")}
    texts = {}
    for year in (2019, 2020):
        for r in data.rows(paths.DATA / f"wikinews/{year}.jsonl"):
            if r["url"] not in labelled and len(r["text"]) > 200:
                texts[r["url"]] = r["title"] + "\n\n" + "\n\n".join(p.strip() for p in r["text"].split("\n") if p.strip())
    lines = "".join(json.dumps({"id": k, "text": t}) + "\n" for k, t in texts.items())
    found = subprocess.run([binary, "split", "--jsonl", "--offsets", "codepoint"], input=lines, capture_output=True, text=True, check=True)
    for r in map(json.loads, found.stdout.splitlines()):
        text = texts[r["id"]]
        units, paragraph, last = [], 0, 0
        for start, end in r["sentences"][:LONGEST]:
            paragraph += "\n" in text[last:start]
            last = end
            units.append({"par": paragraph, "text": text[start:end]})
        yield r["id"], units


def units(binary, seed=5):
    """[(articles, units that stand alone)] of each round."""
    banned = data.dev_texts() | {data.normal(r["text"]) for r in data.rows(paths.GOLD / "train.jsonl")}
    documents = []
    for k, (url, found) in enumerate(articles(binary)):
        if not any(data.normal(u["text"]) in banned and len(u["text"]) > 60 for u in found):
            documents.append([{"doc": f"wn_more{k}", "i": i, "source": url, **u} for i, u in enumerate(found)])
    rng = random.Random(seed)
    pools = {}
    for name, _, _ in SOURCES:
        pools[name] = list(dict.fromkeys(r["text"].strip() for r in data.rows(paths.DATA / f"{name}.jsonl")))
        rng.shuffle(pools[name])
    rng.shuffle(documents)
    for turn in range(len(SOURCES[0][2])):
        alone = []
        for name, doc, counts in SOURCES:
            texts = [t for t in pools[name] if 30 <= len(t) <= 500 and data.normal(t) not in banned and "\n" not in t][:counts[turn]]
            first = sum(counts[:turn])
            alone += [[{"doc": doc, "i": i, "par": i, "source": name, "text": t}] for i, t in enumerate(texts, first)]
            banned |= {data.normal(t) for t in texts}
        rng.shuffle(alone)
        yield documents if turn == 0 else [], alone


def main(directory, binary="target/release/standpoint"):
    files = []
    for documents, alone in units(binary):
        # Articles are spread evenly, so that whatever part is read is a fair mixture.
        step = max(1, len(alone) // max(1, len(documents)))
        mixed = []
        for k, document in enumerate(documents):
            mixed += [document] + alone[k * step:(k + 1) * step]
        mixed += alone[len(documents) * step:]
        current = []
        for document in mixed:
            current += document
            if len(current) >= FILE:
                files.append(current)
                current = []
        files += [current] if current else []
    for k, found in enumerate(files):
        write(Path(directory), f"{k:03}", found)
    print(len(files), "files", sum(map(len, files)), "units")


def write(directory, name, found):
    """`NAME.units` for the machine, `NAME.txt` to read: a line a unit; `##` before an article, `--` before a unit that stands alone."""
    directory.mkdir(parents=True, exist_ok=True)
    last, out = None, []
    for n, u in enumerate(found, 1):
        single = not u["doc"].startswith("wn_")
        if single:
            out.append("--")
        elif u["doc"] != last:
            out.append("## article")
        last = u["doc"]
        out.append(f"{n}  {u['text']}")
    (directory / f"{name}.txt").write_text("\n".join(out) + "\n", encoding="utf8")
    (directory / f"{name}.units").write_text("".join(json.dumps(u, ensure_ascii=False) + "\n" for u in found), encoding="utf8")


if __name__ == "__main__":
    main(*sys.argv[1:])
