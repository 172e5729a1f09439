"""Intervals: of a share of worlds, of one world's difference, of a mean over worlds and dice."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

LEVEL = 0.95


@dataclass(frozen=True)
class Mean:
    """A mean over worlds and dice with its interval; None where nothing can be said."""

    value: float
    low: float | None
    high: float | None
    chance: float | None

    @property
    def clear(self) -> bool:
        """Whether the interval leaves zero."""
        if self.low is None or self.high is None:
            return False
        return self.low > 0 or self.high < 0


def share_interval(count: float, of: int) -> tuple[float, float]:
    """Wilson's interval of a share.

    Args:
        count: how many of them, which may be a fraction where draws count partly.
        of: how many independent draws.
    """
    from scipy.stats import norm

    if of < 1:
        return 0.0, 1.0
    z = float(norm.ppf(0.5 + LEVEL / 2))
    share = count / of
    centre = (share + z * z / (2 * of)) / (1 + z * z / of)
    reach = z / (1 + z * z / of) * np.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return float(max(0.0, centre - reach)), float(min(1.0, centre + reach))


def by_draw(values: np.ndarray, draws: np.ndarray) -> np.ndarray:
    """Means over the worlds of each draw, what is missing left out.

    Args:
        values: [worlds] or [worlds, replicates].
        draws: the draw of each world.
    """
    known, place = np.unique(draws, return_inverse=True)
    shape = (len(known), *values.shape[1:])
    total, count = np.zeros(shape), np.zeros(shape)
    np.add.at(total, place, np.nan_to_num(values))
    np.add.at(count, place, ~np.isnan(values))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(count > 0, total / count, np.nan)


def mean_of(values: np.ndarray) -> np.ndarray:
    """Means over replicates, [worlds]; NaN where a world has none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return np.nanmean(values, axis=-1) if values.shape[-1] else np.full(len(values), np.nan)


def clear_of_dice(gains: np.ndarray, looked_at: int = 1) -> np.ndarray:
    """Which worlds' paired differences are clear of dice noise: 1 above zero, -1 below, else 0.

    Student's t over the replicates of a world; one replicate alone is never clear.

    Args:
        gains: paired differences, [worlds, replicates].
        looked_at: how many differences are looked at together; the level is divided by it.
    """
    from scipy.stats import t

    count = np.sum(~np.isnan(gains), axis=1)
    with warnings.catch_warnings(), np.errstate(invalid="ignore", divide="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)
        mean = np.nanmean(gains, axis=1)
        error = np.nanstd(gains, axis=1, ddof=1) / np.sqrt(count)
        reach = t.ppf(1 - (1 - LEVEL) / 2 / looked_at, count - 1) * error
        above = (count > 1) & (mean - reach > 0)
        below = (count > 1) & (mean + reach < 0)
    return above.astype(int) - below.astype(int)


def mean_over(gains: np.ndarray, draws: np.ndarray) -> Mean:
    """The mean over worlds and dice, with what both leave open.

    Draws of the world and dice are two samples that cross: the variance of draw means and that of
    replicate means add up, which counts what they share twice and so errs to the wide side. The
    degrees of freedom are Satterthwaite's.

    Args:
        gains: paired differences, [worlds, replicates].
        draws: the draw of each world.
    """
    from scipy.stats import t

    means = by_draw(gains, draws)
    means = means[~np.isnan(means).all(axis=1)][:, ~np.isnan(means).all(axis=0)]
    if not means.size:
        return Mean(float("nan"), None, None, None)
    of_draws, of_dice = np.nanmean(means, axis=1), np.nanmean(means, axis=0)
    value = float(of_draws.mean())
    parts = [
        (part.var(ddof=1) / part.size, part.size - 1)
        for part in (of_draws, of_dice)
        if part.size > 1
    ]
    if not parts:
        return Mean(value, None, None, None)
    variance = sum(size for size, _ in parts)
    if variance == 0:
        return Mean(value, value, value, 1.0 if value == 0 else 0.0)
    freedom = variance**2 / sum(size**2 / free for size, free in parts)
    error = np.sqrt(variance)
    reach = float(t.ppf(0.5 + LEVEL / 2, freedom) * error)
    chance = float(2 * t.sf(abs(value) / error, freedom))
    return Mean(value, value - reach, value + reach, chance)


def holm(chances: np.ndarray) -> np.ndarray:
    """Chances adjusted for how many are looked at, by Holm; missing ones stay missing."""
    from statsmodels.stats.multitest import multipletests

    adjusted = np.array(chances, dtype=float)
    known = ~np.isnan(adjusted)
    if known.any():
        adjusted[known] = multipletests(adjusted[known], method="holm")[1]
    return adjusted
