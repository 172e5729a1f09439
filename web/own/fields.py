"""The fields of the form: which there are, with everything the reader's declarations say of each.

Only short labels and steps are the form's own; ranges, units, meanings, defaults, sources and
strength of evidence come from `sim.scenario.AREA_FIELDS`.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

from sim import load
from sim.scenario import AREA_FIELDS
from sim.topics import CRIME_TOPICS, TOPICS
from web.assumed import STRENGTHS
from web.words import sentence

NUMBER, WORDS, LINES = "number", "words", "lines"
TRAITS = {trait: tuple(kinds) for trait, kinds in load("baseline").area.shares.items()}
"""What a rule may ask for, as the reader has it."""
BY_BEAT = ("beats", "beat_shares", "beat_disorder")
TABLES_OF_SHARES = ("concerns", "topics", "partner_share", *TRAITS)
_TRAIT_LABELS = {"age": "Age", "tenure": "Tenure", "ethnic": "Ethnic group"}
VALUE_LABELS = {
    "owner": "Owners",
    "private": "Private renters",
    "social": "Social renters",
    "white": "White",
    "asian": "Asian",
    "black": "Black",
    "mixed": "Mixed",
    "other": "Other",
}
TOPIC_LABELS = {
    "burglary": "Burglary",
    "antisocial": "Anti-social behaviour",
    "drugs": "Drugs",
    "traffic": "Traffic",
    "violence": "Violence",
    "overpoliced": "Being over-policed",
}
LABELS = {
    "name": "Name of the area",
    "people": "People who live there",
    "beats": "Number of beats",
    "warmup_weeks": "Weeks of warm-up",
    "source": "Source of the figures",
    "licence": "Licence of the figures",
    "notes": "Notes, one a line",
    "beat_shares": "Share of people in a beat",
    "beat_disorder": "Disorder of a beat",
    "shares": "Share of people",
    "groups.label": "Name for readers",
    "groups.share": "Share of people",
    "groups.need": "Need",
    "groups.ease": "Ease of reaching",
    "groups.voice": "Voice",
    "groups.street": "Time on the street",
    "groups.involvement": "Involvement in offending",
    "groups.trust": "Trust at the start",
    "groups.confidence": "Confidence at the start",
    "groups.legitimacy": "Legitimacy at the start",
    "groups.expectation": "Expectation at the start",
    "groups.voice_belief": "Belief that speaking up helps",
    "groups.hardness": "Distance from other publics",
    "groups.impartiality": "Impartiality at the start",
    "groups.suspicion": "Suspicion of officers",
    "groups.strength": "Strength of the association",
    "groups.access": "Access of the association",
    "groups.enforcement": "Enforcement wanted",
    "groups.concerns": "Share of concerns",
    "groups.beats": "Share of the public in a beat",
    "police.officers_per_1000": "Officers per 1,000 people",
    "police.openness": "Openness",
    "police.internal_fairness": "Fairness inside the force",
    "police.skill": "Skill in encounters",
    "police.demand_hours": "Response time taken by demand",
    "partners.capacity": "What partners can solve",
    "demand.incidents": "Incidents",
    "demand.topics": "Share of incidents",
    "demand.traffic_stops": "Traffic stops",
    "demand.partner_share": "Only partners can solve",
    "ties.mean": "People a resident talks with",
    "ties.homophily": "Ties kept for one's own public",
    "ties.local": "Ties kept for one's own beat",
}
FORM = {
    "head": ("people", "beats", "warmup_weeks"),
    "who": ("need", "street", "involvement", "suspicion"),
    "heard": ("ease", "voice", "strength", "access", "enforcement"),
    "start": (
        *("trust", "confidence", "legitimacy", "expectation"),
        *("voice_belief", "impartiality", "hardness"),
    ),
    "police": tuple(name for name in AREA_FIELDS if name.startswith("police.")),
    "partners": tuple(name for name in AREA_FIELDS if name.startswith("partners.")),
    "demand": ("demand.incidents", "demand.traffic_stops"),
    "ties": tuple(name for name in AREA_FIELDS if name.startswith("ties.")),
}
"""Fields by the part of the form that they stand in; those of a public without "groups."."""


def slot(place: tuple[Any, ...]) -> str | None:
    """What kind of field there is at a place below the area; None where there is none."""
    if not place or not all(isinstance(part, (str, int)) for part in place):
        return None
    if place in (("name",), ("source",), ("licence",)):
        return WORDS
    if place == ("notes",):
        return LINES
    if place[0] == "groups" and len(place) > 2:
        return _of_a_public(place[2:])
    if (
        len(place) == 2
        and place[0] in ("beat_shares", "beat_disorder")
        and isinstance(place[1], int)
    ):
        return NUMBER
    if len(place) == 3 and place[0] == "shares":
        return NUMBER if place[2] in TRAITS.get(str(place[1]), ()) else None
    if len(place) == 3 and place[:2] in (("demand", "topics"), ("demand", "partner_share")):
        known = CRIME_TOPICS if place[1] == "topics" else TOPICS
        return NUMBER if place[2] in known else None
    tables = ("shares", "demand.topics", "demand.partner_share", "beat_shares", "beat_disorder")
    name = ".".join(map(str, place))
    return NUMBER if name in AREA_FIELDS and name not in tables and place[0] != "groups" else None


def _of_a_public(place: tuple[Any, ...]) -> str | None:
    if place == ("label",):
        return WORDS
    if len(place) == 1:
        known = f"groups.{place[0]}" in AREA_FIELDS and place[0] not in ("concerns", "beats")
        return NUMBER if known else None
    if len(place) == 2 and place[0] == "concerns":
        return NUMBER if place[1] in TOPICS else None
    return NUMBER if len(place) == 2 and place[0] == "beats" and isinstance(place[1], int) else None


@cache
def declared() -> dict[str, dict[str, Any]]:
    """Every declared number as the form shows it."""
    found = {}
    for name, field in AREA_FIELDS.items():
        if name in LABELS:
            found[name] = {
                "label": LABELS[name],
                "unit": field.unit,
                "low": field.low,
                "high": field.high,
                "step": _step(field.low, field.high),
                "help": sentence(field.meaning),
                "source": field.source,
                "strength": STRENGTHS[field.strength],
                "default": "" if field.default is None else f"{field.default:g}",
            }
    return found


def _step(low: float, high: float) -> float:
    """What plus and minus change: a round hundredth of the range or so, never more than a thousand."""
    return float(min(1000.0, 10 ** math.floor(math.log10((high - low) / 20))))


def label_of(place: tuple[Any, ...]) -> str:
    """What a field is called in a list of faults."""
    if place[0] == "groups" and len(place) > 1:
        return _label_in_public(place)
    if place[0] == "shares" and len(place) > 1:
        value = f": {VALUE_LABELS.get(str(place[2]), place[2])}" if len(place) > 2 else ""
        return f"Share of people by {_TRAIT_LABELS.get(str(place[1]), place[1]).lower()}{value}"
    beat = f" {place[1] + 1}" if len(place) == 2 and isinstance(place[1], int) else ""
    topic = f": {TOPIC_LABELS.get(str(place[2]), place[2])}" if len(place) == 3 else ""
    name = ".".join(map(str, place[:2])) if len(place) > 1 and not beat else str(place[0])
    known = {"groups": "The publics", "joint": "The joint table of people", **LABELS}
    return f"{known.get(name, name)}{beat}{topic}"


def _label_in_public(place: tuple[Any, ...]) -> str:
    if len(place) == 2:
        return f"Key of {place[1]}"
    name = {"where": "Who belongs"}.get(
        str(place[2]), LABELS.get(f"groups.{place[2]}", str(place[2]))
    )
    inside = ""
    if len(place) > 3:
        inside = (
            f" {place[3] + 1}"
            if isinstance(place[3], int)
            else f": {TOPIC_LABELS.get(str(place[3]), place[3])}"
        )
    return f"{name}{inside}"
