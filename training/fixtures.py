"""Writes the parity fixtures of the Rust engine: tests/fixtures/encoder/.

Two tiny models with random weights (one of each kind), and for each what the reference reads in 30 sentences of our own writing: ids, masks,
some vectors of the first and last layer, logits; with activations of 13 bits as the engine has them, and exact. Also
`python -m training.fixtures models/fast.model` for a trained model.
"""
import json
import sys
from pathlib import Path

import numpy as np
import torch

from . import bigru, container, export, minilm, paths, vocabulary
from .data import NEUTRAL, STANCE, Query
from .reference import Reference

# [[target]] and {{holder}}
SENTENCES = """The harbour board praised [[the ferry company]] for keeping its promise.
{{Mayor Okonkwo}} called [[the tram plan]] "a gift to nobody".
[[Lindqvist]] met Haddad on Tuesday.
The union of {{dock workers}} has rejected the offer made by [[Northern Shipping]].
"I trust [[her]] completely," said the former minister, {{Ana Ferreira}}.
[[Café Zürich]]'s owner – a naïve optimist – won't apologise to Señora Peña.
Police in [[São Tomé]] released 14 fishermen… and kept their boats.
Critics, among them {{the Green Party}}, say [[the dam]] will drown 3,200 homes by 2031.
Why would {{anyone}} believe [[a bank]] that lost €4.5bn in 36 hours?
[[東京]] and Seoul agreed to share satellite data.
The ASEAN–EU talks on [[rice tariffs]] ended without a vote.
{{Ms. Abdi}}, 61, thanked [[the nurses]], the drivers and "every single cook".
[[O'Malley]] shouldn't have signed it, his own lawyer admitted.
A storm closed the port; [[the coast guard]] rescued everyone on board.
{{The committee}}'s report accuses [[Veldkamp & Sons]] of dumping acid (pH<2) in the river.
e-mail from info@example.org: "[[Pavlov]] lies!"
	Tabs,  double  spaces and a no-break space surround [[Kariuki]].
[[The premier]] denied on Monday that the reservoir was empty.
{{Brazil}} and [[Paraguay]] renewed a treaty that both parliaments had let lapse.
It is not true that {{Ortega}} opposes [[the bridge]].
[[İstanbul]]'s governor opened the ﬁnal stretch of the ring road.
Nobody in {{the village}} forgives [[the miners]] for the spring of 1987.
"Shame!" shouted the gallery as [[Councillor Das]] withdrew her motion.
[[Zzyzxqwv]] is a word no vocabulary holds, unlike antidisestablishmentarianism.
After weeks of silence, {{Reykjavik}} backed [[Oslo]]'s complaint about the trawlers.
The court ordered [[the ministry]] to pay the teachers what it owes them.
[[She]] smiled.
I.
{{Farmers' groups}} welcomed the subsidy, while [[grocers]] warned of empty shelves and higher prices before winter.
""".rstrip("\n").split("\n")
LONG = ("The inquiry heard that the river had risen for nine days, " * 16 + "that {{the engineers}} had warned [[the water board]] twice, "
        + "and that the gates stayed shut until the morning " * 8 + "when the town woke under water.")


def parse(marked):
    target = holder = None
    text = ""
    while marked:
        opening = min((i for i in (marked.find("[["), marked.find("{{")) if i >= 0), default=-1)
        if opening < 0:
            text += marked
            break
        text += marked[:opening]
        close = "]]" if marked[opening] == "[" else "}}"
        end = marked.index(close)
        span = (len(text), len(text) + end - opening - 2)
        text += marked[opening + 2:end]
        target, holder = (span, holder) if close == "]]" else (target, span)
        marked = marked[end + 2:]
    return Query(text, target or (0, len(text)), holder, NEUTRAL, STANCE, "fixture")


def queries():
    return [parse(s) for s in SENTENCES + [LONG]]


