"""The engine at several sizes: against the limit, against itself, and founding against weeks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import engine, limit
from benchmarks.row import Row, three_digits
from benchmarks.sizes import Sizes
from benchmarks.timing import best, in_turns
from sim import live, load
from sim.core import dice

WEEKS_FOR_FOUNDING = 15


@dataclass(frozen=True)
class Cost:
    """Nanoseconds per resident and week: of the engine, and of the limit."""

    engine: float
    limit: float


def cost(residents: int, times: int) -> Cost:
    """Time the engine and the limit in turns, on the same area."""
    area = engine.settled(residents)
    weeks = engine.weeks_in_a_turn(residents)
    works = {"engine": engine.stretch(area, weeks), "limit": limit.touch(area, weeks)}
    best(works["engine"], 1)
    taken = in_turns(works, times)
    return Cost(**{name: 1e9 * spent / weeks / residents for name, spent in taken.items()})


def founding(residents: int) -> Callable[[], None]:
    """Work that founds an area, ties included, ready for its first week."""
    scenario = load("baseline")
    seed = dice.replicate_seed(1, 0)

    def found() -> None:
        live.prepare(live.Area(live.found(scenario, seed, residents, 156)))

    return found


def rows(sizes: Sizes) -> list[Row]:
    """Engine against limit at each size, growth of the cost with size, founding."""
    costs = {residents: cost(residents, sizes.times) for residents in sizes.residents}
    return [
        *(_against_limit(residents, each) for residents, each in costs.items()),
        _growth(costs),
        *(_founding(residents, costs[residents], sizes.times) for residents in sizes.founded),
    ]


def _against_limit(residents: int, each: Cost) -> Row:
    return Row(
        f"engine against the limit, {residents:,} residents", each.engine / each.limit, at_most=5,
        detail=f"{three_digits(each.engine)} ns per resident-week; "
        f"limit {three_digits(each.limit)} ns",
        figures={"engine_ns": each.engine, "limit_ns": each.limit},
    )  # fmt: skip


def _growth(costs: dict[int, Cost]) -> Row:
    small, large = min(costs), max(costs)
    detail = "; ".join(
        f"{residents:,}: {three_digits(each.engine)} ns" for residents, each in costs.items()
    )
    return Row(
        f"cost per resident-week, {small:,} → {large:,} residents",
        costs[large].engine / costs[small].engine, at_most=2, detail=detail,
    )  # fmt: skip


def _founding(residents: int, each: Cost, times: int) -> Row:
    spent = best(founding(residents), max(1, min(3, times)))
    week = each.engine * residents / 1e9
    return Row(
        f"founding an area, ties included, {residents:,} residents", spent / week, " weeks",
        at_most=WEEKS_FOR_FOUNDING,
        detail=f"{three_digits(spent)} s; a week {three_digits(week)} s; "
        f"{three_digits(1e9 * spent / residents)} ns per resident",
        figures={"founding_s": spent, "week_s": week},
    )  # fmt: skip
