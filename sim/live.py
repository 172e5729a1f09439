"""The week in order, and living through many of them.

`WEEK` is the order of the week as a reader would list it; `advance` is the same list, compiled.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim import world as w_
from sim.core.jit import rule
from sim.handle import hold
from sim.indicators.table import INDICATORS
from sim.population import call_hours, found
from sim.week.agenda import agenda, expect_incidents, solve
from sim.week.contact import contact
from sim.week.encounters import encounters
from sim.week.events import dated_events
from sim.week.feedback import feedback
from sim.week.people_change import mean_openness, people_change, set_cooperation
from sim.week.plan import plan
from sim.week.reach import reach
from sim.week.record import record
from sim.week.settling import settle
from sim.week.turning import (
    ANCHOR_EVERY,
    anchor,
    count_people,
    mark,
    search_hazards,
    sum_levels,
)

WEEK = (
    ("what is dated for this week happens", dated_events),
    ("1 plan: hours are divided", plan),
    ("2 reach: who is met through both doors", reach),
    ("3 contact: meetings, concerns, promises", contact),
    ("4 agenda: what is heard and assessed, whom it blames", agenda),
    ("5 problem solving: disorder and service", solve),
    ("6 feedback: concerns answered, acted on, lapsed", feedback),
    ("7 encounters: incidents, calls, stops", encounters),
    ("8 and 9 talk, lines, settling", settle),
    ("10 officers and associations change", people_change),
    ("11 record: indicators", record),
)


@rule
def week(w, t):
    """Live one week, counted from the founding."""
    dated_events(w, t)
    plan(w, t)
    reach(w, t)
    contact(w, t)
    agenda(w, t)
    solve(w, t)
    feedback(w, t)
    encounters(w, t)
    settle(w, t)
    people_change(w, t)
    record(w, t)
    w.clock[0] = t


@rule
def advance(w, first, last):
    """Live the weeks from first to last, both included, counted from the founding."""
    for t in range(first, last + 1):
        week(w, t)


class Area:
    """An area in one replicate: its columns (`world`) and the reference compiled code holds (`held`)."""

    __slots__ = ("held", "world")

    def __init__(self, world: w_.World) -> None:
        self.world = world
        self.held = hold(world)

    @property
    def week(self) -> int:
        """Week on the calendar: 0 at the end of the warm-up."""
        return int(self.world.clock[0] - self.world.clock[1])

    def copy(self) -> Area:
        """Return the same area with columns of its own (tables that never change are shared)."""
        return Area(_copied(self.world))

    def folded(self) -> Area:
        """Return a copy without the room of its books for weeks to come: half the size at week 0."""
        now = int(self.world.clock[0])
        return Area(_copied(self.world, lambda _, array: array[: now + 1].copy()))

    def unfolded(self, rows: int) -> Area:
        """Return a copy whose books have so many rows again, one for each week and one for the founding."""

        def with_room(book: str, array: np.ndarray) -> np.ndarray:
            roomy = np.full((rows, *array.shape[1:]), BY_WEEK[book], array.dtype)
            roomy[: len(array)] = array
            return roomy

        return Area(_copied(self.world, with_room))

    def bytes(self) -> int:
        """Return the size of all columns and books."""
        return sum(array.nbytes for array in _arrays(self.world))

    def replace_schedule(self, schedule: w_.Schedule) -> None:
        """Put other policies and events in force from now on."""
        self.world = self.world._replace(schedule=schedule)
        self.held = hold(self.world)

    def _with_books(self, **arrays: np.ndarray) -> None:
        self.world = self.world._replace(books=self.world.books._replace(**arrays))
        self.held = hold(self.world)

    def make_room_for_early(self) -> None:
        """See to it that whatever two weeks can count finds room until people are marked."""
        books, people = self.world.books, self.world.residents.key.size
        used = int(books.early_used[0])
        if books.early_row.size - used < people + 1000:
            size = used + 3 * people // 2 + 1000
            self._with_books(
                **{name: np.resize(getattr(books, name), size) if used else np.zeros(size, getattr(books, name).dtype)
                   for name in EARLY}
            )  # fmt: skip

    def forget_early(self) -> None:
        """Give back the room of what was counted before people were marked."""
        self._with_books(**{name: getattr(self.world.books, name)[:0].copy() for name in EARLY})
        self.world.books.early_used[0] = 0

    def live(self, weeks: int) -> None:
        """Live some weeks more; ValueError where the books have no room for them."""
        now = int(self.world.clock[0])
        room = self.world.books.values.shape[0] - 1 - now
        if weeks > room:
            raise ValueError(f"these books have room for {room} more weeks, not for {weeks}")
        advance(self.held, now + 1, now + weeks)

    def search_hazards(self) -> np.ndarray:
        """Return searches expected of each resident in a year, at this week's rate, [N]."""
        shares = np.empty(self.world.residents.key.size)
        search_hazards(self.held, int(self.world.clock[0]), shares)
        planned = float(self.world.police.state[w_.SEARCHES_PLANNED])
        return shares * (52.0 * planned / max(1e-12, float(shares.sum())))


