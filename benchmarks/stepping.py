"""What stepping through Mesa costs: `EngagementModel.step` against weeks in one compiled call."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks import engine
from benchmarks.row import Row, three_digits
from benchmarks.sizes import Sizes
from benchmarks.timing import best, in_turns
from sim import EngagementModel

RESIDENTS = 3000
WEEKS = 20


def rows(sizes: Sizes) -> list[Row]:
    """One row without a target: microseconds that a step costs beyond its week."""
    residents = min(RESIDENTS, sizes.against)
    model = EngagementModel(
        "baseline",
        residents,
        weeks=WEEKS * (sizes.times + 2),
        settings=f"area.warmup_weeks={engine.WARM}",
    )
    works = {"steps": _steps(model), "weeks": engine.stretch(engine.settled(residents), WEEKS)}
    for work in works.values():
        best(work, 1)
    week = {name: 1e6 * spent / WEEKS for name, spent in in_turns(works, sizes.times).items()}
    what = f"Mesa's `step` beyond its week, {residents:,} residents"
    return [
        Row(
            what, week["steps"] - week["weeks"], " µs",
            detail=f"a step {three_digits(week['steps'])} µs, data collected; "
            f"a week {three_digits(week['weeks'])} µs",
            figures={f"{name}_us": spent for name, spent in week.items()},
        )
    ]  # fmt: skip


def _steps(model: EngagementModel) -> Callable[[], None]:
    def steps() -> None:
        for _ in range(WEEKS):
            model.step()

    return steps
