"""Effects of factors whose range was sampled: a straight line through all points, and means by bins.

The line is fitted by least squares on every sampled factor at once (statsmodels), with intervals
that allow for unequal scatter (HC3). Where there are replicates, the spread of the slope over them
joins in: squares of standard errors add up, with degrees of freedom by Satterthwaite. For Morris
designs the effect is the mean elementary effect; the spread over trajectories takes the line's place.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from analysis.effects.grid import Grid
from analysis.effects.paired import (
    joined_half_width,
    level_text,
    mean_over,
    outcome_columns,
    squared_error,
)
from analysis.experiment import form
from analysis.experiment.designs import MORRIS_LEVELS, rows_a_sample
from analysis.experiment.factors import Factor
from sim.results import interval

LINE, ELEMENTARY = "straight line", "mean elementary effect"
BINS = 5
_POINTS_A_TERM = 3  # points for each coefficient, below which products of factors are not fitted
_NOISE = 1e-9  # in the unit of the outcome: what arithmetic leaves where nothing moved
_A_CELL = 4  # points that a cell of a map should have on average


def slopes(grid: Grid) -> pd.DataFrame:
    """What each sampled factor does to each outcome from the low to the high end of its range."""
    if not grid.sampled:
        return pd.DataFrame()
    if grid.experiment.design == form.MORRIS:
        return _elementary(grid)
    unit, mean, single = _response(grid)
    fitted = _lines(unit, mean, products=False)
    by_replicate = np.stack([_least_squares(unit, single[:, at]) for at in range(single.shape[1])])
    half = joined_half_width(squared_error(by_replicate), (fitted.square, fitted.freedom))
    half = np.where(np.isnan(fitted.slope), np.nan, half)
    explained = np.tile(fitted.explained, (len(grid.sampled), 1))
    return _slope_rows(grid, fitted.slope, half, fitted.points, LINE, explained)


def interactions_of_lines(grid: Grid) -> pd.DataFrame:
    """How much the effect of one sampled factor changes from low to high of another."""
    factors = grid.sampled
    pairs = list(combinations(range(len(factors)), 2))
    if not pairs or grid.experiment.design == form.MORRIS:
        return pd.DataFrame()
    unit, mean, _ = _response(grid)
    if len(unit) < _POINTS_A_TERM * (1 + len(factors) + len(pairs)):
        return pd.DataFrame()
    fitted = _lines(unit, mean, products=True)
    found = []
    for place, (one, other) in enumerate(pairs):
        value = fitted.slope[len(factors) + place]
        half = fitted.half_width[len(factors) + place]
        still = (np.abs(value) < _NOISE) & (half < _NOISE)
        value, half = np.where(still, 0.0, value), np.where(still, 0.0, half)
        found.append(
            pd.DataFrame(
                {
                    **_ends(factors[one], ""),
                    **_ends(factors[other], "other_"),
                    **outcome_columns(grid.gathered.outcomes, 1),
                    "interaction": value,
                    "low": value - half,
                    "high": value + half,
                    "method": LINE,
                }
            )
        )
    return pd.concat(found, ignore_index=True)


def bin_means(grid: Grid) -> pd.DataFrame:
    """The mean of each outcome in five equal stretches of each sampled range."""
    if not grid.sampled:
        return pd.DataFrame()
    unit, mean, _ = _response(grid)
    found = []
    for place, factor in enumerate(grid.sampled):
        bins = _bins(grid, len(unit), BINS)
        of = bin_of(unit[:, place], bins)
        for at in range(bins):
            values = mean[of == at]
            centre, low, high = interval(values)
            found.append(
                pd.DataFrame(
                    {
                        "factor": factor.name,
                        "role": factor.role,
                        "level": bin_text(grid, factor, at, bins),
                        **outcome_columns(grid.gathered.outcomes, 1),
                        "mean": centre,
                        "low": low,
                        "high": high,
                        "values": (~np.isnan(values)).sum(axis=0),
                    }
                )
            )
    return pd.concat(found, ignore_index=True)


def binned_map(grid: Grid, one: int, other: int) -> tuple[list[str], list[str], np.ndarray]:
    """Mean outcomes by stretches of two sampled factors: labels of both, [one, other, outcome]."""
    unit, mean, _ = _response(grid)
    bins = _bins(grid, len(unit), int(np.clip(np.sqrt(len(unit) / _A_CELL), 2, BINS)))
    first, second = bin_of(unit[:, one], bins), bin_of(unit[:, other], bins)
    cells = np.full((bins, bins, mean.shape[1]), np.nan)
    for row in range(bins):
        for column in range(bins):
            cells[row, column] = mean_over(mean[(first == row) & (second == column)], 0)
    labels = [
        [bin_text(grid, grid.sampled[place], at, bins) for at in range(bins)]
        for place in (one, other)
    ]
    return labels[0], labels[1], cells


def bin_of(unit: np.ndarray, bins: int) -> np.ndarray:
    """Which equal stretch of 0 to 1 a value lies in."""
    return np.clip((unit * bins).astype(int), 0, bins - 1)


def bin_text(grid: Grid, factor: Factor, at: int, bins: int) -> str:
    """A stretch of a range as a reader writes it; Morris designs have values, not stretches."""
    width = factor.high - factor.low
    if grid.experiment.design == form.MORRIS:
        return f"{factor.low + width * at / (bins - 1):.4g}"
    ends = (factor.low + width * at / bins, factor.low + width * (at + 1) / bins)
    return f"{ends[0]:.4g} to {ends[1]:.4g}"


def independent_rows(grid: Grid) -> np.ndarray:
    """Rows of the design that are a sample by themselves: of Saltelli's, only those of A and B."""
    rows = np.arange(len(grid.axes[-1].levels))
    if grid.experiment.design == form.SOBOL:
        experiment = grid.experiment
        block = rows_a_sample(experiment.design, len(grid.sampled), experiment.second_order)
        blocks = rows.reshape(-1, block)
        return np.sort(blocks[:, [0, -1]].ravel())
    return rows


