"""Word pieces: the base model's vocabulary cut to the news, and queries turned into piece ids.

Kept: all single ASCII characters (alone and as continuation, so that next to nothing is unknown), common
typographic and accented ones, then the pieces that news uses most.
"""
import collections

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from . import data, paths

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
PAD, UNK, CLS, SEP = range(4)
FRAME = (CLS, SEP)
LENGTH = 128  # pieces of a window, CLS and SEP included


def base():
    return (paths.MINILM / "vocab.txt").read_text(encoding="utf8").rstrip("\n").split("\n")


def tokenizer(pieces):
    t = Tokenizer(models.WordPiece({p: i for i, p in enumerate(pieces)}, unk_token="[UNK]", max_input_chars_per_word=100))
    t.normalizer = normalizers.BertNormalizer(lowercase=True)
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return t


def corpus():
    for name in ("newsmtsc/train", "dse_directed/train", "wcep/train", "wcep/unlabelled", "huffpost/train"):
        for r in data.rows(paths.DATA / f"{name}.jsonl"):
            yield r["text"]
    for r in data.rows(paths.GOLD / "train.jsonl"):
        yield r["text"]
    for year in (2019, 2020):
        for r in data.rows(paths.DATA / f"wikinews/{year}.jsonl"):
            yield r["text"]


def pruned(size):
    stored = paths.WORK / f"vocabulary-{size}.txt"
    if stored.exists():
        return stored.read_text(encoding="utf8").split("\n")
    full, counts, chunk = base(), collections.Counter(), []
    tk = tokenizer(full)
    for text in corpus():
        chunk.append(text)
        if len(chunk) == 2000:
            for e in tk.encode_batch(chunk, add_special_tokens=False):
                counts.update(e.tokens)
            chunk = []
    single = [p for p in full if len(p.removeprefix("##")) == 1 and (p[-1].isascii() or p[-1] in "“”‘’—–…£€")]
    kept = dict.fromkeys(SPECIAL + single)
    for piece in sorted((p for p in full if not p.startswith("[")), key=lambda p: (-counts[p], p)):
        if len(kept) >= size:
            break
        kept.setdefault(piece)
    pieces = list(kept)
    stored.write_text("\n".join(pieces), encoding="utf8")
    return pieces


def framed(tk, texts, frame, room):
    """Ids of whole texts, `room` of them at most, in their frame if there is one."""
    start, end = ([frame[0]], [frame[1]]) if frame else ([], [])
    return [start + e.ids[:room] + end for e in tk.encode_batch(list(texts), add_special_tokens=False)]


def mask(offsets, span):
    """1 for each piece that touches the span; the nearest piece if none does."""
    if span is None:
        return [0] * len(offsets)
    m = [int(s < span[1] and e > span[0]) for s, e in offsets]
    if not any(m) and m:
        m[min(range(len(m)), key=lambda i: abs(offsets[i][0] - span[0]))] = 1
    return m


def window(count, target, room):
    """[start, end) of the pieces kept: all, or `room` of them with the target's middle in the centre."""
    if count <= room:
        return 0, count
    middle = target.index(1) + sum(target) // 2
    start = max(0, min(middle - room // 2, count - room))
    return start, start + room


def encode(tk, queries, frame=FRAME, length=LENGTH):
    """[(ids, target mask, holder mask)], framed by two pieces unless `frame` is None; a window round the target where the sentence is longer."""
    return encode_with_offsets(tk, queries, frame, length)[0]


def encode_with_offsets(tk, queries, frame=FRAME, length=LENGTH):
    """The same, and the code points of each item's pieces, frame left out."""
    out, where = [], []
    for q, e in zip(queries, tk.encode_batch([q.text for q in queries], add_special_tokens=False)):
        target, holder = mask(e.offsets, q.target), mask(e.offsets, q.holder)
        a, b = window(len(e.ids), target, length - 2)
        ids, target, holder = e.ids[a:b], target[a:b], holder[a:b]
        out.append(([frame[0]] + ids + [frame[1]], [0] + target + [0], [0] + holder + [0]) if frame else (ids, target, holder))
        where.append(e.offsets[a:b])
    return out, where
