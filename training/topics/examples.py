"""All training and development texts in one list, with their labels as arrays."""
import collections
import functools
import json
from pathlib import Path
import numpy as np
from . import corpus, features

SIB = {"science/technology": "medtop:13000000", "politics": "medtop:11000000", "sports": "medtop:15000000",
       "health": "medtop:07000000", "entertainment": "medtop:01000000", "travel": "medtop:10000000"}


class Examples:
    """`text[i]` from `source[i]`: gold, gold-dev, wcep, wcep-dev, huffpost, sib-dev, iptc, or one without labels.

    desk: n × 17, subtopic: n × subtopics, first: index of the most important desk or −1; for gold also the document,
    the kind, and what counts neither way (`maybe`, as qcodes). `gold_train`: whether it is of gold train, and not of our own labelling."""

    def __init__(self, folder=None, least=10):
        """The labels are those of FOLDER/labels.json where the teacher wrote them, else the subtopics that at least so many units have (10: they cover nine in ten of gold dev's)."""
        self.taxonomy = corpus.taxonomy()
        self.desks = corpus.level1(self.taxonomy)
        count = collections.Counter(s for rs in corpus.gold("train").values() for r in rs for s in r["subtopics"])
        written = Path(folder or "", "labels.json")
        self.subtopics = json.loads(written.read_text()) if folder and written.exists() else sorted(s for s, n in count.items() if n >= least)
        self.labels = self.desks + self.subtopics
        self.number = {q: i for i, q in enumerate(self.labels)}
        self.desk_of = [self.number[self.taxonomy[s]["path"][0]] for s in self.subtopics]
        self.text, self.source, self.document, self.kind, self.maybe, self.all_labels = [], [], [], [], [], []
        self._gold("train", "gold")
        self._gold("dev", "gold-dev")
        for split, name in (("train", "wcep"), ("dev", "wcep-dev")):
            for r in corpus.rows(f"data/wcep/{split}.jsonl"):
                self._add(r["text"], name, r["iptc"])
        # SIB-200 is only measured on: hosts' own topics are judged by it as something never seen.
        for r in corpus.rows("data/sib200_en/dev.jsonl"):
            if r["label"] in SIB:
                self._add(r["text"], "sib-dev", [SIB[r["label"]]])
        for r in corpus.rows("data/huffpost/train.jsonl"):
            self._add(r["text"], "huffpost", r["iptc"])
        for r in self.taxonomy.values():
            if not r["retired"]:
                nearest = [q for q in r["path"] if q in self.number and q not in self.desks]
                self._add(f'{r["name_en"]}: {r["definition_en"] or ""}', "iptc", r["path"][:1] + nearest[-1:])
        seen = set(self.text)
        loose = [("wcep-unlabelled", (r["text"] for r in corpus.rows("data/wcep/unlabelled.jsonl"))),
                 ("wikinews", corpus.wikinews_sentences()), ("gum", corpus.gum_sentences()), ("words", corpus.words())]
        for name, texts in loose:
            for t in texts:
                if t not in seen:
                    self._add(t, name, [])
        n = len(self.text)
        self.gold_train = np.arange(n) < len(corpus.rows("gold/train.jsonl"))  # they come first in the file of all labels
        self.source, self.kind = np.array(self.source), np.array(self.kind)
        self.y = np.zeros((n, len(self.labels)), np.float32)
        self.first = np.full(n, -1)
        for i, labels in enumerate(self.all_labels):
            known = [self.number[q] for q in labels if q in self.number]
            self.y[i, known] = 1
            if known and known[0] < len(self.desks):
                self.first[i] = known[0]

    @functools.cached_property
    def hashes(self):
        """Of each text's features; takes minutes."""
        return [np.array(features.hashes(t), np.uint64) for t in self.text]

    def _add(self, text, source, labels, document="", kind="body", maybe=()):
        for values, value in ((self.text, text), (self.source, source), (self.all_labels, sorted(labels, key=self._level)),
                              (self.document, document), (self.kind, kind), (self.maybe, set(maybe))):
            values.append(value)

    def _level(self, qcode):
        return self.taxonomy[qcode]["level"] > 1

    def _gold(self, split, name):
        for document, units in corpus.gold(split).items():
            for r in units:
                maybe = r.get("topics_maybe", []) + r.get("subtopics_maybe", [])
                self._add(r["text"], name, r["topics"] + r["subtopics"], document, r["kind"], maybe)

    def of(self, *sources):
        """Indices of the texts from these sources that count for topics."""
        return np.where(np.isin(self.source, sources) & (self.kind != "meta"))[0]

    def documents(self, source):
        """Lists of indices, one a document, in reading order, without `meta`."""
        found = collections.OrderedDict()
        for i in self.of(source):
            found.setdefault(self.document[i], []).append(i)
        return list(found.values())
