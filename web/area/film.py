"""One pair of a comparison as a film: every resident's states, week by week, small enough to send.

It is the run of the other pages: same scenario, seed, residents and replicate. The film holds what
the picture shows and nothing else, in bytes that the browser plays without asking again.
"""

from __future__ import annotations

import json
import weakref
from collections.abc import Generator, Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim import EngagementModel
from sim.agents import columns as col
from web.answer import called
from web.area.packing import POINTS_STEP, bulk, differences, rounded, step_for, zipped
from web.area.places import drawn, places
from web.area.states import FIXED, HAPPENINGS, LIVED
from web.desk import Runs
from web.one_pair import FIRST
from web.question import SEED, Question, letters

MOST_DRAWN = 1000
"""Residents a picture shows; more could not be told apart."""
MOST_BYTES = 16_000_000
"""What one film may take on the server."""
HEADLINE = ("trust", "confidence", "legitimacy", "expectation", "expectation_gap", "reach", "stops")
_known: weakref.WeakValueDictionary[Hashable, Film] = weakref.WeakValueDictionary()
_TURN = 40_000
"""Resident-weeks lived before somebody else has a turn."""
_FOLLOWED = {"most-affected": col.MOST_AFFECTED, "usual-suspects": col.USUAL_SUSPECT}
_ROLES = {col.RESPONSE: "response", col.GENERALIST: "generalist", col.SPECIALIST: "specialist"}


class TooLarge(ValueError):
    """The film would not fit; the message says what to do."""


@dataclass(frozen=True, eq=False)
class Film:
    """A run that can be played.

    Args:
        plan: who is there, and what the bytes of the worlds mean, as zipped JSON.
        worlds: each policy's weeks, zipped.
    """

    plan: bytes
    worlds: tuple[bytes, ...]

    def size(self) -> int:
        """Bytes it takes."""
        return len(self.plan) + sum(len(world) for world in self.worlds)


def known(alike: Hashable) -> Film | None:
    """A film of this mark that somebody still holds."""
    return _known.get(alike)


def know(alike: Hashable, made: Film) -> Film:
    """Let others find a film for as long as somebody holds it."""
    return _known.setdefault(alike, made)


class _Camera:
    """Writes down one world while it is lived."""

    def __init__(self, model: EngagementModel, rows: np.ndarray, weeks: int) -> None:
        self.model, self._rows = model, rows
        world = model.area.world
        residents, officers = world.residents, world.officers
        self._of_row = _members(model)
        self._people = np.maximum(self._of_row.sum(axis=1), 1.0)
        shape = weeks + 1
        self.levels = np.empty((len(LIVED), shape, rows.size), np.float32)
        self.happened = np.zeros((shape, rows.size), np.uint16)
        self.means = np.empty((shape, len(self._of_row), len(LIVED)), np.float32)
        self.events = np.zeros((shape, len(self._of_row), len(HAPPENINGS)), np.float32)
        self.officers = np.empty((5, shape, officers.key.size))
        self.familiarity = np.empty((shape, *officers.familiarity.shape))
        self.groups = np.empty((4, shape, len(model.names.publics)))
        self._before = residents.counts.copy()
        self._write(0)

    def live(self, weeks: int) -> None:
        """Live some weeks more and write each down."""
        for _ in range(weeks):
            self.model.step()
            self._write(self.model.week)

    def _write(self, week: int) -> None:
        world = self.model.area.world
        residents, officers, groups = world.residents, world.officers, world.groups
        whole = np.array([state.read(residents) for state in LIVED], np.float64)
        self.levels[:, week] = whole[:, self._rows]
        self.means[week] = self._summed(_averaged(whole)) / self._people[:, None]
        rose = residents.counts != self._before
        bits = np.left_shift(np.uint16(1), np.arange(len(rose), dtype=np.uint16))
        self.happened[week] = (rose[:, self._rows] * bits[:, None]).sum(axis=0, dtype=np.uint16)
        self.events[week] = self._summed(rose.astype(np.float64))
        self._before = residents.counts.copy()
        self.officers[:, week] = (
            officers.openness,
            officers.skill,
            officers.tired,
            officers.trained,
            officers.tenure,
        )
        self.familiarity[week] = officers.familiarity
        self.groups[:, week] = groups.strength, groups.access, groups.energy, groups.withdrawn

    def _summed(self, values: np.ndarray) -> np.ndarray:
        """Sums over the residents of each row; einsum, which starts no threads of its own."""
        return np.einsum("rn,sn->rs", self._of_row, values)


