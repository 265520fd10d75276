"""The teachers' body: MPNet (Song et al. 2020), 12 layers of 768 with one table of relative positions, as all-mpnet-base-v2 has it.
Our own reading of its weights, so that training needs no model library and attention is fused."""
import torch
import torch.nn as nn
import torch.nn.functional as F

from . import paths
from .minilm import Layer, cover

CLS, PAD, SEP = 0, 1, 2
WIDTH, HEADS, INNER, LAYERS, BUCKETS, FURTHEST, EPS = 768, 12, 3072, 12, 32, 128, 1e-5


def bucket(distance):
    """Relative position → row of the table: near ones apart, far ones by the logarithm (Raffel et al. 2020)."""
    half = BUCKETS // 2
    side, n = (distance < 0) * half, distance.abs()
    exact = half // 2
    far = exact + (torch.log(n.clamp(min=1) / exact) / torch.log(torch.tensor(FURTHEST / exact)) * (half - exact)).long()
    return side + torch.where(n < exact, n, far.clamp(max=half - 1))


class MpNet(nn.Module):
    def __init__(self, pieces=30527, positions=514):
        super().__init__()
        self.pieces, self.position = nn.Embedding(pieces, WIDTH), nn.Parameter(torch.zeros(positions, WIDTH))
        self.norm, self.relative = nn.LayerNorm(WIDTH, eps=EPS), nn.Embedding(BUCKETS, HEADS)
        self.layers = nn.ModuleList(Layer(WIDTH, HEADS, INNER, EPS) for _ in range(LAYERS))

    def embed(self, ids):
        return F.dropout(self.norm(self.pieces(ids) + self.position[2:2 + ids.shape[1]]), 0.1, self.training)

    def bias(self, ids):
        """Of attention: relative positions, and no piece of padding."""
        at = torch.arange(ids.shape[1], device=ids.device)
        relative = self.relative(bucket(at[:, None] - at)).permute(2, 0, 1)
        return relative[None] + cover(ids, PAD)

    def forward(self, x, bias):
        for layer in self.layers:
            x = layer(x, bias)
        return x


def groups(model, rate, heads, decay=0.92):
    """Rates fall with depth; parameters outside of `body` learn `heads` times as fast."""
    for name, p in model.named_parameters():
        depth = int(name.split(".")[2]) if name.startswith("body.layers.") else -1
        r = rate * decay ** (LAYERS - 1 - depth) if name.startswith("body.") else rate * heads
        yield dict(params=[p], lr=r, base=r, weight_decay=0.01 if p.ndim > 1 else 0)


def pretrained():
    from safetensors.torch import load_file
    w, model = load_file(paths.MPNET / "model.safetensors"), MpNet()
    with torch.no_grad():
        model.pieces.weight.copy_(w["embeddings.word_embeddings.weight"])
        model.position.copy_(w["embeddings.position_embeddings.weight"])
        model.relative.weight.copy_(w["encoder.relative_attention_bias.weight"])
        for kind in ("weight", "bias"):
            getattr(model.norm, kind).copy_(w[f"embeddings.LayerNorm.{kind}"])
            for n, layer in enumerate(model.layers):
                at = f"encoder.layer.{n}."
                layer.get_parameter(f"qkv.{kind}").copy_(torch.cat([w[f"{at}attention.attn.{p}.{kind}"] for p in "qkv"]))
                for ours, theirs in dict(mix="attention.attn.o", norm1="attention.LayerNorm", up="intermediate.dense", down="output.dense",
                                         norm2="output.LayerNorm").items():
                    layer.get_parameter(f"{ours}.{kind}").copy_(w[f"{at}{theirs}.{kind}"])
    return model


def tokenizer():
    from tokenizers import Tokenizer
    found = Tokenizer.from_file(str(paths.MPNET / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found
