"""The reference reading of a model file, in NumPy: ENCODER.md as code. Slow and plain; judges the Rust engine.

`Reference(meta, tensors)` computes what the engine computes, activations quantised to 13 bits before each matrix;
`Reference(…, exact=True)` keeps activations in f32 (weights are as stored in both)."""
import math

import numpy as np

from . import bigru, container, vocabulary

F = np.float32
PEAK = 4095  # largest code of an activation
_erf = np.vectorize(math.erf, otypes=[np.float32])


def gelu(x):
    return (x * F(0.5) * (F(1) + _erf(x / F(math.sqrt(2))))).astype(F)


def sigmoid(x):
    return (1 / (1 + np.exp(-x))).astype(F)


def norm(x, weight, bias, eps=1e-12):
    mean = x.mean(-1, keepdims=True)
    return ((x - mean) / np.sqrt(x.var(-1, keepdims=True) + F(eps)) * weight + bias).astype(F)


class Linear:
    """y = W x + b. Rows of x are quantised on their own: q = round_half_even(x · 4095 / max|x|). Weights of 4 bits
    are first brought to 8 bits with one scale a row, as the engine does at loading."""

    def __init__(self, tensors, name, exact, bias=None):
        self.exact, self.bias = exact, tensors[f"{name}.bias"] if bias is None else bias
        if f"{name}.q4" in tensors:
            packed, scale = tensors[f"{name}.q4"], tensors[f"{name}.scale"].view(np.float16).astype(F)
            codes = np.empty((len(packed), packed.shape[1] * 2), F)
            codes[:, 0::2], codes[:, 1::2] = (packed & 15).astype(F) - 8, (packed >> 4).astype(F) - 8
            self.codes, self.scale = codes, scale  # scale: (rows, groups)
        else:
            self.codes, self.scale = tensors[f"{name}.q8"].astype(F), tensors[f"{name}.scale"][:, None]
        groups = self.scale.shape[1]
        self.whole = (self.codes.reshape(len(self.codes), groups, -1) * self.scale[..., None]).reshape(self.codes.shape)
        if f"{name}.q4" in tensors:
            peak = np.abs(self.whole).max(-1)
            self.scale = np.where(peak > 0, peak / F(127), F(1)).astype(F)[:, None]
            self.codes = np.rint(self.whole * (F(1) / self.scale))

    def __call__(self, x):
        x = np.atleast_2d(x).astype(F)
        if self.exact:
            return x @ self.whole.T + self.bias
        peak = np.abs(x).max(-1, keepdims=True)
        step = np.where(peak > 0, peak / F(PEAK), F(1)).astype(F)
        q = np.rint(x * (F(1) / step))
        sums = (q.astype(np.float64) @ self.codes.T.astype(np.float64)).astype(F)  # exact: integers below 2^31
        return sums * (self.scale[:, 0] * step) + self.bias


