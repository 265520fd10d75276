"""The accurate model: some of MiniLM's layers over a pruned vocabulary. Marks for target and holder are added to
their pieces before layer `mark`, so the layers below run once a sentence, whatever the number of targets."""
import torch
import torch.nn as nn
import torch.nn.functional as F

from . import paths, vocabulary
from .device import autocast


def cover(ids, pad=vocabulary.PAD):
    """Attention's bias: none to padding."""
    return torch.zeros(ids.shape, device=ids.device).masked_fill(ids == pad, -1e4)[:, None, None]


def attention(q, k, v, bias):
    if q.is_cuda:
        return F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
    # On a processor torch's own takes two fifths of a step, backwards.
    scores = (q @ k.transpose(-1, -2)) * q.shape[-1] ** -0.5 + bias
    return torch.softmax(scores, -1, dtype=v.dtype) @ v


class Layer(nn.Module):
    def __init__(self, d, heads, inner, eps=1e-12):
        super().__init__()
        self.heads = heads
        self.qkv, self.mix = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.norm1, self.norm2 = nn.LayerNorm(d, eps=eps), nn.LayerNorm(d, eps=eps)
        self.up, self.down = nn.Linear(d, inner), nn.Linear(inner, d)

    def forward(self, x, bias):
        b, t, d = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        a = attention(q, k, v, bias.to(q.dtype)).transpose(1, 2).reshape(b, t, d)
        x = self.norm1(x + F.dropout(self.mix(a), 0.1, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), 0.1, self.training))


class About(nn.Module):
    """Topic logits from states below the marks: one more layer, a mean over the pieces, a small head."""

    def __init__(self, width, heads, inner, labels, hidden=256):
        super().__init__()
        self.layer = Layer(width, heads, inner)
        self.hidden, self.out = nn.Linear(width, hidden), nn.Linear(hidden, labels)
        nn.init.constant_(self.out.bias, -4)  # most labels are absent

    def forward(self, below, ids):
        x, keep = self.layer(below, cover(ids)).float(), (ids != vocabulary.PAD).float()
        mean = (x * keep[..., None]).sum(1) / keep.sum(1, keepdim=True)
        with autocast(False):
            return self.out(F.dropout(F.gelu(self.hidden(F.dropout(mean, 0.1, self.training))), 0.1, self.training))


class MiniLm(nn.Module):
    frame, longest, pad = vocabulary.FRAME, vocabulary.LENGTH, vocabulary.PAD

    def __init__(self, pieces, d=384, heads=12, inner=1536, layers=4, mark=2, head=128, topics=0):
        super().__init__()
        self.mark, self.d = mark, d
        self.pieces, self.position = nn.Embedding(pieces, d), nn.Parameter(torch.zeros(vocabulary.LENGTH, d))
        self.norm = nn.LayerNorm(d, eps=1e-12)
        self.layers = nn.ModuleList(Layer(d, heads, inner) for _ in range(layers))
        self.marks = nn.Parameter(torch.randn(2, d) * 0.05)
        self.hidden, self.out = nn.Linear(3 * d, head), nn.Linear(head, 6)
        self.more, self.tokens = nn.Linear(head, 4), nn.Linear(d, 2)
        # Before the marks: which pieces could be a target, what the sentence is about.
        self.propose = nn.Linear(d, 1)
        if topics:
            self.topics = About(d, heads, inner, topics)

    def below(self, ids, bias):
        """States before the marks."""
        x = F.dropout(self.norm(self.pieces(ids) + self.position[:ids.shape[1]]), 0.1, self.training)
        for layer in self.layers[:self.mark]:
            x = layer(x, bias)
        return x

    def states(self, ids, target, holder, below=None):
        bias = cover(ids)
        x = self.below(ids, bias) if below is None else below
        x = x + target[..., None] * self.marks[0] + holder[..., None] * self.marks[1]
        for layer in self.layers[self.mark:]:
            x = layer(x, bias)
        return x

    def about(self, ids):
        """Topic logits."""
        return self.topics(self.below(ids, cover(ids)), ids)

    def forward(self, ids, target, holder):
        """Logits (2, 3), `more` (4), scores of the pieces (time, 2), and of the target as one that somebody is for or against."""
        if ids.is_cuda:
            below = self.below(ids, cover(ids))
        else:
            # Queries about one sentence share what lies below the marks; a GPU would wait for the sorting longer.
            once, of = torch.unique(ids, dim=0, return_inverse=True)
            below = self.below(once, cover(once))[of]
        x, keep = self.states(ids, target, holder, below).float(), (ids != 0).float()
        mean = lambda m: (x * m[..., None]).sum(1) / m.sum(1, keepdim=True).clamp(min=1)
        z = torch.cat([x[:, 0], mean(target), mean(keep)], -1)
        at = (below.float() * target[..., None]).sum(1) / target.sum(1, keepdim=True).clamp(min=1)
        with autocast(False):
            z = F.gelu(self.hidden(F.dropout(z, 0.1, self.training)))
            return self.out(z).view(-1, 2, 3), self.more(z), self.tokens(x), self.propose(at)[:, 0]

    def groups(self, rate, decay=0.9):
        out, depth = [], len(self.layers)
        for name, p in self.named_parameters():
            if name.startswith("topics.layer"):
                r = rate
            elif name.startswith("layers."):
                r = rate * decay ** (depth - 1 - int(name.split(".")[1]))
            else:
                r = rate * decay ** depth if name.startswith(("pieces", "position", "norm")) else rate * 5
            out.append(dict(params=[p], lr=r, base=r, weight_decay=0.01 if p.ndim > 1 else 0))
        return out


