"""Every resident as they stand in one week, as columns."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim import world as w_
from sim.agents import columns as col
from sim.scenario.area_fields import AGES, ETHNICS, TENURES

_POINTS = ("trust", "confidence", "legitimacy", "expectation")


def resident_keys(world: w_.World, names: list[str]) -> np.ndarray:
    """Return the key of each resident, as files and commands name them: public and ordinal."""
    r = world.residents
    return np.array(
        [f"{names[p]}-{n}" for p, n in zip(r.public.tolist(), r.ordinal.tolist(), strict=True)]
    )


def _ties(world: w_.World) -> dict[str, np.ndarray]:
    """Number of ties of each resident, of those to other publics, and of those to other ethnic groups."""
    r, start = world.residents, world.ties.start
    degree = np.diff(start)
    one = np.repeat(np.arange(degree.size), degree)
    other = world.ties.other[: one.size]

    def counted(kind: np.ndarray) -> np.ndarray:
        return np.bincount(one[kind[one] != kind[other]], minlength=degree.size).astype(np.int32)

    return {
        "number_of_ties": degree.astype(np.int32),
        "ties_to_other_publics": counted(r.public),
        "ties_to_other_ethnic_groups": counted(r.ethnic),
    }


def _since_start(column: np.ndarray, warm: int) -> np.ndarray:
    """Weeks on the calendar, -1 where it has not happened since the start."""
    weeks = column.astype(np.int32) - warm
    return np.where(weeks < 1, -1, weeks)


def snapshot(
    world: w_.World, scenario, replicate: int, week: int, hazards: np.ndarray | None = None
) -> dict[str, Any]:
    """Return one row per resident, ordered by public and ordinal, with the columns of `sim.tidy`.

    Args:
        hazards: searches expected of each resident in a year at this week's rate, [N]; empty if not given.
    """
    r, warm = world.residents, int(world.clock[1])
    names = list(scenario.area.groups)
    order = np.lexsort((r.ordinal, r.public))
    picture: dict[str, Any] = {
        "replicate": np.full(order.size, replicate, np.int32),
        "week": np.full(order.size, week, np.int32),
        "resident": resident_keys(world, names),
        "group": np.array(names)[r.public],
        "beat": r.beat.astype(np.int32),
    }
    for trait, names_of in (("age", AGES), ("tenure", TENURES), ("ethnic", ETHNICS)):
        picture[trait] = np.array(names_of)[getattr(r, trait)]
    picture["member"] = r.member.astype(np.int32)
    for trait in ("need", "voice", "ease", "street", "enforcement", "involvement", "known"):
        picture[trait] = getattr(r, trait).astype(np.float64)
    for place, name in enumerate(_POINTS):
        picture[name] = 100.0 * r.total[place]
    picture["voice_belief"] = 100.0 * r.belief
    picture["perceived_impartiality"] = 100.0 * r.impartiality
    picture["hardness"] = 100.0 * r.hardness
    for place, name in enumerate(col.COUNTS):
        picture[name] = r.counts[place].astype(np.int32)
    picture["foreseen"] = 100.0 * r.foreseen
    for name, number in _ties(world).items():
        picture[name] = number
    picture["search_hazard"] = (
        np.full(order.size, np.nan) if hazards is None else hazards.astype(np.float64)
    )
    picture["last_contact_week"] = _since_start(r.last_contact, warm)
    picture["last_informed_week"] = _since_start(r.last_informed, warm)
    picture["last_stop_week"] = _since_start(r.last_search, warm)
    for name, met in (
        ("last_contact_fairness", r.counts[col.CONSULTED]),
        ("last_stop_fairness", r.counts[col.STOPS]),
        ("last_call_satisfaction", r.counts[col.CALLS]),
        ("last_call_fairness", r.counts[col.CALLS]),
        ("last_traffic_fairness", r.counts[col.TRAFFIC_STOPS]),
    ):
        picture[name] = np.where(met > 0, getattr(r, name).astype(np.float64), np.nan)
    return {name: column[order] for name, column in picture.items()}


def joined(pictures: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return all pictures one below the other, or None where there are none."""
    if not pictures:
        return None
    return {name: np.concatenate([picture[name] for picture in pictures]) for name in pictures[0]}
