"""Words, word pairs and word beginnings of a sentence, hashed. `src/topics/features.rs` does the same, byte for byte.

A token is a run of letters and digits, lower-cased; every digit becomes `0`, and what follows an apostrophe is
dropped (`Korea's` → `korea`). Features, by salt: 1 the token; 2 it and the token before it; 3 its first five letters,
when it has more than six.
"""
import unicodedata
from array import array

MASK = (1 << 64) - 1
OFFSET, PRIME = 0xCBF29CE484222325, 0x100000001B3
LONGEST = 24  # letters of a token that count


def tokens(text):
    """[(token, start, end)], positions in code points."""
    out, i, n = [], 0, len(text)
    while i < n:
        if not text[i].isalnum():
            i += 1
            continue
        start, word = i, []
        while i < n and text[i].isalnum():
            if len(word) < LONGEST:
                c = text[i]
                word.append("0" if unicodedata.category(c)[0] == "N" else c.lower())
            i += 1
        out.append(("".join(word), start, i))
        if i + 1 < n and text[i] in "'’" and text[i + 1].isalnum():
            i += 1
            while i < n and text[i].isalnum():
                i += 1
    return out


_cache = {}


def fnv(salt, data):
    """FNV-1a over the salt and the bytes, finished with a multiply-shift so that all bits are usable."""
    h = ((OFFSET ^ salt) * PRIME) & MASK
    for b in data:
        h = ((h ^ b) * PRIME) & MASK
    h ^= h >> 32
    h = (h * 0x9E3779B97F4A7C15) & MASK
    return h ^ (h >> 29)


def _hash(salt, text):
    k = (salt, text)
    h = _cache.get(k)
    if h is None:
        h = _cache[k] = fnv(salt, text.encode())
    return h


def hashes(text):
    """The features' 64-bit hashes, repeats included, in reading order."""
    out, before = array("Q"), ""
    for token, start, end in tokens(text):
        out.append(_hash(1, token))
        if before:
            out.append(_hash(2, before + " " + token))
        if end - start > 6:
            out.append(_hash(3, token[:5]))
        before = token
    return out
