"""The teacher's soft labels for the pool, in chunks: stop and go on at will, or take what is there."""
from dataclasses import replace

import torch
import torch.nn.functional as F

from . import data, paths, pointers, reading, teacher

CHUNK = 512


def label(size=30000, seed=1, name="reader", threads=1):
    torch.set_num_threads(threads)
    folder = paths.WORK / f"{name}-pool"
    folder.mkdir(parents=True, exist_ok=True)
    queries, tk, model = reading.pool(size, seed), teacher.tokenizer(), teacher.load(name)
    for start in range(0, len(queries), CHUNK):
        stored = folder / f"{start:06d}.pt"
        if stored.exists():
            continue
        chunk = queries[start:start + CHUNK]
        items, offsets = teacher.encode_with_offsets(tk, chunk)
        found = teacher.read(model, items)
        chunk = [pointed(q, o, *rest) for q, o, (_, *rest) in zip(chunk, offsets, found)]
        torch.save(dict(queries=chunk, logits=torch.stack([f[0] for f in found])), stored)
        print(f"{start + len(chunk)} of {len(queries)}", flush=True)


def pointed(query, offsets, more, tokens):
    """The query with the holder, the cue and the basis that the teacher sees, should there be a stance."""
    whose = F.softmax(torch.cat([tokens[:, 0], more[2:]]), 0)
    cue = F.softmax(tokens[:, 1], 0)
    n, best = len(offsets), int(whose.argmax())
    if best >= n:
        holder, sure = pointers.SLOTS[best - n], float(whose[best])
    else:
        holder, sure = shown(whose[:n], offsets, 0.25)
    words, clear = shown(cue, offsets, 0.35)
    return replace(query, whose=(holder,), cue=words, sure=min(1.0, (sure * clear) ** 0.5),
                   basis=data.SAYS if more[0] > more[1] else data.DOES)


def shown(p, offsets, share, longest=8):
    """(span, probability) of the pieces round the likeliest."""
    a, b = pointers.run(p.tolist(), int(p.argmax()), share, longest)
    return (offsets[a][0], offsets[b][1]), float(p[a:b + 1].sum())


def labelled(name="reader"):
    """(queries, logits) of all chunks so far. `whose`, `cue`, `basis` count only where the teacher sees a stance."""
    found = [torch.load(f, weights_only=False) for f in sorted((paths.WORK / f"{name}-pool").glob("*.pt"))]
    queries = [q for c in found for q in c["queries"]]
    logits = torch.cat([c["logits"] for c in found]) if found else torch.zeros(0, 2, 3)
    claimed = 1 - F.softmax(logits[:, data.STANCE], -1)[:, data.NEUTRAL]
    return [replace(q, sure=q.sure * float(c)) if c > 0.4 else replace(q, whose=(), cue=None, basis=data.UNKNOWN)
            for q, c in zip(queries, claimed)], logits
