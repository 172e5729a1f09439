"""Each level against the base level at otherwise the same point and replicate: the same dice.

Intervals are t intervals over replicates. Where points were sampled, the error from which points
were drawn joins that of the dice: squares of standard errors add up, with degrees of freedom by
Satterthwaite.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.effects.gathered import Outcome
from analysis.effects.grid import ROWS, Grid
from analysis.experiment import form
from analysis.experiment.factors import Factor
from analysis.experiment.points import PARAMETER_SET
from sim.results import interval

PAIRED, SAMPLED = "paired", "paired, over sampled points"
_MOST_CONTRASTS = 2_000_000  # rows of the table of single contrasts


@dataclass(frozen=True)
class Contrast:
    """Two sets of results that differ in one factor only.

    Attributes:
        factor, role: what differs.
        level, base: its values.
        one, other: [cell, replicate, outcome]; the other is at the base level.
        points, base_points: [cell], which design points these are.
        sampled: whether the cells are a sample and not all there is.
    """

    factor: str
    role: str
    level: Any
    base: Any
    one: np.ndarray
    other: np.ndarray
    points: np.ndarray
    base_points: np.ndarray
    sampled: bool


def contrasts(grid: Grid) -> Iterator[Contrast]:
    """Every level against the base level of its factor.

    The base level is the first in the experiment file; in a one-at-a-time design it is the
    scenario's own value. Parameter sets have no base and are left out.
    """
    sampled = bool(grid.sampled)
    for axis in grid.compared:
        if axis.name == PARAMETER_SET:
            continue
        values, points = grid.along(axis), grid.points_along(axis)
        for place in range(1, len(axis.levels)):
            yield Contrast(
                axis.name, axis.role, axis.levels[place], axis.levels[0], values[place], values[0],
                points[place], points[0], sampled,
            )  # fmt: skip
    if grid.experiment.design == form.ONE_AT_A_TIME:
        yield from _one_at_a_time(grid)


def effects(grid: Grid) -> pd.DataFrame:
    """Main effects as paired differences, one row for each level, outcome and factor."""
    tables = [_effect(grid, contrast) for contrast in contrasts(grid)]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def differences(contrast: Contrast) -> np.ndarray:
    """The difference in each replicate, mean over cells: [replicate, outcome]."""
    return mean_over(contrast.one - contrast.other, 0)


def point_contrasts(grid: Grid) -> tuple[pd.DataFrame, str]:
    """Single paired contrasts, point against base point, over replicates; and a note on size."""
    found, rows = [], 0
    for contrast in contrasts(grid):
        mean, low, high = interval(np.moveaxis(contrast.one - contrast.other, 1, 0))
        cells, outcomes = mean.shape
        rows += mean.size
        if rows > _MOST_CONTRASTS:
            note = f"Single contrasts beyond the first {_MOST_CONTRASTS:,} rows are not written."
            return _joined(found), note
        pairs = (~np.isnan(contrast.one - contrast.other)).sum(axis=1)
        found.append(
            pd.DataFrame(
                {
                    "point": np.repeat(contrast.points, outcomes),
                    "base_point": np.repeat(contrast.base_points, outcomes),
                    "factor": contrast.factor,
                    "level": level_text(contrast.level),
                    "base_level": level_text(contrast.base),
                    **outcome_columns(grid.gathered.outcomes, cells),
                    "difference": mean.ravel(),
                    "low": low.ravel(),
                    "high": high.ravel(),
                    "pairs": pairs.ravel(),
                }
            )
        )
    return _joined(found), ""


def level_means(grid: Grid) -> pd.DataFrame:
    """The mean of each outcome at each level of factors that list levels.

    Only cells in which every level has a value are used, so that levels stay comparable.
    """
    found = []
    for axis in grid.compared:
        values = grid.along(axis)
        complete = ~np.isnan(values).any(axis=0)
        for place, level in enumerate(axis.levels):
            kept = np.where(complete, values[place], np.nan)
            found.append(_mean_rows(grid, axis.name, axis.role, level, kept))
    if grid.experiment.design == form.ONE_AT_A_TIME:
        rows = grid.by_row()
        for factor, level, place in rows_of_factors(grid):
            found.append(_mean_rows(grid, factor.name, factor.role, level, rows[place]))
    return _joined(found)


def half_widths(cells: np.ndarray, sampled: bool) -> tuple[np.ndarray, np.ndarray]:
    """Mean and half-width of its 95 % interval.

    Args:
        cells: [cell, replicate, outcome].
        sampled: whether the spread over cells counts as well as that over replicates.
    """
    by_replicate = mean_over(cells, 0)
    mean, _, high = interval(by_replicate)
    if not sampled:
        return mean, high - mean
    return mean, joined_half_width(squared_error(by_replicate), squared_error(mean_over(cells, 1)))


def squared_error(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Square of the standard error of a mean over the first axis, and its degrees of freedom."""
    present = ~np.isnan(values)
    count = present.sum(axis=0)
    spread = np.where(present, values - mean_over(values, 0), 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        square = np.where(count > 1, (spread**2).sum(axis=0) / (count - 1) / count, np.nan)
    return square, count - 1


def joined_half_width(
    one: tuple[np.ndarray, np.ndarray], other: tuple[np.ndarray, np.ndarray]
) -> np.ndarray:
    """Half-width of a 95 % interval whose error has two sources.

    Args:
        one, other: square of a standard error and its degrees of freedom; a source that is not
            known (NaN) is left out.

    Returns:
        t times the root of the sum, with degrees of freedom by Satterthwaite (1946); NaN where
        neither source is known.
    """
    from scipy import stats

    known = ~(np.isnan(one[0]) & np.isnan(other[0]))
    parts = [np.nan_to_num(source[0]) for source in (one, other)]
    weights = [
        part**2 / np.maximum(source[1], 1) for part, source in zip(parts, (one, other), strict=True)
    ]
    total = parts[0] + parts[1]
    with np.errstate(invalid="ignore", divide="ignore"):
        freedom = np.where(sum(weights) > 0, total**2 / sum(weights), 1.0)
    return np.where(known, stats.t.ppf(0.975, freedom) * np.sqrt(total), np.nan)


def mean_over(values: np.ndarray, axis: int) -> np.ndarray:
    """The mean of what has a value; NaN where nothing has."""
    present = ~np.isnan(values)
    count = present.sum(axis=axis)
    total = np.where(present, values, 0.0).sum(axis=axis)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(count > 0, total / count, np.nan)


def outcome_columns(outcomes: tuple[Outcome, ...], times: int) -> dict[str, Any]:
    """Columns that name outcomes, repeated for each of so many cells."""
    return {
        "indicator": np.tile([one.indicator for one in outcomes], times),
        "public": np.tile([one.public for one in outcomes], times),
        "when": np.tile([one.when for one in outcomes], times),
    }


def level_text(level: Any) -> str:
    """A level as a reader writes it: 12, not 12.0."""
    if isinstance(level, float):
        return f"{level:.10g}"
    return str(level)


def rows_of_factors(grid: Grid) -> Iterator[tuple[Factor, Any, int]]:
    """The rows of a one-at-a-time design: factor, level and place; row 0 is the base."""
    place = 0
    for factor in grid.experiment.factors:
        for level in factor.levels_taken():
            place += 1
            yield factor, level, place


def _one_at_a_time(grid: Grid) -> Iterator[Contrast]:
    rows = grid.by_row()
    points = grid.points_along(next(axis for axis in grid.axes if axis.name == ROWS))
    design = grid.gathered.design
    for factor, level, place in rows_of_factors(grid):
        own = design[factor.name].to_numpy()[points[0]]
        base = own[0] if len(set(own.tolist())) == 1 else "each scenario's own"
        base = float(base) if factor.is_number and not isinstance(base, str) else base
        yield Contrast(
            factor.name, factor.role, level, base, rows[place], rows[0], points[place], points[0],
            False,
        )  # fmt: skip


def _effect(grid: Grid, contrast: Contrast) -> pd.DataFrame:
    outcomes = grid.gathered.outcomes
    cells = contrast.one - contrast.other
    mean, half = half_widths(cells, contrast.sampled)
    by_cell = mean_over(cells, 1)
    worlds = (~np.isnan(by_cell)).sum(axis=0)
    with np.errstate(invalid="ignore"):
        agree = (np.sign(by_cell) == np.sign(mean)).sum(axis=0)
    table = {
        "factor": contrast.factor,
        "role": contrast.role,
        "level": level_text(contrast.level),
        "base_level": level_text(contrast.base),
        **outcome_columns(outcomes, 1),
        "difference": mean,
        "low": mean - half,
        "high": mean + half,
        "pairs": (~np.isnan(cells)).sum(axis=(0, 1)),
        "replicates": (~np.isnan(mean_over(cells, 0))).sum(axis=0),
        "cells": worlds,
        "lowest_cell": _extreme(by_cell, np.fmin),
        "highest_cell": _extreme(by_cell, np.fmax),
        "cells_of_the_same_sign": np.where(np.isnan(mean), 0, agree),
        "method": SAMPLED if contrast.sampled else PAIRED,
    }
    return pd.DataFrame(table)


def _extreme(values: np.ndarray, choose: np.ufunc) -> np.ndarray:
    return choose.reduce(values, axis=0) if len(values) else np.full(values.shape[1:], np.nan)


def _mean_rows(grid: Grid, name: str, role: str, level: Any, cells: np.ndarray) -> pd.DataFrame:
    mean, half = half_widths(cells, bool(grid.sampled))
    return pd.DataFrame(
        {
            "factor": name,
            "role": role,
            "level": level_text(level),
            **outcome_columns(grid.gathered.outcomes, 1),
            "mean": mean,
            "low": mean - half,
            "high": mean + half,
            "values": (~np.isnan(cells)).sum(axis=(0, 1)),
        }
    )


def _joined(tables: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()
