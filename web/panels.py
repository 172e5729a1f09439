"""What each part of the page shows, as the JSON string that its component draws."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from sim.assumptions import ASSUMPTIONS
from sim.report import LIMITS
from web import words
from web.answer import Answer, figures, headline
from web.desk import News
from web.levers import OFFERED, REACH, REACH_WORDS
from web.places import Place, places, policy_of
from web.question import CHOICES, Question

_GROUPS = {True: "Real London boroughs", False: "Invented places"}
_SAID = {
    "preparing": "Getting the engine ready: this happens once on a machine and takes a minute or "
    "two.",
    "waiting": "Comparing the two policies.",
    "working": "Comparing the two policies.",
    "cancelled": "Stopped. What you see was finished before.",
    "fault": "This could not be computed. The server's log says why.",
}
_TOO_MUCH = "Nothing is computed: this asks for too much at once."


def asked(question: Question, faults: Sequence[str]) -> str:
    """The question with everything that can be chosen instead.

    Args:
        question: what is asked.
        faults: what was wrong with the address it came from.
    """
    too_much = question.too_much()
    return json.dumps(
        {
            "place": question.place,
            "base": question.base,
            "other": question.other,
            "places": _places(),
            "policies": _menu(question.where()),
            "question": question.policies()[1].question,
            "sizes": [
                _size("weeks", "Followed for", question.weeks, words.lasting),
                _size("residents", "Residents simulated", question.residents, "{:,}".format),
                _size("pairs", "Pairs of histories", question.pairs, str),
            ],
            "faults": [*faults, *([too_much] if too_much else [])],
        }
    )


def progress(question: Question, news: News | None, answer: Answer | None) -> str:
    """What is going on, in words for everybody, and how far it is.

    Args:
        question: what is asked now; news of an older question is no news.
        news: what was heard last.
        answer: what is shown, so that the end can be announced with its headline.
    """
    heard = news if news is not None and news.question == question else None
    kind = heard.kind if heard else "waiting"
    finished = heard is not None and heard.finished
    return json.dumps(
        {
            "says": _says(question, heard),
            "unseen": headline(answer)["main"] if finished and answer is not None else "",
            "busy": not question.too_much() and not finished and kind not in ("cancelled", "fault"),
            "done": heard.done if heard else 0,
            "total": heard.total if heard else 0,
            "again": kind in ("cancelled", "fault"),
        }
    )


def said(place: str, answer: Answer | None) -> str:
    """The headline with its figures, or what is being waited for."""
    if answer is None:
        return json.dumps(
            {
                "context": place,
                "waiting": "Two policies are being compared, pair by pair.",
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


def levers(question: Question) -> str:
    """The levers on offer, where they stand, and where the first policy has them."""
    base, other = (policy_of(scenario) for scenario in question.scenarios())
    moved = dict(question.moved)
    return json.dumps(
        [
            _reach(base, other, name in moved)
            if name == REACH
            else _lever(name, base, other, name in moved)
            for name in OFFERED
        ]
    )


def limits(question: Question) -> str:
    """What the page cannot tell, and where the figures of the place come from."""
    area = question.where().today.load().area
    return json.dumps(
        {
            "place": question.where().name,
            "limits": [*LIMITS, _untested()],
            "source": str(area.source or ""),
            "notes": [str(note) for note in area.notes or ()],
            "licence": str(area.licence or ""),
        }
    )


def repeat(question: Question) -> str:
    """The command that gives the same numbers, and the address that reopens the question."""
    return json.dumps({"command": question.command(), "address": question.address()})


def choice(legend: str, name: str, value: str, options: dict[str, str]) -> str:
    """One of a few to be chosen, by key and label."""
    listed = [{"key": key, "label": label} for key, label in options.items()]
    return json.dumps({"legend": legend, "name": name, "value": value, "options": listed})


def _says(question: Question, heard: News | None) -> str:
    if question.too_much():
        return _TOO_MUCH
    if heard is None or heard.kind != "answer":
        return _SAID[heard.kind if heard else "waiting"]
    if heard.finished:
        return f"Finished: {heard.done} pairs."
    return f"A first answer from {heard.done} pairs is here; more pairs are coming."


def _places() -> list[dict[str, Any]]:
    groups = {
        label: [
            {"key": place.key, "label": place.name}
            for place in places().values()
            if place.real is real
        ]
        for real, label in _GROUPS.items()
    }
    return [{"label": label, "places": inside} for label, inside in groups.items() if inside]


def _menu(place: Place) -> list[dict[str, str]]:
    return [{"key": key, "label": policy.title} for key, policy in place.policies.items()]


def _size(name: str, label: str, value: int, write: Callable[[int], str]) -> dict[str, Any]:
    choices = [{"value": each, "label": write(each)} for each in sorted({value, *CHOICES[name]})]
    return {"name": name, "label": label, "value": value, "choices": choices}


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
