"""What the encoder adds to the bag: `bigru.About` over the pieces' vectors, `minilm.About` over the states below the marks, trained with the encoder
(`students.Topics`). Both learn once the encoder is rounded, which is kept as it is. `src/topics/encoded.rs` does the same."""
import time

import numpy as np
import torch

from .. import bigru, container, export, minilm, paths, vocabulary
from ..device import DEVICE, autocast
from ..students import Topics

LONGEST = 96
# Steps, texts a step, rate: some ten passes over all texts for both; two minutes on one core for the fast model, three on a GPU for the accurate. Set by hand.
COURSE = {"bigru": (20000, 128, 3e-3), "transformer": (17000, 128, 1e-3)}
ROUNDING = 0.55  # after this part of the course a transformer's layer is read as it will be stored


def restored(model_file, seed, labels):
    """The model as it ships, with the head that was trained with it (or, where it has none yet, the one in its file); its tokenizer."""
    meta, stored = container.load(model_file)
    model, tk = export.opened(meta, stored)
    kind, settled = meta["encoder.kind"], paths.WORK / f"{meta['name']}-{seed}.settled.pt"
    torch.manual_seed(seed)
    if kind == "bigru":
        model.topics = bigru.About(model.pieces.weight.shape[1], len(labels))
    else:
        model.topics = minilm.About(model.d, model.layers[0].heads, model.layers[0].up.out_features, len(labels))
        together = paths.WORK / f"{meta['name']}-{seed}.done.pt"
        if together.exists():
            state = torch.load(together)
            model.topics.load_state_dict({k.removeprefix("topics."): v.float() for k, v in state.items() if k.startswith("topics.")})
        elif not settled.exists():
            shipped(model.topics, stored, labels)
    if settled.exists():
        model.topics.load_state_dict(torch.load(settled))
    else:
        settle(model, tk, seed, *COURSE[kind])
        torch.save(model.topics.state_dict(), settled)
    if kind == "bigru":  # as it will be stored
        weight = model.topics.out.weight.data
        weight.copy_(torch.from_numpy(container.unpack4(*container.pack4(weight.cpu().numpy(), weight.shape[1]))))
    return model.eval().to(DEVICE), tk


def shipped(head, stored, labels):
    """Puts the head of a model file into `head`: the same layer, and what it knows of labels that both have."""
    state = head.state_dict() | {f"layer.{k}": v for k, v in export.layer_of(stored, "about/layer").items()}
    state["hidden.weight"], state["hidden.bias"] = export.eight_of(stored, "about/hidden"), export.plain_of(stored, "about/hidden.bias")
    weight, bias = export.eight_of(stored, "about/labels"), export.plain_of(stored, "about/labels.bias")
    row = {f"medtop:{int(c):08}": i for i, c in enumerate(stored["topics/concepts"])}
    for i, label in enumerate(labels):
        if label in row:
            state["out.weight"][i], state["out.bias"][i] = weight[row[label]], bias[row[label]]
    head.load_state_dict(state)


def as_stored(weight, group=32):
    """A matrix as 4 bits will keep it: `container.pack4` where the matrix lies."""
    x, best, error = weight.view(len(weight), -1, group), None, None
    peak = x.abs().amax(-1, keepdim=True)
    for clip in container.CLIPS:
        scale = (peak * clip / 7).clamp(min=1e-7).half().float().clamp(min=6e-8)
        tried = (x / scale).round().clamp(-8, 7) * scale
        each = ((tried - x) ** 2).sum(-1, keepdim=True)
        if best is None:
            best, error = tried, each
        else:
            best, error = torch.where(each < error, tried, best), torch.minimum(each, error)
    return best.view_as(weight)


def settle(model, tk, seed, steps, size, rate):
    """Fits the head to the rounded encoder; a transformer's layer learns at last with rounded matrices, to which the gradient goes straight through
    (Bengio et al. 2013)."""
    torch.manual_seed(seed)
    task = Topics(tk, model.frame, paths.WORK / "topics", seed, size=size, weight=1.0)
    for p in model.parameters():
        p.requires_grad_(False)
    model.topics.requires_grad_(True)
    # A pretrained layer learns with more care than what is on top of it.
    groups = [dict(params=[p], base=rate * (0.2 if name.startswith("layer.") else 1)) for name, p in model.topics.named_parameters()]
    optimiser = torch.optim.Adam(groups, lr=rate)
    model.to(DEVICE).train()
    matrices = [getattr(model.topics.layer, name).weight for name in export.MATRICES] if model.frame else []
    began = time.time()
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = group["base"] * min(1, (step + 1) / 50) * max(0.03, 1 - step / steps)
        optimiser.zero_grad()
        whole = [m.data for m in matrices] if step >= ROUNDING * steps else []
        for m, w in zip(matrices, whole):
            m.data = as_stored(w)
        loss = task(model)
        loss.backward()
        for m, w in zip(matrices, whole):
            m.data = w
        optimiser.step()
        if step % 100 == 99:
            print(f"head: step {step + 1} loss {loss.item():.2f} {time.time() - began:.0f}s", flush=True)


@torch.no_grad()
def logits(model, tk, texts, size=128):
    """Of every label, n × labels."""
    ids = vocabulary.framed(tk, texts, model.frame, LONGEST - 2 * bool(model.frame))
    order = sorted(range(len(ids)), key=lambda k: len(ids[k]))
    out = np.zeros((len(ids), model.topics.out.out_features), np.float32)
    for k in range(0, len(order), size):
        rows = order[k:k + size]
        n = max(1, max(len(ids[r]) for r in rows))
        batch = torch.tensor([ids[r] + [vocabulary.PAD] * (n - len(ids[r])) for r in rows], device=DEVICE)
        with autocast(bool(model.frame)):
            out[rows] = model.about(batch).float().cpu().numpy()
    return out


def tensors(model):
    """Of `about/`, without what the context is and the calibration."""
    part, head = {}, model.topics.cpu()
    array = lambda t: t.detach().float().cpu().numpy()
    export.eight(part, "about/hidden", head.hidden)
    if isinstance(head, bigru.About):
        part["about/weigh"], part["about/weigh.bias"] = array(head.weigh.weight)[0], array(head.weigh.bias)
        export.four(part, "about/labels", head.out, group=head.out.in_features)
    else:
        export.layer(part, "about/layer", head.layer)
        export.eight(part, "about/labels", head.out)
    return part
