"""The notation of the page: moves, bounds, and normal spreads of log-odds around a mean."""

from __future__ import annotations

import math
from functools import cache
from itertools import accumulate

import numpy as np

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(41)
NODES, WEIGHTS = NODES.tolist(), (WEIGHTS / WEIGHTS.sum()).tolist()


def single(x):
    """The value as single precision holds it."""
    return float(np.float32(x))


def clip(x, low, high):
    """The value, or the bound it passes (N1)."""
    return min(high, max(low, x))


def logistic(x):
    """From log-odds to a share (N2)."""
    return 1.0 / (1.0 + math.exp(-x))


def squash(x):
    """A quality that stays between 0 and 1 (N3)."""
    return 1.0 / (1.0 + math.exp(-4.0 * (x - 0.5)))


def move(x, push):
    """The change of a share pushed part of the way to 1 or to 0 (N4)."""
    return push * (1.0 - x) if push >= 0.0 else push * x


def bounded(push):
    """A push that never goes all the way (N5)."""
    return clip(push, -0.95, 0.95)


def worse(push, ratio):
    """A push that weighs more if it is for the worse (N6)."""
    return bounded(push * ratio if push < 0.0 else push)


def held(x):
    """A level kept away from 0 and 1."""
    return clip(x, 0.005, 0.995)


def pick(running, chance):
    """The first place whose running sum exceeds a chance, or the last place (N8)."""
    return next((at for at, upto in enumerate(running[:-1]) if chance < upto), len(running) - 1)


def running_sum(shares):
    """The running sum of shares, divided by their sum."""
    whole = sum(shares)
    return list(accumulate(share / whole for share in shares))


def mean(values):
    """The plain mean; 0 of nothing."""
    values = list(values)
    return sum(values) / len(values) if values else 0.0


def mean_of_spread(log_odds, spread):
    """The mean share of a normal spread of log-odds (F4)."""
    return sum(w * logistic(log_odds + spread * x) for w, x in zip(WEIGHTS, NODES))


def variance_of_spread(log_odds, spread):
    """The variance of a share whose log-odds are spread normally (F5)."""
    shares = [logistic(log_odds + spread * x) for x in NODES]
    middle = sum(w * share for w, share in zip(WEIGHTS, shares))
    return sum(w * share * share for w, share in zip(WEIGHTS, shares)) - middle * middle


@cache
def log_odds_of(share, spread):
    """The log-odds around which a normal spread has a given mean share (F3)."""
    share = clip(share, 0.002, 0.998)
    low, high = -16.0, 16.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        if mean_of_spread(middle, spread) < share:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)
