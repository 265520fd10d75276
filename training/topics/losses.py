"""What a text's labels mean for training. Logits are n × labels, the seventeen desks first."""
import torch
import torch.nn.functional as F

DESKS = 17
SUBTOPICS_WEIGHT = 1.0
FIRST_WEIGHT = 0.3


def marks(z, y, first=None):
    """Every label is known, present or absent (gold, or a teacher's beliefs); `first`, if not −1, matters most."""
    each = F.binary_cross_entropy_with_logits(z, y, reduction="none")
    loss = each[:, :DESKS].sum(1).mean() + SUBTOPICS_WEIGHT * each[:, DESKS:].sum(1).mean()
    if first is not None:
        each = F.cross_entropy(z[:, :DESKS], first, ignore_index=-1, reduction="sum")
        loss = loss + FIRST_WEIGHT * each / (first >= 0).sum().clamp(min=1)
    return loss


def choice(z, y):
    """A desk chose to file the text under one label, or an unknown one of several; others may fit too."""
    chances = F.log_softmax(z[:, :DESKS], 1)
    return -(chances + torch.log(y[:, :DESKS] + 1e-9)).logsumexp(1).mean()
