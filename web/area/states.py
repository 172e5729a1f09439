"""Everything a resident can be coloured by, with its words, its unit and where a run keeps it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.agents import columns as col
from sim.agents.columns import Residents
from sim.indicators.table import INDICATORS

Names = Any
"""The names of a model: `EngagementModel.names`."""
Column = Callable[[Residents], np.ndarray]


@dataclass(frozen=True)
class State:
    """One state of a resident.

    Args:
        key: name in addresses, where there is one the column of a snapshot.
        label: what menus say.
        group: the part of the menu it stands in.
        unit: what follows a value.
        meaning: one sentence for a reader.
        read: takes the state out of the columns of residents; levels in the unit, kinds as numbers.
        kinds: what the numbers of a kind are called; empty for levels and counts.
        named: which of the names of a model its numbers stand for, instead of `kinds`.
        counts: whether it counts something since the start.
    """

    key: str
    label: str
    group: str
    unit: str
    meaning: str
    read: Column
    kinds: tuple[str, ...] = ()
    named: str = ""
    counts: bool = False

    def words(self, names: Names) -> dict[str, Any]:
        """What the browser has to know of it."""
        return {
            "key": self.key,
            "label": self.label,
            "group": self.group,
            "unit": self.unit,
            "meaning": self.meaning,
            "kinds": list(getattr(names, self.named) if self.named else self.kinds),
            "counts": self.counts,
        }


ATTITUDES, KNOWN, HAPPENED, WAITS, NATURE = (
    "What they think of the police",
    "What the police think of them",
    "What happened to them since the start",
    "What they wait for",
    "Who they are",
)


def _percent(name: str) -> Column:
    return lambda residents: 100.0 * getattr(residents, name)


def _total(place: int) -> Column:
    return lambda residents: 100.0 * residents.total[place]


def _count(name: str) -> Column:
    place = col.COUNTS.index(name)
    return lambda residents: residents.counts[place]


def _attitude(place: int, key: str) -> State:
    entry = INDICATORS[key]
    return State(key, entry.label, ATTITUDES, "points", entry.meaning, _total(place))


def _points(key: str, column: str, label: str, meaning: str) -> State:
    return State(key, label, ATTITUDES, "points", meaning, _percent(column))


def _waiting(residents: Residents) -> np.ndarray:
    """0 where nothing waits, 1 where a concern does, 2 where something was promised about it."""
    state = residents.concern_state
    waits, promised = (state & col.WAITING) != 0, (state & col.PROMISED) != 0
    return waits.astype(np.uint8) + (waits & promised)


def _followed(residents: Residents) -> np.ndarray:
    """0 for most, 1 for the most affected, 2 for usual suspects, 3 for who is both."""
    marks = residents.marks
    return ((marks & col.MOST_AFFECTED) != 0) + 2 * ((marks & col.USUAL_SUSPECT) != 0)


HAPPENINGS: dict[str, tuple[str, str]] = {
    "contacts": ("Engagement contacts", "met the police in an engagement contact"),
    "consulted": ("Two-way contacts", "were asked what they think, or worked on it together"),
    "informed": ("Times informed", "were told what the local police are doing"),
    "stops": ("Searches", "were stopped and searched"),
    "severe_stops": ("Severe searches", "were searched severely"),
    "calls": ("Calls for service", "called the police for help"),
    "calls_resolved": ("Calls resolved", "had their call resolved"),
    "promises_kept": ("Promises kept", "saw a promise kept"),
    "promises_broken": ("Promises broken", "saw a promise broken"),
    "answers": ("Answers", "got an answer to a concern"),
    "traffic_stops": ("Traffic stops", "were stopped in traffic"),
    "meetings": ("Meetings they came to", "came to a meeting through the open door"),
    "patrols_seen": ("Weeks they saw a patrol", "saw foot patrol"),
    "good_stories": ("Good stories heard", "heard something good of the police from somebody"),
    "bad_stories": ("Bad stories heard", "heard something bad of the police from somebody"),
}
"""What can happen to a resident in a week, in the order of the columns: as a count, and as a verb."""

LIVED: tuple[State, ...] = (
    _attitude(0, "trust"),
    _attitude(1, "confidence"),
    _attitude(2, "legitimacy"),
    _attitude(3, "expectation"),
    _points(
        "foreseen",
        "foreseen",
        "What they foresee",
        "What they foresee that the police will do for them.",
    ),
    _points(
        "voice_belief",
        "belief",
        "Belief in voice",
        "Whether they believe that speaking up changes something.",
    ),
    _points(
        "perceived_impartiality",
        "impartiality",
        "Perceived impartiality",
        "How far they see the police serve all publics alike.",
    ),
    _points(
        "hardness", "hardness", "Hardness of lines", "The distance they feel towards other publics."
    ),
    State(
        "known",
        "Known to the police",
        KNOWN,
        "%",
        "How well known they are to the police: the label of a usual suspect.",
        _percent("known"),
    ),
    *(
        State(
            key,
            label,
            HAPPENED,
            "",
            f"How often they {does} since the start.",
            _count(key),
            counts=True,
        )
        for key, (label, does) in HAPPENINGS.items()
    ),
    State(
        "waiting",
        "A concern that waits",
        WAITS,
        "",
        "Whether a concern they raised still waits, and whether something was promised.",
        _waiting,
        ("nothing waits", "a concern waits", "a promised one waits"),
    ),
)
"""States that a week can change, in the order in which they are packed."""

FIXED: tuple[State, ...] = (
    State(
        "public",
        "Public",
        NATURE,
        "",
        "The public they belong to.",
        lambda r: r.public,
        named="labels",
    ),
    State("need", "Need", NATURE, "%", "Exposure to harm and disorder.", _percent("need")),
    State(
        "ease",
        "Ease",
        NATURE,
        "%",
        "How easily an officer reaches and follows them.",
        _percent("ease"),
    ),
    State("voice", "Voice", NATURE, "%", "Readiness and skill to speak up.", _percent("voice")),
    State(
        "street",
        "Time on the street",
        NATURE,
        "%",
        "Time spent in public space.",
        _percent("street"),
    ),
    State(
        "enforcement",
        "Enforcement wanted",
        NATURE,
        "%",
        "How much more enforcement they want.",
        _percent("enforcement"),
    ),
    State(
        "involvement",
        "Offending",
        NATURE,
        "%",
        "Actual offending: alike in every public unless the file of the area says otherwise.",
        _percent("involvement"),
    ),
    State(
        "followed",
        "Most affected, usual suspects",
        NATURE,
        "",
        "The quarter most affected and the tenth best known to police, fixed at the start.",
        _followed,
        ("neither", "most affected", "usual suspect", "both"),
    ),
    State(
        "member",
        "Member of the association",
        NATURE,
        "",
        "Whether they are a member of the association that speaks for their public.",
        lambda r: r.member,
        ("not a member", "a member"),
    ),
    State("age", "Age", NATURE, "", "Age band.", lambda r: r.age, named="ages"),
    State(
        "tenure",
        "How they live",
        NATURE,
        "",
        "Owner, private renter or social renter.",
        lambda r: r.tenure,
        named="tenures",
    ),
    State(
        "ethnic",
        "Ethnic group",
        NATURE,
        "",
        "Ethnic group.",
        lambda r: r.ethnic,
        named="ethnic_groups",
    ),
)
"""States that nothing changes, sent once."""
