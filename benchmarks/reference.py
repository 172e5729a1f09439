"""The engine against the reference model: the same weeks of the same area, on one core."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from benchmarks.row import Row, missing, three_digits
from benchmarks.sizes import Sizes
from benchmarks.timing import best, seconds
from sim import live, load
from sim.core import dice

REACH = 150
WARM = 1
COPIES = 5


def reference_model() -> type | None:
    """The reference model's class, or None where this copy of the project has none."""
    try:
        return import_module("tests.reference.model").ReferenceModel
    except ModuleNotFoundError as fault:
        if fault.name and fault.name.startswith("tests"):
            return None
        raise


def engine_seconds(scenario, residents: int, weeks: int, times: int) -> float:
    """The engine's best time for the first weeks after week 0, each time on an area of its own."""
    area = live.begin(scenario, dice.replicate_seed(1, 0), residents, weeks)
    copies = [area.copy() for _ in range(COPIES * times)]
    return min(seconds(_weeks(copy, weeks)) for copy in copies)


def _weeks(area: live.Area, weeks: int) -> Callable[[], None]:
    return lambda: area.live(weeks)


def rows(sizes: Sizes) -> list[Row]:
    """One row: all rules, ledger and indicators on, in both."""
    residents, weeks = sizes.against, sizes.weeks_of_reference
    what = f"engine against the reference model, {residents:,} residents, one core"
    found = reference_model()
    if found is None:
        return [missing(what, "no tests/reference/model.py in this copy", at_least=REACH)]
    scenario = load("baseline", (f"area.warmup_weeks={WARM}",))
    model = found(scenario, residents=residents, rng=1, replicate=0)
    model.step()
    slow = best(model.step, weeks)
    fast = engine_seconds(scenario, residents, weeks, sizes.times) / weeks
    slow_ns, fast_ns = 1e9 * slow / residents, 1e9 * fast / residents
    return [
        Row(
            what, slow / fast, at_least=REACH,
            detail=f"{three_digits(slow_ns)} against {three_digits(fast_ns)} ns per resident-week",
            figures={"reference_ns": slow_ns, "engine_ns": fast_ns},
        )
    ]  # fmt: skip
