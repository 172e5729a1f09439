"""What is believed of each assumption before the patterns are looked at: its declared range.

The value argued for before the calibration is the likeliest, the ends of the range are the ends (a
beta-PERT distribution). Argued values are kept in `scenarios/evidence/argued-values.csv`, so that
the calibration starts from the same place after the defaults have been taken from it. Everything
else works in normal scores, where the prior is a standard normal.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from scipy import stats
from scipy.stats import qmc

from sim.assumptions import ASSUMPTIONS
from sim.scenario import SHIPPED

ARGUED = SHIPPED / "evidence" / "argued-values.csv"
PEAK = 4.0
"""How strongly the argued value is believed in: the usual weight of a beta-PERT distribution."""


@lru_cache(maxsize=1)
def _argued() -> dict[str, float]:
    with ARGUED.open(encoding="utf-8", newline="") as stream:
        return {row["name"]: float(row["value"]) for row in csv.DictReader(stream)}


def argued(name: str) -> float:
    """The value argued for before any calibration; the default where the number is newer than that."""
    return _argued().get(name, float(ASSUMPTIONS[name].default))


@lru_cache(maxsize=512)
def prior(name: str) -> stats._distn_infrastructure.rv_frozen:
    """The prior of one assumption as a SciPy distribution."""
    declared = ASSUMPTIONS[name]
    low, high = float(declared.low), float(declared.high)
    mode = (argued(name) - low) / (high - low)
    return stats.beta(1.0 + PEAK * mode, 1.0 + PEAK * (1.0 - mode), loc=low, scale=high - low)


def values(names: Sequence[str], scores: np.ndarray) -> np.ndarray:
    """Values of assumptions for normal scores.

    Args:
        names: the assumptions, one a column.
        scores: [set, assumption].
    """
    shares = np.clip(stats.norm.cdf(scores), 1e-6, 1 - 1e-6)
    return np.column_stack([prior(name).ppf(shares[:, n]) for n, name in enumerate(names)])


def scores(names: Sequence[str], sets: np.ndarray) -> np.ndarray:
    """Normal scores of values: the inverse of `values`, held within -4.7 to 4.7."""
    shares = np.column_stack([prior(name).cdf(sets[:, n]) for n, name in enumerate(names)])
    return stats.norm.ppf(np.clip(shares, 1e-6, 1 - 1e-6))


def argued_scores(names: Sequence[str]) -> np.ndarray:
    """Normal scores of the argued values."""
    return scores(names, np.array([[argued(name) for name in names]]))[0]


def spread_out(names: Sequence[str], number: int, seed: int) -> np.ndarray:
    """A Latin hypercube over the priors, as normal scores [set, assumption]."""
    shares = qmc.LatinHypercube(len(names), rng=np.random.default_rng(seed)).random(number)
    return stats.norm.ppf(np.clip(shares, 1e-6, 1 - 1e-6))


def as_sets(names: Sequence[str], table: np.ndarray) -> list[dict[str, float]]:
    """Rows of values as parameter sets."""
    return [dict(zip(names, row.tolist(), strict=True)) for row in table]
