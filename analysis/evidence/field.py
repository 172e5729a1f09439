"""What a study sees of the model: arms that live with the same dice, and people in them week by week."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from analysis.evidence.patterns import Arm, Pattern
from analysis.evidence.survey import People
from sim import Scenario, compare, load
from sim.results import ALL, Results

Change = Callable[[Scenario], Scenario]


@dataclass(frozen=True)
class Effort:
    """How much is spent on a run of the evidence.

    Attributes:
        residents, replicates: of every study; None for what its file asks for.
        seed: which dice.
        workers: threads, None for all cores.
    """

    residents: int | None = None
    replicates: int | None = None
    seed: int = 1
    workers: int | None = None


@dataclass(frozen=True)
class Field:
    """The arms of one study, lived.

    Attributes:
        pattern: the study.
        results: what each arm left, by name.
        seed: of the dice; the survey's luck goes with it.
    """

    pattern: Pattern
    results: Mapping[str, Results]
    seed: int

    @property
    def arms(self) -> list[str]:
        """Names of the arms, in the order of the file."""
        return list(self.results)

    @property
    def replicates(self) -> int:
        """How often every arm was lived."""
        return next(iter(self.results.values())).replicates

    def scenario(self, arm: str) -> Scenario:
        """The scenario of an arm, with all its numbers."""
        return self.results[arm].scenario

    def people(self, arm: str, week: int, replicate: int) -> People:
        """Everybody in an arm in one week; rows are the same people in every arm and week."""
        pictures = self.results[arm].snapshots
        if pictures is None:
            raise ValueError(f"{self.pattern.id}: no week of {arm} was kept")
        rows = np.flatnonzero((pictures["week"] == week) & (pictures["replicate"] == replicate))
        if rows.size == 0:
            raise ValueError(f"{self.pattern.id}: week {week} of {arm} was not kept")
        first, last = int(rows[0]), int(rows[-1]) + 1
        return {name: column[first:last] for name, column in pictures.items()}

    def series(self, arm: str, indicator: str, public: str = ALL) -> np.ndarray:
        """An indicator over the weeks, [replicate, week]."""
        return self.results[arm].series(indicator, public)

    def luck(self, replicate: int, purpose: str) -> np.random.Generator:
        """The survey's own luck, the same whenever it is asked for."""
        words = [zlib.crc32(text.encode()) for text in (self.pattern.id, purpose)]
        return np.random.default_rng([self.seed, replicate, *words])


@lru_cache(maxsize=128)
def _loaded(name: str, settings: tuple[str, ...]) -> Scenario:
    return load(name, settings)


def scenario_of(arm: Arm, change: Change | None = None) -> Scenario:
    """The scenario of an arm.

    Args:
        arm: as the pattern's file has it.
        change: laid over it, such as another set of assumptions; what the arm itself sets stays.
    """
    scenario = _loaded(arm.scenario, arm.settings)
    if change is None:
        return scenario
    changed = change(scenario)
    own = {
        text.split("=", 1)[0].removeprefix("assumptions."): text
        for text in arm.settings
        if text.startswith("assumptions.")
    }
    kept = {name: scenario.assumptions[name] for name in own}
    return replace(changed, assumptions={**changed.assumptions, **kept}) if kept else changed


def go_out(
    patterns: Sequence[Pattern], effort: Effort, change: Change | None = None
) -> dict[str, Field]:
    """Live the arms of several studies that are of one size, each arm once.

    Args:
        patterns: studies with the same weeks, residents and replicates.
        effort: how much is spent.
        change: laid over every arm.

    Returns:
        A field for each pattern, by id.
    """
    first = patterns[0]
    scenarios: dict[tuple[str, tuple[str, ...]], Scenario] = {}
    for pattern in patterns:
        for arm in pattern.arms.values():
            key = (arm.scenario, arm.settings)
            if key not in scenarios:
                scenarios[key] = scenario_of(arm, change)
    keys = list(scenarios)
    named = [replace(scenarios[key], key=f"arm-{place}") for place, key in enumerate(keys)]
    lived = compare(
        named[0],
        named[1:],
        weeks=first.weeks,
        residents=effort.residents or first.residents,
        replicates=effort.replicates or first.replicates,
        seed=effort.seed,
        workers=effort.workers,
        snapshots=sorted({week for pattern in patterns for week in pattern.snapshots}),
    )
    everyone = {named[0].key: lived.base, **lived.others}
    return {
        pattern.id: Field(
            pattern,
            {
                name: everyone[f"arm-{keys.index((arm.scenario, arm.settings))}"]
                for name, arm in pattern.arms.items()
            },
            effort.seed,
        )
        for pattern in patterns
    }


def together(patterns: Sequence[Pattern]) -> list[list[Pattern]]:
    """Patterns in groups that can share their runs: of one size, arms over one area."""
    groups: dict[tuple, list[Pattern]] = {}
    for pattern in patterns:
        area = tuple(
            text for text in next(iter(pattern.arms.values())).settings if text.startswith("area")
        )
        size = (pattern.weeks, pattern.residents, pattern.replicates, area)
        groups.setdefault(size, []).append(pattern)
    return list(groups.values())