def base_weights():
    from safetensors.torch import load_file
    return {k.removeprefix("bert."): v.float() for k, v in load_file(paths.MINILM / "model.safetensors").items()}


def pretrained(pieces, layers, mark, topics=0):
    """`layers`: which of MiniLM's six to keep, in order."""
    w, index = base_weights(), {p: i for i, p in enumerate(vocabulary.base())}
    model = MiniLm(len(pieces), layers=len(layers), mark=mark, topics=topics)
    with torch.no_grad():
        model.pieces.weight.copy_(w["embeddings.word_embeddings.weight"][[index[p] for p in pieces]])
        model.position.copy_(w["embeddings.position_embeddings.weight"][:vocabulary.LENGTH] + w["embeddings.token_type_embeddings.weight"][0])
        for kind in ("weight", "bias"):
            getattr(model.norm, kind).copy_(w[f"embeddings.LayerNorm.{kind}"])
            places = list(zip(model.layers, layers))
            if topics:
                places.append((model.topics.layer, layers[mark]))
            for layer, source in places:
                at = f"encoder.layer.{source}."
                getattr(layer.qkv, kind).copy_(torch.cat([w[f"{at}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]))
                for ours, theirs in dict(mix="attention.output.dense", norm1="attention.output.LayerNorm", up="intermediate.dense",
                                         down="output.dense", norm2="output.LayerNorm").items():
                    getattr(getattr(layer, ours), kind).copy_(w[f"{at}{theirs}.{kind}"])
    return model


@torch.no_grad()
def piece_vectors(pieces, width):
    """A static vector a piece: MiniLM's mean output for that piece alone, reduced to `width` by principal components."""
    stored = paths.WORK / f"vectors-{len(pieces)}.pt"
    if not stored.exists():
        full = vocabulary.base()
        model, index = pretrained(full, range(6), 0).eval(), {p: i for i, p in enumerate(full)}
        rows = torch.tensor([[index["[CLS]"], index[p], index["[SEP]"]] for p in pieces])
        none = torch.zeros(1, 3)
        torch.save(torch.cat([model.states(rows[i:i + 512], none, none).mean(1) for i in range(0, len(rows), 512)]), stored)
    x = torch.load(stored).float()
    x = x - x.mean(0)
    x = x @ torch.linalg.svd(x, full_matrices=False)[2][:width].T
    return x / x.std() * 0.3
