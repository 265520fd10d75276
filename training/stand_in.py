"""The accurate model in the teachers' stead: how targets look (the sentiment question) in texts labelled after the teachers were asked.

Its word on stance is left out: it has learned these labels itself. `python -m training.run stand_in`: ten minutes on two cores."""
import torch

from . import data, fit, paths, teacher, vocabulary


def unread(queries, logits):
    """Numbers of the queries without a holder that no teacher has read."""
    return [i for i, q in enumerate(queries) if q.holder is None and logits[i, data.STANCE, 0].isnan()]


def ask(model, vocab):
    """Leaves WORK/teacher/stand-in.pt."""
    queries, logits = teacher.said()
    asked = unread(queries, logits)
    tk, said = vocabulary.tokenizer(vocab), []
    for k in range(0, len(asked), 20000):
        part = [queries[i] for i in asked[k:k + 20000]]
        said.append(fit.predict(model, vocabulary.encode(tk, part, model.frame), 256)[:, data.SENTIMENT])
        print(f"{k + len(part)} of {len(asked)} read", flush=True)
    torch.save(dict(asked=[(i, queries[i].text) for i in asked], logits=torch.cat([torch.zeros(0, 3), *said])), paths.WORK / "teacher" / "stand-in.pt")


def said(queries, logits):
    """(numbers, logits (query, class)); none where it has not been asked."""
    stored = paths.WORK / "teacher" / "stand-in.pt"
    if not stored.exists():
        return [], torch.zeros(0, 3)
    found = torch.load(stored)
    asked = unread(queries, logits)
    if found["asked"] != [(i, queries[i].text) for i in asked]:
        raise ValueError(f"{stored} is about other queries: ask anew")
    return asked, found["logits"]
