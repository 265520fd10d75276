"""Writes `src/encoder/unicode.rs`: what BERT's uncased tokenizer does to each character, observed from the reference
implementation (`tokenizers`) itself, so that the two cannot drift apart. Run: `python -m training.unicode_tables`."""

import unicodedata
from pathlib import Path

from tokenizers import normalizers, pre_tokenizers

OUT = Path(__file__).resolve().parent.parent / "src/encoder/unicode.rs"
DROP, SPACE, ALONE = 0, 1, 2
HANGUL = range(0xAC00, 0xD7A4)


def observe():
    """-> class by code point (absent: part of a word), and what a character of a word becomes."""
    normalise = normalizers.BertNormalizer(lowercase=True).normalize_str
    split = pre_tokenizers.BertPreTokenizer().pre_tokenize_str
    classes, folds = {}, {}
    for c in range(0x110000):
        if 0xD800 <= c < 0xE000:
            continue
        text = normalise("x" + chr(c) + "y")
        middle, words = text[1:-1], len(split(text))
        if middle == "":
            classes[c] = DROP
        elif words == 2:
            classes[c] = SPACE
        elif words == 3:
            classes[c] = ALONE
        if classes.get(c) in (None, ALONE) and middle.strip() != chr(c):
            folds[c] = middle.strip()
    return classes, folds


def ranges(classes):
    out = []
    for c in sorted(classes):
        if out and out[-1][1] == c - 1 and out[-1][2] == classes[c]:
            out[-1][1] = c
        else:
            out.append([c, c, classes[c]])
    return out


def rows(items, render, width=104):
    line, text = "   ", ""
    for item in items:
        piece = " " + render(item) + ","
        if len(line) + len(piece) > width:
            text, line = text + line + "\n", "   "
        line += piece
    return text + line + "\n"


def main():
    classes, folds = observe()
    lower = {c: m for c, m in folds.items() if m == chr(c).lower()}
    # Left out: what no English news vocabulary holds, so that the word is unknown whether folded or not.
    kept = {
        c: m for c, m in folds.items()
        if c not in lower and c not in HANGUL and len(m) == 1 and c <= 0xFFFF and ord(m) <= 0xFFFF
        and not unicodedata.name(chr(c), "").startswith("CJK COMPATIBILITY")
    }
    table, pairs = ranges(classes), sorted(kept.items())
    OUT.write_text(
        "//! What BERT's uncased tokenizer makes of each character. Written by `training/unicode_tables.py`; do not edit.\n\n"
        "/// First, last and class (0 dropped, 1 white space, 2 a word of its own) of each range; all others stand in words.\n"
        f"#[rustfmt::skip]\npub(super) const CLASSES: [(u32, u32, u8); {len(table)}] = [\n"
        + rows(table, lambda r: f"({r[0]:#x}, {r[1]:#x}, {r[2]})")
        + "];\n\n/// Characters with an accent, in order (not those that `to_lowercase` alone settles).\n"
        f"#[rustfmt::skip]\npub(super) const ACCENTED: [u16; {len(pairs)}] = [\n"
        + rows(pairs, lambda p: f"{p[0]:#x}")
        + "];\n\n/// What is left of each of [`ACCENTED`] without its accent, in lower case.\n"
        f"#[rustfmt::skip]\npub(super) const PLAIN: [u16; {len(pairs)}] = [\n"
        + rows(pairs, lambda p: f"{ord(p[1]):#x}")
        + "];\n"
    )
    print(f"{len(table)} ranges, {len(pairs)} accented characters")


if __name__ == "__main__":
    main()