BY_WEEK = {"ledger": 0.0, "counts": 0.0, "hours": 0.0, "values": np.nan}
"""Books with a row for each week, and what stands in a week that nobody lived yet."""
EARLY = ("early_row", "early_week", "early_what", "early_weight")
EARLY_WEEKS = 2  # weeks lived between two looks at whether there is room
_ONLY_LIVED = [
    list(INDICATORS).index(name)
    for name in ("visibility", "stops", "incidents", "repeat_stops", "stop_ratio", "marginalisation", "agenda_capture",
                 "accessibility", "familiarity")
]  # fmt: skip
_SHARED = {"ties", "schedule"}  # never written after the founding


def _arrays(world: w_.World):
    for part in world:
        yield from part if isinstance(part, tuple) else (part,)


def _copied(
    world: w_.World,
    by_week: Callable[[str, np.ndarray], np.ndarray] = lambda _, array: array.copy(),
) -> w_.World:
    """A world with arrays of its own; what the books hold week by week is copied by `by_week`."""
    parts = {}
    for name, part in world._asdict().items():
        if name in _SHARED:
            parts[name] = part
        elif name == "books":
            parts[name] = w_.Books(
                **{
                    book: by_week(book, array) if book in BY_WEEK else array.copy()
                    for book, array in part._asdict().items()
                }
            )
        elif isinstance(part, tuple):
            parts[name] = type(part)(*(array.copy() for array in part))
        else:
            parts[name] = part.copy()
    return w_.World(**parts)


def begin(scenario, seed: np.uint64, residents: int, weeks: int, *, traced: bool = False) -> Area:
    """Found an area and live through its warm-up; returns it at week 0 with week 0 recorded.

    Args:
        scenario: a complete scenario; the warm-up is lived under `scenario.before`.
        seed: 64-bit seed of the replicate.
        residents: number of residents.
        weeks: weeks to be lived after week 0.
        traced: whether books have room to follow one resident.
    """
    area = Area(found(scenario, seed, residents, weeks, traced=traced))
    prepare(area)
    warm_up(area)
    turn(area, scenario)
    return area


def prepare(area: Area) -> None:
    """Set what the first week reads: sums, expected incidents, openness."""
    count_people(area.held)
    sum_levels(area.held)
    expect_incidents(area.held)
    area.world.police.state[w_.MEAN_OPENNESS] = mean_openness(area.held)


def warm_up(area: Area, stop: Callable[[], None] | None = None) -> None:
    """Live through the warm-up, anchoring levels every year so that week 0 finds what the survey found.

    Args:
        stop: called between stretches; raises to give up.
    """
    warm = int(area.world.clock[1])
    last = 0
    for turn_of_year in range(warm % ANCHOR_EVERY or ANCHOR_EVERY, warm, ANCHOR_EVERY):
        advance(area.held, last + 1, turn_of_year)
        anchor(area.held, turn_of_year)
        last = turn_of_year
        if stop is not None:
            stop()
    for now in range(last + 1, warm, EARLY_WEEKS):
        area.make_room_for_early()
        advance(area.held, now, min(now + EARLY_WEEKS, warm) - 1)
        if stop is not None:
            stop()
    mark(area.world, area.held, max(0, warm - 1))
    area.forget_early()
    if warm > 0:
        advance(area.held, warm, warm)
        anchor(area.held, warm)


def turn(area: Area, scenario) -> None:
    """Week 0: the scenario's own police and partners take over, personal counts begin, week 0 is recorded."""
    own, before, state, a = scenario.area, scenario.before, area.world.police.state, area.world.a[0]
    officers = area.world.officers
    for column, old, new in (
        (officers.openness, before.police.openness, own.police.openness),
        (officers.skill, before.police.skill, own.police.skill),
    ):
        if new != old:
            column[:] = np.clip(column + (new - old), 0.02, 0.98)
    state[w_.OPENNESS], state[w_.INTERNAL_FAIRNESS] = (
        own.police.openness,
        own.police.internal_fairness,
    )
    state[w_.SKILL], state[w_.PARTNER_CAPACITY] = own.police.skill, own.partners.capacity
    residents = area.world.residents.key.size
    response_week = a.officer_week * a.response_part
    state[w_.OFFICER_HOURS] = own.police.officers_per_1000 * residents / 1000.0 * response_week
    state[w_.CALL_HOURS] = call_hours(
        own, before, own.police.demand_hours, a.report_base, response_week
    )
    state[w_.MEAN_OPENNESS] = mean_openness(area.held)
    area.world.residents.counts[:] = 0
    sum_levels(area.held)
    set_cooperation(area.held, a)
    record(area.held, int(area.world.clock[1]))
    if area.world.clock[1] == 0:  # no week was lived: what weeks alone can show is empty
        area.world.books.values[0][:, _ONLY_LIVED] = np.nan


def follow(area: Area, row: int) -> None:
    """Follow one resident from now on (the books must have been made with `traced`)."""
    books = area.world.books
    books.traced[0] = row
    books.trace_levels[int(area.world.clock[0])] = area.world.residents.total[:, row]


def row_of(world: w_.World, public: int, ordinal: int) -> int:
    """Return the row of a resident, -1 if there is none."""
    r = world.residents
    rows = np.flatnonzero((r.public == public) & (r.ordinal == ordinal))
    return int(rows[0]) if rows.size else -1
