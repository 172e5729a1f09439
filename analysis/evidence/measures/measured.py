"""What a measure gives: one value a replicate, or two whose means are divided."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from sim.results import interval


@dataclass(frozen=True)
class Ratio:
    """A ratio of means over replicates, which is steadier than a mean of ratios.

    Attributes:
        above, below: one value a replicate.
    """

    above: np.ndarray
    below: np.ndarray


Measured = np.ndarray | Ratio


def value_and_interval(measured: Measured) -> tuple[float, float, float]:
    """The value over all replicates with its 95 % interval (jackknife over replicates for a ratio)."""
    if not isinstance(measured, Ratio):
        mean, low, high = interval(np.asarray(measured, dtype=float))
        return float(mean), float(low), float(high)
    there = ~(np.isnan(measured.above) | np.isnan(measured.below))
    above, below = measured.above[there], measured.below[there]
    number = above.size
    if number == 0 or below.sum() == 0:
        return float("nan"), float("nan"), float("nan")
    whole = float(above.sum() / below.sum())
    if number < 2:
        return whole, float("nan"), float("nan")
    with np.errstate(divide="ignore", invalid="ignore"):
        left_out = (above.sum() - above) / (below.sum() - below)
    pseudo = number * whole - (number - 1) * left_out
    _, low, high = interval(pseudo)
    centre = float(pseudo.mean())
    return whole, whole + float(low) - centre, whole + float(high) - centre


def each(replicates: int, one: Callable[[int], Iterable[float]]) -> tuple[np.ndarray, ...]:
    """Take several numbers in every replicate; one array for each number.

    Args:
        replicates: how many.
        one: gives the numbers of one replicate.
    """
    rows = np.array([list(one(replicate)) for replicate in range(replicates)], dtype=float)
    return tuple(rows.T)
