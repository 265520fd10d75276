"""What the accurate encoder adds to the bag: one more layer on its states below the marks, which are kept as they are, a mean
over the pieces, a small head, whose logits are added to the bag's. It learns what the teacher believes of texts that
are not gold, on top of the shipped bag's logits. Context, calibration and thresholds are learned on gold documents, with the
logits of bags that had not seen them.

    python -m training.topics.deep --teacher FOLDER [--model models/accurate.model]    # after training.topics.train for that model
"""
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from .. import container, export, minilm, vocabulary
from ..device import DEVICE, autocast
from ..students import ACCURATE_LAYERS, MARK
from . import bag, context, losses, teacher, train
from .examples import Examples

LONGEST, HIDDEN, SEED = 96, 256, 5
TAUGHT = ("wcep", "wcep-unlabelled", "wikinews", "huffpost", "gum", "iptc")


class Deep(nn.Module):
    """Topic logits from states below the marks (batch, time, width) and which of them are pieces."""

    def __init__(self, width, heads, inner, labels, hidden=HIDDEN):
        super().__init__()
        self.layer = minilm.Layer(width, heads, inner)
        self.hidden, self.out = nn.Linear(width, hidden), nn.Linear(hidden, labels)
        nn.init.zeros_(self.out.weight)  # at first the bag is right
        nn.init.zeros_(self.out.bias)

    def forward(self, below, keep):
        bias = torch.zeros(keep.shape, device=keep.device).masked_fill(~keep, -1e4)[:, None, None]
        x, keep = self.layer(below, bias).float(), keep.float()
        mean = (x * keep[..., None]).sum(1) / keep.sum(1, keepdim=True)
        with autocast(False):
            return self.out(F.dropout(F.gelu(self.hidden(F.dropout(mean, 0.1, self.training))), 0.1, self.training))


class Texts:
    """Framed pieces of the texts, what the encoder makes of them below its marks, and the bag's logits."""

    def __init__(self, examples, model, tk, index, words):
        self.model, self.words = model.eval().to(DEVICE), words
        rows = tk.encode_batch([examples.text[i] for i in index], add_special_tokens=False)
        self.ids = {i: [vocabulary.CLS] + e.ids[:LONGEST - 2] + [vocabulary.SEP] for i, e in zip(index, rows)}

    def __call__(self, deep, batch):
        n = max(len(self.ids[i]) for i in batch)
        ids = torch.tensor([self.ids[i] + [0] * (n - len(self.ids[i])) for i in batch], device=DEVICE)
        keep = ids != 0
        with autocast():
            with torch.no_grad():
                below = self.model.below(ids, minilm.cover(ids))
            return deep(below, keep) + torch.from_numpy(self.words[batch].astype(np.float32)).to(DEVICE)


def course(deep, texts, plan, loss, rate, name):
    """One pass over `plan`, batches of indices; `loss` (logits, batch)."""
    head = [p for k, p in deep.named_parameters() if not k.startswith("layer")]
    groups = [dict(params=list(deep.layer.parameters()), base=rate), dict(params=head, base=rate * 5)]
    optimiser = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), eps=1e-6, weight_decay=0.01, fused=True)
    began, seen = time.time(), []
    deep.to(DEVICE)
    for step, batch in enumerate(plan):
        deep.train()
        factor = min(1, (step + 1) / (0.05 * len(plan))) * max(0.03, 1 - step / len(plan))
        for group in optimiser.param_groups:
            group["lr"] = group["base"] * factor
        value = loss(texts(deep, batch), batch)
        optimiser.zero_grad(set_to_none=True)
        value.backward()
        nn.utils.clip_grad_norm_(deep.parameters(), 1.0)
        optimiser.step()
        seen.append(value.item())
        if step % 200 == 199:
            print(f"{name} {step + 1} of {len(plan)} {np.mean(seen[-200:]):.3f} {time.time() - began:.0f}s", flush=True)
    return deep.eval()


