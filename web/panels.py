"""What each part of the page shows, as the JSON string that its component draws."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from sim.assumptions import ASSUMPTIONS
from sim.indicators.table import INDICATORS
from sim.report import LIMITS
from sim.theories import THEORIES
from web import assumed, charts, words
from web.answer import Answer, called, figures
from web.assumed import STRENGTHS
from web.desk import News
from web.headline import headline
from web.levers import MORE, OFFERED, REACH, REACH_SOURCE, REACH_WORDS
from web.money import hours_and_money
from web.places import Place, place_at, places, policy_of
from web.question import (
    ALL_PAIRS,
    CHOICES,
    OTHERS,
    OWN_NUMBERS,
    PRECISIONS,
    Question,
    first_question,
    letters,
)

_GROUPS = {True: "Real London boroughs", False: "Invented places"}
_BROUGHT = "From Your area"
_SAID = {
    "preparing": "Getting the engine ready: this happens once on a machine and takes a minute or "
    "two.",
    "waiting": "Comparing the policies.",
    "working": "Comparing the policies.",
    "cancelled": "Stopped. What you see was finished before.",
    "fault": "This could not be computed. The server's log says why.",
}
_TOO_MUCH = "Nothing is computed: this asks for too much at once."


def asked(question: Question, faults: Sequence[str], brought: Sequence[str] = ()) -> str:
    """The question with everything that can be chosen instead.

    Args:
        question: what is asked.
        faults: what was wrong with the address it came from.
        brought: places that were brought from the page Your area.
    """
    too_much = question.too_much()
    others = question.policies()[1:]
    return json.dumps(
        {
            "place": question.place,
            "base": question.base,
            "others": [
                {
                    "name": OTHERS[which],
                    "letter": letters(question)[1 + which],
                    "policy": tried.policy,
                    "question": others[which].question,
                }
                for which, tried in enumerate(question.tried)
            ],
            "may_add": question.with_another() != question,
            "places": _places(dict.fromkeys([question.place, *brought])),
            "policies": _menu(question.where()),
            "sizes": [
                _size("weeks", "Followed for", question.weeks, words.lasting),
                _size("residents", "Residents simulated", question.residents, "{:,}".format),
                _precision(question),
                _size("pairs", "Pairs at most", question.pairs, str),
                _theory(question),
            ],
            "account": THEORIES[question.theory].account if question.theory else "",
            "faults": [*faults, *([too_much] if too_much else [])],
        }
    )


def progress(
    question: Question, news: News | None, answer: Answer | None, may_undo: bool = False
) -> str:
    """What is going on, in words for everybody, and how far it is.

    Args:
        question: what is asked now; news of an older question is no news.
        news: what was heard last.
        answer: what is shown, so that the end can be announced with its headline.
        may_undo: whether something was asked before.
    """
    heard = news if news is not None and news.question == question else None
    kind = heard.kind if heard else "waiting"
    finished = heard is not None and heard.finished
    return json.dumps(
        {
            "says": _says(question, heard, answer),
            "unseen": headline(answer)["main"] if finished and answer is not None else "",
            "busy": not question.too_much() and not finished and kind not in ("cancelled", "fault"),
            "done": heard.done if heard else 0,
            "total": heard.total if heard else 0,
            "again": kind in ("cancelled", "fault"),
            "may_undo": may_undo,
        }
    )


def errand(news: News | None, doing: str, done: str) -> str:
    """How far work of another kind is.

    Args:
        news: what was heard of it last; None where it was not asked for.
        doing, done: what to say while it goes on, and at its end.
    """
    kind = news.kind if news is not None else ""
    says = {"": "", "cancelled": "Stopped.", "fault": _SAID["fault"], "answer": done}
    return json.dumps(
        {
            "busy": kind in ("waiting", "preparing", "working"),
            "done": news.done if news is not None and kind == "working" else 0,
            "total": news.total if news is not None and kind == "working" else 0,
            "says": says.get(kind, doing),
        }
    )


def lived_through(news: News | None, pair: int) -> str:
    """How far a pair of histories, by its number, is lived, in the words of the line of progress."""
    kind = news.kind if news is not None else "waiting"
    busy = kind in ("waiting", "preparing", "working")
    says = {
        "working": f"Living pair {pair} of the histories, week by week.",
        "waiting": f"Living pair {pair} of the histories, week by week.",
        "cancelled": "Stopped: there is no picture.",
        "answer": "",
        "fault": news.message.partition(": ")[2] if _too_large(news) and news else _SAID["fault"],
    }
    counted = news is not None and kind == "working"
    return json.dumps(
        {
            "busy": busy,
            "says": says.get(kind, _SAID.get(kind, "")),
            "unseen": "The picture is ready." if kind == "answer" else "",
            "done": news.done if counted and news else 0,
            "total": news.total if counted and news else 0,
            "again": kind in ("cancelled", "fault"),
            "may_undo": False,
        }
    )


def _too_large(news: News | None) -> bool:
    return news is not None and news.message.startswith("TooLarge: ")


def said(place: str, answer: Answer | None) -> str:
    """The headline with its figures, or what is being waited for."""
    if answer is None:
        return json.dumps(
            {
                "context": place,
                "waiting": "The policies are being compared, pair by pair.",
                "pairs": "The first answer appears here as soon as a few pairs are finished.",
            }
        )
    return json.dumps(
        {
            **headline(answer),
            "figures": figures(answer),
            "number_of_pairs": answer.pairs,
            "finished": answer.finished,
        }
    )


def levers(question: Question, which: int) -> str:
    """The levers of one policy, where they stand, and where the first policy has them."""
    scenarios = question.scenarios()
    base, other = policy_of(scenarios[0]), policy_of(scenarios[1 + which])
    moved = dict(question.tried[which].moved)
    controls = [
        _reach(base, other, name in moved)
        if name == REACH
        else _lever(name, base, other, name in moved)
        for name in OFFERED
    ]
    whose = f"{letters(question)[1 + which]}: {called(question)[1 + which]}"
    return json.dumps(
        {
            "id": "levers",
            "kind": "lever",
            "title": "Move a lever",
            "lead": f"Of {words.quoted(whose)}. What people make of it is left to them: no lever "
            "touches an attitude.",
            "controls": [each for each in controls if each["name"] not in MORE],
            "more": [each for each in controls if each["name"] in MORE],
            "more_title": "More levers",
            "reset_all": "Reset every lever",
        }
    )


def assumptions(question: Question) -> str:
    """The assumptions that were moved, as controls; all others wait in a menu."""
    base = question.unmoved_base()
    return json.dumps(
        {
            "id": "assumptions",
            "kind": "assumption",
            "title": "Doubt an assumption",
            "lead": "What nobody decides: how people and officers behave. A moved assumption holds "
            "for all policies, and moves the baseline with it.",
            "controls": [
                {
                    **assumed.shown(name, value, base),
                    "meaning": "",
                    "today": f"Without your change: {assumed.default(name, base):g}.",
                }
                for name, value in question.assumed
            ],
            "more": [],
            "reset_all": "Reset every assumption",
        }
    )


@lru_cache(maxsize=32)
def all_assumptions(place: str, theory: str = OWN_NUMBERS) -> str:
    """Every assumption that can be moved, for the menu; the same for everybody who looks there."""
    base = first_question(place).asking("theory", theory).unmoved_base()
    entries = {
        name: {
            **assumed.shown(name, assumed.default(name, base), base),
            "meaning": "",
            "today": f"Without your change: {assumed.default(name, base):g}.",
        }
        for name in ASSUMPTIONS
    }
    return json.dumps({"groups": assumed.menu(), "entries": entries})


def limits(question: Question) -> str:
    """What the page cannot tell, and where the figures of the place come from."""
    area = question.where().today.load().area
    return json.dumps(
        {
            "place": question.where().name,
            "limits": [*LIMITS, _untested(), *question.where().limits()],
            "source": str(area.source or ""),
            "notes": [str(note) for note in area.notes or ()],
            "licence": str(area.licence or ""),
        }
    )


def carried(
    question: Question,
    answer: Answer | None,
    cost: float | None,
    faults: Sequence[str],
    root: str,
) -> str:
    """What can be carried out of the page.

    Args:
        question, answer: what is asked, and the latest answer.
        cost: pounds an officer-hour, or None.
        faults: what was wrong with a file that was opened.
        root: path under which the app is served.
    """
    of_this = answer is not None and answer.question == question
    pairs = answer.pairs if of_this and answer is not None else None
    marks = letters(question)
    return json.dumps(
        {
            "command": question.command(pairs),
            "address": question.address(),
            "whole": question.whole_address(),
            "needs_file": not question.carries_area(),
            "area_file": question.where().file if question.where().own else "",
            "made_place": bool(question.where().file),
            "root": root,
            "pairs": pairs or question.pairs,
            "which": answer.focus if answer is not None else 0,
            "ready": bool(of_this and answer is not None and answer.finished),
            "charts": [
                {"name": name, "label": INDICATORS[name].label} for name in charts.OVER_TIME
            ],
            "publics": [
                {"key": key, "label": label}
                for key, label in (answer.publics if answer is not None else {}).items()
            ],
            "policies": [
                {"which": which, "letter": marks[1 + which]} for which in range(len(question.tried))
            ],
            "cost": f"{cost:g}" if cost is not None else "",
            "money": hours_and_money(answer, cost) if answer is not None else None,
            "faults": list(faults),
        }
    )


def choice(legend: str, name: str, value: str, options: dict[str, str]) -> str:
    """One of a few to be chosen, by key and label."""
    listed = [{"key": key, "label": label} for key, label in options.items()]
    return json.dumps({"legend": legend, "name": name, "value": value, "options": listed})


def _says(question: Question, heard: News | None, answer: Answer | None) -> str:
    if question.too_much():
        return _TOO_MUCH
    if heard is not None and heard.kind == "cancelled" and answer is None:
        return "Stopped before there was an answer."
    if heard is None or heard.kind != "answer":
        return _SAID[heard.kind if heard else "waiting"]
    if heard.finished:
        return f"Finished after {heard.done} pairs."
    return f"A first answer from {heard.done} pairs is here; more pairs are coming."


def _places(brought: Iterable[str]) -> list[dict[str, Any]]:
    groups = {
        label: [
            {"key": place.key, "label": place.name}
            for place in places().values()
            if place.real is real
        ]
        for real, label in _GROUPS.items()
    }
    more = (place_at(key) for key in brought if key not in places())
    groups[_BROUGHT] = [{"key": place.key, "label": place.name} for place in more if place]
    return [{"label": label, "places": inside} for label, inside in groups.items() if inside]


def _menu(place: Place) -> list[dict[str, str]]:
    return [{"key": key, "label": policy.title} for key, policy in place.policies.items()]


def _size(name: str, label: str, value: int, write: Callable[[int], str]) -> dict[str, Any]:
    choices = [{"value": each, "label": write(each)} for each in sorted({value, *CHOICES[name]})]
    return {"name": name, "label": label, "value": value, "choices": choices}


def _precision(question: Question) -> dict[str, Any]:
    choices = [{"value": each, "label": f"± {each:g} points"} for each in PRECISIONS]
    choices.append({"value": ALL_PAIRS, "label": "all pairs, whatever they show"})
    return {
        "name": "within",
        "label": "Trust known to",
        "value": question.within,
        "choices": choices,
    }


def _theory(question: Question) -> dict[str, Any]:
    choices = [{"value": OWN_NUMBERS, "label": "Parley’s own numbers"}]
    choices += [{"value": name, "label": theory.label} for name, theory in THEORIES.items()]
    return {
        "name": "theory",
        "label": "Theory of trust",
        "value": question.theory,
        "choices": choices,
    }


def _reach(base: dict[str, Any], other: dict[str, Any], moved: bool) -> dict[str, Any]:
    lever = OFFERED[REACH]
    options = [{"value": key, "label": label} for key, label in REACH_WORDS.items()]
    if other.get(REACH) not in REACH_WORDS:
        options = [{"value": "", "label": "A rule of its own"}, *options]
    before = REACH_WORDS.get(str(base.get(REACH)), "A rule of its own")
    return {
        "name": REACH,
        "label": lever.label,
        "meaning": lever.meaning,
        "moved": moved,
        "source": REACH_SOURCE,
        "strength": "Expert view",
        "options": options,
        "value": other.get(REACH, ""),
        "today": f"In the first policy: {before[0].lower()}{before[1:]}.",
    }


def _lever(name: str, base: dict[str, Any], other: dict[str, Any], moved: bool) -> dict[str, Any]:
    lever = OFFERED[name]
    value, before = float(other[name]) * lever.scale, float(base[name]) * lever.scale
    percent = " %" if lever.scale == 100 else ""
    return {
        "name": name,
        "label": lever.label,
        "meaning": lever.meaning,
        "moved": moved,
        "unit": lever.unit,
        "low": lever.low,
        "high": lever.high,
        "most": lever.most,
        "step": lever.step,
        "scale": lever.scale,
        "value": round(value, 4),
        "before": round(before, 4),
        "source": lever.source,
        "strength": STRENGTHS[lever.strength],
        "today": f"In the first policy: {before:g}{percent}.",
    }


@lru_cache(maxsize=1)
def _untested() -> str:
    """How many behavioural numbers have no study behind them."""
    untested = sum(each.strength == "untested" for each in ASSUMPTIONS.values())
    return (
        f"That is {untested} of the {len(ASSUMPTIONS)} numbers: other values within their ranges "
        "could give other answers."
    )
