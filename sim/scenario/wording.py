"""How faults are worded: the place as in the file, the range, what is wrong with a value."""

from __future__ import annotations

import math
import re
from typing import Any

from sim.core.declared import Declared
from sim.scenario.faults import nearest, number, one_of, plain, shown
from sim.scenario.layers import Place


def table_of(place: Place) -> Place:
    """The table that a key stands in; an entry of a list stands where the list does."""
    while place and isinstance(place[-1], int):
        place = place[:-1]
    return place[:-1]


def heading(place: Place) -> str:
    """The heading of a table in its file: [policy], [area.groups.young], [[events]] number 2."""
    names: list[str] = []
    number_of = ""
    for part in place:
        if isinstance(part, int):
            number_of, names = f"[[{'.'.join(names)}]] number {part + 1}", []
        else:
            names.append(part if re.fullmatch(r"[\w-]+", part) else shown(part))
    inside = f"[{'.'.join(names)}]" if names else ""
    return ", ".join(part for part in (number_of, inside) if part)


def called(place: Place) -> str:
    """The key at a place, or the position in a list, as a message names it."""
    last = place[-1]
    if not isinstance(last, int):
        return plain(last) if re.fullmatch(r"[\w+-]+", last) else shown(last)
    return f"{called(place[:-1])}, entry {last + 1}," if len(place) > 1 else f"entry {last + 1}"


def range_of(declared: Declared) -> str:
    """The accepted range with its unit; shares speak for themselves."""
    unit = "" if declared.unit.startswith("share") else f" {declared.unit}"
    return f"{number(declared.low)} to {number(declared.high)}{unit}"


def number_fault(value: Any, declared: Declared) -> str:
    """What is wrong with a number, or an empty text."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return f"should be a number, {range_of(declared)}. It is {declared.meaning}."
    if isinstance(value, float) and not math.isfinite(value):
        return f"should be a finite number, {range_of(declared)}. It is {declared.meaning}."
    if not declared.low <= value <= declared.high:
        return f"is outside {range_of(declared)}. It is {declared.meaning}."
    return ""


def value_fault(error: Any, declared: Declared | None) -> str:
    """What is wrong with a value, from the error of its pydantic model.

    Args:
        error: one of `ValidationError.errors()`.
        declared: the declaration of the key, where it is a number.
    """
    kind, context = error["type"], error.get("ctx", {})
    whole = _EXPECTED.get(kind) == _WHOLE
    if declared and whole and isinstance(error["input"], float) and math.isfinite(error["input"]):
        return f"{_WHOLE} It is {declared.meaning}."
    if declared and (fault := number_fault(error["input"], declared)):
        return fault
    if kind == "unprintable":
        return f"has a control character ({context['sign']}). Remove it."
    if kind == "text_too_long":
        return f"is longer than {context['limit']:,} characters. Shorten it."
    if kind == "literal_error":
        return _choice_fault(error)
    return _EXPECTED.get(kind, "should be something else.")


def _choice_fault(error: Any) -> str:
    choices = [part.strip("'") for part in re.split(r", | or ", error["ctx"]["expected"])]
    close = nearest(str(error["input"]), choices)
    return f"should be {one_of(choices)}.{f' Did you mean {close}?' if close else ''}"


_WHOLE = "should be a whole number."
_EXPECTED = {
    "string_type": "should be a text in quotation marks.",
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": "should be a number.",
    "list_type": "should be a list in square brackets.",
    "dict_type": "should be a table of keys.",
    "blank": "should not be empty. Give it a few words.",
}
