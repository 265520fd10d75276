"""The teacher: all-mpnet-base reading one marked target (and perhaps a marked holder) at a time.

The marks are learned vectors added to the marked pieces' states before layer `frozen`; the layers below stay
as they were pre-trained. Runs in bfloat16 autocast where the processor has it. Resumable: a checkpoint every
`save_every` steps. The logits of each training query are kept from the moment *before* its update: soft labels
that the teacher has not yet memorised.
"""
import random
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

from . import data, names, paths, pointers, reading, vocabulary
from .batching import buckets

LENGTH = 96


def tokenizer():
    from transformers import AutoTokenizer
    return AutoTokenizer.from_pretrained(paths.MPNET)


def encode(tk, queries, length=LENGTH):
    """[(ids, target mask, holder mask)]; a window round the target where the sentence is longer."""
    return encode_with_offsets(tk, queries, length)[0]


def encode_with_offsets(tk, queries, length=LENGTH):
    """The same, and the code points of each item's pieces, frame left out."""
    found = tk([q.text for q in queries], add_special_tokens=False, return_offsets_mapping=True)
    out, where = [], []
    for q, ids, offsets in zip(queries, found["input_ids"], found["offset_mapping"]):
        target, holder = vocabulary.mask(offsets, q.target), vocabulary.mask(offsets, q.holder)
        a, b = vocabulary.window(len(ids), target, length - 2)
        out.append(([0] + ids[a:b] + [2], [0] + target[a:b] + [0], [0] + holder[a:b] + [0]))
        where.append(offsets[a:b])
    return out, where


def pad(items, batch, fill=1):
    n = max(len(items[i][0]) for i in batch)
    column = lambda k, f: torch.tensor([items[i][k] + [f] * (n - len(items[i][k])) for i in batch])
    return column(0, fill), column(1, 0).float(), column(2, 0).float()


class Teacher(nn.Module):
    def __init__(self, frozen=6):
        super().__init__()
        from transformers import MPNetModel
        self.frozen, d = frozen, 768
        self.body = MPNetModel.from_pretrained(paths.MPNET, add_pooling_layer=False)
        self.marks = nn.Parameter(torch.randn(2, d) * 0.05)
        self.hidden, self.out = nn.Linear(3 * d, 256), nn.Linear(256, 6)
        self.more, self.tokens = nn.Linear(256, 4), nn.Linear(d, 2)
        live = tuple(f"encoder.layer.{i}." for i in range(frozen, 12))
        for name, p in self.body.named_parameters():
            p.requires_grad_(name.startswith(live))

    def forward(self, ids, target, holder):
        keep = (ids != 1).float()
        bias, layers = ((1 - keep) * -1e4)[:, None, None, :], self.body.encoder.layer
        with torch.no_grad():
            was = self.training
            self.body.eval()
            h = self.body.embeddings(input_ids=ids)
            position = self.body.encoder.compute_position_bias(h)
            for layer in layers[:self.frozen]:
                h = layer(h, bias, None, position_bias=position)[0]
        for layer in layers[self.frozen:]:
            layer.train(was)
        h = h + target[..., None] * self.marks[0] + holder[..., None] * self.marks[1]
        for layer in layers[self.frozen:]:
            h = layer(h, bias, None, position_bias=position)[0]
        h = h.float()
        mean = lambda m: (h * m[..., None]).sum(1) / m.sum(1, keepdim=True).clamp(min=1)
        z = torch.cat([h[:, 0], mean(target), mean(keep)], -1)
        with torch.autocast("cpu", enabled=False):
            z = F.gelu(self.hidden(F.dropout(z, 0.1, was)))
            return self.out(z).view(-1, 2, 3), self.more(z), self.tokens(h)


def predict(model, items, size=32):
    """Logits (query, question, class)."""
    return torch.stack([both for both, _, _ in read(model, items, size)])


