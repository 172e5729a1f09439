"""Behavioural numbers for the tests of single rules."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from sim.population import assumption_record

ENDS = (0.0, 0.1, 0.5, 0.9, 1.0)
INSIDE = (0.02, 0.3, 0.5, 0.7, 0.98)


def behaviour(**changes: float) -> np.record:
    """Every assumption at its default but for these, as rules read them."""
    return assumption_record(changes)[0]


def every(*columns: tuple[float, ...]) -> Iterator[tuple[float, ...]]:
    """Every combination."""
    return itertools.product(*columns)


def rises(values: list[float]) -> bool:
    """Whether each is larger than the one before."""
    return all(one < other for one, other in itertools.pairwise(values))


def falls(values: list[float]) -> bool:
    """Whether each is smaller than the one before."""
    return rises(values[::-1])
