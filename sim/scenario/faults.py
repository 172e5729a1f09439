"""What is wrong with a file: one line per fault, with place, value and what to do about it."""

from __future__ import annotations

import difflib
import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MOST_FAULTS = 200
_LONGEST_SHOWN = 60
_MANY = 10_000
_MOST_LISTED = 24


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a scenario or area file.

    Attributes:
        file: the file (or `--set` setting) it is in, as the user would name it.
        place: the table, such as "[policy]", or a line and column; empty for the file as a whole.
        message: the value, what is wrong with it and the remedy, as whole sentences.
        key: the dotted key in the scenario, such as "policy.feedback"; empty where there is none.
    """

    file: str
    place: str
    message: str
    key: str = ""

    def __str__(self) -> str:
        return (
            f"{self.file}, {self.place}: {self.message}"
            if self.place
            else f"{self.file}: {self.message}"
        )


class ScenarioFaults(ValueError):
    """A scenario cannot be used; `faults` has every reason, and `str()` has one line for each."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type[ScenarioFaults], tuple[list[Fault]]]:
        return type(self), (self.faults,)


def shown(value: Any) -> str:
    """A value from a file as it may be repeated in one line of a message."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{plain(value)}"'
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, int):
        return str(value) if abs(value) < 10**_LONGEST_SHOWN else "a number of more than 60 digits"
    if isinstance(value, dict):
        return "a table" if value else "an empty table"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    return plain(str(value))


def plain(text: str) -> str:
    """Text cut to a readable length, with whatever does not print written as an escape."""
    if len(text) > _LONGEST_SHOWN:
        text = text[: _LONGEST_SHOWN - 1] + "…"
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in text)


def number(value: float) -> str:
    """A bound or a sum, without the noise of binary fractions."""
    if math.isfinite(value) and value == int(value) and abs(value) >= _MANY:
        return f"{int(value):,}"
    return f"{value:.10g}" if math.isfinite(value) else str(value)


def one_of(names: Iterable[str]) -> str:
    """Names as a reader lists them: a, b or c."""
    *most, last = list(names)
    return f"{', '.join(most)} or {last}" if most else last


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The known name most like the one given, or None where none is close."""
    known = {known.lower(): known for known in names}
    close = difflib.get_close_matches(name[:_LONGEST_SHOWN].lower(), known, n=1, cutoff=0.6)
    return known[close[0]] if close else None


def suggestion(name: str, names: Iterable[str]) -> str:
    """A sentence with the nearest known name, or with all where none is near and they are few."""
    names = list(names)
    if close := nearest(name, names):
        return f"Did you mean {close}?"
    if 0 < len(names) <= _MOST_LISTED:
        return f"Known here: {', '.join(names)}."
    return "No name known here is like it. Remove it."


def unprintable(text: str, *, lines: bool = False) -> str | None:
    """The first control or direction-changing character of a text; None where there is none.

    Args:
        text: what a file gave.
        lines: whether line breaks and tabs are welcome, as in a longer text.
    """
    for sign in text:
        kind = unicodedata.category(sign)
        joiner = sign in "\u200c\u200d"  # part of correct spelling in several scripts
        if kind in ("Cc", "Cf", "Cs", "Zl", "Zp") and not joiner and not (lines and sign in "\n\t"):
            return _escaped(sign)
    return None


def _escaped(sign: str) -> str:
    code = ord(sign)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
