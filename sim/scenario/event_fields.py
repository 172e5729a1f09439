"""Every number of a dated event, declared once: `week`, and names that start with the kind."""

from __future__ import annotations

from sim.core.declared import Declared

FIRST_WEEK, LAST_WEEK = 1, 5200


def _field(name: str, low: float, high: float, unit: str, meaning: str) -> Declared:
    return Declared(name, None, low, high, unit, meaning, "scenario", "expert view")


_FIELDS = (
    _field(
        "week",
        FIRST_WEEK,
        LAST_WEEK,
        "weeks",
        "the week in which it happens; a run starts with week 1",
    ),
    _field(
        "critical-incident.severity",
        0,
        1,
        "share",
        "how grave it is for the public that feels it: 0 nothing, 1 the gravest",
    ),
    _field("budget-cut.share", 0, 1, "share of hours", "the share of hours that is cut"),
    _field("rotation.share", 0, 1, "share of officers", "the share of officers who are replaced"),
    _field(
        "media-campaign.tone",
        -1,
        1,
        "from hostile to favourable",
        "how the message speaks of the police: -1 hostile, 1 favourable",
    ),
    _field(
        "media-campaign.reach", 0, 1, "share of people", "the share of people who see the message"
    ),
)
EVENT_FIELDS: dict[str, Declared] = {field.name: field for field in _FIELDS}
