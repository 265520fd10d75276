"""The fast model learns on from what ships, where there are more labels than its teachers have read.

The accurate model stands in for the teachers: how targets look in labelled texts (on stance it would only repeat their labels), and everything about the
unlabelled pool. What ships then is the middle between the weights before and after (Wortsman et al. 2022, "Model soups"): as good as what was learned,
as small as before, and the pieces, which the topics of hosts are read by, have moved half as far.

`python -m training.run further`: five minutes on a GPU, then `shrink` of that.
"""
import torch

from . import container, export, fit, paths, reading, students, teacher
from .data import SENTIMENT, STANCE
from .device import DEVICE

# Passes, rate, queries a step; how much slower the pieces learn; the middle. Set by hand; 0.5, 0.75 and 1 of the middle were compared (models/README.md).
EPOCHS, RATE, SIZE, PIECES, MIDDLE = 11, 2.5e-3, 384, 0.6, 0.5
# NewsMTSC alone asks how a target looks; its few queries would be lost among all the others.
SHARES, EXCHANGED = students.SHARE | {"newsmtsc": 0.5}, {"newsmtsc": 1.0}


def said(seed):
    """All queries, and the accurate model's logits where they teach."""
    model, tk = export.opened(*container.load(paths.MODELS / "accurate.model"))
    known, pool = teacher.labelled(seed), reading.pool(teacher.POOL, seed + 1)
    lessons = fit.Lessons(tk, model, known + pool)
    found = teacher.read(model.to(DEVICE), lessons, range(len(known) + len(pool)))
    logits = torch.from_numpy(found[0])
    logits[:len(known), STANCE] = torch.nan
    logits[[i for i, q in enumerate(known) if q.source == "plain"], SENTIMENT] = torch.nan
    offsets = [lessons.offsets(i) for i in range(len(known), len(known) + len(pool))]
    return known + teacher.point(pool, offsets, [each[len(known):] for each in found]), logits


def learn(seed=0):
    """The model that ships next."""
    model, tk = export.opened(*container.load(paths.MODELS / "fast.model"))
    before = {k: v.clone() for k, v in model.state_dict().items()}
    for p in model.parameters():
        p.requires_grad_(True)
    queries, *taught, weights = students.material(seed, said(seed), SHARES, EXCHANGED)
    model.groups = lambda rate: [dict(params=[p], base=rate * (PIECES if p is model.pieces.weight else 1), weight_decay=0.01) for p in model.parameters()]
    fit.fit(model, fit.Lessons(tk, model, queries, *taught), epochs=EPOCHS, rate=RATE, size=SIZE, seed=seed, weights=weights,
            each_epoch=lambda step: print(step, students.quick_score(model, tk), flush=True))
    model.load_state_dict({k: MIDDLE * v + (1 - MIDDLE) * before[k] for k, v in model.state_dict().items()})
    return model
