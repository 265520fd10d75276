"""A trained student as a part for the model file: `encoder/`, `stance/` and `vocab/` tensors. ENCODER.md lists them."""
from functools import partial

import numpy as np
import torch

from . import bigru, container, minilm, vocabulary

PREFIXES = ["encoder/", "stance/", "vocab/"]
MATRICES = ("qkv", "mix", "up", "down")  # of a transformer layer


def _array(t):
    return t.detach().float().numpy()


def _four(tensors, name, weight, group=32):
    tensors[f"{name}.q4"], tensors[f"{name}.scale"] = container.pack4(_array(weight), group)


def _eight(tensors, name, weight):
    tensors[f"{name}.q8"], tensors[f"{name}.scale"] = container.pack8(_array(weight))


def eight(tensors, name, linear):
    """A linear map with its bias, in 8 bits."""
    _eight(tensors, name, linear.weight)
    tensors[f"{name}.bias"] = _array(linear.bias)


def four(tensors, name, linear, group=32):
    """A linear map with its bias, in 4 bits."""
    _four(tensors, name, linear.weight, group)
    tensors[f"{name}.bias"] = _array(linear.bias)


def layer(tensors, prefix, layer):
    """A transformer layer, matrices in 4 bits."""
    for name in MATRICES:
        _four(tensors, f"{prefix}.{name}", getattr(layer, name).weight)
        tensors[f"{prefix}.{name}.bias"] = _array(getattr(layer, name).bias)
    for name in ("norm1", "norm2"):
        tensors[f"{prefix}.{name}.weight"] = _array(getattr(layer, name).weight)
        tensors[f"{prefix}.{name}.bias"] = _array(getattr(layer, name).bias)


def _head(model, tensors):
    eight(tensors, "stance/hidden", model.hidden)
    for name in ("out", "more", "tokens"):
        layer = getattr(model, name)
        tensors[f"stance/{name}"], tensors[f"stance/{name}.bias"] = _array(layer.weight), _array(layer.bias)


def of_bigru(model, pieces):
    d, h = model.pieces.weight.shape[1], model.gru.hidden_size
    t = {"vocab/pieces": np.frombuffer("\n".join(pieces).encode(), np.uint8)}
    _four(t, "encoder/pieces", model.pieces.weight, group=min(64, d))
    t["encoder/target"], t["encoder/holder"] = _array(model.target), _array(model.holder)
    for way, suffix in (("forward", ""), ("backward", "_reverse")):
        for ours, theirs in (("input", "ih"), ("state", "hh")):
            _eight(t, f"encoder/gru.{way}.{ours}", getattr(model.gru, f"weight_{theirs}_l0{suffix}"))
            t[f"encoder/gru.{way}.{ours}.bias"] = _array(getattr(model.gru, f"bias_{theirs}_l0{suffix}"))
    t["stance/weight.q8"], t["stance/weight.scale"] = container.pack8(_array(model.weight)[None])
    t["stance/weight.q8"] = t["stance/weight.q8"][0]
    t["stance/near"] = _array(model.near)
    _head(model, t)
    meta = {"encoder.kind": "bigru", "encoder.pieces": len(pieces), "encoder.width": d, "encoder.state": h}
    return meta, t


def of_minilm(model, pieces):
    t = {"vocab/pieces": np.frombuffer("\n".join(pieces).encode(), np.uint8)}
    _four(t, "encoder/pieces", model.pieces.weight)
    _eight(t, "encoder/position", model.position)
    t["encoder/norm.weight"], t["encoder/norm.bias"] = _array(model.norm.weight), _array(model.norm.bias)
    t["encoder/marks"] = _array(model.marks)
    for i, each in enumerate(model.layers):
        layer(t, f"encoder/layer.{i}", each)
    _head(model, t)
    t["stance/propose"], t["stance/propose.bias"] = _array(model.propose.weight)[0], _array(model.propose.bias)
    first = model.layers[0]
    meta = {"encoder.kind": "transformer", "encoder.pieces": len(pieces), "encoder.width": model.d, "encoder.layers": len(model.layers),
            "encoder.heads": first.heads, "encoder.inner": first.up.out_features, "encoder.mark_layer": model.mark}
    return meta, t


