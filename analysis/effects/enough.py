"""How many replicates are enough for a stated precision, from the spread that pairing leaves.

A result is taken apart into its point, its dice (the same at every point) and a remainder s_e that
belongs to neither. A difference between two points keeps only the remainders of both: its standard
deviation over replicates is s = sqrt(2) s_e. n replicates give a 95 % interval of
mean ± t(n − 1) s / sqrt(n); enough is the smallest n for which that half-width is within precision.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.effects.grid import Grid
from analysis.effects.paired import mean_over, outcome_columns
from sim.indicators.table import INDICATORS

PRECISION = {
    "points": 0.5, "%": 0.5, "% of mean reach": 0.5, "ratio": 0.05, "concentration index": 0.01,
    "hours per 1,000 people a week": 0.05, "per 1,000 people a year": 0.5,
}  # fmt: skip
"""Half-width that is aimed for where the user states none, by the unit of the outcome."""
MOST = 100_000  # replicates: as many as an experiment may have
SURE = 0.8  # how sure the upper figure of the spread is


def replicates_needed(spread: float, precision: float) -> float:
    """The smallest number of replicates whose 95 % half-width is within precision.

    Args:
        spread: standard deviation of a paired difference over replicates.
        precision: half-width that is aimed for, in the same unit.

    Returns:
        2 or more; NaN where the spread is not known; infinity above `MOST`.
    """
    from scipy import stats

    if not np.isfinite(spread):
        return float("nan")

    def fits(n: int) -> bool:
        return bool(stats.t.ppf(0.975, n - 1) * spread / np.sqrt(n) <= precision)

    if not fits(MOST):
        return float("inf")
    low, high = 1, 2
    while not fits(high):
        low, high = high, min(2 * high, MOST)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(middle) else (middle, high)
    return float(high)


def spreads(grid: Grid) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Spread over replicates of a difference between two points, for each outcome.

    Returns:
        Paired (same dice), as it would be with dice of their own, and degrees of freedom of the
        first. NaN where fewer than two replicates or points are complete.
    """
    values = grid.by_row()  # [row, world, replicate, outcome]
    outcomes = values.shape[-1]
    squares, freedom = np.zeros(outcomes), np.zeros(outcomes)
    alone, alone_freedom = np.zeros(outcomes), np.zeros(outcomes)
    flat = _points_that_share_dice(grid, values)
    for at in range(outcomes):
        for cells in flat:
            complete = cells[~np.isnan(cells[..., at]).any(axis=1), :, at]
            points, replicates = complete.shape
            if replicates < 2 or points < 1:
                continue
            own = complete - complete.mean(axis=1, keepdims=True)
            alone[at] += (own**2).sum()
            alone_freedom[at] += points * (replicates - 1)
            if points > 1:
                squares[at] += ((own - own.mean(axis=0)) ** 2).sum()
                freedom[at] += (points - 1) * (replicates - 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        paired = np.sqrt(2 * np.where(freedom > 0, squares / freedom, np.nan))
        unpaired = np.sqrt(2 * np.where(alone_freedom > 0, alone / alone_freedom, np.nan))
    return paired, unpaired, freedom


def enough(grid: Grid, precision: dict[str, float]) -> pd.DataFrame:
    """How many replicates each outcome needs.

    Args:
        grid: results.
        precision: half-width aimed for, by indicator; those missing take that of their unit.
    """
    paired, unpaired, freedom = spreads(grid)
    outcomes = grid.gathered.outcomes
    aimed = np.array([
        precision.get(one.indicator, PRECISION[INDICATORS[one.indicator].unit]) for one in outcomes
    ])  # fmt: skip
    upper = paired * _upper(freedom, grid.experiment.replicates)
    here = grid.experiment.replicates
    return pd.DataFrame(
        {
            **outcome_columns(outcomes, 1),
            "precision": aimed,
            "spread_paired": paired,
            "spread_with_own_dice": unpaired,
            "replicates": here,
            "half_width_here": [_half_width(spread, here) for spread in paired],
            "needed": [replicates_needed(s, p) for s, p in zip(paired, aimed, strict=True)],
            "needed_at_most": [replicates_needed(s, p) for s, p in zip(upper, aimed, strict=True)],
            "needed_for_half_the_precision": [
                replicates_needed(s, p / 2) for s, p in zip(paired, aimed, strict=True)
            ],
            "needed_with_own_dice": [
                replicates_needed(s, p) for s, p in zip(unpaired, aimed, strict=True)
            ],
        }
    )


def _points_that_share_dice(grid: Grid, values: np.ndarray) -> list[np.ndarray]:
    """Sets of points as [point, replicate, outcome]: what differs in levers and numbers alone.

    Base scenarios and areas are kept apart: other people live there, and the dice fall on others.
    """
    first = len(grid.axes[0].levels) * len(grid.axes[1].levels)
    split = values.reshape(values.shape[0], first, -1, *values.shape[-2:])
    return [split[:, at].reshape(-1, *values.shape[-2:]) for at in range(first)]


def _upper(freedom: np.ndarray, replicates: int) -> np.ndarray:
    """By how much the spread may be larger than it looks.

    Differences of many points over few replicates are not so many independent ones; the replicates
    alone are counted.
    """
    from scipy import stats

    counted = np.where(freedom > 0, np.minimum(freedom, max(1, replicates - 1)), np.nan)
    return np.sqrt(counted / stats.chi2.ppf(1 - SURE, counted))


def _half_width(spread: float, replicates: int) -> float:
    from scipy import stats

    if replicates < 2 or not np.isfinite(spread):
        return float("nan")
    return float(stats.t.ppf(0.975, replicates - 1) * spread / np.sqrt(replicates))


def mean_by_point(grid: Grid) -> pd.DataFrame:
    """Mean of each outcome at each design point with its 95 % t interval over replicates."""
    from sim.results import interval

    gathered = grid.gathered
    mean, low, high = interval(np.moveaxis(gathered.values, 1, 0))
    points, outcomes = mean.shape
    columns = [name for name in gathered.design.columns if name != "point"]
    table = {
        "point": np.repeat(np.arange(points), outcomes),
        **{name: np.repeat(gathered.design[name].to_numpy(), outcomes) for name in columns},
        "scenario_hash": np.repeat(gathered.hashes, outcomes),
        **outcome_columns(gathered.outcomes, points),
        "mean": mean.ravel(),
        "low": low.ravel(),
        "high": high.ravel(),
        "runs": (~np.isnan(gathered.values)).sum(axis=1).ravel(),
    }
    return pd.DataFrame(table)


__all__ = ["MOST", "PRECISION", "enough", "mean_by_point", "mean_over", "replicates_needed"]
