"""The tables of an area: as a file may give them, and complete."""

from __future__ import annotations

from typing import Any

from sim.scenario.area_fields import AREA_FIELDS
from sim.scenario.tables import Name, Table, Text, number


def _field(name: str, **default: Any) -> Any:
    return number(AREA_FIELDS[name], **default)


class _AreaTable(Table):
    registry = AREA_FIELDS


class GroupTable(_AreaTable):
    """A local public as a file gives it: its traits and starting attitudes."""

    prefix = "groups."
    label: Name
    need: float = _field("groups.need")
    ease: float = _field("groups.ease")
    voice: float = _field("groups.voice")
    street: float = _field("groups.street")
    involvement: float = _field("groups.involvement")
    trust: float = _field("groups.trust")
    confidence: float = _field("groups.confidence")
    legitimacy: float = _field("groups.legitimacy")
    expectation: float = _field("groups.expectation")
    voice_belief: float = _field("groups.voice_belief")
    hardness: float = _field("groups.hardness")
    impartiality: float | None = _field("groups.impartiality", default=None)
    suspicion: float = _field("groups.suspicion")
    strength: float = _field("groups.strength")
    access: float = _field("groups.access")
    enforcement: float = _field("groups.enforcement")


class Police(_AreaTable):
    """The force of the area at the start."""

    prefix = "police."
    officers_per_1000: float = _field("police.officers_per_1000")
    openness: float = _field("police.openness")
    internal_fairness: float = _field("police.internal_fairness")
    skill: float = _field("police.skill")
    demand_hours: float = _field("police.demand_hours")


class Partners(_AreaTable):
    """Council, housing, schools: what they can do about what is passed to them."""

    prefix = "partners."
    capacity: float = _field("partners.capacity")


class DemandTable(_AreaTable):
    """What the area asks of the police, without its tables by topic."""

    prefix = "demand."
    incidents: float = _field("demand.incidents")
    traffic_stops: float = _field("demand.traffic_stops")


class Demand(DemandTable):
    """What the area asks of the police."""

    topics: dict[str, float]
    partner_share: dict[str, float]


class Ties(_AreaTable):
    """How residents are tied to each other."""

    prefix = "ties."
    mean: float = _field("ties.mean")
    homophily: float = _field("ties.homophily")
    local: float = _field("ties.local")


class AreaTable(_AreaTable):
    """The area's own keys, without its tables."""

    name: Name
    people: int = _field("people")
    beats: int = _field("beats")
    warmup_weeks: int = _field("warmup_weeks")
    source: Text = ""
    licence: Text = ""
    notes: list[Text] = []


class Group(GroupTable):
    """A local public, complete.

    Attributes:
        where: the rule it was given, trait → values; None where a share was given instead.
        share: its share of the area's people.
        cells: (age, tenure, ethnic group, share within this public), only those that exist.
        concerns: topic → share of its concerns, every topic.
        beats: share of this public living in each beat.
    """

    impartiality: float
    where: dict[str, tuple[str, ...]] | None
    share: float
    cells: tuple[tuple[str, str, str, float], ...]
    concerns: dict[str, float]
    beats: tuple[float, ...]


class Area(AreaTable):
    """An area, complete.

    Attributes:
        shares: trait → value → share of people; where `joint` is given, the sums over it.
        joint: (age, tenure, ethnic group, share) rows, None where traits are taken as independent.
        beat_shares: share of people in each beat.
        beat_disorder: disorder of each beat, mean 1.
        groups: the publics by key, in the order in which their rules apply.
    """

    shares: dict[str, dict[str, float]]
    joint: tuple[tuple[str, str, str, float], ...] | None
    beat_shares: tuple[float, ...]
    beat_disorder: tuple[float, ...]
    groups: dict[str, Group]
    police: Police
    partners: Partners
    demand: Demand
    ties: Ties
