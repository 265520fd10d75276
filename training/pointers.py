"""Whose a stance is and which words show it, as distributions over a window's pieces.

`whose` has two places more than there are pieces: the narrator (AUTHOR) and somebody the sentence does not name (NOBODY).
A goal of all zeros means that nothing is known."""
import torch
import torch.nn.functional as F

from .data import AUTHOR, NOBODY

SLOTS = (AUTHOR, NOBODY)


def goals(query, offsets):
    """({place: share} of `whose`, {piece: share} of `cue`), places counted in `offsets`; the slots are -2 and -1."""
    def inside(span):
        return [i for i, (s, e) in enumerate(offsets) if s < span[1] and e > span[0]]
    whose, cue = {}, {}
    for one in query.whose:
        places = [SLOTS.index(one) - 2] if isinstance(one, str) else inside(one)
        for place in places:
            whose[place] = whose.get(place, 0) + query.sure / len(places) / len(query.whose)
    if query.cue is not None:
        places = inside(query.cue)
        cue = {place: query.sure / len(places) for place in places}
    return whose, cue


def logits(tokens, more, words):
    """Scores of `whose` and `cue`: `tokens` (batch, time, 2), `more` (batch, 4: says, does, AUTHOR, NOBODY), `words` the pieces that are words."""
    tokens = tokens.masked_fill(~words[..., None], -1e4)
    return torch.cat([tokens[..., 0], more[:, 2:]], 1), tokens[..., 1]


def loss(tokens, more, words, whose, cue, basis):
    """Summed over the batch."""
    a, b = logits(tokens, more, words)
    out = -(whose * F.log_softmax(a, -1)).sum() - 0.7 * (cue * F.log_softmax(b, -1)).sum()
    return out + 0.5 * F.cross_entropy(more[:, :2], basis, ignore_index=-1, reduction="sum")


def run(p, peak, share, longest):
    """[first, last] of the pieces round the peak that have at least `share` of its probability, `longest` of them at most."""
    a = b = peak
    while b - a + 1 < longest:
        left, right = (p[a - 1] if a else 0), (p[b + 1] if b + 1 < len(p) else 0)
        if max(left, right) < share * p[peak]:
            break
        if left >= right:
            a -= 1
        else:
            b += 1
    return a, b
