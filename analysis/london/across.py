"""Patterns across boroughs: hours and outcomes (L1), composition and trust (L2)."""

from __future__ import annotations

import numpy as np

from analysis.london.living import Change, as_policed, live
from analysis.london.table import boroughs
from sim.survey import ITEMS, agree

INTERVIEWS = 400
YEAR = 52


def hours_and_outcomes(
    *, residents: int, replicates: int, seed: int, workers: int | None, change: Change | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Correlation over boroughs of ward-officer hours with trust and with being informed.

    Each borough lives a year; then 400 people are asked, whose answers carry sampling error.

    Returns:
        (with trust, with informed), one value a replicate.

    Raises:
        NoLondonTable: the table of boroughs is not there.
    """
    rows = [row for row in boroughs() if row.police["hours"] is not None]
    hours = np.array([row.police["hours"] for row in rows], dtype=float)
    trust, informed = np.empty((2, replicates, len(rows)))
    for place, row in enumerate(rows):
        results = live(row, YEAR, residents, replicates, seed, workers, change)
        luck = np.random.default_rng([seed, place])
        says = agree("trust", results.series("trust")[:, -1] / 100.0)
        trust[:, place] = luck.binomial(INTERVIEWS, np.clip(says, 0, 1)) / INTERVIEWS
        knows = results.series("informed")[:, -1] / 100.0
        informed[:, place] = luck.binomial(INTERVIEWS, np.clip(knows, 0, 1)) / INTERVIEWS
    return _correlations(hours, trust), _correlations(hours, informed)


def composition_and_trust(change: Change | None = None) -> tuple[float, float]:
    """Correlation over boroughs of starting trust with share of Black residents and with deprivation.

    Returns:
        (with share Black, with deprivation).

    Raises:
        NoLondonTable: the table of boroughs is not there.
    """
    rows = boroughs()
    trust = []
    for row in rows:
        groups = as_policed(row, change).area.groups.values()
        shares = np.array([group.share for group in groups])
        levels = np.array([group.trust for group in groups]) / 100.0
        trust.append(float(np.dot(shares, agree(ITEMS["trust"], levels)) / shares.sum()))
    black = np.array([row.composition["black"] for row in rows])
    deprived = np.array([row.composition["deprived"] for row in rows])
    return float(np.corrcoef(trust, black)[0, 1]), float(np.corrcoef(trust, deprived)[0, 1])


def _correlations(hours: np.ndarray, found: np.ndarray) -> np.ndarray:
    return np.array([np.corrcoef(hours, one)[0, 1] for one in found])
