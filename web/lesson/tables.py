"""The tables of a lesson file: which keys there are, of what type, in what range."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from sim.core.declared import Declared
from sim.scenario.tables import Name, Table, Text
from web.question import LIMITS

Change = Literal["rises", "falls", "no-clear-change"]
_OURS = "set for the pages"


def _declared(name: str, default: float, low: float, high: float, unit: str, what: str) -> Declared:
    return Declared(name, default, low, high, unit, what, _OURS, "expert view")


_USUAL = {"weeks": 156, "residents": 1000, "pairs": 40}
_MEANING = {
    "weeks": ("weeks", "how long both worlds are lived"),
    "residents": ("residents", "how many residents are simulated"),
    "pairs": ("pairs", "how many pairs of histories are compared"),
}
NUMBERS = {
    "number": _declared(
        "number", 100, 1, 999, "in the list", "the place of the lesson in the list"
    ),
    "minutes": _declared("minutes", 5, 0, 180, "minutes", "how long the step takes"),
    "low": _declared("low", 0, 0, 100, "%", "the least share of pairs that the option stands for"),
    "high": _declared("high", 0, 0, 100, "%", "the largest share of pairs it stands for"),
    "found": _declared("found", 0, 0, 100, "%", "the share of pairs that agree with the average"),
    **{
        name: _declared(name, _USUAL[name], *LIMITS[name], *_MEANING[name])
        for name in ("weeks", "residents", "pairs")
    },
}


def _number(name: str, default: Any) -> Any:
    declared = NUMBERS[name]
    return Field(default, ge=declared.low, le=declared.high)


class LessonTable(Table):
    """One table of a lesson file."""

    registry = NUMBERS


class Head(LessonTable):
    """What a lesson says about itself."""

    title: Name = ""
    aim: Text = ""
    number: int = _number("number", 100)


class Step(LessonTable):
    """What every step has."""

    minutes: int = _number("minutes", 5)
    text: Text = ""
    notes: Text = ""


class Asking(Step):
    """The question the lesson begins with."""

    asks: Text = ""


class Finding(LessonTable):
    """One difference, in one measure, for one public."""

    indicator: Name = ""
    public: Name = "all"
    other: Name = ""
    expected: Change | None = None
    found: Change | None = None
    text: Text = ""


class Predicting(Step):
    """What is predicted."""

    indicator: Name = ""
    public: Name = "all"
    other: Name = ""
    measure: Literal["difference", "agreement"] = "difference"
    expected: Change | None = None
    found: Any = None


class OptionRow(LessonTable):
    """One answer that may be predicted."""

    text: Name = ""
    change: Change | None = None
    low: float | None = _number("low", None)
    high: float | None = _number("high", None)


class Running(Step):
    """What is compared."""

    place: Name = "baseline"
    base: Name = ""
    weeks: int = _number("weeks", _USUAL["weeks"])
    residents: int = _number("residents", _USUAL["residents"])
    pairs: int = _number("pairs", _USUAL["pairs"])


class Explaining(Step):
    """What the waterfall explains."""

    attitude: Literal["trust", "confidence", "legitimacy", "expectation"] = "trust"
    public: Name = "all"
    other: Name = ""


TABLES: dict[str, type[Step]] = {
    "question": Asking,
    "predict": Predicting,
    "run": Running,
    "reveal": Step,
    "why": Explaining,
    "discuss": Step,
}
"""The table of each step."""
LISTS = {
    "predict": ("options",),
    "run": ("others",),
    "reveal": ("also",),
    "discuss": ("questions",),
}
"""Keys of a step that hold lists and are read by themselves."""
HEAD_LISTS = ("limits",)
