"""Boroughs lived under the hours and searches first known for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from analysis.london.table import BoroughRow
from sim import Scenario, load, run
from sim.results import Results

Change = Callable[[Scenario], Scenario]


@lru_cache(maxsize=64)
def _loaded(area: str, settings: tuple[str, ...]) -> Scenario:
    scenario = load("baseline", (f'area="{area}"', *settings))
    return replace(scenario, before=replace(scenario.before, policy=scenario.policy))


def as_policed(row: BoroughRow, change: Change | None = None) -> Scenario:
    """Today's practice in a borough with its own hours, abstraction and searches, before week 0 too.

    Args:
        row: the borough.
        change: laid over it, such as another set of assumptions.
    """
    known = {name: value for name, value in row.police.items() if value is not None}
    settings = tuple(f"policy.{name}={value}" for name, value in known.items())
    scenario = _loaded(row.area, settings)
    return scenario if change is None else change(scenario)


def live(
    row: BoroughRow, weeks: int, residents: int, replicates: int, seed: int, workers: int | None,
    change: Change | None = None, snapshots: tuple[int, ...] = (),
) -> Results:  # fmt: skip
    """Live a borough from the end of 2016."""
    return run(
        as_policed(row, change),
        weeks=weeks,
        residents=residents,
        replicates=replicates,
        seed=seed,
        workers=workers,
        snapshots=snapshots,
    )
