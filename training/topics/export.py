"""The tensors of `topics/`, as `src/topics/weights.rs` reads them."""
import numpy as np
import torch

from .. import shrink


def tensors(examples, model, prints):
    codes = (model.codes() + 8).to(torch.uint8).detach().numpy()
    head = model.head.weight.detach().numpy()
    step = np.maximum(np.abs(head).max(1), 1e-9).astype(np.float32) / np.float32(127)
    return {
        "topics/prints": prints,
        "topics/vectors": codes[:, 0::2] | (codes[:, 1::2] << 4),
        "topics/scale": model.scale.numpy().astype(np.float32),
        "topics/heads": np.clip(np.round(head / step[:, None]), -127, 127).astype(np.int8),
        "topics/head_scale": step,
        "topics/bias": model.head.bias.detach().numpy().astype(np.float32),
        "topics/concepts": np.array([int(q.split(":")[1]) for q in examples.labels], np.uint32),
    }


def conclusion(context, threshold, often):
    """The tensors that `src/topics/context.rs` and `decide.rs` read. `often`: 16 × logarithm of how often each label was seen, and one."""
    array = lambda t: t.detach().numpy().astype(np.float32)
    hidden, out = zip(*(part.tensors() for part in context.parts))
    slope, offset = (np.concatenate([array(getattr(part, name)) for part in context.parts]) for name in ("slope", "offset"))
    numbers = {
        "topics/context.hidden": np.stack(hidden), "topics/context.out": np.stack(out),
        "topics/context.least": np.array([part.least for part in context.parts], np.float32),
        "topics/calibration": np.stack([slope, offset, threshold], 1),
    }
    return {name: shrink.short(values, 6) for name, values in numbers.items()} | {"topics/often": often.astype(np.uint8)}
