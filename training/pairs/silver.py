"""Tags and parses news text with a large parser, to teach the small one of `src/syntax` (silver data).

    python silver.py SHARED WORDS_BINARY OUT.tsv

SHARED: the folder with `gold/` and `data/`. WORDS_BINARY: the built example `pairs_words`, so that the words are
Standpoint's own. The teacher is spaCy's en_core_web_sm 3.8 (MIT). Rows: word, tag, head (index in the block, -1 for
a root); an empty line ends a block. Dev documents are left out.
"""
import json, random, subprocess, sys, os
import spacy
from spacy.tokens import Doc

TAGS = {
    "NN": "Noun", "NNS": "Nouns", "NNP": "Name", "NNPS": "Name", "PRP": "Pronoun", "PRP$": "Possessive", "WP$": "Possessive",
    "DT": "Determiner", "PDT": "Determiner", "EX": "Pronoun", "JJ": "Adjective", "JJR": "Adjective", "JJS": "Adjective",
    "RB": "Adverb", "RBR": "Adverb", "RBS": "Adverb", "CD": "Number", "IN": "Preposition", "CC": "Conjunction", "TO": "To",
    "MD": "Modal", "VB": "Base", "VBP": "Present", "VBZ": "Present", "VBD": "Past", "VBN": "Participle", "VBG": "Gerund",
    "RP": "Particle", "WDT": "Wh", "WP": "Wh", "WRB": "Wh", "POS": "Genitive", "UH": "Other", "FW": "Other",
}

def texts(shared):
    dev = {json.loads(l).get("source") for l in open(f"{shared}/gold/dev.jsonl", encoding="utf8")} - {None}
    devtext = {json.loads(l)["text"] for l in open(f"{shared}/gold/dev.jsonl", encoding="utf8")}
    for l in open(f"{shared}/gold/train.jsonl", encoding="utf8"):
        yield json.loads(l)["text"]
    for l in open(f"{shared}/data/newsmtsc/train.jsonl", encoding="utf8"):
        t = json.loads(l)["text"] if l.strip() else None
        if t and t not in devtext: yield t
    for y in (2019, 2020):
        for l in open(f"{shared}/data/wikinews/{y}.jsonl", encoding="utf8"):
            r = json.loads(l)
            if r["url"] in dev: continue
            yield r["title"]
            yield from (p for p in r["text"].split("\n") if p.strip())
    rows = [json.loads(l)["text"] for l in open(f"{shared}/data/wcep/train.jsonl", encoding="utf8")]
    random.Random(7).shuffle(rows)
    yield from rows[:14000]

def tag(token):
    if token.is_punct or token.is_space or token.tag_ in ("``", "''", ",", ".", ":", "-LRB-", "-RRB-", "HYPH"):
        return {"``": "Quote", "''": "Quote", '"': "Quote"}.get(token.tag_, "Comma" if token.text == "," else "Mark")
    if token.tag_ in ("``", "''"): return "Quote"
    if token.lower_ in ("not", "n't", "n’t"): return "Not"
    if token.pos_ == "AUX" and token.tag_ != "MD": return "Auxiliary"
    if token.pos_ == "SCONJ" and token.tag_ == "IN": return "Subordinator"
    return TAGS.get(token.tag_, "Other")

def main():
    shared, binary, out = sys.argv[1:]
    rows = [t for t in dict.fromkeys(texts(shared)) if 8 < len(t) < 1500]
    lines = "".join(json.dumps({"text": t}, ensure_ascii=False) + "\n" for t in rows)
    words = subprocess.run([binary], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    nlp = spacy.load(os.environ.get("TEACHER", "en_core_web_sm"), disable=["ner", "lemmatizer", "senter"])
    def docs():
        for t, ws in zip(rows, words):
            ws = json.loads(ws)
            # Straight marks are what the teacher was taught with.
            yield Doc(nlp.vocab, [w.replace("’", "'").replace("‘", "'") if len(w) > 1 else w for w in ws])
    with open(out, "w", encoding="utf8") as f:
        for doc, ws in zip(nlp.pipe(docs(), batch_size=256), map(json.loads, words)):
            for t, w in zip(doc, ws):
                print(w, tag(t), -1 if t.head is t else t.head.i, sep="\t", file=f)
            print(file=f)

if __name__ == "__main__":
    main()
