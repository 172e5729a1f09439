"""One resident's weeks in plain English, alone or beside the same resident in another world.

What happened is turned into words by one table: a new kind of event is one line in `HAPPENED`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sim.indicators.table import INDICATORS
from sim.ledger import ATTITUDES, CAUSES

if TYPE_CHECKING:
    from sim.diary import Diary

Details = Mapping[str, Any]
SMALLEST = 0.05  # points; what moved less is left out of the words
MOST_CAUSES = 3  # per attitude and week
_TOPICS = {
    "burglary": "burglary",
    "antisocial": "anti-social behaviour",
    "drugs": "drugs",
    "traffic": "traffic",
    "violence": "violence",
    "overpoliced": "being over-policed",
}


def _about(details: Details) -> str:
    topic = details.get("topic")
    return f" about {_TOPICS.get(topic, topic)}" if topic else ""


def _felt(details: Details) -> str:
    fairness = details.get("fairness")
    if fairness is None:
        return ""
    scale = ((0.25, "very unfair"), (0.45, "unfair"), (0.55, "neither fair nor unfair"))
    word = next((word for top, word in scale if fairness < top), None)
    return f"; it felt {word or ('fair' if fairness < 0.75 else 'very fair')}"


def _search(words: str) -> Callable[[Details], str]:
    def sentence(details: Details) -> str:
        found = "something was found" if details.get("found") else "nothing was found"
        return f"{words}; {found}{_felt(details)}"

    return sentence


def _call(details: Details) -> str:
    outcome = "the matter was resolved" if details.get("resolved") else "nothing came of it"
    return f"Called the police; {outcome}{_felt(details)}"


def _informed(details: Details) -> str:
    by = "a neighbour or association passed it on" if details.get("passed_on") else "by an officer"
    return f"Was told what the local police are doing ({by})"


def _story(details: Details) -> str:
    trust = details.get("trust") or details.get("confidence") or 0.0
    tone = "good" if trust > 0 else "bad" if trust < 0 else "mixed"
    return f"A friend told them of a {tone} experience with the police"


def _broken(details: Details) -> str:
    what = "Nothing came of what was promised" if details.get("promised") else "Heard nothing back"
    return f"{what}{_about(details)}, twelve weeks on"


def _partner(details: Details) -> str:
    what = "promised concern" if details.get("promised") else "concern"
    return f"A {what}{_about(details)} was passed to a partner agency, and nothing came of it"


def _event(details: Details) -> str:
    kind = str(details.get("kind", "")).replace("-", " ")
    return f"Heard of a public event{f': {kind}' if kind else ''}"


def _named(details: Details) -> str:
    public = details.get("public")
    return f"Spoke of other people as the problem{f': {public}' if public else ''}"


HAPPENED: dict[str, Callable[[Details], str]] = {
    "informed": _informed,
    "consulted": lambda details: f"An officer asked for their view{_felt(details)}",
    "collaborated": lambda details: f"Worked on a problem together with officers{_felt(details)}",
    "mixed forum": lambda details: f"Met people of another public in a mixed forum{_felt(details)}",
    "plan shared": lambda details: "Heard what the police plan, and what they cannot do",
    "promise made": lambda details: f"Was promised that something would be done{_about(details)}",
    "concern raised": lambda details: f"Raised a concern{_about(details)}",
    "concern answered": lambda details: f"Got an answer to a concern{_about(details)}",
    "concern acted on": lambda details: f"A concern{_about(details)} was acted on",
    "promise broken": _broken,
    "partner failed": _partner,
    "people named": _named,
    "call": _call,
    "incident not reported": lambda details: "Suffered an incident and did not report it",
    "search": _search("Was stopped and searched"),
    "severe search": _search("Was stopped and searched, harshly"),
    "traffic stop": lambda details: f"Was stopped briefly in traffic{_felt(details)}",
    "saw patrol": lambda details: "Saw officers on foot patrol",
    "heard story": _story,
    "passed the word": lambda details: "Passed on to a friend what the police are doing",
    "public event": _event,
}


@dataclass(frozen=True)
class Week:
    """One week of one resident in words.

    Attributes:
        week: its number; 0 is the end of the warm-up.
        happened: a sentence for each thing that happened to them.
        moved: a phrase for each attitude that moved, with its main causes.
    """

    week: int
    happened: tuple[str, ...]
    moved: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """The same week in two worlds; None where nothing happened and nothing moved.

    Attributes:
        week: its number.
        one, other: the week in each world.
        first: whether the two worlds part here.
    """

    week: int
    one: Week | None
    other: Week | None
    first: bool = False


def weeks_in_words(diary: Diary) -> list[Week]:
    """A diary in words, without the weeks in which nothing happened and little moved."""
    written = []
    for week, entries in groupby(diary.entries, key=lambda entry: entry.week):
        kept = list(entries)
        happened = tuple(sentence(entry.what, entry.details) for entry in kept if entry.what)
        moved = _moved(kept)
        if happened or moved:
            written.append(Week(week, happened, moved))
    return written


def pairs_in_words(diary: Diary, other: Diary) -> list[Pair]:
    """Two diaries of the same resident, week by week, with the week marked in which they part."""
    one_by_week = {week.week: week for week in weeks_in_words(diary)}
    other_by_week = {week.week: week for week in weeks_in_words(other)}
    parting = first_difference(diary, other)
    weeks = {*one_by_week, *other_by_week} | ({parting} if parting is not None else set())
    return [
        Pair(week, one_by_week.get(week), other_by_week.get(week), week == parting)
        for week in sorted(weeks)
    ]


def first_difference(diary: Diary, other: Diary) -> int | None:
    """The first week in which the two worlds differ for this resident; None where they never do."""
    one_by_week, other_by_week = _contents(diary), _contents(other)
    different = [
        week
        for week in {*one_by_week, *other_by_week}
        if one_by_week.get(week) != other_by_week.get(week)
    ]
    return min(different, default=None)


def sentence(what: str, details: Details) -> str:
    """One thing that happened, as a sentence without its full stop."""
    if what in HAPPENED:
        return HAPPENED[what](details)
    return what[:1].upper() + what[1:]


def _contents(diary: Diary) -> dict[int, list[Any]]:
    """What each week holds, in a form that can be compared exactly."""
    found: dict[int, list[Any]] = {}
    for entry in diary.entries:
        attitudes = tuple(float(value) for value in entry.attitudes)
        found.setdefault(entry.week, []).append((entry.what, dict(entry.details), attitudes))
    return found


def _moved(entries: Iterable[Any]) -> tuple[str, ...]:
    """What moved in a week: each attitude with its level afterwards and the main causes."""
    kept = list(entries)
    phrases = []
    for place, attitude in enumerate(ATTITUDES):
        causes: dict[str, float] = {}
        for entry in kept:
            for cause, points in entry.postings.get(attitude, {}).items():
                causes[cause] = causes.get(cause, 0.0) + points
        telling = sorted(
            (cause for cause in causes if abs(causes[cause]) >= SMALLEST),
            key=lambda cause: -abs(causes[cause]),
        )
        if telling:
            because = ", ".join(
                f"{CAUSES[cause].label} {causes[cause]:+.1f}" for cause in telling[:MOST_CAUSES]
            )
            level = f"{INDICATORS[attitude].label} {kept[-1].attitudes[place]:.1f}"
            phrases.append(f"{level} ({because})")
    return tuple(phrases)
