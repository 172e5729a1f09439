"""A small stand-in for the engine: the same names and shapes, made-up numbers, no compiler.

It serves the tests of page logic, which need results of known size and not results that are true.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

import sim
from sim.indicators.table import INDICATORS
from sim.ledger import ATTITUDES, CAUSES
from sim.scenario import load, shipped

class Cancelled(Exception):
    """A run that was stopped."""

    def __init__(self, finished: Any = None) -> None:
        super().__init__("cancelled")
        self.finished = finished


@dataclass
class Results:
    """What one scenario left."""

    scenario: Any
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

    def series(self, indicator: str, public: str = "all") -> np.ndarray:
        """One indicator of one public, by replicate and week."""
        return self.values[:, :, self.publics.index(public), self.indicators.index(indicator)]

    def ledger_total(self, attitude: str, public: str = "all") -> dict[str, float]:
        """Points by cause over the whole run."""
        at = self.ledger[:, :, self.publics.index(public), ATTITUDES.index(attitude)]
        points = at.sum(axis=1).mean(axis=0)
        return dict(zip(CAUSES, points.tolist(), strict=True)) | {"total": float(points.sum())}


@dataclass
class Comparison:
    """A base and others, pair by pair."""

    base: Results
    others: dict[str, Results]

    def _pairs(self, name: str, indicator: str, public: str) -> np.ndarray:
        return self.others[name].series(indicator, public) - self.base.series(indicator, public)

    def difference(self, name: str, indicator: str, public: str = "all") -> SimpleNamespace:
        """The difference at the end with its interval."""
        mean, low, high = self.difference_series(name, indicator, public)
        end = self._pairs(name, indicator, public)[:, -1]
        return SimpleNamespace(
            difference=mean[-1],
            lo=low[-1],
            hi=high[-1],
            pairs=len(end),
            share_above_zero=float((end > 0).mean()),
        )

    def difference_series(self, name: str, indicator: str, public: str = "all") -> tuple:
        """The difference by week with its interval."""
        pairs = self._pairs(name, indicator, public)
        mean = pairs.mean(axis=0)
        reach = 2.1 * pairs.std(axis=0, ddof=1) / np.sqrt(len(pairs))
        return mean, mean - reach, mean + reach

    def ledger_difference(self, name: str, attitude: str, public: str = "all") -> dict[str, float]:
        """Points by cause, other minus base."""
        other = self.others[name].ledger_total(attitude, public)
        base = self.base.ledger_total(attitude, public)
        return {cause: other[cause] - base[cause] for cause in other}


START = {"trust": 58, "confidence": 60, "legitimacy": 63, "expectation": 66, "expectation_gap": 22}
START |= {"marginalisation": 2.4, "repeat_stops": 18, "reach_by_need": -0.08, "reach": 20}
START |= {"stops": 12, "trust_gap": 8, "hardening": 30}


def _push(scenario: Any) -> dict[str, float]:
    policy = scenario.policy
    heard = policy.feedback - 0.3 + (0.2 if policy.reach_name == "most-affected" else 0.0)
    return {
        "trust": 6 * heard,
        "confidence": 5 * heard,
        "legitimacy": 2 * heard,
        "expectation": 10 * (policy.promise - 0.5),
        "expectation_gap": -6 * heard + 12 * (policy.promise - 0.5),
        "marginalisation": 1.2 * (policy.lay_weight - 0.4) - 0.3 * heard,
        "repeat_stops": 6 * (policy.lay_weight - 0.4) - 2 * heard,
        "reach_by_need": 0.3 * heard,
        "reach": 10 * heard,
        "stops": 2 * (policy.lay_weight - 0.4) - heard,
    }


def run(
    scenario: Any,
    *,
    weeks: int = 156,
    residents: int = 3000,
    replicates: int = 20,
    seed: int = 1,
    workers: int | None = None,
    progress: Any = None,
    cancel: Any = None,
    snapshots: tuple[int, ...] = (),
    pause: float = 0.01,
) -> Results:
    """Made-up results that follow the levers and obey the dice."""
    publics = ("all", *scenario.area.groups, "most-affected", "usual-suspects")
    values = np.full((replicates, weeks + 1, len(publics), len(INDICATORS)), np.nan)
    push, time_axis = _push(scenario), np.linspace(0, 1, weeks + 1)
    for replicate in range(replicates):
        if cancel is not None and cancel.is_set():
            raise Cancelled()
        dice = np.random.default_rng([seed, replicate])
        for column, name in enumerate(INDICATORS):
            entry = INDICATORS[name]
            for row, public in enumerate(publics):
                noise = dice.normal(0, 0.02, weeks + 1).cumsum()
                lean = {"social-renters": -0.4, "young": -1.2, "most-affected": -0.3}.get(public, 0.3)
                if row and not entry.by_public:
                    continue
                start = START.get(name, 40.0)
                shift = push.get(name, 0.0) * (1 + lean) * (1 - np.exp(-2.5 * time_axis))
                scale = 0.02 * start if start else 0.1
                wobble = scale * (noise - noise[0]) * (1 + 0.3 * dice.normal() * abs(push.get(name, 0)))
                values[replicate, :, row, column] = start * (1 + 0.2 * lean) + wobble + shift
        time.sleep(pause)
        if progress is not None:
            progress(replicate + 1, replicates)
    ledger = np.zeros((replicates, weeks, len(publics), len(ATTITUDES), len(CAUSES)))
    for index, attitude in enumerate(ATTITUDES):
        change = np.diff(values[:, :, :, list(INDICATORS).index(attitude)], axis=1)
        shares = np.linspace(1.5, -0.5, len(CAUSES)) / np.linspace(1.5, -0.5, len(CAUSES)).sum()
        ledger[:, :, :, index, :] = change[..., None] * shares
    labels = {key: group.label for key, group in scenario.area.groups.items()}
    labels |= {
        "all": "All residents",
        "most-affected": "Most affected",
        "usual-suspects": "Usual suspects",
    }
    sizes = {"all": residents, "most-affected": residents / 4, "usual-suspects": residents / 10}
    sizes |= {key: residents * group.share for key, group in scenario.area.groups.items()}
    return Results(
        scenario,
        seed,
        weeks,
        residents,
        replicates,
        0.1,
        publics,
        labels,
        sizes,
        tuple(INDICATORS),
        values,
        ledger,
    )


def compare(base: Any, others: list[Any], **options: Any) -> Comparison:
    """A base against others with the same dice."""
    return Comparison(
        run(base, **options), {each.key: run(each, **options) for each in others}
    )


def install() -> None:
    """Put the stand-in where pages look for the engine."""
    for name in ("run", "compare", "Results", "Comparison", "Cancelled"):
        setattr(sim, name, globals()[name])
    sim.load, sim.shipped = load, shipped