def tiny(kind, seed=5):
    """A model of random weights, small but of the real shape."""
    torch.manual_seed(seed)
    full, kept = vocabulary.base(), dict.fromkeys(vocabulary.SPECIAL)
    tk = vocabulary.tokenizer(full)
    kept.update(dict.fromkeys(p for p in full if len(p.removeprefix("##")) == 1 and p[-1].isascii()))
    # every other word whole, the rest in pieces: the greedy matcher gets work
    kept.update(dict.fromkeys([p for e in tk.encode_batch([q.text for q in queries()], add_special_tokens=False) for p in e.tokens][::2]))
    pieces = list(kept)
    if kind == "bigru":
        model = bigru.BiGru(torch.randn(len(pieces), 32) * 0.5, hidden=16, head=16)
        with torch.no_grad():
            model.weight.copy_(torch.randn(len(pieces)) * 0.5)
            model.near.copy_(torch.randn(bigru.BUCKETS) * 0.5)
            model.target.copy_(torch.randn(bigru.BUCKETS, 32) * 0.5)
            model.holder.copy_(torch.randn(bigru.BUCKETS, 32) * 0.5)
            for p in [*model.gru.parameters(), *model.hidden.parameters(), *model.out.parameters(), *model.more.parameters(), *model.tokens.parameters()]:
                p.copy_(torch.randn_like(p) * 0.4)
    else:
        model = minilm.MiniLm(len(pieces), d=32, heads=4, inner=64, layers=3, mark=1, head=16)
        with torch.no_grad():
            for p in model.parameters():
                p.copy_(torch.randn_like(p) * (0.15 if p.ndim > 1 else 0.3))
            for m in model.modules():
                if isinstance(m, torch.nn.LayerNorm):
                    m.weight.add_(1)
    return export.part(model.eval(), pieces, name=f"tiny-{kind}", version="0", licence="MIT OR Apache-2.0", data="none: random weights",
                       **{"stance.temperature.sentiment": 1.25, "stance.temperature.stance": 1.5, "stance.threshold.sentiment": 0.5, "stance.threshold.stance": 0.5})


def expected(meta, tensors, keep=1):
    """What the reference reads; vectors of the first `keep` sentences whole, of the others the first piece's."""
    engine, exact = Reference(meta, tensors), Reference(meta, tensors, exact=True)
    rounded = lambda a: [float(f"{v:.6g}") for v in np.asarray(a).ravel()]
    out = []
    for n, (q, item) in enumerate(zip(queries(), engine.items(queries()))):
        ids, target, holder = item
        states = engine.states(*item)
        rows = slice(None) if n < keep else slice(0, 1)
        out.append(dict(text=q.text, target=q.target, holder=q.holder, ids=ids,
                        target_pieces=[i for i, x in enumerate(target) if x], holder_pieces=[i for i, x in enumerate(holder) if x],
                        embedded=rounded(engine.embed(ids)[rows]), states=rounded(states[rows]),
                        logits=rounded(engine.logits(*item)), logits_exact=rounded(exact.logits(*item)),
                        more=rounded(engine.pointers(*item)[0]), pointers=rounded(engine.pointers(*item)[1])))
    return dict(unit="spans in code points; states row-major", model=meta["name"], sentences=out)


def main(argv):
    paths.FIXTURES.mkdir(parents=True, exist_ok=True)
    if argv:
        for path in map(Path, argv):
            meta, tensors = container.load(path)
            write(paths.FIXTURES / f"{path.stem}.json", expected(meta, tensors, keep=0))
        return
    for kind in ("bigru", "transformer"):
        meta, tensors = tiny(kind)
        container.save(paths.FIXTURES / f"tiny-{kind}.model", meta, tensors)
        write(paths.FIXTURES / f"tiny-{kind}.json", expected(meta, tensors))


def write(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False).replace('{"text"', '\n{"text"') + "\n", encoding="utf8")


if __name__ == "__main__":
    main(sys.argv[1:])