class Reference:
    def __init__(self, meta, tensors, exact=False):
        self.meta, self.t, self.exact = meta, tensors, exact
        self.kind = meta["encoder.kind"]
        self.framed = self.kind == "transformer"
        self.pieces = tensors["vocab/pieces"].tobytes().decode().split("\n")
        self.tokenizer = vocabulary.tokenizer(self.pieces)
        self.embedding = container.unpack4(tensors["encoder/pieces.q4"], tensors["encoder/pieces.scale"])
        self.hidden = Linear(tensors, "stance/hidden", exact)
        if self.kind == "bigru":
            self.gru = {w: [Linear(tensors, f"encoder/gru.{w}.{k}", exact) for k in ("input", "state")] for w in ("forward", "backward")}
        else:
            self.layers = [{k: Linear(tensors, f"encoder/layer.{i}.{k}", exact) for k in ("qkv", "mix", "up", "down")}
                           for i in range(int(meta["encoder.layers"]))]

    @classmethod
    def of(cls, path, exact=False):
        return cls(*container.load(path), exact=exact)

    def items(self, queries):
        return vocabulary.encode(self.tokenizer, queries, vocabulary.FRAME if self.framed else None, int(self.meta["encoder.length"]))

    # --- encoders: one row a piece -------------------------------------------------------------------------
    def embed(self, ids):
        x = self.embedding[ids]
        if self.framed:
            position = self.t["encoder/position.q8"].astype(F) * self.t["encoder/position.scale"][:, None]
            x = norm(x + position[:len(ids)], self.t["encoder/norm.weight"], self.t["encoder/norm.bias"])
        return x

    def states(self, ids, target, holder):
        x = self.embed(ids)
        return self._transformer(x, target, holder) if self.framed else self._bigru(x, target, holder)

    def _transformer(self, x, target, holder):
        heads, n, d = int(self.meta["encoder.heads"]), *x.shape
        marks = self.t["encoder/marks"]
        for i, layer in enumerate(self.layers):
            if i == int(self.meta["encoder.mark_layer"]):
                x = x + np.outer(target, marks[0]).astype(F) + np.outer(holder, marks[1]).astype(F)
            q, k, v = layer["qkv"](x).reshape(n, 3, heads, d // heads).transpose(1, 2, 0, 3)
            scores = q @ k.transpose(0, 2, 1) / F(math.sqrt(d // heads))
            scores = np.exp(scores - scores.max(-1, keepdims=True))
            mixed = (scores / scores.sum(-1, keepdims=True)) @ v
            get = lambda name: self.t[f"encoder/layer.{i}.{name}"]
            x = norm(x + layer["mix"](mixed.transpose(1, 0, 2).reshape(n, d)), get("norm1.weight"), get("norm1.bias"))
            x = norm(x + layer["down"](gelu(layer["up"](x))), get("norm2.weight"), get("norm2.bias"))
        return x

    def _bigru(self, x, target, holder):
        x = x + self.t["encoder/target"][buckets(target)] + self.t["encoder/holder"][buckets(holder)]
        return np.concatenate([self._direction(x, "forward"), self._direction(x[::-1], "backward")[::-1]], -1)

    def _direction(self, x, way):
        into, state = self.gru[way]
        from_input, size = into(x), state.codes.shape[1]
        h, out = np.zeros(size, F), np.zeros((len(x), size), F)
        for t in range(len(x)):
            if self.exact:
                from_state = state(h)[0]
            else:  # |h| < 1: one fixed scale
                from_state = (np.rint(h * F(PEAK)) @ state.codes.T) * (state.scale[:, 0] * F(1 / PEAK)) + state.bias
            a, b = from_input[t], from_state
            r, z = sigmoid(a[:size] + b[:size]), sigmoid(a[size:2 * size] + b[size:2 * size])
            n = np.tanh(a[2 * size:] + r * b[2 * size:]).astype(F)
            out[t] = h = ((F(1) - z) * n + z * h).astype(F)
        return out

    # --- head ----------------------------------------------------------------------------------------------
    def pooled(self, ids, target, holder):
        x, target = self.states(ids, target, holder), np.asarray(target, F)
        mean = lambda w: (w[:, None] * x).sum(0) / max(w.sum(), F(1e-6))
        if self.framed:
            return np.concatenate([x[0], mean(target), mean(np.ones(len(x), F))])
        weight = self.t["stance/weight.q8"][ids].astype(F) * self.t["stance/weight.scale"][0]
        q = np.exp(weight + self.t["stance/near"][buckets(target)]).astype(F)
        return np.concatenate([mean(q), mean(target), x.max(0)])

    def logits(self, ids, target, holder):
        """(2, 3): question × (oppose, neutral, support)."""
        h = gelu(self.hidden(self.pooled(ids, target, holder))[0])
        return (self.t["stance/out"] @ h + self.t["stance/out.bias"]).reshape(2, 3).astype(F)

    def pointers(self, ids, target, holder):
        """`more` (4: says, does, narrator, unnamed), scores of the pieces (n, 2) without the frame."""
        h = gelu(self.hidden(self.pooled(ids, target, holder))[0])
        x = self.states(ids, target, holder)
        x = x[1:-1] if self.framed else x
        return self.t["stance/more"] @ h + self.t["stance/more.bias"], x @ self.t["stance/tokens"].T + self.t["stance/tokens.bias"]

    def predict(self, queries):
        return np.stack([self.logits(*item) for item in self.items(queries)])


def buckets(span):
    """Distance bucket of each piece to a 0/1 span; all NONE where it is empty."""
    inside = np.flatnonzero(span)
    if not len(inside):
        return np.full(len(span), bigru.NONE)
    position = np.arange(len(span))
    distance = np.maximum(position - inside[-1], 0) - np.maximum(inside[0] - position, 0)
    size = (np.abs(distance)[:, None] >= np.array(bigru.EDGES)).sum(-1)
    return np.where(np.asarray(span) > 0, 0, size * np.sign(distance)) + bigru.INSIDE
