"""From the merged `[area]` table to an `Area`, with every fault on the way."""

from __future__ import annotations

from math import fsum
from typing import Any

from sim.scenario import publics
from sim.scenario.area_fields import AREA_FIELDS, DEFAULT_PARTNER_SHARE, DEFAULT_TOPICS
from sim.scenario.area_tables import (
    Area,
    AreaTable,
    Demand,
    DemandTable,
    Group,
    Partners,
    Police,
    Ties,
)
from sim.scenario.inspection import Inspection
from sim.scenario.layers import Place, inherited_lists_by_beat
from sim.scenario.read_people import read_people, read_shares
from sim.scenario.read_publics import read_publics
from sim.topics import TOPICS

_TABLES = (
    *("shares", "joint", "beat_shares", "beat_disorder"),
    *("groups", "police", "partners", "demand", "ties"),
)


def read_area(inspection: Inspection) -> Area | None:
    """Check the area of a tree.

    Returns:
        The area, or None where it has a fault.
    """
    if inspection.tree.get("area") is None:
        _say_no_area(inspection)
        return None
    if not isinstance(inspection.tree.get("area"), dict):
        inspection.table("area")
        return None
    head = inspection.read(AreaTable, ("area",), tables=_TABLES)
    police, partners = read_force(inspection)
    demand, ties = _demand(inspection), inspection.read(Ties, ("area", "ties"))
    beats = _beats(inspection)
    shares, disorder = _beat_shares(inspection, beats), _disorder(inspection, beats)
    cells = read_people(inspection)
    groups = read_publics(inspection, cells, beats, shares)
    parts: dict[str, Any] = {"police": police, "partners": partners, "demand": demand, "ties": ties}
    if head is None or shares is None or disorder is None or cells is None or groups is None:
        return None
    if None in parts.values() or not inspection.complete:
        return None
    joint = inspection.tree.get("area", "joint") is not None
    return Area.model_construct(
        **dict(head),
        **parts,
        shares=publics.sums_over(cells) if joint else read_shares(inspection),
        joint=tuple(cells) if joint else None,
        beat_shares=tuple(shares if _says_where_people_live(inspection) else _lived(groups)),
        beat_disorder=tuple(disorder),
        groups=groups,
    )


def read_force(inspection: Inspection) -> tuple[Police | None, Partners | None]:
    """Check police and partners alone."""
    police = inspection.read(Police, ("area", "police"))
    return police, inspection.read(Partners, ("area", "partners"))


def _say_no_area(inspection: Inspection) -> None:
    if inspection.complete:
        remedy = 'Write area = "areas/inner-borough.toml", or extends = "baseline", at the top'
        inspection.fault(("area",), f"area is missing: where does this happen? {remedy}.")


def _beats(inspection: Inspection) -> int | None:
    """The number of beats, once inherited lists fit it; None where it has a fault."""
    tree = inspection.tree
    beats = tree.get("area", "beats")
    if (
        not isinstance(beats, int)
        or isinstance(beats, bool)
        or not AREA_FIELDS["beats"].holds(beats)
    ):
        return None
    for place in inherited_lists_by_beat(tree):
        profile, source = tree.get(*place), tree.source(place)
        if len(profile) != beats and source and _are_numbers(profile):
            scale = beats / len(profile) if place[-1] == "beat_disorder" else 1.0
            tree.put(place, [share * scale for share in publics.redrawn(profile, beats)], source)
    return beats


def _are_numbers(values: list[object]) -> bool:
    wrong = any(isinstance(value, bool) or not isinstance(value, (int, float)) for value in values)
    return bool(values) and not wrong and len(values) <= AREA_FIELDS["beats"].high


def _says_where_people_live(inspection: Inspection) -> bool:
    return inspection.tree.get("area", "beat_shares") is not None


def _lived(groups: dict[str, Group]) -> list[float]:
    """Share of people by beat, from where each public lives."""
    by_beat = zip(*(group.beats for group in groups.values()))
    shares = [group.share for group in groups.values()]
    return [fsum(share * beat for share, beat in zip(shares, beats)) for beats in by_beat]


def _beat_shares(inspection: Inspection, beats: int | None) -> list[float] | None:
    place: Place = ("area", "beat_shares")
    if not _says_where_people_live(inspection):
        return [1 / beats] * beats if beats else None
    shares = inspection.by_beat(place, AREA_FIELDS["beat_shares"], beats)
    return shares and inspection.normalised(place, shares)


def _disorder(inspection: Inspection, beats: int | None) -> list[float] | None:
    place: Place = ("area", "beat_disorder")
    if inspection.tree.get(*place) is None:
        return publics.evenly_spread(beats) if beats else None
    values = inspection.by_beat(place, AREA_FIELDS["beat_disorder"], beats)
    if values is None:
        return None
    mean = fsum(values) / len(values)
    if mean <= 0:
        inspection.fault(
            place, "beat_disorder is 0 everywhere. Give at least one beat some disorder."
        )
        return None
    return values if abs(mean - 1) < 1e-12 else [value / mean for value in values]


def _demand(inspection: Inspection) -> Demand | None:
    place: Place = ("area", "demand")
    head = inspection.read(DemandTable, place, tables=("topics", "partner_share"))
    topics = inspection.shares((*place, "topics"), AREA_FIELDS["demand.topics"], DEFAULT_TOPICS)
    partner_share = _partner_share(inspection, (*place, "partner_share"))
    if head is None or topics is None or partner_share is None:
        return None
    return Demand.model_construct(**dict(head), topics=topics, partner_share=partner_share)


def _partner_share(inspection: Inspection, place: Place) -> dict[str, float] | None:
    given = inspection.table(*place)
    inspection.known_keys(place, TOPICS)
    if given and not inspection.numbers(place, AREA_FIELDS["demand.partner_share"]):
        return None
    return {topic: float(given.get(topic, DEFAULT_PARTNER_SHARE[topic])) for topic in TOPICS}
