"""The fast model: narrow piece embeddings, one bidirectional GRU told how far each piece is from the target
(and the holder), three pools, a small head. ENCODER.md has the arithmetic."""
import torch
import torch.nn as nn
import torch.nn.functional as F

from . import vocabulary

EDGES = (1, 2, 3, 4, 6, 9, 14, 22)  # a piece `d` away falls in the bucket of the last edge not above d
BUCKETS, INSIDE, NONE = 18, 8, 17  # 0–7 left (far to near), 8 inside, 9–16 right (near to far), 17 no such span


def bucket_of(distance):
    return (distance.abs()[..., None] >= torch.tensor(EDGES, device=distance.device)).sum(-1) * distance.sign()


def buckets_to(span):
    """(batch, time) mask of a span → bucket of each piece; all NONE where the span is empty."""
    position = torch.arange(span.shape[1], device=span.device)
    inside = span > 0
    first = torch.where(inside, position, 10 ** 6).min(1, keepdim=True).values
    last = torch.where(inside, position, -10 ** 6).max(1, keepdim=True).values
    distance = (position - last).clamp(min=0) - (first - position).clamp(min=0)
    bucket = torch.where(inside, 0, bucket_of(distance)) + INSIDE
    return torch.where(inside.any(1, keepdim=True), bucket, NONE)


class About(nn.Module):
    """Topic logits from the pieces' vectors: a mean weighed by what each says of itself, a small head (as the deep averaging network of
    Iyyer et al., ACL 2015)."""

    def __init__(self, width, labels, hidden=96):
        super().__init__()
        self.weigh = nn.Linear(width, 1)
        self.hidden, self.out = nn.Linear(width, hidden), nn.Linear(hidden, labels)
        nn.init.zeros_(self.weigh.weight)
        nn.init.constant_(self.out.bias, -4)  # most labels are absent

    def forward(self, vectors, ids):
        weight = self.weigh(vectors)[..., 0].exp() * (ids != vocabulary.PAD)
        mean = torch.einsum("bt,btd->bd", weight, vectors) / weight.sum(1, keepdim=True).clamp(min=1e-6)
        return self.out(F.dropout(F.gelu(self.hidden(F.dropout(mean, 0.1, self.training))), 0.1, self.training))


class BiGru(nn.Module):
    frame, longest, pad = None, vocabulary.LENGTH, vocabulary.PAD

    def __init__(self, embedding, weights=None, hidden=96, head=128):
        super().__init__()
        pieces, d = embedding.shape
        self.pieces = nn.Embedding.from_pretrained(embedding.clone(), freeze=False)
        self.weight = nn.Parameter(torch.zeros(pieces) if weights is None else weights.log())
        self.target = nn.Parameter(torch.randn(BUCKETS, d) * 0.02)
        self.holder = nn.Parameter(torch.randn(BUCKETS, d) * 0.02)
        self.near = nn.Parameter(torch.zeros(BUCKETS))
        self.gru = nn.GRU(d, hidden, bidirectional=True, batch_first=True)
        self.hidden, self.out = nn.Linear(6 * hidden, head), nn.Linear(head, 6)
        self.more, self.tokens = nn.Linear(head, 4), nn.Linear(2 * hidden, 2)
        self.topics = None  # an `About`, learned once the pieces are rounded

    def about(self, ids):
        """Topic logits."""
        return self.topics(self.pieces(ids), ids)

    def forward(self, ids, target, holder):
        keep = ids != 0
        near = buckets_to(target)
        x = F.dropout(self.pieces(ids), 0.2, self.training) + self.target[near] + self.holder[buckets_to(holder)]
        packed = nn.utils.rnn.pack_padded_sequence(x, keep.sum(1).cpu(), batch_first=True, enforce_sorted=False)
        h, _ = nn.utils.rnn.pad_packed_sequence(self.gru(packed)[0], batch_first=True)
        q = (self.weight[ids] + self.near[near]).exp() * keep
        mean = lambda w: torch.einsum("bt,btd->bd", w, h) / w.sum(1, keepdim=True).clamp(min=1e-6)
        z = torch.cat([mean(q), mean(target), h.masked_fill(~keep[..., None], -1e4).max(1).values], -1)
        z = F.gelu(self.hidden(F.dropout(z, 0.2, self.training)))
        z = F.dropout(z, 0.1, self.training)
        return self.out(z).view(-1, 2, 3), self.more(z), self.tokens(h), None

    def groups(self, rate):
        return [dict(params=[p], lr=rate, base=rate, weight_decay=0.01) for p in self.parameters()]
