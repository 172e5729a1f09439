"""What is looked at in each world: every indicator, and every cause of every attitude's change."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from sim.indicators.table import INDICATORS
from sim.influence import LAST_WEEKS, MAIN_FINDINGS
from sim.ledger import ATTITUDES, CAUSES

if TYPE_CHECKING:
    from sim.results import Comparison, Results

FINDINGS = (
    *INDICATORS,
    *(f"{attitude}:{cause}" for attitude in ATTITUDES for cause in CAUSES),
)
MAIN = tuple(FINDINGS.index(name) for name in MAIN_FINDINGS)


def found(comparison: Comparison, other: str) -> np.ndarray:
    """What a base and another scenario find, pair by pair.

    Args:
        comparison: both, with the same dice.
        other: name of the other.

    Returns:
        [replicate, subject, finding]: the base's level, then other less base. Indicators are means
        over the last quarter of a year, causes are points over all weeks. NaN where there is no
        denominator.
    """
    base, there = _levels(comparison.base), _levels(comparison.others[other])
    return np.stack([base, there - base], axis=1)


def _levels(results: Results) -> np.ndarray:
    """Every finding of the whole area, [replicate, finding]."""
    last = results.values[:, -LAST_WEEKS:, 0, :]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a mean of nothing is empty
        indicators = np.nanmean(last, axis=1)
    points = results.ledger[:, :, 0].sum(axis=1)
    return np.concatenate([indicators, points.reshape(len(points), -1)], axis=1)
