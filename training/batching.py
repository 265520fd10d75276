"""Batches of sentences of like length."""


def buckets(lengths, size, rng=None, group=None):
    """Lists of indices; shuffled when `rng` is given, else in order of length. Those of one `group[i]` stay side by side."""
    noise = {}
    at = lambda i: noise.setdefault(i if group is None else group[i], rng.random() * 6) if rng else 0
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + at(i))
    out = [order[i:i + size] for i in range(0, len(order), size)]
    if rng:
        rng.shuffle(out)
    return out
