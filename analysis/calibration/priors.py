"""What is believed of each assumption before the patterns are looked at: its declared range.

The declared default is the likeliest value, the ends of the range are the ends (a beta-PERT
distribution). Everything else works in normal scores, where the prior is a standard normal.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import stats
from scipy.stats import qmc

from sim.assumptions import ASSUMPTIONS

PEAK = 4.0
"""How strongly the default is believed in: the usual weight of a beta-PERT distribution."""


def prior(name: str) -> stats._distn_infrastructure.rv_frozen:
    """The prior of one assumption as a SciPy distribution."""
    declared = ASSUMPTIONS[name]
    low, high = float(declared.low), float(declared.high)
    mode = (float(declared.default) - low) / (high - low)
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


def default_scores(names: Sequence[str]) -> np.ndarray:
    """Normal scores of the declared defaults."""
    return scores(names, np.array([[float(ASSUMPTIONS[name].default) for name in names]]))[0]


def spread_out(names: Sequence[str], number: int, seed: int) -> np.ndarray:
    """A Latin hypercube over the priors, as normal scores [set, assumption]."""
    shares = qmc.LatinHypercube(len(names), rng=np.random.default_rng(seed)).random(number)
    return stats.norm.ppf(np.clip(shares, 1e-6, 1 - 1e-6))


def as_sets(names: Sequence[str], table: np.ndarray) -> list[dict[str, float]]:
    """Rows of values as parameter sets."""
    return [dict(zip(names, row.tolist(), strict=True)) for row in table]