def batches(texts, index, size, rng):
    """Texts of like length together, in a random order."""
    index = rng.permutation(index)
    out = []
    for block in np.array_split(index, max(1, len(index) // (size * 30))):
        block = sorted(block, key=lambda i: len(texts.ids[i]))
        out += [block[k:k + size] for k in range(0, len(block), size)]
    rng.shuffle(out)
    return out


@torch.no_grad()
def logits(deep, texts, index, labels, size=64):
    out = np.zeros((len(index), labels), np.float32)
    order = sorted(range(len(index)), key=lambda k: len(texts.ids[index[k]]))
    for k in range(0, len(order), size):
        rows = order[k:k + size]
        out[rows] = texts(deep, [index[r] for r in rows]).float().cpu().numpy()
    return out


def main():
    ask = train.asked(__doc__, "models/accurate.model")
    ask.add_argument("--texts", type=int, default=100000)
    train.ship(ask.parse_args(), "about", learn)


def learn(o, path):
    examples, beliefs = Examples(o.teacher), teacher.beliefs(o.teacher)
    meta, stored = container.load(o.model)
    model = export.restore(meta, stored)
    vocab = bytes(stored["vocab/pieces"]).decode().split("\n")
    words = np.load(Path(o.teacher) / f"{Path(o.model).stem}-topics.logits.npz")["logits"]
    rng = np.random.default_rng(SEED)
    gold = examples.of("gold")
    known = {examples.text[i] for i in gold}
    taught = np.array([i for i in rng.permutation(examples.of(*TAUGHT)) if examples.text[i] not in known][:o.texts])
    texts = Texts(examples, model, vocabulary.tokenizer(vocab), np.concatenate([taught, gold, examples.of("gold-dev", "wcep-dev", "sib-dev")]), words)
    n = len(examples.labels)

    torch.manual_seed(SEED)
    deep = Deep(model.d, model.layers[0].heads, model.layers[0].up.out_features, n)
    deep.layer.load_state_dict(minilm.pretrained(vocab, ACCURATE_LAYERS[MARK:MARK + 1], 0).layers[0].state_dict())
    saved = path.with_suffix(".taught.pt")
    if saved.exists():
        deep.load_state_dict(torch.load(saved))
    else:
        course(deep, texts, batches(texts, taught, 32, rng), lambda z, b: losses.marks(z, beliefs[b].to(DEVICE)), 3e-4, "beliefs")
        torch.save(deep.state_dict(), saved)
    deep.to(DEVICE)
    unseen = np.zeros((len(examples.text), n), np.float32)
    for source in ("gold", "gold-dev", "wcep-dev", "sib-dev"):
        index = examples.of(source)
        unseen[index] = logits(deep, texts, index, n)
        print(source, teacher.measure(examples, unseen[index], source), flush=True)
    np.savez(path.with_suffix(".logits.npz"), logits=unseen)
    conclude(path, stored, examples, deep.cpu(), unseen)


def tensors(deep, mix, threshold):
    """The tensors of `about/`, as `src/topics/deep.rs` reads them."""
    part = {}
    export.layer(part, "about/layer", deep.layer)
    for name, linear in (("hidden", deep.hidden), ("labels", deep.out)):
        export.eight(part, f"about/{name}", linear)
    array = lambda t: t.detach().float().cpu().numpy()
    part["about/context"] = array(mix.weight)
    part["about/calibration"] = np.stack([array(mix.slope), array(mix.offset), threshold], 1).astype(np.float32)
    return part


def conclude(path, stored, examples, deep, unseen):
    """Learns from the folds' logits how context counts, calibration and thresholds; writes the part and its figures."""
    prints = stored["topics/prints"]
    bags = bag.Bags(examples.hashes, bag.lookup(prints, len(prints)))
    sizes = np.maximum(bags.size(np.arange(len(examples.text))), 1)

    def heard(source):
        return context.voices(unseen, sizes, examples.documents(source))
    gold = heard("gold")
    y, first = torch.from_numpy(examples.y[gold[3]]), torch.from_numpy(examples.first[gold[3]])
    mix = context.fit(*gold[:3], y, first)
    scores = lambda h: torch.sigmoid(mix(*h[:3])).detach().numpy()
    p = scores(gold)
    threshold = np.concatenate([context.thresholds(p[:, :losses.DESKS], y.numpy()[:, :losses.DESKS]), context.thresholds(p[:, losses.DESKS:], y.numpy()[:, losses.DESKS:])])

    def measure(source):
        h = heard(source)
        return context.score(examples, h[3], context.claims(scores(h), threshold, examples.desk_of))

    def accuracy(source):
        index = examples.of(source)
        best = unseen[index][:, :losses.DESKS].argmax(1)
        return round(float(np.mean([examples.y[i, b] > 0 for i, b in zip(index, best)])), 4)
    container.save(path, {}, tensors(deep, mix, threshold))
    metrics = {
        "seed": SEED,
        "gold_dev_given_sentences": measure("gold-dev"), "gold_train_out_of_fold": measure("gold"),
        "wcep_dev_accuracy": accuracy("wcep-dev"), "sib_dev_accuracy": accuracy("sib-dev"),
        "thresholds": {q: round(float(t), 4) for q, t in zip(examples.labels, threshold)},
    }
    path.with_suffix(".metrics.json").write_text(json.dumps(metrics, indent=1))
    print(json.dumps({k: v for k, v in metrics.items() if k != "thresholds"}, indent=1), flush=True)


if __name__ == "__main__":
    main()
