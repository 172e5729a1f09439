"""Starting attitudes of a borough's publics, from the survey and the borough's composition.

A public starts at London's level for that public plus the borough's own residual. London's levels
are fixed so that London's publics together agree as often as London did; the residual is what the
survey found in the borough beyond its composition, drawn towards zero as far as the survey's own
error asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from sim.areas.publics import Public
from sim.areas.tables import LondonTables
from sim.survey import ITEMS, agree, level

MEASURES = {
    "trust": "Trust MPS",
    "fair": "Treat everyone fairly",
    "good_job": "Good Job local",
    "relied_on": "Relied on to be there",
    "listens": "Listen to concerns",
    "understands": "Understand issues",
}
"""Item of `sim.survey` by measure of the London survey."""

ATTITUDES = ("trust", "confidence", "voice_belief")
INTERVIEWS = 400  # a year and borough: a standard error of 2.3 percentage points at 69 %


@dataclass(frozen=True)
class Levels:
    """Where the publics of one borough start, for one attitude.

    Attributes:
        london: London's mean before offsets, a share 0-1.
        residual: what the survey found here beyond composition, a share; None without survey data.
        weight: how much of the residual is kept, 0-1.
        publics: level of each public, shares 0-1.
        found: share agreeing in the survey by item, for London where the borough has none.
    """

    london: float
    residual: float | None
    weight: float
    publics: np.ndarray
    found: dict[str, float]


def borough_levels(
    tables: LondonTables,
    date: str,
    publics: Sequence[Public],
    shares: Mapping[str, np.ndarray],
    people: Mapping[str, float],
    borough: str,
) -> dict[str, Levels]:
    """Starting levels of one borough by attitude.

    Args:
        tables: the London tables.
        date: a quarter's end that the survey has.
        publics: the publics, with offsets in points.
        shares: share of each public, by borough.
        people: people by borough.
        borough: whose levels.

    Returns:
        `Levels` by attitude. Each has to be read by some measure of that date (`attitudes_read`).
    """
    survey = _survey(tables, date)
    weights = np.array([people[name] for name in shares])
    london_shares = np.average(list(shares.values()), axis=0, weights=weights)
    levels = {}
    for attitude in ATTITUDES:
        items = [
            item for item in MEASURES if ITEMS[item].attitude == attitude and ("", item) in survey
        ]
        offsets = np.array([getattr(public.start, attitude) for public in publics]) / 100
        london = _level(items, {item: survey["", item] for item in items}, offsets, london_shares)
        residuals, errors = {}, {}
        for name in tables.surveyed:
            found = {item: survey[name, item] for item in items if (name, item) in survey}
            if found:
                residuals[name] = _level(list(found), found, offsets, shares[name]) - london
                errors[name] = _error(found)
        weight = _weight(residuals, errors, borough)
        residual = residuals.get(borough)
        start = london + offsets + weight * (residual or 0.0)
        where = borough if residual is not None else ""
        found = {item: survey[where, item] for item in items if (where, item) in survey}
        levels[attitude] = Levels(london, residual, weight, start, found)
    return levels


def attitudes_read(tables: LondonTables, date: str) -> set[str]:
    """The attitudes that some measure of a date reads."""
    return {ITEMS[item].attitude for _, item in _survey(tables, date)}


def measures_of(attitude: str) -> list[str]:
    """The measures of the London survey that read an attitude."""
    return [measure for item, measure in MEASURES.items() if ITEMS[item].attitude == attitude]


def share_agreeing(item: str, levels: np.ndarray, shares: np.ndarray) -> float:
    """Share of a population of publics that agrees with an item."""
    return float(np.dot(shares, agree(item, levels)))


def _survey(tables: LondonTables, date: str) -> dict[tuple[str, str], float]:
    """Share agreeing by borough and item on one date; London's under the empty name."""
    survey = tables.survey
    item_of = {measure: item for item, measure in MEASURES.items()}
    found: dict[tuple[str, str], float] = {}
    for row, (day, name, measure) in enumerate(
        zip(survey["date"], survey["borough"], survey["measure"])
    ):
        if day == date and measure in item_of:
            found[name, item_of[measure]] = float(survey["proportion"][row])
            found["", item_of[measure]] = float(survey["mps_proportion"][row])
    return found


def _level(
    items: Sequence[str], found: Mapping[str, float], offsets: np.ndarray, shares: np.ndarray
) -> float:
    """Level before offsets at which these publics agree as often as found; mean over items."""

    def fitted(item: str) -> float:
        return brentq(
            lambda start: share_agreeing(item, start + offsets, shares) - found[item], -2.0, 3.0
        )

    return float(np.mean([fitted(item) for item in items]))


def _error(found: Mapping[str, float]) -> float:
    """Standard error of a borough's level; the same people answer every item, so none cancel."""
    step = 1e-4
    errors = []
    for item, share in found.items():
        steepness = (level(item, share + step) - level(item, share - step)) / (2 * step)
        errors.append(steepness * np.sqrt(share * (1 - share) / INTERVIEWS))
    return float(np.mean(errors))


def _weight(residuals: Mapping[str, float], errors: Mapping[str, float], borough: str) -> float:
    """Share of a borough's residual that is more than sampling error.

    True spread between boroughs over true spread plus error, the spread being what the surveyed
    boroughs vary beyond their errors (empirical Bayes).
    """
    if borough not in residuals:
        return 0.0
    if len(residuals) < 2:
        return 1.0
    error = float(np.mean(np.square(list(errors.values()))))
    true = max(0.0, float(np.var(list(residuals.values()), ddof=1)) - error)
    return true / (true + errors[borough] ** 2)
