"""Articles of our own writing, each unit with its labels under it: `python -m training.labels.written FILE…` says what is wrong with them.

A line a unit; the next line, `= kind | topics | subtopics | stance | …`, is its label in the short form of README.md without the number. `##` begins an
article, an empty line a paragraph."""
import glob
import sys
from pathlib import Path

from . import check

ARTICLES = Path(__file__).parent.parent / "articles"


def read(path, known):
    """Rows in the gold files' form, and what is wrong: an article with a unit that cannot be read is left out whole."""
    rows, wrong, name = [], [], Path(path).stem
    article, doc, paragraph, text, bad = [], -1, 0, None, False

    def end():
        nonlocal article, bad
        if not bad:
            rows.extend(article)
        article, bad = [], False

    for n, line in enumerate(Path(path).read_text(encoding="utf8").splitlines(), 1):
        line = line.strip()
        if line.startswith("##"):
            end()
            doc, paragraph, text = doc + 1, 0, None
        elif not line:
            paragraph += 1
        elif line.startswith("=") and text is not None:
            u = {"doc": f"art_{name}_{doc}", "i": len(article), "par": paragraph, "text": text}
            text = None
            try:
                article.append(check.unit("1" + line[1:], [u], known)[1])
            except check.Wrong as why:
                wrong.append(f"{name} line {n}: {why}")
                bad = True
        else:
            if text is not None or line.startswith("="):
                wrong.append(f"{name} line {n}: {'no label before this line' if text else 'a label without a unit'}: {line[:40]!r}")
                bad = True
            text = line
    end()
    return rows, wrong


def rows():
    known = check.vocabulary()
    return [r for path in sorted(glob.glob(f"{ARTICLES}/*.txt")) for r in read(path, known)[0]]


if __name__ == "__main__":
    known = check.vocabulary()
    for path in sys.argv[1:]:
        found, wrong = read(path, known)
        print("\n".join(wrong) + "\n" * bool(wrong) + f"{path}: {len({r['doc'] for r in found})} articles, {len(found)} units, "
              f"{sum(len(r['stances']) for r in found)} stances, {len(wrong)} wrong lines")
