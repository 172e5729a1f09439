"""Assumptions that a visitor moves: behavioural numbers that nobody decides, apart from the levers."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from sim.assumptions import ASSUMPTIONS
from web.words import sentence

WEAKEST_FIRST = ("untested", "expert view", "single study", "review")
STRENGTHS = {
    "untested": "No study behind it",
    "expert view": "Expert view",
    "single study": "A single study",
    "review": "A review of studies",
}


def accepted(name: str, value: Any) -> float | None:
    """A value inside the declared range, or None where name or value is not on offer."""
    if name not in ASSUMPTIONS or isinstance(value, bool):
        return None
    try:
        wanted = float(value)
    except (TypeError, ValueError):
        return None
    if not math.isfinite(wanted) or not ASSUMPTIONS[name].holds(wanted):
        return None
    return round(wanted, 6)


def default(name: str, scenario: Any) -> float:
    """Where an assumption stands in a scenario before anybody moves it."""
    return float(scenario.assumptions[name])


def settings(moved: Iterable[tuple[str, float]]) -> tuple[str, ...]:
    """Moved assumptions as the command line takes them."""
    return tuple(f"assumptions.{name}={value!r}" for name, value in moved)


def menu() -> list[dict[str, Any]]:
    """Every assumption in words, those with least evidence first."""
    groups = []
    for strength in WEAKEST_FIRST:
        inside = [each for each in ASSUMPTIONS.values() if each.strength == strength]
        rows = [{"name": each.name, "label": sentence(each.meaning)[:-1]} for each in inside]
        rows.sort(key=lambda row: row["label"])
        groups.append({"label": STRENGTHS[strength], "assumptions": rows})
    return groups


def shown(name: str, value: float, scenario: Any) -> dict[str, Any]:
    """One assumption with its range, unit, source and strength of evidence, as a control shows it."""
    entry = ASSUMPTIONS[name]
    step = 10 ** math.floor(math.log10((entry.high - entry.low) / 50))
    return {
        "name": name,
        "label": sentence(entry.meaning)[:-1],
        "unit": entry.unit,
        "low": entry.low,
        "high": entry.high,
        "most": entry.high,
        "step": step,
        "scale": 1.0,
        "value": value,
        "before": default(name, scenario),
        "moved": value != default(name, scenario),
        "source": entry.source,
        "strength": STRENGTHS[entry.strength],
    }
