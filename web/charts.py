"""The charts as data: what the browser draws, one JSON string each."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from sim.indicators.table import INDICATORS
from web.answer import Answer
from web.measures import Band, band, delivered, end, exists, groups, level_unit
from web.question import letters
from web.words import decimals_for, interval, listed, number, quoted, signed, unit_of_change

LEVELS, DIFFERENCE = "levels", "difference"
GROUPS = {
    "Trust, confidence, legitimacy": ("trust", "confidence", "legitimacy"),
    "Expectation against delivery": ("expectation_gap",),
    "Who is stopped, and stopped again": ("marginalisation", "repeat_stops"),
    "Lines between publics": ("hardening",),
    "Who is reached and who is heard": ("reach_by_need", "representativeness"),
}
"""The charts over time, under the questions they answer."""
OVER_TIME = tuple(name for names in GROUPS.values() for name in names)
_LOOKS = (
    {"colour": "base", "dash": "6 4", "shape": "square"},
    {"colour": "other", "dash": "", "shape": "circle"},
    {"colour": "third", "dash": "10 3 2 3", "shape": "triangle"},
    {"colour": "fourth", "dash": "3 3", "shape": "diamond"},
)
_DELIVERED = (
    {"colour": "base", "dash": "1 4", "shape": "diamond"},
    {"colour": "other", "dash": "2 4", "shape": "triangle"},
)
_BEFORE = {"colour": "before", "dash": "2 3", "shape": "cross"}
_LEAST_SPAN = {"points": 8.0, "%": 8.0, "ratio": 0.4, "concentration index": 0.1}


def line_chart(answer: Answer, indicator: str, public: str, view: str) -> str:
    """One measure over time for one public, as a JSON string; see `chart`."""
    return _as_json(chart(answer, indicator, public, view))


def chart(answer: Answer, indicator: str, public: str, view: str) -> dict[str, Any]:
    """One measure over time for one public, as data.

    Args:
        answer: results and their question.
        indicator: one of `OVER_TIME`; the expectation gap is drawn as expected against delivered.
        public: whose experience; what exists only for the whole area is shown so, and said.
        view: both policies (`LEVELS`), or the other less the base (`DIFFERENCE`).
    """
    entry = INDICATORS[indicator]
    shown = public if exists(answer.comparison.base, indicator, public) else "all"
    two = len(answer.others) == 1
    gap = indicator == "expectation_gap" and view == LEVELS and two
    if view == DIFFERENCE:
        series = _difference(answer, indicator, shown)
    else:
        series = (
            _expected_and_delivered(answer, shown) if gap else _levels(answer, indicator, shown)
        )
    return {
        "id": indicator,
        "title": "Expected against delivered" if gap else entry.label,
        "meaning": entry.meaning,
        "unit": unit_of_change(entry.unit)
        if view == DIFFERENCE
        else ("points, 0 to 100" if gap else level_unit(entry)),
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


def heard_chart(answer: Answer) -> str:
    """Who is there, who needs, and who is reached: every public's share of each, as a JSON string."""
    area = answer.question.where().today.load().area
    results = answer.results()
    keys = sorted(groups(results[0]), key=lambda key: -float(area.groups[key].need))
    sizes = np.array([results[0].sizes[key] for key in keys])
    need = sizes * [float(area.groups[key].need) for key in keys]
    columns = {"of residents": 100 * sizes / sizes.sum(), "of need": 100 * need / need.sum()}
    for letter, each in zip(letters(answer.question), results, strict=True):
        hours = np.array([end(each, "engagement_hours", key) for key in keys]) * sizes
        total = np.nansum(hours)
        columns[f"of engagement hours, {letter}"] = 100 * hours / total if total else hours * np.nan
    return _as_json(
        {
            "title": "Who is there, who needs, who is met",
            "columns": list(columns),
            "rows": [
                {"label": answer.label(key), "shares": [_one(col[at]) for col in columns.values()]}
                for at, key in enumerate(keys)
            ],
            "summary": _shares_sentence(answer, keys, list(columns.values())),
        }
    )


