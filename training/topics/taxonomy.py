"""Writes src/data/mediatopics.tsv from the IPTC vocabulary: levels 1 to 3, retired concepts left out.

    python -m training.topics.taxonomy [VOCABULARY.jsonl] [--names www/topics]

A line is `id<TAB>parent<TAB>English name`: the digits of the qcode (`11000000` of `medtop:11000000`), the parent's
likewise (empty at level 1), parents before their children. The first line, after `#`, says which version it is.
`--names DIR` also writes DIR/LANGUAGE.json, {id: name}, for the languages that name nearly all of them.
"""
import argparse, json, os
from . import corpus

HERE = os.path.join(os.path.dirname(__file__), "../..")
VERSION = "IPTC Media Topics, version of 2023-10-24, CC BY 4.0"
LANGUAGES = {"de": "de", "es": "es", "fr": "fr", "pt-BR": "pt-BR", "pt-PT": "pt-PT", "se": "sv", "dk": "da",
             "no": "no", "ar": "ar", "zh-Hans": "zh-Hans"}


def digits(qcode):
    return qcode.split(":")[1] if qcode else ""


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("vocabulary", nargs="?", default=os.path.join(corpus.SHARED, "data/iptc_mediatopics/mediatopics.jsonl"))
    ap.add_argument("--names", metavar="DIR")
    o = ap.parse_args()
    with open(o.vocabulary, encoding="utf8") as f:
        rows = [r for r in map(json.loads, f) if r["level"] <= 3 and not r["retired"]]
    rows.sort(key=lambda r: (r["level"], r["qcode"]))
    kept = {r["qcode"] for r in rows}
    assert all(r["parent"] in kept for r in rows if r["level"] > 1), "a parent is retired"
    lines = [f"# {VERSION}\n"]
    lines += [f'{digits(r["qcode"])}\t{digits(r["parent"])}\t{" ".join(r["name_en"].split())}\n' for r in rows]
    with open(os.path.join(HERE, "src/data/mediatopics.tsv"), "w", encoding="utf8") as f:
        f.writelines(lines)
    print(len(rows), "concepts")
    if o.names:
        os.makedirs(o.names, exist_ok=True)
        for theirs, tag in LANGUAGES.items():
            names = {r["qcode"]: r["names"][theirs] for r in rows if r["names"].get(theirs)}
            if len(names) < 0.9 * len(rows):
                print(f"{tag}: only {len(names)} names, left out")
                continue
            with open(os.path.join(o.names, f"{tag}.json"), "w", encoding="utf8") as f:
                json.dump(names, f, ensure_ascii=False, indent=0, sort_keys=True)
                f.write("\n")
            print(tag, len(names))


if __name__ == "__main__":
    main()