def part(model, pieces, **meta):
    """(metadata, tensors); `meta` adds name, version, licence, data and the `stance.*` settings."""
    settings, tensors = (of_bigru if isinstance(model, bigru.BiGru) else of_minilm)(model, pieces)
    settings["encoder.length"] = vocabulary.LENGTH
    return settings | {k: str(v) for k, v in meta.items()}, tensors


def four_of(tensors, name):
    """A matrix of a part, as stored in 4 bits."""
    return torch.tensor(container.unpack4(tensors[f"{name}.q4"], tensors[f"{name}.scale"]))


def eight_of(tensors, name):
    """The same in 8 bits."""
    return torch.tensor(tensors[f"{name}.q8"].astype(np.float32) * tensors[f"{name}.scale"][..., None])


def plain_of(tensors, name):
    """The same in full."""
    return torch.tensor(np.array(tensors[name]))


def layer_of(tensors, prefix):
    """What `layer` stored, as the state of a `minilm.Layer`."""
    state = {f"{name}.{kind}": plain_of(tensors, f"{prefix}.{name}.{kind}") for name in ("norm1", "norm2") for kind in ("weight", "bias")}
    for name in MATRICES:
        state[f"{name}.weight"], state[f"{name}.bias"] = four_of(tensors, f"{prefix}.{name}"), plain_of(tensors, f"{prefix}.{name}.bias")
    return state


def opened(meta, tensors):
    """The torch model of a part, with the weights as stored, and its tokenizer."""
    return restore(meta, tensors), vocabulary.tokenizer(tensors["vocab/pieces"].tobytes().decode().split("\n"))


def restore(meta, tensors):
    """The torch model of a part, with the weights as stored (dequantised)."""
    number = lambda key: int(meta[key])
    four, eight, plain = (partial(read, tensors) for read in (four_of, eight_of, plain_of))
    state, head = {"pieces.weight": four("encoder/pieces")}, tensors["stance/hidden.q8"].shape[0]
    if meta["encoder.kind"] == "bigru":
        model = bigru.BiGru(torch.zeros(state["pieces.weight"].shape), hidden=number("encoder.state"), head=head)
        state["weight"] = eight("stance/weight").reshape(-1)
        state |= dict(target=plain("encoder/target"), holder=plain("encoder/holder"), near=plain("stance/near"))
        for way, suffix in (("forward", ""), ("backward", "_reverse")):
            for ours, theirs in (("input", "ih"), ("state", "hh")):
                state[f"gru.weight_{theirs}_l0{suffix}"] = eight(f"encoder/gru.{way}.{ours}")
                state[f"gru.bias_{theirs}_l0{suffix}"] = plain(f"encoder/gru.{way}.{ours}.bias")
    else:
        model = minilm.MiniLm(number("encoder.pieces"), number("encoder.width"), number("encoder.heads"), number("encoder.inner"),
                              number("encoder.layers"), number("encoder.mark_layer"), head)
        state |= {"propose.weight": plain("stance/propose")[None], "propose.bias": plain("stance/propose.bias")}
        state |= {"position": eight("encoder/position"), "marks": plain("encoder/marks")}
        state |= {f"norm.{k}": plain(f"encoder/norm.{k}") for k in ("weight", "bias")}
        for i in range(number("encoder.layers")):
            state |= {f"layers.{i}.{k}": v for k, v in layer_of(tensors, f"encoder/layer.{i}").items()}
    state |= {"hidden.weight": eight("stance/hidden"), "hidden.bias": plain("stance/hidden.bias"),
              **{f"{n}.{k}": plain(f"stance/{n}{'' if k == 'weight' else '.bias'}") for n in ("out", "more", "tokens") for k in ("weight", "bias")}}
    model.load_state_dict(state)
    return model.eval()
