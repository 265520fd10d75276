"""Batches of sentences of like length."""


def buckets(lengths, size, rng=None):
    """Lists of indices; shuffled when `rng` is given, else in order of length."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + (rng.random() * 6 if rng else 0))
    out = [order[i:i + size] for i in range(0, len(order), size)]
    if rng:
        rng.shuffle(out)
    return out
