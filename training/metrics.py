"""Scores of predictions against labels."""
import numpy as np


def macro_f1(truth, guess, classes=3):
    truth, guess = np.asarray(truth), np.asarray(guess)
    f = []
    for c in range(classes):
        hit = ((truth == c) & (guess == c)).sum()
        f.append(2 * hit / max(1, (truth == c).sum() + (guess == c).sum()))
    return float(np.mean(f))


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def calibration_error(truth, scores, bins=10):
    """Expected calibration error of the top class, equal-width bins."""
    truth, scores = np.asarray(truth), np.asarray(scores)
    top, right = scores.max(1), scores.argmax(1) == truth
    index = np.minimum((top * bins).astype(int), bins - 1)
    return float(sum(abs(top[index == b].mean() - right[index == b].mean()) * (index == b).mean()
                     for b in range(bins) if (index == b).any()))


def temperature(truth, logits):
    """The temperature that minimises the negative log-likelihood."""
    truth, logits = np.asarray(truth), np.asarray(logits)
    def nll(t):
        p = softmax(logits / t)
        return -np.log(p[np.arange(len(truth)), truth] + 1e-12).mean()
    grid = np.exp(np.linspace(np.log(0.3), np.log(4), 200))
    return float(grid[int(np.argmin([nll(t) for t in grid]))])