@torch.no_grad()
def read(model, items, size=32):
    """For each item: logits (2, 3), `more` (4), scores of the pieces (time, 2) without the frame."""
    model.eval()
    out = [None] * len(items)
    for b in buckets([len(x[0]) for x in items], size):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found = [part.float() for part in model(*pad(items, b))]
        for row, i in enumerate(b):
            out[i] = found[0][row], found[1][row], found[2][row, 1:len(items[i][0]) - 1]
    return out


def schedule(queries, size, rng):
    """Batches of one epoch, sources apart: all of NewsMTSC, and of the others one batch in four (for the stance
    question; time is what a CPU lacks)."""
    def batches(keep):
        index = [i for i, q in enumerate(queries) if keep(q)]
        return [[index[j] for j in b] for b in buckets([len(queries[i].text) / 4 for i in index], size, rng)]
    plan = batches(lambda q: q.source == "newsmtsc") + batches(lambda q: q.source != "newsmtsc")[::4]
    rng.shuffle(plan)
    return plan


def groups_of(model, lr):
    groups = []
    for n, p in model.named_parameters():
        if p.requires_grad:
            base = lr * 0.92 ** (11 - int(n.split(".")[3])) if n.startswith("body.") else lr * 10
            groups.append(dict(params=[p], lr=base, base=base, weight_decay=0.01 if p.ndim > 1 else 0))
    return groups


def trainset(seed):
    rng = random.Random(seed)
    queries = data.training_queries(seed)
    thin = {("dse", data.NEUTRAL): 0.45, ("gold", data.NEUTRAL): 0.4}
    queries = [q for q in queries if rng.random() < thin.get((q.source, q.label), 1) *
               (0.6 if q.source != "newsmtsc" and q.label != data.NEUTRAL else 1)]
    return [names.exchange(q, rng) if rng.random() < 0.15 else q for q in queries]


