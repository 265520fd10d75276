"""What the encoder adds to the bag: `bigru.About` over the pieces' vectors, `minilm.About` over the states below the marks, trained with the encoder
(`students.Topics`). Both learn once the encoder is rounded, which is kept as it is. `src/topics/encoded.rs` does the same."""
import time

import numpy as np
import torch

from .. import bigru, container, export, minilm, paths, vocabulary
from ..device import DEVICE, autocast
from ..students import Topics

LONGEST = 96
# Steps, texts a step, rate: some three passes for the fast model, half a minute; half of one for the accurate, a quarter of an hour on one core (its head that ships in
# two parts, 1500 steps and then 2500 from 7e-4). Set by hand.
COURSE = {"bigru": (8000, 128, 3e-3), "transformer": (4000, 32, 1e-3)}


def restored(model_file, seed, labels):
    """The model as it ships, with the head that was trained with it; its tokenizer."""
    meta, stored = container.load(model_file)
    model = export.restore(meta, stored)
    kind, settled = meta["encoder.kind"], paths.WORK / f"{meta['name']}-{seed}.settled.pt"
    torch.manual_seed(seed)
    if kind == "bigru":
        model.topics = bigru.About(model.pieces.weight.shape[1], labels)
    else:
        model.topics = minilm.About(model.d, model.layers[0].heads, model.layers[0].up.out_features, labels)
        state = torch.load(paths.WORK / f"{meta['name']}-{seed}.done.pt")
        model.topics.load_state_dict({k.removeprefix("topics."): v.float() for k, v in state.items() if k.startswith("topics.")})
    tk = vocabulary.tokenizer(bytes(stored["vocab/pieces"]).decode().split("\n"))
    if settled.exists():
        model.topics.load_state_dict(torch.load(settled))
    else:
        settle(model, tk, seed, *COURSE[kind])
        torch.save(model.topics.state_dict(), settled)
    if kind == "bigru":  # as it will be stored
        weight = model.topics.out.weight.data
        weight.copy_(torch.from_numpy(container.unpack4(*container.pack4(weight.cpu().numpy(), weight.shape[1]))))
    return model.eval().to(DEVICE), tk


def settle(model, tk, seed, steps, size, rate):
    """Fits the head to the rounded encoder."""
    torch.manual_seed(seed)
    task = Topics(tk, model.frame, paths.WORK / "topics", seed, size=size, weight=1.0)
    for p in model.parameters():
        p.requires_grad_(False)
    model.topics.requires_grad_(True)
    # A pretrained layer learns with more care than what is on top of it.
    groups = [dict(params=[p], base=rate * (0.2 if name.startswith("layer.") else 1)) for name, p in model.topics.named_parameters()]
    optimiser = torch.optim.Adam(groups, lr=rate)
    model.to(DEVICE).train()
    began = time.time()
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = group["base"] * min(1, (step + 1) / 50) * max(0.03, 1 - step / steps)
        optimiser.zero_grad()
        loss = task(model)
        loss.backward()
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
