"""The tensors of `topics/`, as `src/topics/weights.rs` reads them."""
import numpy as np
import torch


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


def conclusion(context, threshold):
    """The tensors of `about/` that `src/topics/context.rs` and `decide.rs` read."""
    array = lambda t: t.detach().numpy().astype(np.float32)
    return {"about/context": array(context.weight), "about/calibration": np.stack([array(context.slope), array(context.offset), threshold], 1)}
