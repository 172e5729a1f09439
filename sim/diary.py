"""One resident's weeks: what happened to them, and what it did to each attitude.

A diary is stored nowhere. The seed is replayed and that resident is followed, which changes nothing
for anybody: the same dice fall.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim import live
from sim import world as w_
from sim.core import dice
from sim.ledger import ATTITUDES, CAUSES
from sim.scenario.faults import suggestion
from sim.snapshots import resident_keys
from sim.topics import TOPICS
from sim.week.posting import NOTES

if TYPE_CHECKING:
    import numpy as np

    from sim.scenario import Scenario

Attitudes = tuple[float, float, float, float]
Postings = dict[str, dict[str, float]]


class NoSuchResident(ValueError):
    """Nobody in the area has this key; `faults` says which keys there are."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.faults = [fault]


@dataclass(frozen=True)
class Entry:
    """One thing that happened in a week, or a week in which nothing did.

    Attributes:
        week: week on the calendar; week 0 is the opening, the end of the warm-up.
        what: kind of event, one of `sim.week.posting.NOTES`; empty where nothing happened.
        details: what is known of it, where it applies.
            topic: of a concern, by name.
            fairness, satisfaction: how it felt, 0-1.
            resolved, found, promised, passed_on: true or false.
            officer: number of the officer.
            kind: of a public event.
            public: label of the public that was named.
            by, to: keys of residents who told something, or were told.
            weight: of an answer; below 1 for one that says why not.
            gap: points expected beyond what is delivered.
            trust, confidence: points moved by a friend's story.
            push: on trust, in per cent of the way left to 100, or to 0 where negative.
        attitudes: trust, confidence, legitimacy and expectation at the end of the week, in points.
        postings: points by attitude and cause in the whole week; given with its last entry only,
            so that the postings of all entries add up to what moved.
    """

    week: int
    what: str
    details: dict[str, Any]
    attitudes: Attitudes
    postings: Postings = field(default_factory=dict)


@dataclass(frozen=True)
class Diary:
    """The weeks of one resident.

    Attributes:
        key: the resident's key, such as "young-17".
        label: their public, for readers.
        entries: in order of time, at least one for each week from 0 on.
    """

    key: str
    label: str
    entries: list[Entry]


def diary(
    scenario: Scenario,
    key: str,
    *,
    seed: int = 1,
    replicate: int = 0,
    weeks: int = 156,
    residents: int = 3000,
    before: Scenario | None = None,
) -> Diary:
    """Replay a scenario and follow one resident from week 0 on.

    Args:
        scenario: a complete scenario.
        key: public and ordinal, such as "young-17".
        seed, replicate, weeks, residents: of the run that is replayed.
        before: the scenario whose world came before week 0, as in a comparison with it; None for
            the scenario's own.

    Raises:
        NoSuchResident: for a key that nobody has, with the keys there are.
    """
    scenario = scenario.with_before(before) if before is not None else scenario
    public, ordinal = _understood(key, list(scenario.area.groups))
    seed_of_replicate = dice.replicate_seed(seed, replicate)
    area = live.begin(scenario, seed_of_replicate, residents, weeks, traced=True)
    row = live.row_of(area.world, public, ordinal)
    if row < 0:
        raise NoSuchResident(_nobody(key, public, area.world, list(scenario.area.groups)))
    live.follow(area, row)
    area.live(weeks)
    labels = [group.label for group in scenario.area.groups.values()]
    return Diary(key, labels[public], _entries(area.world, list(scenario.area.groups), labels))


def _understood(key: str, publics: list[str]) -> tuple[int, int]:
    """Place of the public and ordinal of a key."""
    public, _, ordinal = key.rpartition("-")
    example = f"A key is a public and a number, such as {publics[0]}-0."
    if not (public and ordinal.isascii() and ordinal.isdecimal() and len(ordinal) < 10):
        raise NoSuchResident(f"No resident is called {key}. {example}")
    if public not in publics:
        raise NoSuchResident(
            f"No resident is called {key}: the area has no public {public}."
            f" {suggestion(public, publics)}"
        )
    return publics.index(public), int(ordinal)


def _nobody(key: str, public: int, world: w_.World, publics: list[str]) -> str:
    people = int(world.publics.people[public])
    everyone = world.residents.key.size
    has = f"keys go from {publics[public]}-0 to {publics[public]}-{people - 1}"
    return (
        f"No resident is called {key}: with {everyone:,} residents,"
        f" {has if people else f'nobody is of the public {publics[public]}'}."
    )


def _entries(world: w_.World, publics: list[str], labels: list[str]) -> list[Entry]:
    """All weeks of the resident who was followed."""
    books, turn = world.books, int(world.clock[1])
    if books.traced[1] >= books.trace_notes.shape[0]:
        raise RuntimeError("more happened to this resident than the books have room for")
    keys = resident_keys(world, publics).tolist()
    notes: dict[int, list[tuple[str, dict[str, Any]]]] = {}
    for note in books.trace_notes[: books.traced[1]]:
        what = NOTES[int(note[1])]
        details = _details(what, note[2:].tolist(), keys, labels)
        notes.setdefault(int(note[0]) - turn, []).append((what, details))
    entries = []
    for week in range(int(world.clock[0]) - turn + 1):
        attitudes = _attitudes(books.trace_levels[turn + week])
        *first, last = notes.get(week, [("", {})])
        entries += [Entry(week, *happened, attitudes) for happened in first]
        entries.append(Entry(week, *last, attitudes, _postings(books.trace_posts[turn + week])))
    return entries


def _attitudes(levels: np.ndarray) -> Attitudes:
    trust, confidence, legitimacy, expectation = (100.0 * levels).tolist()
    return trust, confidence, legitimacy, expectation


def _postings(posts: np.ndarray) -> Postings:
    """Points by attitude and cause, without what did not move."""
    found: Postings = {}
    for attitude, row in zip(ATTITUDES, (100.0 * posts).tolist(), strict=True):
        moved = {cause: points for cause, points in zip(CAUSES, row, strict=True) if points != 0.0}
        if moved:
            found[attitude] = moved
    return found


def _details(what: str, numbers: list[float], keys: list[str], labels: list[str]) -> dict[str, Any]:
    """The four numbers of a note by name, as `sim.week` writes them."""
    one, two, three, four = numbers
    match what:
        case "informed":
            return {"passed_on": two > 0.0}
        case "consulted" | "collaborated":
            return {"fairness": one, "officer": int(two), "push": 100.0 * three}
        case "mixed forum":
            return {"fairness": one}
        case "plan shared":
            return {"gap": 100.0 * one}
        case "concern raised" | "concern acted on" | "promise made":
            return {"topic": TOPICS[int(one)]}
        case "concern answered":
            return {"topic": TOPICS[int(one)], "weight": two}
        case "promise broken" | "partner failed":
            return {"topic": TOPICS[int(one)], "promised": two > 0.0}
        case "call":
            return {
                "fairness": one,
                "resolved": two > 0.0,
                "satisfaction": three,
                "officer": int(four),
            }
        case "search" | "severe search":
            return {
                "fairness": one,
                "found": two > 0.0,
                "officer": int(three),
                "push": 100.0 * four,
            }
        case "traffic stop":
            return {"fairness": one, "officer": int(three), "push": 100.0 * four}
        case "heard story":
            return {"trust": 100.0 * one, "confidence": 100.0 * two, "by": keys[int(three)]}
        case "public event":
            return {"kind": w_.EVENT_KINDS[int(one)], "push": 100.0 * two}
        case "passed the word":
            return {"to": keys[int(one)]}
        case "people named":
            return {"public": labels[int(one)]}
    return {}
