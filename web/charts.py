"""The charts as data: what the browser draws, one JSON string each."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from sim.indicators.table import INDICATORS
from web.answer import Answer
from web.measures import Band, band, delivered, exists, groups
from web.words import decimals_for, interval, number, quoted, signed, unit_of_change

LEVELS, DIFFERENCE = "levels", "difference"
OVER_TIME = (
    "trust",
    "confidence",
    "legitimacy",
    "expectation_gap",
    "marginalisation",
    "repeat_stops",
    "hardening",
    "reach_by_need",
)
_BASE = {"colour": "base", "dash": "6 4", "shape": "square"}
_OTHER = {"colour": "other", "dash": "", "shape": "circle"}
_GOT_BASE = {"colour": "base", "dash": "1 4", "shape": "diamond"}
_GOT_OTHER = {"colour": "other", "dash": "2 4", "shape": "triangle"}
_LEAST_SPAN = {"points": 8.0, "%": 8.0, "ratio": 0.4, "concentration index": 0.1}


def line_chart(answer: Answer, indicator: str, public: str, view: str) -> str:
    """One measure over time for one public, as a JSON string.

    Args:
        answer: results and their question.
        indicator: one of `OVER_TIME`; the expectation gap is drawn as expected against delivered.
        public: whose experience; what exists only for the whole area is shown so, and said.
        view: both policies (`LEVELS`), or the other less the base (`DIFFERENCE`).
    """
    entry = INDICATORS[indicator]
    shown = public if exists(answer.comparison.base, indicator, public) else "all"
    gap = indicator == "expectation_gap" and view == LEVELS
    if view == DIFFERENCE:
        series = _difference(answer, indicator, shown)
    else:
        series = (
            _expected_and_delivered(answer, shown) if gap else _levels(answer, indicator, shown)
        )
    return _as_json(
        {
            "id": indicator,
            "title": "Expected against delivered" if gap else entry.label,
            "meaning": entry.meaning,
            "unit": unit_of_change(entry.unit) if view == DIFFERENCE else _level_unit(entry.unit),
            "better": f"{entry.better} is better" if entry.better != "neither" and not gap else "",
            "decimals": decimals_for(entry.unit),
            "span": _LEAST_SPAN.get(entry.unit, 1.0) / (4 if view == DIFFERENCE else 1),
            "difference": view == DIFFERENCE,
            "who": answer.label(shown),
            "note": "" if shown == public else "Measured for the whole area only.",
            "weeks": answer.question.weeks,
            "series": series,
            "summary": summary(answer, indicator, shown),
        }
    )


def reach_chart(answer: Answer) -> str:
    """How many of each public are reached, those with most need first, as a JSON string."""
    area = answer.question.where().today.load().area
    keys = sorted(groups(answer.comparison.base), key=lambda key: -float(area.groups[key].need))
    base, other = answer.comparison.base, answer.comparison.others[answer.name]
    rows = [
        {
            "label": answer.label(key),
            "need": f"{100 * float(area.groups[key].need):.0f}",
            "base": _end(band(base.series("reach", key))),
            "other": _end(band(other.series("reach", key))),
        }
        for key in keys
    ]
    first, last = answer.names()
    return _as_json(
        {
            "title": "Who is reached, by need",
            "meaning": "Share of each public that met an officer through engagement in the last "
            "year of the run. Publics with most need are on top.",
            "names": [first, last],
            "rows": rows,
            "summary": _reach_sentence(rows),
        }
    )


def summary(answer: Answer, indicator: str, public: str) -> str:
    """A chart in a sentence or two."""
    entry, found = INDICATORS[indicator], answer.measured(indicator, public)
    decimals = decimals_for(entry.unit)
    start = answer.comparison.base.series(indicator, public)[:, 0]
    start = start[np.isfinite(start)]
    first, last = (quoted(name) for name in answer.names())
    begins = f"from {number(float(start.mean()), decimals)} at the start " if len(start) else ""
    unit = unit_of_change(entry.unit)
    return (
        f"{entry.label}, {answer.label(public)}: {begins}"
        f"to {number(found.base, decimals)} with {first} "
        f"and {number(found.other, decimals)} with {last}. Difference at the end: "
        f"{signed(found.difference, found.decimals)}{f' {unit}' if unit else ''} "
        f"({interval(found.low, found.high, found.decimals, sign=True)})."
    )


def _levels(answer: Answer, indicator: str, public: str) -> list[dict[str, Any]]:
    base, other = answer.names()
    comparison = answer.comparison
    return [
        _series(base, band(comparison.base.series(indicator, public)), _BASE),
        _series(other, band(comparison.others[answer.name].series(indicator, public)), _OTHER),
    ]


def _expected_and_delivered(answer: Answer, public: str) -> list[dict[str, Any]]:
    base, other = answer.names()
    first, last = answer.comparison.base, answer.comparison.others[answer.name]
    return [
        _series(f"Expected: {base}", band(first.series("expectation", public)), _BASE),
        _series(f"Expected: {other}", band(last.series("expectation", public)), _OTHER),
        _series(f"Delivered: {base}", band(delivered(first, public)), _GOT_BASE),
        _series(f"Delivered: {other}", band(delivered(last, public)), _GOT_OTHER),
    ]


def _difference(answer: Answer, indicator: str, public: str) -> list[dict[str, Any]]:
    mean, low, high = answer.comparison.difference_series(answer.name, indicator, public)
    base, other = answer.names()
    name = f"{other}, less {base}"
    return [_series(name, Band(np.asarray(mean), np.asarray(low), np.asarray(high)), _OTHER)]


def _series(name: str, values: Band, look: dict[str, str]) -> dict[str, Any]:
    return {
        "name": name,
        **look,
        "mean": _plain(values.mean),
        "low": _plain(values.low),
        "high": _plain(values.high),
    }


def _end(values: Band) -> dict[str, float | None]:
    return {part: _plain(getattr(values, part)[-1:])[0] for part in ("mean", "low", "high")}


def _plain(values: np.ndarray) -> list[float | None]:
    return [
        value if known else None
        for value, known in zip(
            np.round(values, 3).tolist(), np.isfinite(values).tolist(), strict=True
        )
    ]


def _level_unit(unit: str) -> str:
    return "points, 0 to 100" if unit == "points" else unit


def _reach_sentence(rows: list[dict[str, Any]]) -> str:
    parts = [
        f"{row['label']}: {number(row['base']['mean'])} % and {number(row['other']['mean'])} %"
        for row in rows
    ]
    return (
        "Reached in the last year, first with the one policy, then with the other. "
        f"{'; '.join(parts)}."
    )


def _as_json(chart: dict[str, Any]) -> str:
    return json.dumps(chart, allow_nan=False, separators=(",", ":"))
