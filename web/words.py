"""Numbers and sentences in plain British English."""

from __future__ import annotations

import math
from collections.abc import Sequence

MINUS = "\N{MINUS SIGN}"
NOTHING = "\N{EN DASH}"
_UNIT_WORDS = {"points": "points", "%": "% points"}


def known(value: float | None) -> bool:
    """Whether there is a number at all."""
    return value is not None and math.isfinite(value)


def number(value: float | None, decimals: int = 1) -> str:
    """A number for reading: a true minus sign, no "-0.0", a dash where there is none."""
    if value is None or not math.isfinite(value):
        return NOTHING
    text = f"{abs(value):,.{decimals}f}"
    negative = value < 0 and any(digit in "123456789" for digit in text)
    return f"{MINUS}{text}" if negative else text


def signed(value: float | None, decimals: int = 1) -> str:
    """A change for reading, with its plus or minus."""
    text = number(value, decimals)
    rises = value is not None and math.isfinite(value) and value > 0
    return f"+{text}" if rises and text.strip("0.,") else text


def interval(low: float | None, high: float | None, decimals: int = 1, sign: bool = False) -> str:
    """The words "2.4 to 3.8"."""
    write = signed if sign else number
    return f"{write(low, decimals)} to {write(high, decimals)}"


def size(low: float, high: float, decimals: int = 1) -> str:
    """The interval of a change whose direction the sentence has said: both ends as sizes."""
    near, far = sorted((abs(low), abs(high)))
    if low < 0 < high:
        return interval(low, high, decimals, sign=True)
    return interval(near, far, decimals)


def decimals_for(unit: str) -> int:
    """How many decimals a measure deserves."""
    return 2 if unit in ("ratio", "concentration index") else 1


def unit_of_change(unit: str) -> str:
    """The unit of a difference: a share in % changes by percentage points."""
    return _UNIT_WORDS.get(unit, "" if unit in ("ratio", "concentration index") else unit)


def listed(names: Sequence[str]) -> str:
    """The words "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def lasting(weeks: int) -> str:
    """A length of time as people say it."""
    small = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    if weeks % 52 == 0 and weeks // 52 < len(small):
        years = weeks // 52
        return f"{small[years]} year{'s' if years != 1 else ''}"
    return f"{weeks} week{'s' if weeks != 1 else ''}"


def month(week: int) -> int:
    """The month in which a week lies, 12 to a year of 52 weeks."""
    return round(week * 12 / 52)


def quoted(title: str) -> str:
    """A title inside a sentence."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK}"


def sentence(text: str) -> str:
    """A phrase as a sentence of its own."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")