def reach_chart(answer: Answer) -> str:
    """How many of each public are reached, those with most need first, as a JSON string."""
    area = answer.question.where().today.load().area
    keys = sorted(groups(answer.comparison.base), key=lambda key: -float(area.groups[key].need))
    rows = [
        {
            "label": answer.label(key),
            "need": f"{100 * float(area.groups[key].need):.0f}",
            "policies": [_end(band(each.series("reach", key))) for each in answer.results()],
        }
        for key in keys
    ]
    return _as_json(
        {
            "title": "Who is reached, by need",
            "meaning": "Share of each public that met an officer through engagement in the last "
            "year of the run. Publics with most need are on top.",
            "names": answer.lettered(),
            "rows": rows,
            "summary": _reach_sentence(answer, rows),
        }
    )


def summary(answer: Answer, indicator: str, public: str) -> str:
    """A chart in a sentence or two."""
    entry, found = INDICATORS[indicator], answer.measured(indicator, public)
    decimals = decimals_for(entry.unit)
    start = answer.comparison.base.series(indicator, public)[:, 0]
    start = start[np.isfinite(start)]
    begins = f"from {number(float(start.mean()), decimals)} at the start " if len(start) else ""
    every = zip(answer.all_names(), answer.results(), strict=True)
    ends = [
        f"{number(end(results, indicator, public), decimals)} with {quoted(name)}"
        for name, results in every
    ]
    unit = unit_of_change(entry.unit)
    which = f", {letters(answer.question)[1 + answer.focus]} less A" if len(ends) > 2 else ""
    return (
        f"{entry.label}, {answer.label(public)}: {begins}to {listed(ends)}. "
        f"Difference at the end{which}: "
        f"{signed(found.difference, found.decimals)}{f' {unit}' if unit else ''} "
        f"({interval(found.low, found.high, found.decimals, sign=True)})."
    )


def _levels(answer: Answer, indicator: str, public: str) -> list[dict[str, Any]]:
    found = [
        _series(name, band(results.series(indicator, public)), look)
        for name, results, look in zip(answer.lettered(), answer.results(), _LOOKS)
    ]
    if answer.before is not None:
        name = f"{answer.lettered()[0]}, before assumptions were moved"
        found.append(_series(name, band(answer.before.series(indicator, public)), _BEFORE))
    return found


def _expected_and_delivered(answer: Answer, public: str) -> list[dict[str, Any]]:
    names, every = answer.lettered(), answer.results()
    expected = [
        _series(f"Expected, {name}", band(results.series("expectation", public)), look)
        for name, results, look in zip(names, every, _LOOKS)
    ]
    got = [
        _series(f"Delivered, {name}", band(delivered(results, public)), look)
        for name, results, look in zip(names, every, _DELIVERED)
    ]
    return [*expected, *got]


def _difference(answer: Answer, indicator: str, public: str) -> list[dict[str, Any]]:
    base, *others = answer.lettered()
    found = []
    for name, title, look in zip(answer.others, others, _LOOKS[1:]):
        spread = answer.comparison.difference_series(name, indicator, public)
        values = Band(*(np.asarray(part) for part in spread))
        found.append(_series(f"{title}, less {base}", values, look))
    return found


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


def _reach_sentence(answer: Answer, rows: list[dict[str, Any]]) -> str:
    order = listed(list(letters(answer.question)))
    parts = [
        f"{row['label']}: {listed([number(each['mean']) + ' %' for each in row['policies']])}"
        for row in rows
    ]
    return f"Reached in the last year, under {order} in turn. {'; '.join(parts)}."


def _shares_sentence(answer: Answer, keys: list[str], columns: list[np.ndarray]) -> str:
    """Who is met far less than their need would have it, under the policy that is looked at."""
    need, met = columns[1], columns[3 + answer.focus]
    short = [at for at in range(len(keys)) if np.isfinite(met[at]) and met[at] < need[at]]
    if not short:
        return "Every public is met in proportion to its need, or more."
    at = max(short, key=lambda each: need[each] - met[each])
    letter = letters(answer.question)[1 + answer.focus]
    return (
        f"Under {letter}, {answer.label(keys[at])} are furthest below their share of need: "
        f"{number(float(need[at]))} % of need, {number(float(met[at]))} % of engagement hours."
    )


def _one(value: float) -> float | None:
    return round(float(value), 3) if np.isfinite(value) else None


def _as_json(chart: dict[str, Any]) -> str:
    return json.dumps(chart, allow_nan=False, separators=(",", ":"))
