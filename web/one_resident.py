"""One resident in both worlds: how they are found, their weeks in words, their place in the network."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim import EngagementModel
from sim.diary import Diary, NoSuchResident, diary
from sim.diary_words import Pair, Week, first_difference, first_event_apart, pairs_in_words
from sim.indicators.table import INDICATORS
from sim.ledger import ATTITUDES
from web.answer import called
from web.desk import Runs
from web.one_pair import FIRST
from web.question import SEED, Question, letters, to_see
from web.words import number, signed

FINDERS = {
    "lost-trust": "Show me someone who lost trust",
    "gained-trust": "Show me someone who gained trust",
    "searched": "Show me someone who was searched more",
    "met": "Show me someone whom officers met more",
}
"""Ways to find a resident by what the other policy did to them, against the first."""
_TRAITS = ("age", "tenure", "ethnic")
_WORDS_OF = {"social": "social renter", "private": "private renter", "owner": "owner"}
_KNOWN = ((0.05, "not known to the police"), (0.3, "a little known to the police"))


@dataclass(frozen=True)
class Wanted:
    """Which resident is wanted: by key, or found by what happened to them.

    Args:
        key: public and number, such as "young-17"; empty to have one found.
        finder: one of `FINDERS`; empty where there is a key.
        nth: the how-manieth that fits, from 0.
    """

    key: str = ""
    finder: str = ""
    nth: int = 0


def wanted_in(search: str | None) -> Wanted:
    """The resident an address names as `see.resident`; someone who lost trust where it names none."""
    key = to_see(search, "resident")[:80]
    return Wanted(key=key) if key else Wanted(finder="lost-trust")


@dataclass(frozen=True)
class Life:
    """One resident's weeks in both worlds.

    Args:
        key, label: who it is, and of which public.
        diaries: in the first world and in the other.
        traits: what they are like, in words.
        circle: the people they talk with, one dictionary each; ties between them by place.
        pair: number of the pair of histories, from 1.
        fault: why nobody was found; then everything else is empty.
    """

    key: str
    label: str = ""
    diaries: tuple[Diary, Diary] | None = None
    traits: tuple[str, ...] = ()
    circle: tuple[dict[str, Any], ...] = ()
    ties: tuple[tuple[int, int], ...] = ()
    pair: int = FIRST
    fault: str = ""


def life(question: Question, which: int, wanted: Wanted, pair: int = FIRST) -> Any:
    """The errand that finds a resident and replays their weeks in both worlds.

    Args:
        question: what is compared.
        which: which of the other policies, from 0.
        wanted: whom to find.
        pair: number of the pair of histories, from 1; replicate 0 is pair 1.
    """

    def errand(runs: Runs) -> Generator[tuple[int, int], None, Life]:
        scenarios = question.scenarios()
        base, other = scenarios[0], scenarios[1 + which]
        options = {"weeks": question.weeks, "residents": question.residents, "seed": SEED}
        replicate = pair - FIRST
        key = wanted.key
        if not key:
            key = _found(runs, base, other, options, wanted, replicate)
            yield 1, 4
            if not key:
                return Life(
                    "", pair=pair, fault="Nobody fits: in this pair it happened to no resident."
                )
        try:
            first = diary(base, key, replicate=replicate, **options)
            yield 2, 4
            second = diary(other, key, replicate=replicate, before=base, **options)
            yield 3, 4
        except NoSuchResident as fault:
            return Life(key, pair=pair, fault=" ".join(fault.faults))
        traits, circle, ties = _neighbourhood(base, key, question, replicate)
        return Life(key, first.label, (first, second), traits, circle, ties, pair)

    return errand


def told(question: Question, which: int, found: Life) -> dict[str, Any]:
    """Both diaries side by side in plain English, with the weeks marked in which they part."""
    assert found.diaries is not None
    one, other = found.diaries
    pairs = pairs_in_words(one, other)
    names, marks = called(question), letters(question)
    end = [each.entries[-1].attitudes[0] for each in found.diaries]
    return {
        "key": found.key,
        "who": f"{found.label}, resident {found.key}",
        "traits": list(found.traits),
        "names": [f"{marks[0]}: {names[0]}", f"{marks[1 + which]}: {names[1 + which]}"],
        "letters": [marks[0], marks[1 + which]],
        "rows": [_row(pair) for pair in pairs],
        "summary": _summary(found, end, (marks[0], marks[1 + which]), _which_pair(question, found)),
        "pair": _which_pair(question, found),
        "note": f"{found.key} of another pair is somebody else with another story: a diary shows how "
        "things come about, not how often. A synthetic person.",
    }


def attitude_chart(question: Question, which: int, found: Life, attitude: str) -> dict[str, Any]:
    """One attitude of the resident in both worlds, week by week."""
    assert found.diaries is not None
    entry, at = INDICATORS[attitude], ATTITUDES.index(attitude)
    looks = (
        {"colour": "base", "dash": "6 4", "shape": "square"},
        {"colour": "other", "dash": "", "shape": "circle"},
    )
    names, marks = called(question), letters(question)
    series = []
    for place, look, lived in zip((0, 1 + which), looks, found.diaries, strict=True):
        by_week = {each.week: round(each.attitudes[at], 3) for each in lived.entries}
        values = [by_week[week] for week in sorted(by_week)]
        nothing = [None] * len(values)
        name = f"{marks[place]}: {names[place]}"
        series.append({"name": name, **look, "mean": values, "low": nothing, "high": nothing})
    ends = [number(each["mean"][-1]) for each in series]
    return {
        "id": f"resident-{attitude}",
        "title": f"{entry.label} of {found.key}",
        "meaning": f"This resident alone, in {_which_pair(question, found)}: there is no band.",
        "unit": "points, 0 to 100",
        "better": "",
        "decimals": 1,
        "span": 8.0,
        "difference": False,
        "who": found.key,
        "note": "",
        "weeks": question.weeks,
        "series": series,
        "summary": f"From {number(series[0]['mean'][0])} at the start to {ends[0]} in the one "
        f"world and {ends[1]} in the other.",
    }


def circle(found: Life) -> dict[str, Any]:
    """The resident and the people they talk with, as a picture and a table."""
    people = [{"key": found.key, "label": found.label}, *found.circle]
    same = sum(each["label"] == found.label for each in found.circle)
    count = len(found.circle)
    return {
        "people": people,
        "ties": [list(tie) for tie in found.ties],
        "summary": f"{found.key} talks with {count} other{'s' if count != 1 else ''}, {same} of "
        "them of the same public. What they live through reaches them as friends' stories.",
    }


def _which_pair(question: Question, found: Life) -> str:
    """Which of how many pairs of histories somebody lived in."""
    return f"pair {found.pair} of {question.pairs}"


def _found(
    runs: Runs, base: Any, other: Any, options: dict[str, int], wanted: Wanted, replicate: int
) -> str:
    """The key of the resident to whom the other policy did most of what is wanted."""
    found = runs.compare(
        base, [other], replicates=1, first=replicate, snapshots=(options["weeks"],), **options
    )
    ours, theirs = found.base.snapshots, next(iter(found.others.values())).snapshots
    keys, at, where = np.intersect1d(ours["resident"], theirs["resident"], return_indices=True)
    column = {"searched": "stops", "met": "contacts"}.get(wanted.finder, "trust")
    change = theirs[column][where].astype(float) - ours[column][at].astype(float)
    if wanted.finder == "lost-trust":
        change = -change
    order = np.argsort(-change, kind="stable")
    fitting = order[change[order] > 0]
    return str(keys[fitting[wanted.nth % fitting.size]]) if fitting.size else ""


def _neighbourhood(
    base: Any, key: str, question: Question, replicate: int
) -> tuple[tuple[str, ...], tuple[dict[str, Any], ...], tuple[tuple[int, int], ...]]:
    """Traits of a resident and the people they talk with, as the run begins."""
    model = EngagementModel(base, residents=question.residents, replicate=replicate, rng=SEED)
    graph = model.network()
    labels = {name: group.label for name, group in base.area.groups.items()}
    node = graph.nodes[key]
    near = sorted(graph.neighbors(key), key=lambda each: (graph.nodes[each]["group"], each))
    people = tuple(
        {
            "key": each,
            "label": labels[graph.nodes[each]["group"]],
            "trust": round(graph.nodes[each]["trust"], 1),
            "same_beat": graph.nodes[each]["beat"] == node["beat"],
        }
        for each in near
    )
    place = {each: number_of for number_of, each in enumerate([key, *near])}
    ties = tuple(
        (place[one], place[another])
        for one in (key, *near)
        for another in graph.neighbors(one)
        if another in place and place[one] < place[another]
    )
    return _traits(node), people, ties


def _traits(node: dict[str, Any]) -> tuple[str, ...]:
    known = next((word for top, word in _KNOWN if node["known"] < top), "well known to the police")
    words = [str(node[name]) for name in _TRAITS]
    return (
        f"aged {words[0]}",
        _WORDS_OF.get(words[1], words[1]),
        f"ethnic group: {words[2]}",
        f"lives on beat {int(node['beat']) + 1}",
        known,
    )


def _row(pair: Pair) -> dict[str, Any]:
    same = (pair.one.happened, pair.one.because) == (pair.other.happened, pair.other.because)
    first, last = pair.one.first, pair.one.last
    weeks = f"{last}" if first == last else f"{first} to {last}"
    marks = []
    if pair.parts:
        apart = abs(pair.one.attitudes[0] - pair.other.attitudes[0])
        size = f"{apart:.2f}" if apart >= 0.01 else "less than 0.01"
        marks.append(f"Here the two worlds part: trust differs by {size} points.")
    if pair.first_event:
        marks.append("The first thing that happens in one world alone.")
    return {
        "weeks": weeks,
        "same": same,
        "marks": marks,
        "worlds": [_cell(pair.one), _cell(pair.other)],
    }


def _cell(week: Week) -> dict[str, Any]:
    because = "; ".join(week.because)
    said = " ".join(f"{sentence}." for sentence in week.happened)
    if week.quiet:
        said = "The start." if week.last == 0 else "Nothing in particular."
    return {
        "said": said,
        "because": f"{because[:1].upper()}{because[1:]}." if because else "",
        "trust": number(week.attitudes[0]),
        "quiet": week.quiet,
    }


def _summary(found: Life, end: list[float], marks: tuple[str, str], pair: str) -> str:
    assert found.diaries is not None
    one, other = found.diaries
    parting, event = first_difference(one, other), first_event_apart(one, other)
    if parting is None:
        return f"Both worlds are the same for this resident in every week of {pair}."
    said = (
        f"At the end trust is {number(end[0])} under {marks[0]} and {number(end[1])} under "
        f"{marks[1]}, {signed(end[1] - end[0])} points, in {pair}. The two worlds part in week {parting}"
    )
    if event is None:
        return f"{said}, though nothing ever happens to them in one world alone."
    return f"{said}; in week {event} something happens in one world alone for the first time."
