"""The engine's area and the reference model side by side: every column of both, in one shape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from sim import live
from sim.core import dice
from sim.indicators.table import INDICATORS
from sim.scenario.area_fields import AGES, ETHNICS, TENURES
from tests.reference.agents import NEVER
from tests.reference.model import ReferenceModel

NEAR = 1e-9
ACROSS = 1e-7
TRAITS = [
    "member",
    "need",
    "ease",
    "voice",
    "street",
    "involvement",
    "enforcement",
    "need_rank",
    "concerns",
]
HOMES = ["disposition", "belief_home", "hardness_home", "impartiality_home"]
LEVELS = ["total", "settled", "belief", "hardness", "impartiality", "known", "foreseen", "story"]
WEEKS = ["last_contact", "last_informed", "last_search"]
OFFICERS = {
    **{name: name for name in ("weight", "skill", "openness", "familiarity")},
    "tiredness": "tired",
    "training": "trained",
}
GROUPS = ["strength", "access", "energy", "withdrawn", "agenda", "loud_share"]
PUBLICS = [
    *("people", "share", "need", "ease", "blame", "blame_intensity", "contact_past", "service"),
    *("passed_over", "stop_excess", "cooperation", "delivered"),
]
BEATS = ["disorder", "priorities", "act_chance", "care", "incident_factor"]


class Differing(NamedTuple):
    """A quantity that differs, where it differs most."""

    what: str
    where: tuple[int, ...]
    engine: float
    reference: float


def begin(scenario, residents, rng, replicate, weeks):
    """The same area twice, at week 0: the engine's and the reference's."""
    seed = dice.replicate_seed(rng, replicate)
    area = live.begin(scenario, seed, residents, weeks)
    return area, ReferenceModel(scenario, residents=residents, rng=rng, replicate=replicate)


def differences(area, model) -> list[Differing]:
    """Everything that differs between both."""
    found = [_most(what, engine, own, NEAR) for what, engine, own in _states(area.world, model)]
    found += [_most(*column, ACROSS) for column in _indicators(area.world, model)]
    if model.week > 0:
        found.append(_most("ledger", area.world.books.ledger[model.lived], _ledger(model), NEAR))
    return [one for one in found if one is not None]


def _most(what, engine, own, near) -> Differing | None:
    engine, own = np.asarray(engine, dtype=float), np.asarray(own, dtype=float)
    assert engine.shape == own.shape, f"{what}: {engine.shape} and {own.shape}"
    apart = np.where(np.isnan(engine) & np.isnan(own), 0.0, np.abs(engine - own))
    apart[np.isnan(apart)] = np.inf
    if not apart.size or apart.max() <= near:
        return None
    at = np.unravel_index(apart.argmax(), apart.shape)
    return Differing(what, tuple(int(place) for place in at), float(engine[at]), float(own[at]))


def _states(world, model) -> Iterator[tuple[str, np.ndarray, list]]:
    yield from _residents(world.residents, model)
    yield "ties", world.ties.other, [tie.row for one in model.residents for tie in one.ties]
    for name, column in OFFICERS.items():
        yield name, getattr(world.officers, column), [getattr(o, name) for o in model.officers]
    for name in GROUPS:
        yield name, getattr(world.groups, name), [getattr(g, name) for g in model.groups]
    for name in PUBLICS:
        yield name, getattr(world.publics, name), [getattr(g, name) for g in model.groups]
    for name in BEATS:
        yield name, getattr(world.places, name), [getattr(beat, name) for beat in model.beats]
    yield "heard", world.places.heard_topic, model.heard
    yield "heard by beat", world.places.heard_beat, model.heard_by_beat


def _residents(engine, model) -> Iterator[tuple[str, np.ndarray, list]]:
    everybody = model.residents
    yield "public", engine.public, [one.group.number for one in everybody]
    yield "ordinal", engine.ordinal, [one.ordinal for one in everybody]
    yield "beat", engine.beat, [one.beat.number for one in everybody]
    yield "age", engine.age, [AGES.index(one.age) for one in everybody]
    yield "tenure", engine.tenure, [TENURES.index(one.tenure) for one in everybody]
    yield "ethnic", engine.ethnic, [ETHNICS.index(one.ethnic) for one in everybody]
    for name in (*TRAITS, *HOMES, *LEVELS):
        own = np.array([getattr(one, name) for one in everybody])
        yield (
            name,
            getattr(engine, name),
            own.T if name in ("total", "settled", "disposition") else own,
        )
    for name in WEEKS:
        own = np.array([getattr(one, name) for one in everybody])
        yield name, np.where(own == NEVER, own, getattr(engine, name)), own
    waiting = [one.concern for one in everybody]
    for name, column in {"topic": "concern_topic", "raised": "concern_week"}.items():
        own = [-1 if concern is None else getattr(concern, name) for concern in waiting]
        yield name, np.where(np.array(own) < 0, own, getattr(engine, column)), own


def _indicators(world, model) -> Iterator[tuple[str, np.ndarray, list]]:
    noted = model.indicators[model.week]
    rows = [row.public for row in model.rows]
    for place, name in enumerate(INDICATORS):
        own = [np.nan if noted.get((name, row)) is None else noted[name, row] for row in rows]
        yield name, world.books.values[model.lived, :, place], own


def _ledger(model) -> list:
    return [row.ledger[-1] for row in (*model.groups, *model.marked)]
