"""One resident's weeks in plain English, alone or beside the same resident in another world.

What happened is turned into words by one table: a new kind of event is one line in `HAPPENED`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sim.ledger import ATTITUDES, CAUSES

if TYPE_CHECKING:
    from sim.diary import Diary

Details = Mapping[str, Any]
SMALLEST = 0.15  # points; what moved an attitude less in a week is left out of the words
BACKGROUND = {  # what moves attitudes every week without anything having happened
    *("ties-pull", "follows-trust", "follows-confidence", "follows-impartiality"),
    *("fading", "drift"),
}
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
    """One week of one resident in words, or several weeks in a row without anything to tell.

    Attributes:
        first, last: numbers of the weeks; 0 is the end of the warm-up.
        happened: a sentence, without its full stop, for each thing that happened.
        because: for each cause that moved an attitude noticeably, a phrase with the points.
        attitudes: trust, confidence, legitimacy, expectation at the end of the last week, points.
    """

    first: int
    last: int
    happened: tuple[str, ...]
    because: tuple[str, ...]
    attitudes: tuple[float, ...]

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to tell but where the attitudes stand."""
        return not self.happened and not self.because


@dataclass(frozen=True)
class Pair:
    """The same weeks in two worlds.

    Attributes:
        one, other: the weeks in each world.
        parts: whether the two worlds part here, be it by a hair.
        first_event: whether something happens here in one world alone, for the first time.
    """

    one: Week
    other: Week
    parts: bool = False
    first_event: bool = False


def weeks_in_words(diary: Diary) -> list[Week]:
    """A diary in words, weeks with nothing to tell drawn together."""
    written: list[Week] = []
    for week in _every_week(diary).values():
        if written and week.quiet and written[-1].quiet:
            written[-1] = _joined(written[-1], week)
        else:
            written.append(week)
    return written


def pairs_in_words(diary: Diary, other: Diary) -> list[Pair]:
    """Two diaries of the same resident beside each other, marked where the worlds part."""
    one_by_week, other_by_week = _every_week(diary), _every_week(other)
    parting, event = first_difference(diary, other), first_event_apart(diary, other)
    written: list[Pair] = []
    for week in sorted({*one_by_week} & {*other_by_week}):
        pair = Pair(one_by_week[week], other_by_week[week], week == parting, week == event)
        if written and not pair.parts and _quiet(written[-1]) and _quiet(pair):
            before = written[-1]
            joined = _joined(before.one, pair.one), _joined(before.other, pair.other)
            written[-1] = replace(before, one=joined[0], other=joined[1])
        else:
            written.append(pair)
    return written


def first_difference(diary: Diary, other: Diary) -> int | None:
    """The first week in which the two worlds differ at all for this resident; None for never."""
    return _first_apart(diary, other, _everything)


def first_event_apart(diary: Diary, other: Diary) -> int | None:
    """The first week in which something happens in one world alone; None where that never is."""
    return _first_apart(diary, other, lambda entry: entry.what)


def totals(diary: Diary, attitude: str) -> dict[str, float]:
    """Points by which each cause moved an attitude over the whole diary, with their total."""
    points = dict.fromkeys(CAUSES, 0.0)
    for entry in diary.entries:
        for cause, moved in entry.postings.get(attitude, {}).items():
            points[cause] += moved
    return points | {"total": sum(points.values())}


def sentence(what: str, details: Details) -> str:
    """One thing that happened, as a sentence without its full stop."""
    if what in HAPPENED:
        return HAPPENED[what](details)
    return what[:1].upper() + what[1:]


def _every_week(diary: Diary) -> dict[int, Week]:
    return {
        week: _in_words(week, list(entries))
        for week, entries in groupby(diary.entries, key=lambda entry: entry.week)
    }


def _in_words(week: int, entries: Sequence[Any]) -> Week:
    happened = [sentence(entry.what, entry.details) for entry in entries if entry.what]
    because = _because(entries)
    return Week(week, week, tuple(happened), because, tuple(entries[-1].attitudes))


def _because(entries: Sequence[Any]) -> tuple[str, ...]:
    """A phrase for each cause that moved something noticeably, the everyday ones left out."""
    moved: dict[str, dict[str, float]] = {}
    for entry in entries:
        for attitude in ATTITUDES:
            for cause, points in entry.postings.get(attitude, {}).items():
                by_attitude = moved.setdefault(cause, {})
                by_attitude[attitude] = by_attitude.get(attitude, 0.0) + points
    phrases = []
    for cause, by_attitude in moved.items():
        told = {name: points for name, points in by_attitude.items() if abs(points) >= SMALLEST}
        if told and cause not in BACKGROUND:
            said = ", ".join(f"{name} {points:+.1f}" for name, points in told.items())
            phrases.append(f"{CAUSES[cause].label}: {said}")
    return tuple(phrases)


def _joined(before: Week, after: Week) -> Week:
    return replace(after, first=before.first)


def _quiet(pair: Pair) -> bool:
    return pair.one.quiet and pair.other.quiet


def _first_apart(diary: Diary, other: Diary, of: Callable[[Any], Any]) -> int | None:
    one_by_week, other_by_week = _by_week(diary, of), _by_week(other, of)
    weeks = {*one_by_week, *other_by_week}
    apart = [week for week in weeks if one_by_week.get(week) != other_by_week.get(week)]
    return min(apart, default=None)


def _by_week(diary: Diary, of: Callable[[Any], Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for entry in diary.entries:
        found.setdefault(entry.week, []).append(of(entry))
    return found


def _everything(entry: Any) -> tuple[Any, ...]:
    """What an entry holds, in a form that can be compared exactly."""
    return entry.what, dict(entry.details), tuple(float(value) for value in entry.attitudes)