def mark(question: Question, which: int, pair: int = FIRST) -> Hashable:
    """What decides a film: questions that differ in nothing else share it."""
    base, *others = question.scenarios()
    names = (called(question)[0], called(question)[1 + which], letters(question)[1 + which])
    return (base.hash, others[which].hash, question.weeks, question.residents, names, pair)


def film(question: Question, which: int, pair: int = FIRST) -> Any:
    """The errand that lives one pair of the base and one other policy, and packs it.

    Args:
        question: what is compared.
        which: which of the other policies, from 0.
        pair: number of the pair of histories, from 1; replicate 0 is pair 1.
    """

    def errand(runs: Runs) -> Generator[tuple[int, int], None, Film]:
        if (there := known(mark(question, which, pair))) is not None:
            return there
        scenarios = question.scenarios()
        base, weeks, residents = scenarios[0], question.weeks, question.residents
        rows = drawn(residents, MOST_DRAWN)
        chunk = max(1, _TURN // residents)
        steps = 2 * (1 + -(-weeks // chunk)) + 1
        done, cameras = 0, []
        for scenario in (base, scenarios[1 + which]):
            model = EngagementModel(
                scenario,
                residents,
                replicate=pair - FIRST,
                rng=SEED,
                weeks=weeks,
                before=base,
            )
            camera = _Camera(model, rows, weeks)
            cameras.append(camera)
            yield (done := done + 1), steps
            for first in range(0, weeks, chunk):
                camera.live(min(chunk, weeks - first))
                yield (done := done + 1), steps
        return know(mark(question, which, pair), _packed(question, which, cameras, rows))

    return errand


def _packed(question: Question, which: int, cameras: list[_Camera], rows: np.ndarray) -> Film:
    """Both worlds with the same steps, so that the same byte means the same in both."""
    steps = [
        step_for(max(camera.levels[at].max() for camera in cameras)) if state.counts or state.kinds
        else POINTS_STEP
        for at, state in enumerate(LIVED)
    ]  # fmt: skip
    worlds, scales = [], [[np.inf, -np.inf] for _ in LIVED]
    for camera in cameras:
        packed = np.array([rounded(camera.levels[at], step) for at, step in enumerate(steps)])
        for at, step in enumerate(steps):
            low, high = bulk(packed[at])
            scales[at] = [min(scales[at][0], low * step), max(scales[at][1], high * step)]
        worlds.append(
            zipped(
                np.ascontiguousarray(camera.means, "<f4").tobytes(),
                np.ascontiguousarray(camera.events, "<f4").tobytes(),
                differences(packed).tobytes(),
                (camera.happened & 255).astype(np.uint8).tobytes(),
                (camera.happened >> 8).astype(np.uint8).tobytes(),
            )
        )
    plan = _plan(question, which, cameras, rows, steps, scales)
    made = Film(zipped(json.dumps(plan, allow_nan=False).encode()), tuple(worlds))
    if made.size() > MOST_BYTES:
        raise TooLarge(
            f"This picture would take {made.size() / 1e6:.0f} MB, and a page may take"
            f" {MOST_BYTES / 1e6:.0f}. Follow fewer weeks."
        )
    return made


def _plan(
    question: Question,
    which: int,
    cameras: list[_Camera],
    rows: np.ndarray,
    steps: list[float],
    scales: list[list[float]],
) -> dict[str, Any]:
    """Who is there, where they stand, and how the bytes of the worlds are read."""
    model = cameras[0].model
    world, names = model.area.world, model.names
    residents = world.residents
    beats = world.places.people.size
    beat, public = residents.beat[rows], residents.public[rows]
    where = places(beat, public, beats)
    titles, marks = called(question), letters(question)
    return {
        "area": model.scenario.area.name,
        "people": int(model.scenario.area.people),
        "residents": question.residents,
        "weeks": question.weeks,
        "worlds": [
            {
                "letter": marks[at],
                "name": titles[at],
                "headline": _headline(camera.model),
                "officers": _table(camera.officers, 3),
                "familiarity": _table(camera.familiarity, 2),
                "groups": _table(camera.groups, 3),
            }
            for at, camera in zip((0, 1 + which), cameras, strict=True)
        ],
        "publics": [
            {"key": key, "label": label} for key, label in zip(names.publics, names.labels, strict=True)
        ],
        "beats": [
            {"radius": round(float(radius), 3), "people": int(people)}
            for radius, people in zip(where.radius, np.bincount(residents.beat, minlength=beats), strict=True)
        ],
        "rows": _rows(model),
        "ordinal": residents.ordinal[rows].tolist(),
        "beat": beat.tolist(),
        "public": public.tolist(),
        "x": _table(where.x, 3),
        "y": _table(where.y, 3),
        "talks": np.diff(world.ties.start)[rows].tolist(),
        "ties": _ties(world.ties, rows),
        "states": [
            {**state.words(names), "step": steps[at], "scale": [round(float(end), 3) for end in scales[at]]}
            for at, state in enumerate(LIVED)
        ],
        "fixed": [
            {**state.words(names), "values": _table(np.asarray(state.read(residents)[rows], float), 2)}
            for state in FIXED
        ],
        "happenings": [{"label": label, "does": does} for label, does in HAPPENINGS.values()],
        "officers": _officers(model),
    }  # fmt: skip


def _averaged(whole: np.ndarray) -> np.ndarray:
    """States as they are averaged: levels and counts as they are, kinds as the share, in %, that has any."""
    kinds = np.array([bool(state.kinds) for state in LIVED])
    return np.where(kinds[:, None], 100.0 * (whole > 0), whole)


def _members(model: EngagementModel) -> np.ndarray:
    """Who belongs to each row of the table: everybody, publics, those followed, beats, [rows, residents]."""
    world = model.area.world
    residents = world.residents
    return np.array(
        [
            np.ones(residents.key.size),
            *(residents.public == place for place in range(len(model.names.publics))),
            *((residents.marks & mark) != 0 for mark in _FOLLOWED.values()),
            *(residents.beat == place for place in range(world.places.people.size)),
        ],
        np.float64,
    )


def _rows(model: EngagementModel) -> list[dict[str, Any]]:
    """The rows of the table in words."""
    publics, beats = model.names, model.area.world.places.people.size
    listed = [
        ("all", "Everybody", "all"),
        *((key, label, "public") for key, label in zip(publics.publics, publics.labels, strict=True)),
        ("most-affected", "Most affected", "followed"),
        ("usual-suspects", "Usual suspects", "followed"),
        *((f"beat-{place + 1}", f"Beat {place + 1}", "beat") for place in range(beats)),
    ]  # fmt: skip
    people = _members(model).sum(axis=1)
    return [
        {"key": key, "label": label, "kind": kind, "people": int(number)}
        for (key, label, kind), number in zip(listed, people, strict=True)
    ]


def _headline(model: EngagementModel) -> dict[str, list[float | None]]:
    """Indicators of the whole area by week."""
    collected = model.datacollector.model_vars
    return {name: _table(np.array(collected[name], float), 4) for name in HEADLINE}


def _ties(ties: Any, rows: np.ndarray) -> list[int]:
    """Ties between residents who are drawn: one end, the other end, and so on."""
    place = np.full(ties.start.size - 1, -1)
    place[rows] = np.arange(rows.size)
    one = np.repeat(np.arange(ties.start.size - 1), np.diff(ties.start))
    other = ties.other[: one.size]
    kept = (one < other) & (place[one] >= 0) & (place[other] >= 0)
    return np.stack((place[one[kept]], place[other[kept]]), axis=1).ravel().tolist()


def _officers(model: EngagementModel) -> list[dict[str, Any]]:
    """Officers as the run begins: role, beats, and how much of the area's force they stand for."""
    world, scenario = model.area.world, model.scenario
    officers = world.officers
    scale = scenario.area.people / world.residents.key.size
    every = list(range(world.places.people.size))
    return [
        {
            "role": _ROLES[int(role)],
            "beats": np.flatnonzero((officers.of_beat == row).any(axis=1)).tolist()
            if role == col.GENERALIST
            else every,
            "posts": round(float(officers.weight[row] * scale), 2),
            "hours": round(float(officers.weight[row] * scale * world.a[0].officer_week), 1),
        }
        for row, role in enumerate(officers.role.tolist())
    ]


def _table(values: np.ndarray, decimals: int) -> Any:
    """Numbers as lists; None where there is none."""
    listed = np.round(values.astype(np.float64), decimals).astype(object)
    listed[~np.isfinite(values.astype(np.float64))] = None
    return listed.tolist()
