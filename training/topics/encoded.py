"""What the encoder adds to the bag: `bigru.About` over the pieces' vectors, `minilm.About` over the states below the marks, both trained with the encoder
(`students.Topics`). The fast model's learns on once the pieces are rounded, which are kept as they are. `src/topics/encoded.rs` does the same."""
import numpy as np
import torch

from .. import bigru, container, export, minilm, paths, vocabulary
from ..device import DEVICE, autocast
from ..students import Topics

LONGEST = 96
STEPS, RATE = 4000, 2e-3  # of the fast model's, about three passes; set by hand


def restored(model_file, seed, labels):
    """The model as it ships, with the head that was trained with it; its tokenizer."""
    meta, stored = container.load(model_file)
    model = export.restore(meta, stored)
    kind = meta["encoder.kind"]
    if kind == "bigru":
        model.topics = bigru.About(model.pieces.weight.shape[1], labels)
    else:
        model.topics = minilm.About(model.d, model.layers[0].heads, model.layers[0].up.out_features, labels)
    state = torch.load(paths.WORK / f"{meta['name']}-{seed}.done.pt")
    model.topics.load_state_dict({k.removeprefix("topics."): v.float() for k, v in state.items() if k.startswith("topics.")})
    tk = vocabulary.tokenizer(bytes(stored["vocab/pieces"]).decode().split("\n"))
    if kind == "bigru":
        settle(model, tk, seed)
    return model.eval().to(DEVICE), tk


def settle(model, tk, seed):
    """Fits the head to the rounded pieces."""
    torch.manual_seed(seed)
    task = Topics(tk, model.frame, paths.WORK / "topics", seed, size=128, weight=1.0)
    for p in model.parameters():
        p.requires_grad_(False)
    model.topics.requires_grad_(True)
    optimiser = torch.optim.Adam(model.topics.parameters(), lr=RATE)
    model.to(DEVICE).train()
    for step in range(STEPS):
        optimiser.param_groups[0]["lr"] = RATE * max(0.03, 1 - step / STEPS)
        optimiser.zero_grad()
        task(model).backward()
        optimiser.step()
    # As it will be stored.
    weight = model.topics.out.weight.data
    weight.copy_(torch.from_numpy(container.unpack4(*container.pack4(weight.cpu().numpy(), weight.shape[1]))))


@torch.no_grad()
def logits(model, tk, texts, size=128):
    """Of every label, n × labels."""
    room = LONGEST - 2 * bool(model.frame)
    start, end = ([model.frame[0]], [model.frame[1]]) if model.frame else ([], [])
    ids = [start + e.ids[:room] + end for e in tk.encode_batch(list(texts), add_special_tokens=False)]
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