def train(name="teacher", seed=0, frozen=6, size=16, lr=4e-5, save_every=50, threads=1, minutes=None):
    """`minutes`: a limit on this run's wall time; the learning rate falls to its end by then, whatever has been read."""
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    rng = random.Random(seed)
    queries = trainset(seed)
    items, labels = encode(tokenizer(), queries), torch.tensor([q.label for q in queries])
    asked = torch.tensor([q.question for q in queries])
    plan = schedule(queries, size, rng)
    model = Teacher(frozen)
    opt = torch.optim.AdamW(groups_of(model, lr), betas=(0.9, 0.98), eps=1e-6, fused=True)
    folder = paths.WORK / name
    folder.mkdir(parents=True, exist_ok=True)
    step, seen, state = 0, torch.full((len(queries), 2, 3), float("nan")), folder / "state.pt"
    if state.exists():
        saved = torch.load(state)
        model.load_state_dict(saved["model"], strict=False)
        opt.load_state_dict(saved["opt"])
        step, seen = saved["step"], saved["seen"]
    print(f"{len(queries)} queries, {len(plan)} steps, from step {step}", flush=True)
    began, losses, start = time.time(), [], step / len(plan)
    live = {n for n, p in model.named_parameters() if p.requires_grad}
    weights = lambda: {n: p.detach() for n, p in model.named_parameters() if n in live}
    while step < len(plan):
        batch, progress = plan[step], step / len(plan)
        if minutes:
            progress = max(progress, start + (1 - start) * (time.time() - began) / 60 / minutes)
            if progress >= 1:
                break
        warm = min(1, (step + 1) / (0.1 * len(plan))) * max(0.02, 1 - progress)
        for g in opt.param_groups:
            g["lr"] = g["base"] * warm
        model.train()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            both = model(*pad(items, batch))[0].float()
        seen[batch] = both.detach()
        logits = both[torch.arange(len(batch)), asked[batch]]
        loss = F.cross_entropy(logits, labels[batch], label_smoothing=0.05)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 1.0)
        opt.step()
        step += 1
        losses.append(loss.item())
        if step % 20 == 0:
            print(f"step {step} loss {sum(losses[-40:]) / len(losses[-40:]):.3f} {time.time() - began:.0f}s", flush=True)
        if step % save_every == 0:
            torch.save(dict(model=weights(), opt=opt.state_dict(), step=step, seen=seen), state)
    torch.save(weights(), folder / "model.pt")
    # Logits of the first third are a beginner's: not known.
    known = torch.zeros(len(queries), dtype=torch.bool)
    for batch in plan[step // 3:step]:
        known[batch] = True
    torch.save(dict(queries=queries, logits=seen, known=known), folder / "seen.pt")
    state.unlink(missing_ok=True)


def second_course(rng):
    """What the small models' candidates look like, with holders and cues; some of the first course, not to forget it."""
    gold = [q for q in reading.gold_train(rng, most=2, others=1) if q.label != data.NEUTRAL or rng.random() < 0.4]
    directed = [q for q in data.dse_train(rng) if q.holder is None and q.label != data.NEUTRAL and rng.random() < 0.8]
    marked = [q for q in data.dse_train(rng) if q.holder is not None and rng.random() < 0.12]
    banned = data.dev_texts()
    queries = gold + directed + marked + rng.sample(data.newsmtsc("train"), 900)
    return [q for q in queries if data.normal(q.text) not in banned]


def refine(name="reader", of="teacher", seed=0, frozen=6, size=16, lr=2.5e-5, threads=1, save_every=100):
    """The second course: whose the stance is and by which words. Resumable."""
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    rng = random.Random(seed + 7)
    queries, tk = second_course(rng), tokenizer()
    items, offsets = encode_with_offsets(tk, queries)
    goals = [pointers.goals(q, o) for q, o in zip(queries, offsets)]
    labels, asked = torch.tensor([q.label for q in queries]), torch.tensor([q.question for q in queries])
    basis = torch.tensor([q.basis for q in queries])
    plan = buckets([len(x[0]) for x in items], size, rng)
    model = load(of, frozen)
    opt = torch.optim.AdamW(groups_of(model, lr), betas=(0.9, 0.98), eps=1e-6, fused=True)
    folder = paths.WORK / name
    folder.mkdir(parents=True, exist_ok=True)
    step, state = 0, folder / "state.pt"
    if state.exists():
        saved = torch.load(state)
        model.load_state_dict(saved["model"], strict=False)
        opt.load_state_dict(saved["opt"])
        step = saved["step"]
    print(f"{len(queries)} queries, {len(plan)} steps, from step {step}", flush=True)
    began, losses = time.time(), []
    live = {n for n, p in model.named_parameters() if p.requires_grad}
    weights = lambda: {n: p.detach() for n, p in model.named_parameters() if n in live}
    while step < len(plan):
        batch = plan[step]
        factor = min(1, (step + 1) / (0.08 * len(plan))) * max(0.02, 1 - step / len(plan))
        for g in opt.param_groups:
            g["lr"] = g["base"] * factor
        model.train()
        ids, target, holder = pad(items, batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            both, more, tokens = model(ids, target, holder)
        own = both.float()[torch.arange(len(batch)), asked[batch]]
        whose, cue = pointers.pad(goals, batch, ids.shape[1], 1)
        words = (ids != 1) & (ids != 0) & (ids != 2)
        known = (whose.sum() + cue.sum()).clamp(min=1)
        pointing = pointers.loss(tokens.float(), more.float(), words, whose, cue, basis[batch]) / known
        loss = F.cross_entropy(own, labels[batch], label_smoothing=0.05) + 0.5 * pointing * min(1, known.item() / len(batch))
        opt.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 1.0)
        opt.step()
        step += 1
        losses.append((loss.item(), pointing.item()))
        if step % 20 == 0:
            a, b = (sum(x[k] for x in losses[-40:]) / len(losses[-40:]) for k in (0, 1))
            print(f"step {step} loss {a:.3f} pointers {b:.3f} {time.time() - began:.0f}s", flush=True)
        if step % save_every == 0:
            torch.save(dict(model=weights(), opt=opt.state_dict(), step=step), state)
    torch.save(weights(), folder / "model.pt")
    state.unlink(missing_ok=True)


def load(name="teacher", frozen=6):
    model = Teacher(frozen)
    model.load_state_dict(torch.load(paths.WORK / name / "model.pt"), strict=False)
    return model.eval()
