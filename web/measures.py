"""Differences and bands taken from results, with what they mean for the people concerned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.headline import NO_CLEAR_CHANGE, direction
from sim.indicators.table import INDICATORS
from sim.results import interval
from web.words import decimals_for, known, number

BETTER, WORSE, UNCLEAR, CHANGED, SAME, MISSING = (
    "better",
    "worse",
    "unclear",
    "changed",
    "same",
    "missing",
)
VERDICT_WORDS = {
    BETTER: "better",
    WORSE: "worse",
    CHANGED: "changed",
    UNCLEAR: "no clear change",
    SAME: "exactly the same",
    MISSING: "not measured",
}
TOO_FEW = 30
"""Simulated residents below which a public is read with care."""
SLIGHT = {
    "points": 0.5,
    "%": 0.5,
    "ratio": 0.05,
    "concentration index": 0.02,
    "per 1,000 people a year": 0.5,
}
"""Differences below which a clear change is slight: clear to a computer, hardly to others."""


@dataclass(frozen=True)
class Measured:
    """One difference, other less base, at the end.

    Args:
        indicator, public: what was measured, and for whom.
        difference, low, high: in the unit of the indicator, with the 95 % interval of the pairs.
        base, other: means at the end.
    """

    indicator: str
    public: str
    difference: float
    low: float
    high: float
    base: float
    other: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves zero."""
        return direction(self.low, self.high) != NO_CLEAR_CHANGE

    @property
    def slight(self) -> bool:
        """Whether the change, clear as it may be, is too small to matter much."""
        return abs(self.difference) < SLIGHT.get(INDICATORS[self.indicator].unit, 0.0)

    @property
    def decimals(self) -> int:
        """How many decimals show it: one more where rounding would hide a clear change, or leave
        one number of the interval's two ends.
        """
        usual = decimals_for(INDICATORS[self.indicator].unit)
        least = min(abs(self.difference), abs(self.low), abs(self.high))
        one, more = (
            number(self.low, decimals) == number(self.high, decimals)
            for decimals in (usual, usual + 1)
        )
        return usual + ((one and not more) or (self.clear and least < 10**-usual))

    @property
    def verdict(self) -> str:
        """Better, worse, changed (neither good nor bad), unclear, same or missing."""
        better = INDICATORS[self.indicator].better
        return verdict_of(self.difference, self.low, self.high, better)


def verdict_of(difference: float, low: float, high: float, better: str) -> str:
    """What a difference with its interval means, where `better` is higher, lower or neither."""
    if not known(difference):
        return MISSING
    if difference == low == high == 0:
        return SAME
    if direction(low, high) == NO_CLEAR_CHANGE:
        return UNCLEAR
    if better == "neither":
        return CHANGED
    return BETTER if (difference > 0) == (better == "higher") else WORSE


def measured(comparison: Any, name: str, indicator: str, public: str = "all") -> Measured:
    """One difference at the end, exactly as `parley compare` reports it."""
    found = comparison.difference(name, indicator, public)
    return Measured(
        indicator,
        public,
        float(found.difference),
        float(found.lo),
        float(found.hi),
        end(comparison.base, indicator, public),
        end(comparison.others[name], indicator, public),
    )


def level_unit(entry: Any) -> str:
    """The unit of a level of an indicator, with the range where it is one of points from 0 to 100."""
    whole = entry.unit == "points" and entry.low == 0
    return "points, 0 to 100" if whole else str(entry.unit)


def groups(results: Any) -> list[str]:
    """The publics proper: without everybody, the most affected and the usual suspects."""
    return [key for key in results.publics if key not in ("all", "most-affected", "usual-suspects")]


def exists(results: Any, indicator: str, public: str) -> bool:
    """Whether this measure has any value for this public."""
    return bool(np.isfinite(results.series(indicator, public)).any())


@dataclass(frozen=True)
class Band:
    """A mean by week with its 95 % interval; NaN where there is none."""

    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray


def band(series: np.ndarray) -> Band:
    """Mean and interval over replicates, week by week.

    Args:
        series: [replicate, week].
    """
    return Band(*interval(series))


def delivered(results: Any, public: str) -> np.ndarray:
    """What was delivered, in the points of expectation: [replicate, week]."""
    return results.series("expectation", public) - results.series("expectation_gap", public)


def end(results: Any, indicator: str, public: str) -> float:
    """The mean of a measure at the end."""
    last = results.series(indicator, public)[:, -1]
    last = last[np.isfinite(last)]
    return float(last.mean()) if len(last) else float("nan")
