"""The statistics that studies report: standardised differences, regressions, odds ratios, correlations.

All take plain arrays and give one number, NaN where the data cannot say.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import stats

FEWEST = 5  # people below whom a group says nothing


def standardised_difference(one: np.ndarray, other: np.ndarray) -> float:
    """Cohen's d: the difference of two means over their pooled standard deviation."""
    if min(one.size, other.size) < FEWEST:
        return float("nan")
    freedom = one.size + other.size - 2
    pooled = ((one.size - 1) * one.var(ddof=1) + (other.size - 1) * other.var(ddof=1)) / freedom
    return float((one.mean() - other.mean()) / np.sqrt(pooled)) if pooled > 0 else float("nan")


def coefficients(outcome: np.ndarray, columns: Sequence[np.ndarray]) -> np.ndarray:
    """Least-squares coefficients of an outcome on columns, the constant left out of the answer."""
    columns = [np.asarray(column, dtype=float) for column in columns]
    matrix = np.column_stack([np.ones(outcome.size), *columns])
    if outcome.size <= matrix.shape[1] or any(np.ptp(column) == 0 for column in columns):
        return np.full(len(columns), np.nan)
    return np.linalg.lstsq(matrix, outcome, rcond=None)[0][1:]


def explained(outcome: np.ndarray, columns: Sequence[np.ndarray]) -> float:
    """Share of an outcome's variance that a regression on columns explains."""
    fitted = coefficients(outcome, columns)
    if np.isnan(fitted).any() or outcome.var() == 0:
        return float("nan")
    guess = np.column_stack([np.asarray(column, dtype=float) for column in columns]) @ fitted
    return float(guess.var() / outcome.var())


def correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Pearson's correlation."""
    if one.size < FEWEST or np.ptp(one) == 0 or np.ptp(other) == 0:
        return float("nan")
    return float(stats.pearsonr(one, other).statistic)


def rank_correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Spearman's correlation."""
    if one.size < FEWEST or np.ptp(one) == 0 or np.ptp(other) == 0:
        return float("nan")
    return float(stats.spearmanr(one, other).statistic)


def odds_ratio(yes: float, no: float, other_yes: float, other_no: float) -> float:
    """Odds of yes in one group over those in another, half a person added to each cell."""
    return float((yes + 0.5) * (other_no + 0.5) / ((no + 0.5) * (other_yes + 0.5)))


def odds_ratio_of(one: np.ndarray, other: np.ndarray) -> float:
    """Odds ratio of a yes-or-no answer, one group over another."""
    return odds_ratio(one.sum(), (~one).sum(), other.sum(), (~other).sum())


def within(values: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Values less the mean of each one's group."""
    _, place = np.unique(groups, return_inverse=True)
    means = np.bincount(place, values) / np.bincount(place)
    return values - means[place]
