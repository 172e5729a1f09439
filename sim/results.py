"""What a run leaves: indicators and ledger by replicate, week and public, and how to read them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.indicators.table import INDICATORS
from sim.ledger import ATTITUDES, CAUSES

if TYPE_CHECKING:
    from sim.scenario import Scenario

ALL, MOST_AFFECTED, USUAL_SUSPECTS = "all", "most-affected", "usual-suspects"
LEVEL = 0.95
QUARTER = 13
"""Weeks that are added up before all of them are, so that a ledger kept by quarters has the same totals."""
MARKED_LABELS = {ALL: "Everyone", MOST_AFFECTED: "Most affected", USUAL_SUSPECTS: "Usual suspects"}


@lru_cache(maxsize=512)
def _reach(count: int) -> float:
    """Half-width of a 95 % interval of a mean, in standard errors (Student's t)."""
    from scipy.special import stdtrit

    return float(stdtrit(count - 1, 0.5 + LEVEL / 2))


def _added(values: np.ndarray) -> Any:
    """Sums over the first axis, each added up in one order, whatever else the array holds."""
    return np.ascontiguousarray(np.moveaxis(values, 0, -1)).sum(axis=-1)


def _by_quarter(posted: np.ndarray, weeks: int) -> np.ndarray:
    """Points by week, [replicate, week, ...], added up by quarters; unchanged where they are already."""
    if posted.shape[1] != weeks or not weeks:
        return posted
    return np.asarray(np.add.reduceat(posted, np.arange(0, weeks, QUARTER), axis=1))


def interval(values: np.ndarray) -> tuple[Any, Any, Any]:
    """Return mean and 95 % t interval over the first axis, leaving empty (NaN) values out.

    Args:
        values: [replicate, ...].

    Returns:
        Arrays (mean, low, high); NaN where nothing, or for the interval fewer than two values, remain.
    """
    present = ~np.isnan(values)
    count = present.sum(axis=0)
    filled = np.where(present, values, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(count > 0, _added(filled) / count, np.nan)
        spread = np.where(present, values - mean, 0.0)
        error = np.sqrt(_added(spread**2) / (count - 1) / count)
    steps = np.vectorize(lambda n: _reach(int(n)) if n > 1 else np.nan, otypes=[float])(count)
    return mean, mean - steps * error, mean + steps * error


@dataclass(frozen=True)
class Estimate:
    """An indicator at week 0 and at the end (means over replicates), and its change with a 95 % interval."""

    start: float
    end: float
    change: float
    lo: float
    hi: float


@dataclass(frozen=True)
class Difference:
    """Other minus base at the end, over pairs with the same dice, with a 95 % interval."""

    difference: float
    lo: float
    hi: float
    pairs: int
    share_above_zero: float


@dataclass(frozen=True)
class Results:
    """What one scenario left over all its replicates.

    Attributes:
        values: [replicate, week 0..weeks, public, indicator]; NaN where there is no denominator.
        ledger: [replicate, week 1..weeks, public, attitude, cause] in points, mean per resident.
        hours: [replicate, week 1..weeks, account], officer-hours of the sample, see `sim.world.HOURS_BOOKED`.
        snapshots: columns of residents at the weeks asked for, or None.
    """

    scenario: Scenario
    seed: int
    weeks: int
    residents: int
    replicates: int
    elapsed_s: float
    publics: tuple[str, ...]
    labels: dict[str, str]
    sizes: dict[str, float]
    indicators: tuple[str, ...]
    values: np.ndarray
    ledger: np.ndarray
    hours: np.ndarray
    snapshots: dict[str, Any] | None = field(default=None)

    def place(self, indicator: str, public: str = ALL) -> tuple[int, int]:
        """Return the places of a public and an indicator in `values`; KeyError names what is unknown."""
        if indicator not in INDICATORS:
            raise KeyError(f"no indicator is called {indicator!r}")
        if public not in self.publics:
            raise KeyError(f"no public is called {public!r}")
        return self.publics.index(public), self.indicators.index(indicator)

    def series(self, indicator: str, public: str = ALL) -> np.ndarray:
        """Return one indicator of one public, [replicate, week]."""
        q, k = self.place(indicator, public)
        return self.values[:, :, q, k]

    def estimate(self, indicator: str, public: str = ALL) -> Estimate:
        """Return start, end and change of an indicator, the change with its 95 % interval."""
        series = self.series(indicator, public)
        ends = series[:, [0, -1]]
        mean, _, _ = interval(ends)
        change, low, high = interval(ends[:, 1] - ends[:, 0])
        return Estimate(float(mean[0]), float(mean[1]), float(change), float(low), float(high))

    def ledger_total(self, attitude: str, public: str = ALL) -> dict[str, float]:
        """Return points by cause over all weeks (mean over replicates), and their total."""
        q, k = self.publics.index(public), ATTITUDES.index(attitude)
        points = _added(self.posted(q, k)) / self.replicates
        return dict(zip(CAUSES, points.tolist(), strict=True)) | {"total": float(points.sum())}

    def posted(self, public: Any, attitude: Any) -> np.ndarray:
        """Return points by cause over all weeks, [replicate, ..., cause], in one order of adding.

        Args:
            public, attitude: what their axes of the ledger are indexed by.
        """
        points = _by_quarter(self.ledger[:, :, public, attitude], self.weeks)
        return np.asarray(_added(np.moveaxis(points, 1, 0)))

    def by_quarter(self) -> Results:
        """Return the same with the ledger by quarters of a year: a third of the memory, the same totals."""
        return replace(self, ledger=_by_quarter(self.ledger, self.weeks))

    def first(self, count: int) -> Results:
        """Return the first so many replicates, without snapshots."""
        return replace(
            self, replicates=count, snapshots=None,
            values=self.values[:count], ledger=self.ledger[:count], hours=self.hours[:count],
        )  # fmt: skip

    def and_more(self, more: Results) -> Results:
        """Return these replicates and then those of a run that followed on them, without snapshots."""
        both, ours, theirs = self.replicates + more.replicates, self.replicates, more.replicates
        sizes = {
            public: (ours * size + theirs * more.sizes[public]) / both
            for public, size in self.sizes.items()
        }
        return replace(
            self, replicates=both, elapsed_s=self.elapsed_s + more.elapsed_s, sizes=sizes, snapshots=None,
            values=np.concatenate([self.values, more.values]),
            ledger=np.concatenate([self.ledger, more.ledger]),
            hours=np.concatenate([self.hours, more.hours]),
        )  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """A base scenario and others, pair by pair with the same dice."""

    base: Results
    others: dict[str, Results]

    @property
    def elapsed_s(self) -> float:
        """Return seconds for all scenarios together."""
        return self.base.elapsed_s

    def pairs(self, name: str, indicator: str, public: str = ALL) -> np.ndarray:
        """Return other minus base, [replicate, week]; a public that one of them lacks is empty."""
        other = self.others[name]
        if public not in other.publics or public not in self.base.publics:
            return np.full(self.base.values.shape[:2], np.nan)
        return other.series(indicator, public) - self.base.series(indicator, public)

    def difference(self, name: str, indicator: str, public: str = ALL) -> Difference:
        """Return the paired difference at the end with its 95 % interval."""
        end = self.pairs(name, indicator, public)[:, -1]
        mean, low, high = interval(end)
        present = end[~np.isnan(end)]
        above = float((present > 0).mean()) if present.size else float("nan")
        return Difference(float(mean), float(low), float(high), int(present.size), above)

    def difference_series(
        self, name: str, indicator: str, public: str = ALL
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return mean and 95 % interval of the paired difference, by week."""
        return interval(self.pairs(name, indicator, public))

    def ledger_difference(self, name: str, attitude: str, public: str = ALL) -> dict[str, float]:
        """Return points by cause, other minus base, and their total."""
        other = self.others[name].ledger_total(attitude, public)
        base = self.base.ledger_total(attitude, public)
        return {cause: other[cause] - base[cause] for cause in other}