class _Fitted:
    """Straight lines through points, one for each outcome."""

    def __init__(self, terms: int, outcomes: int) -> None:
        self.slope = np.full((terms, outcomes), np.nan)
        self.square = np.full((terms, outcomes), np.nan)
        self.freedom = np.ones((terms, outcomes))
        self.points = np.zeros(outcomes, dtype=int)
        self.explained = np.full(outcomes, np.nan)

    @property
    def half_width(self) -> np.ndarray:
        """Of the 95 % interval of each slope."""
        from scipy import stats

        return np.asarray(stats.t.ppf(0.975, self.freedom) * np.sqrt(self.square))


def _response(grid: Grid) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where the independent rows lie (0 to 1), and what came of them.

    Returns:
        Places [row, factor]; mean over worlds and replicates [row, outcome]; mean over worlds
        [row, replicate, outcome]. Each world and replicate is first taken against its own mean, so
        that runs that are missing do not tilt anything.
    """
    rows = independent_rows(grid)
    values = grid.by_row()[rows]
    factors = grid.sampled
    placed = grid.rows_with_everything([factor.name for factor in factors])[rows]
    low = np.array([factor.low for factor in factors])
    high = np.array([factor.high for factor in factors])
    level = mean_over(values, 0)
    grand = mean_over(mean_over(level, 0), 0)
    against_own = values - level
    single = mean_over(against_own, 1) + grand
    flat = against_own.reshape(len(rows), -1, values.shape[-1])
    return (placed - low) / (high - low), mean_over(flat, 1) + grand, single


def _terms(unit: np.ndarray, products: bool) -> np.ndarray:
    """Columns of the line: a constant, each factor from -0.5 to 0.5, and products if wanted."""
    centred = unit - 0.5
    columns = [np.ones(len(unit)), *centred.T]
    if products:
        columns += [centred[:, i] * centred[:, j] for i, j in combinations(range(unit.shape[1]), 2)]
    return np.column_stack(columns)


def _lines(unit: np.ndarray, response: np.ndarray, products: bool) -> _Fitted:
    from statsmodels.regression.linear_model import OLS

    terms = _terms(unit, products)
    fitted = _Fitted(terms.shape[1] - 1, response.shape[1])
    for at in range(response.shape[1]):
        there = ~np.isnan(response[:, at])
        fitted.points[at] = there.sum()
        if there.sum() <= terms.shape[1] + 1:
            continue
        outcome = response[there, at]
        if np.ptp(outcome) < _NOISE:
            fitted.slope[:, at] = fitted.square[:, at] = 0.0
            continue
        line = OLS(outcome, terms[there]).fit(cov_type="HC3")
        fitted.freedom[:, at] = there.sum() - terms.shape[1]
        fitted.slope[:, at] = line.params[1:]
        fitted.square[:, at] = line.bse[1:] ** 2
        fitted.explained[at] = line.rsquared
    return fitted


def _least_squares(unit: np.ndarray, response: np.ndarray) -> np.ndarray:
    """Slopes of the line for each outcome: [factor, outcome]."""
    terms = _terms(unit, products=False)
    found = np.full((terms.shape[1] - 1, response.shape[1]), np.nan)
    for at in range(response.shape[1]):
        there = ~np.isnan(response[:, at])
        if there.sum() > terms.shape[1]:
            found[:, at] = np.linalg.lstsq(terms[there], response[there, at], rcond=None)[0][1:]
    return found


def elementary_effects(unit: np.ndarray, values: np.ndarray, factors: int) -> np.ndarray:
    """Changes of an outcome per whole range, one for each trajectory and factor.

    Args:
        unit: [trajectory × (factors + 1), factor], places from 0 to 1.
        values: [trajectory × (factors + 1), outcome].
        factors: how many are varied.

    Returns:
        [trajectory, factor, outcome].
    """
    steps = np.diff(unit.reshape(-1, factors + 1, factors), axis=1)
    changes = np.diff(values.reshape(-1, factors + 1, values.shape[-1]), axis=1)
    moved = np.argmax(np.abs(steps), axis=2)
    size = np.take_along_axis(steps, moved[..., None], axis=2)
    ordered = np.empty_like(changes)
    np.put_along_axis(ordered, moved[..., None], changes / size, axis=1)
    return ordered


def _elementary(grid: Grid) -> pd.DataFrame:
    unit, _, _ = _response(grid)
    values = grid.by_row()  # [row, world, replicate, outcome]
    factors = len(grid.sampled)
    flat = values.reshape(len(values), -1)
    every = elementary_effects(unit, flat, factors)
    every = every.reshape(
        -1, factors, *values.shape[1:]
    )  # [trajectory, factor, world, replicate, outcome]
    single = mean_over(every, 2)
    by_trajectory, by_replicate = mean_over(single, 2), np.moveaxis(mean_over(single, 0), 1, 0)
    half = joined_half_width(squared_error(by_replicate), squared_error(by_trajectory))
    mean = mean_over(by_trajectory, 0)
    trajectories = (~np.isnan(by_trajectory)).sum(axis=0)
    explained = np.full(mean.shape, np.nan)
    return _slope_rows(grid, mean, half, trajectories.min(axis=0), ELEMENTARY, explained)


def _slope_rows(
    grid: Grid, slope: np.ndarray, half: np.ndarray, points: np.ndarray, method: str,
    explained: np.ndarray,
) -> pd.DataFrame:  # fmt: skip
    found = []
    still = (np.abs(slope) < _NOISE) & (half < _NOISE)
    slope, half = np.where(still, 0.0, slope), np.where(still, 0.0, half)
    for place, factor in enumerate(grid.sampled):
        found.append(
            pd.DataFrame(
                {
                    **_ends(factor, ""),
                    "role": factor.role,
                    **outcome_columns(grid.gathered.outcomes, 1),
                    "difference": slope[place],
                    "low": slope[place] - half[place],
                    "high": slope[place] + half[place],
                    "cells": points,
                    "explained_by_the_line": explained[place],
                    "method": method,
                }
            )
        )
    return pd.concat(found, ignore_index=True)


def _ends(factor: Factor, before: str) -> dict[str, str]:
    return {
        f"{before}factor": factor.name,
        f"{before}level": level_text(factor.high),
        f"{before}base_level": level_text(factor.low),
    }


def _bins(grid: Grid, rows: int, wanted: int) -> int:
    """How many stretches: as many as wanted, or the levels that Morris's trajectories stand on."""
    if grid.experiment.design == form.MORRIS:
        return MORRIS_LEVELS
    return max(2, min(wanted, rows // 2))
