"""Figures as people read them: as many digits as they deserve, a dash where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.headline import direction
from sim.indicators.table import INDICATORS

NOTHING = "-"


def level(indicator: str, value: float | None) -> str:
    """A value in its unit, per cent written out."""
    if value is None:
        return NOTHING
    unit = " %" if INDICATORS[indicator].unit.startswith("%") else ""
    return f"{value:.{_decimals(indicator)}f}{unit}"


def change(indicator: str, entry: Mapping[str, Any]) -> str:
    """A change or difference with its sign; a star where chance alone does not explain it."""
    value = entry["change"] if "change" in entry else entry["difference"]
    star = "" if direction(entry["lo"], entry["hi"]) == "no-clear-change" else "*"
    return (
        NOTHING if value is None else f"{value + 0.0:+.{_small_decimals(indicator, entry)}f}{star}"
    )


def interval(indicator: str, entry: Mapping[str, Any]) -> str:
    """The two ends of an interval."""
    if entry["lo"] is None or entry["hi"] is None:
        return NOTHING
    decimals = _small_decimals(indicator, entry)
    return f"{entry['lo'] + 0.0:+.{decimals}f} to {entry['hi'] + 0.0:+.{decimals}f}"


def points(value: float | None) -> str:
    """Points of the ledger."""
    return NOTHING if value is None else f"{value + 0.0:+.2f}"


def _decimals(indicator: str) -> int:
    return 2 if INDICATORS[indicator].unit in ("ratio", "concentration index") else 1


def _small_decimals(indicator: str, entry: Mapping[str, Any]) -> int:
    """One digit more where a whole interval lies within one unit."""
    ends = [abs(entry[end]) for end in ("lo", "hi") if entry[end] is not None]
    small = bool(ends) and max(ends) < 1
    return max(_decimals(indicator), 2 if small else 1)
