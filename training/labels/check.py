"""Reads what was written by hand in the short form and says what is wrong: `python -m training.labels.check NAME.units NAME.labels`

A line a unit: `N kind | topics | subtopics | holder ; + or - ; target ; s, d or a ; cue | …`, see README.md."""
import json
import re
import sys
from pathlib import Path

KINDS = {"b": "body", "h": "heading", "c": "caption", "m": "meta"}
BASES = {"s": "says", "d": "does", "a": "author"}
TOPICS = dict(zip("art law dis eco edu env hea hum lab lif pol rel sci soc spo war wea".split(),
                  (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17)))


class Wrong(ValueError):
    pass


def topic(word):
    if word not in TOPICS:
        raise Wrong(f"no topic is called {word!r}")
    return f"medtop:{TOPICS[word]:02}000000"


def subtopic(word, known):
    if not word.isdigit() or (code := f"medtop:2{int(word):07}") not in known:
        raise Wrong(f"no subtopic has the number {word!r}")
    return code


def named(field):
    """`words=Full Name` → words, name."""
    words, _, name = field.partition("=")
    return words.strip(), name.strip() or words.strip()


def place(text, words, near=None):
    """Span of `words` in `text`: as whole words where they so occur, nearest to `near`."""
    found = [m.span() for m in re.finditer(re.escape(words), text)]
    whole = [s for s in found if not (text[s[0] - 1:s[0]].isalnum() or text[s[1]:s[1] + 1].isalnum())]
    found = whole or found
    if not found:
        raise Wrong(f"{words!r} does not stand in the text")
    return list(min(found, key=lambda s: abs(s[0] - near) if near is not None else s[0]))


def stance(field, text):
    parts = [p.strip() for p in field.split(" ; ")]
    if len(parts) != 5:
        raise Wrong(f"a stance has five parts between ' ; ': {field!r}")
    holder, sign, target, basis, cue = parts
    if sign not in "+-" or basis not in BASES:
        raise Wrong(f"polarity is + or -, basis s, d or a: {field!r}")
    cue_span = place(text, cue)
    if not 1 <= len(cue.split()) <= 8:
        raise Wrong(f"a cue has one to six words: {cue!r}")
    words, name = named(holder)
    target_words, target_name = named(target)
    target_span = place(text, target_words, cue_span[0])
    if words in ("author", "null"):
        span, held = None, "author" if words == "author" else None
        name = "author" if held else name if name != "null" else "unnamed speaker"
    else:
        span, held = place(text, words, cue_span[0]), words
    if (basis == "a") != (held == "author"):
        raise Wrong(f"basis a goes with the holder author: {field!r}")
    return {"holder": held, "holder_name": name, "holder_span": span, "target": target_words, "target_name": target_name,
            "target_span": target_span, "polarity": "support" if sign == "+" else "oppose", "basis": BASES[basis],
            "cue": cue, "cue_span": cue_span}


def label(stances):
    found = {s["polarity"] for s in stances}
    return "neutral" if not found else "mixed" if len(found) == 2 else found.pop()


def unit(line, units, known):
    head, *fields = re.split(r"\s*\|\s*", line.strip().rstrip("|").rstrip())
    found = re.fullmatch(r"(\d+)\s*([bhcm])?", head)
    if not found or not 1 <= int(found[1]) <= len(units):
        raise Wrong(f"a line begins with a unit's number and kind: {line[:40]!r}")
    u = units[int(found[1]) - 1]
    topics, subs = ((fields + ["", ""])[k].replace(",", " ").split() for k in (0, 1))
    stances = [stance(f, u["text"]) for f in fields[2:] if f.strip()]
    return int(found[1]), {**u, "kind": KINDS[found[2] or "b"], "topics": [topic(t) for t in topics if t != "-"],
                           "subtopics": [subtopic(t, known) for t in subs if t != "-"], "stance": label(stances), "stances": stances}


def read(units_file, labels_file, known):
    """Rows in the gold files' form, and what is wrong with the lines that gave none."""
    units = [json.loads(l) for l in open(units_file, encoding="utf8")]
    out, wrong = {}, []
    for line in Path(labels_file).read_text(encoding="utf8").splitlines():
        if line.strip() and not line.startswith("#"):
            try:
                n, row = unit(line, units, known)
                out[n] = row
            except Wrong as why:
                wrong.append(f"{line.split('|')[0].strip()}: {why}")
    missing = [n for n in range(1, len(units) + 1) if n not in out]
    return [out[n] for n in sorted(out)], wrong, missing


def vocabulary():
    from .. import data, paths
    return {v["qcode"] for v in data.rows(paths.DATA / "iptc_mediatopics/mediatopics.jsonl") if v["level"] in (2, 3)}


if __name__ == "__main__":
    rows, wrong, missing = read(*sys.argv[1:3], vocabulary())
    print("\n".join(wrong))
    print(f"{len(rows)} units, {sum(len(r['stances']) for r in rows)} stances, {len(wrong)} wrong lines, missing: {missing[:20]}")
