"""Numbers, factors and outcomes in words, the same in sentences, figures and tables."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.indicators.table import INDICATORS

_PUBLICS = {
    "all": "everybody",
    "most-affected": "the most affected",
    "usual-suspects": "the usual suspects",
}
_WHEN = {"end": "at the end", "mean": "mean over the weeks"}
_UNITS = {"points": "points", "%": "percentage points", "ratio": ""}
_PLURAL = (
    *("stops", "incidents", "repeat_stops", "promises_kept"),
    *("engagement_hours", "response_hours"),
)
DECIDED = ("lever", "base scenario")
"""Roles of what can be chosen; the rest is a world to live in."""
DASH = "–"


def figure(value: float | None, decimals: int | None = None) -> str:
    """A number with as many digits as it deserves; a dash where there is none."""
    if value is None or not math.isfinite(value):
        return DASH if value is None or math.isnan(value) else "more than 100,000"
    if decimals is None:
        decimals = (
            0 if abs(value) >= 1000 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
        )
    text = f"{value:,.{decimals}f}"
    return text.replace("-", "−") if float(text.replace(",", "")) else text.lstrip("-")


def decimals_for(half: float) -> int:
    """Decimals that an interval of this half-width deserves."""
    if not math.isfinite(half) or half <= 0:
        return 2
    return min(4, max(1, -math.floor(math.log10(half))))


def decimals_of(value: float, low: float, high: float) -> int:
    """Decimals for a value and its interval: no end that is not zero is shown as zero."""
    decimals = decimals_for(high - value)
    ends = [abs(end) for end in (value, low, high) if math.isfinite(end) and end != 0]
    while decimals < 4 and any(round(end, decimals) == 0 for end in ends):
        decimals += 1
    return decimals


def between(low: float, high: float, decimals: int) -> str:
    """An interval in words."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return "no interval: one replicate or value only"
    return f"{figure(low, decimals)} to {figure(high, decimals)}"


def outcome(indicator: str) -> str:
    """An indicator inside a sentence: the trust gap."""
    label = INDICATORS[indicator].label
    article = "the " if label.endswith(("gap", "ratio")) else ""
    return f"{article}{label[0].lower()}{label[1:]}"


def unit_of_change(indicator: str) -> str:
    """The unit of a difference, with a space before it; nothing for ratios."""
    unit = INDICATORS[indicator].unit
    said = _UNITS.get(unit, unit)
    return f" {said}" if said else ""


def public(key: str, labels: Mapping[str, str] | None = None) -> str:
    """A public inside a sentence, by its label where one is known."""
    return _PUBLICS.get(key) or (labels or {}).get(key, key.replace("-", " "))


def when(key: str) -> str:
    """The end, or the mean over weeks."""
    return _WHEN[key]


def moved(row: Any, *, before: str = "") -> str:
    """A factor and two of its levels inside a sentence: policy.hours from 2 to 12."""
    name, level, base = (row[f"{before}{part}"] for part in ("factor", "level", "base_level"))
    if _number(base) and _number(level):
        return f"{name} from {base} to {level}"
    return f"{name} {level} instead of {base}"


def short(row: Any, *, before: str = "") -> str:
    """The same on the side of a figure: policy.hours: 2 → 12."""
    return f"{row[f'{before}factor']}: {row[f'{before}base_level']} → {row[f'{before}level']}"


def clear(row: Any) -> bool:
    """Whether the interval of a row leaves zero out."""
    return bool(row["low"] > 0 or row["high"] < 0)


def judged(indicator: str, difference: float) -> str:
    """Whether a change is for the better, where that is declared."""
    better = INDICATORS[indicator].better
    if better == "neither" or difference == 0:
        return ""
    return f", for the {'better' if (difference > 0) == (better == 'higher') else 'worse'}"


def effect(row: Any, labels: Mapping[str, str] | None = None) -> str:
    """One effect as a sentence: a lever acts, anything else is a world to live in."""
    name, size = str(row["indicator"]), float(row["difference"])
    where = "" if row["public"] == "all" else f" of {public(str(row['public']), labels)}"
    what = f"{outcome(name)}{where}"
    low, high = float(row["low"]), float(row["high"])
    acts = row["role"] in DECIDED
    is_or_are = "are" if name in _PLURAL else "is"
    if not math.isfinite(size):
        return f"There is nothing to compare for {what}, {moved(row)}: no pair has a value."
    if size == 0 and not high > 0:
        same = f" does not move {what} at all" if acts else f", {what} {is_or_are} the same"
        return f"{moving(row)}{same}."
    decimals = decimals_of(size, low, high)
    if math.isfinite(high) and not clear(row):
        doubt = f"({figure(size, decimals)}; {between(low, high, decimals)})"
        if acts:
            return f"{moving(row)} does not clearly change {what} {doubt}."
        return f"{moving(row)}, {what} {is_or_are} not clearly different {doubt}."
    interval = between(low, high, decimals) if size > 0 else between(-high, -low, decimals)
    amount = f"{figure(abs(size), decimals)}{unit_of_change(name)}"
    end = f"({interval}){judged(name, size)}."
    if acts:
        return f"{moving(row)} {'raises' if size > 0 else 'lowers'} {what} by {amount} {end}"
    return f"{moving(row)}, {what} {is_or_are} {amount} {'higher' if size > 0 else 'lower'} {end}"


def moving(row: Any) -> str:
    """How a sentence on an effect begins: Raising policy.hours from 2 to 12."""
    base, level = row["base_level"], row["level"]
    if row["role"] not in DECIDED:
        at = " at" if _number(base) and _number(level) else ""
        return f"With {row['factor']}{at} {level} instead of {base}"
    if not (_number(base) and _number(level)):
        return f"Taking {moved(row)}"
    return f"{'Raising' if float(level) >= float(base) else 'Lowering'} {moved(row)}"


def strongest(table: pd.DataFrame) -> pd.DataFrame:
    """Rows with the largest effects first, those that leave zero out before the others."""
    leaves = (table["low"] > 0) | (table["high"] < 0)
    order = table.assign(_clear=leaves, _size=table["difference"].abs())
    order = order.sort_values(["_clear", "_size"], ascending=False, kind="stable")
    return table.loc[order.index]


def listed(names: list[str]) -> str:
    """Names as a reader lists them: a, b and c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _number(text: Any) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
