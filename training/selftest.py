"""Checks that need no data and no training: python -m training.selftest"""
import numpy as np

from . import container


def test_container_round_trip():
    rng = np.random.default_rng(0)
    tensors = {"encoder/a": rng.integers(0, 255, (3, 5)).astype(np.uint8), "topics/b": rng.normal(size=(2, 3, 4)).astype(np.float32),
               "vocab/pieces": np.frombuffer("a\nb\né".encode(), np.uint8)}
    meta = {"name": "tiny", "encoder.layers": 2, "topics.x": "y"}
    blob = container.write(meta, tensors)
    back, found = container.read(blob)
    assert back == {k: str(v) for k, v in meta.items()}
    assert all((found[k] == v).all() and found[k].dtype == v.dtype for k, v in tensors.items())
    for wrong in (blob[:-1], blob[:40], blob[:70] + bytes([blob[70] ^ 1]) + blob[71:], b"x" + blob[1:]):
        try:
            container.read(wrong)
        except container.Damaged:
            continue
        raise AssertionError("a damaged file was read")
    assert container.write(meta, dict(reversed(tensors.items()))) == blob


def test_merge_keeps_other_parts():
    base = ({"name": "fast", "topics.k": "1", "encoder.layers": "2"}, {"topics/w": np.zeros(1, np.float32), "encoder/w": np.zeros(2, np.float32)})
    part = ({"encoder.layers": "3"}, {"encoder/v": np.ones(3, np.float32)})
    meta, tensors = container.merge(base, part, ["encoder/"])
    assert meta == {"name": "fast", "topics.k": "1", "encoder.layers": "3"} and set(tensors) == {"topics/w", "encoder/v"}


def test_quantisation():
    x = np.random.default_rng(1).normal(size=(40, 64)).astype(np.float32)
    error = np.abs(container.unpack4(*container.pack4(x)) - x)
    assert error.mean() < 0.1 and error.max() < 0.6
    codes, scale = container.pack8(x)
    assert np.abs(codes * scale[:, None] - x).max() < 0.02


def test_reference_reads_what_torch_reads():
    """Weights as stored, activations exact: the same logits from NumPy, one sentence at a time, and from torch, padded."""
    from . import export, fit, fixtures, vocabulary
    from .reference import Reference
    for kind in ("bigru", "transformer"):
        meta, tensors = fixtures.tiny(kind)
        exact, engine = Reference(meta, tensors, exact=True), Reference(meta, tensors)
        model = export.restore(meta, tensors)
        queries = fixtures.queries()
        mine, theirs = exact.predict(queries), fit.predict(model, vocabulary.encode(exact.tokenizer, queries, model.frame)).numpy()
        assert np.abs(mine - theirs).max() < 2e-3, (kind, np.abs(mine - theirs).max())
        quantised = engine.predict(queries)
        cosine = (mine * quantised).sum() / np.linalg.norm(mine) / np.linalg.norm(quantised)
        assert cosine > 0.999, (kind, cosine)


def test_labels_in_short_form():
    """What is written by hand, the unit in gold's form, the line that is stored without the text, and back."""
    from .labels import check, store
    text = "\u201cWe will fight it,\u201d Calder said, but Voss defended the plan."
    units = [{"doc": "mt_more", "i": 0, "par": 0, "source": "newsmtsc/train", "text": text}]
    line = "1 | pol eco | 587 | Calder=Ines Calder ; - ; it=the plan ; s ; will fight | Voss ; + ; the plan ; s ; defended"
    number, row = check.unit(line, units, {"medtop:20000587"})
    assert (number, row["kind"], row["topics"], row["stance"]) == (1, "body", ["medtop:11000000", "medtop:04000000"], "mixed")
    first, second = row["stances"]
    assert text[slice(*first["cue_span"])] == "will fight" and first["holder_name"] == "Ines Calder" and text[slice(*second["target_span"])] == "the plan"
    stored = store.row(row)
    assert "fight" not in stored and "plan" in stored  # names stay, words go
    assert [store.stance(s, text) for s in stored.split("\t")[-1].split("|")] == row["stances"]
    for wrong in ("9 | pol | -", "1 | xyz | -", "1 | pol | 9", "1 | pol | - | Calder ; - ; it ; s", "1 | pol | - | Calder ; ! ; it ; s ; fight",
                  "1 | pol | - | Nobody ; - ; it ; s ; fight", "1 | pol | - | author ; - ; it ; s ; fight"):
        try:
            check.unit(wrong, units, {"medtop:20000587"})
        except check.Wrong:
            continue
        raise AssertionError(wrong)


def test_exchanged_names_keep_their_spans():
    import random

    from . import names
    from .data import OPPOSE, STANCE, Query
    text = "Weber's aides say Weber mocked Okafor."
    rng = random.Random(0)
    for _ in range(50):
        q = names.exchange(Query(text, (18, 23), (31, 37), OPPOSE, STANCE, "test"), rng)
        assert q.text[slice(*q.holder)] == "Okafor" and "Weber" not in q.text and q.text[:q.target[0]].endswith("say ")
        assert q.text.startswith(q.text[slice(*q.target)]) and q.text[q.target[1]:].startswith(" mocked")


if __name__ == "__main__":
    tests = [(n, f) for n, f in sorted(globals().items()) if n.startswith("test_")]
    for n, f in tests:
        f()
        print(n, "ok")
    print(f"{len(tests)} passed, 0 failed")
