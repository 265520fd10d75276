"""The teacher's soft labels for a pool, in chunks: stop and go on at will, or take what is there."""
import torch

from . import paths, pool, teacher

CHUNK = 512


def label(size=20000, seed=1, name="teacher", threads=1):
    torch.set_num_threads(threads)
    folder = paths.WORK / f"{name}-pool"
    folder.mkdir(parents=True, exist_ok=True)
    queries, tk, model = pool.queries(size, seed), teacher.tokenizer(), teacher.load(name)
    for start in range(0, len(queries), CHUNK):
        stored = folder / f"{start:06d}.pt"
        if stored.exists():
            continue
        chunk = queries[start:start + CHUNK]
        logits = teacher.predict(model, teacher.encode(tk, chunk))
        torch.save(dict(queries=chunk, logits=logits), stored)
        print(f"{start + len(chunk)} of {len(queries)}", flush=True)


def labelled(name="teacher"):
    """(queries, logits) of all chunks so far."""
    found = [torch.load(f, weights_only=False) for f in sorted((paths.WORK / f"{name}-pool").glob("*.pt"))]
    return [q for c in found for q in c["queries"]], torch.cat([c["logits"] for c in found]) if found else torch.zeros(0, 2, 3)
