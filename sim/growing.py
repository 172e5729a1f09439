"""Room for more weeks: an area may live on after the weeks its books were made for."""

from __future__ import annotations

import numpy as np

from sim import world as w_
from sim.handle import hold
from sim.live import Area
from sim.schedule import schedule

LAST_WEEK = 32_000  # from the founding: residents remember weeks in 16 bits
NOTES_A_WEEK = 64  # room for notes on a followed resident, as at the founding


def room(world: w_.World) -> int:
    """Return the last week on the calendar that the books of an area have room for."""
    return int(world.books.values.shape[0] - 1 - world.clock[1])


def most_weeks(world: w_.World) -> int:
    """Return the last week on the calendar that an area can live to."""
    return int(LAST_WEEK - world.clock[1])


def make_room(area: Area, scenario, weeks: int) -> None:
    """Give an area larger books, and policies and events for the weeks they now hold.

    What was written stays where it is, so that nothing depends on when room was made.

    Args:
        area: the area, in any week.
        scenario: the scenario it lives under.
        weeks: last week on the calendar that is to have room.

    Raises:
        ValueError: for weeks beyond the last that an area can live to.
    """
    world = area.world
    if weeks > most_weeks(world):
        raise ValueError(f"an area lives to week {most_weeks(world):,} at most, not {weeks:,}")
    length = int(world.clock[1]) + weeks + 1
    if length <= world.books.values.shape[0]:
        return
    area.world = world._replace(
        books=_longer_books(world.books, length),
        schedule=schedule(scenario, length - 1, world.schedule.norms),
    )
    area.held = hold(area.world)


def _longer_books(books: w_.Books, length: int) -> w_.Books:
    followed = books.trace_posts.shape[0] == books.values.shape[0]
    longer = {name: _longer(getattr(books, name), length) for name in ("ledger", "counts", "hours")}
    longer["values"] = _longer(books.values, length, empty=np.nan)
    if followed:
        longer["trace_posts"] = _longer(books.trace_posts, length)
        longer["trace_levels"] = _longer(books.trace_levels, length)
        longer["trace_notes"] = _longer(books.trace_notes, NOTES_A_WEEK * length)
    return books._replace(**longer)


def _longer(book: np.ndarray, length: int, empty: float = 0.0) -> np.ndarray:
    """The same book with more pages; what is not written yet holds `empty`."""
    grown = np.full((length, *book.shape[1:]), empty, book.dtype)
    grown[: book.shape[0]] = book
    return grown
