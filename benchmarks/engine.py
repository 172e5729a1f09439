"""The engine as it is timed: areas that have lived a while, and stretches of weeks."""

from __future__ import annotations

from collections.abc import Callable

from sim import live, load
from sim.core import dice

WARM = 13  # weeks lived before anything is timed: concerns wait 12 weeks, so all kinds are about
STRETCH = 500_000  # resident-weeks lived in one turn
MOST_WEEKS = 100
ROOM = 2000  # weeks the books have room for


def settled(residents: int, warm: int = WARM, room: int = ROOM) -> live.Area:
    """An area of the baseline at week 0, after a short warm-up, with room for some weeks."""
    scenario = load("baseline", (f"area.warmup_weeks={warm}",))
    return live.begin(scenario, dice.replicate_seed(1, 0), residents, room)


def weeks_in_a_turn(residents: int) -> int:
    """How many weeks one turn of this size lives."""
    return max(2, min(MOST_WEEKS, STRETCH // residents))


def stretch(area: live.Area, weeks: int) -> Callable[[], None]:
    """Work that lives the next weeks of an area in one compiled call, each time it is called."""

    def some_weeks() -> None:
        now = int(area.world.clock[0])
        live.advance(area.held, now + 1, now + weeks)

    return some_weeks
