"""What becomes of each outcome over the weeks, where a sweep kept them, in words and figures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
import pandas as pd

from analysis.effects.findings import Findings
from analysis.effects.weekly import EFFECTS, MEANS, clear_since
from analysis.report import drawing, words
from analysis.report.outcomes import leans
from analysis.report.section import Figure, Section, Table
from sim.doubtful import MARK, MEANING
from sim.indicators.table import INDICATORS

_MOST_LINES = len(drawing.LINES)
_MOST_WEEKS = 40  # rows of a table on the page
_CONTRAST = ["factor", "level", "base_level"]
_WHAT_EFFECTS = (
    "Each line is a paired difference for everybody, week by week, made as the differences at the end"
    " are; the band is its 95 % interval, each week for itself. A difference counts as clear from the"
    " first week on from which its interval stays on one side of zero to the last week; where nothing"
    " differs, one week in twenty leaves zero out by chance."
)
_WHAT_MEANS = (
    "Nothing in this sweep can be compared with a base, so each line is the mean over all points and"
    " replicates, for everybody; the band is its 95 % interval over replicates, each week for itself."
)


def sections(findings: Findings) -> list[Section]:
    """One section where the sweep kept every week, with a picture for each outcome."""
    effects, means = findings.tables.get(EFFECTS), findings.tables.get(MEANS)
    if effects is not None:
        parts = [
            _of_effects(str(name), _shown(own))
            for name, own in effects.groupby("indicator", sort=False)
        ]
        return [_section(_WHAT_EFFECTS, parts)]
    if means is not None:
        parts = [_of_means(str(name), own) for name, own in means.groupby("indicator", sort=False)]
        return [_section(_WHAT_MEANS, parts)]
    return []


def _section(what: str, parts: Sequence[tuple[list[str], Figure]]) -> Section:
    said = [sentence for sentences, _ in parts for sentence in sentences]
    said += [f"{MARK} {MEANING}."] if any(MARK in sentence for sentence in said) else []
    return Section("weeks", "Over time", (what, *said), tuple(figure for _, figure in parts))


def _shown(own: pd.DataFrame) -> list[pd.DataFrame]:
    """The contrasts of one outcome that are drawn: the first lever, then those that fit beside it.

    Where the police decide nothing in a sweep, what is not decided takes the place of levers.
    """
    every = [table for _, table in own.groupby(_CONTRAST, sort=False)]
    contrasts = [
        table for table in every if table["level"].iloc[0] != table["base_level"].iloc[0]
    ] or every
    decided = [table for table in contrasts if table["role"].iloc[0] in words.DECIDED]
    chosen: list[pd.DataFrame] = []
    for _, same in groupby(decided or contrasts, key=lambda table: table["factor"].iloc[0]):
        levels = list(same)
        if not chosen and len(levels) > _MOST_LINES:
            places = np.linspace(0, len(levels) - 1, _MOST_LINES).round().astype(int)
            levels = [levels[place] for place in places]
        if len(chosen) + len(levels) <= _MOST_LINES:
            chosen += levels
    return chosen


def _of_effects(name: str, contrasts: Sequence[pd.DataFrame]) -> tuple[list[str], Figure]:
    entry = INDICATORS[name]
    labels = [words.short(table.iloc[0]) for table in contrasts]
    named = f"{entry.label} {MARK}" if leans(name) else entry.label
    said = [f"{named}: {_clear(name, table)}" for table in contrasts]
    what = f"{entry.label} over the weeks, everybody: differences with 95 % intervals"
    unit = words.unit_of_change(name).strip() or entry.unit
    lines = [(label, table, "difference") for label, table in zip(labels, contrasts, strict=True)]
    heard = f"Differences with their bands against a line at zero. {' '.join(said)}"
    return said, _figure(EFFECTS, what, f"difference, {unit}", lines, heard, bound=0.0)


def _of_means(name: str, table: pd.DataFrame) -> tuple[list[str], Figure]:
    entry = INDICATORS[name]
    ends = [_value(table.iloc[place], "mean") for place in (0, -1)]
    last = int(table["week"].iloc[-1])
    said = f"{entry.label}: {ends[0]} in week 0, {ends[1]} in week {last}."
    what = f"{entry.label} over the weeks, everybody: mean with 95 % interval"
    lines = [("mean", table, "mean")]
    return [said], _figure(MEANS, what, entry.unit, lines, said, bound=None)


def _clear(name: str, table: pd.DataFrame) -> str:
    """From which week on a difference is clear, or that it never is."""
    moving = words.moving(table.iloc[0])
    moving = f"{moving[0].lower()}{moving[1:]}"
    known = table[np.isfinite(table["difference"])]
    if known.empty:
        return f"{moving} – there is nothing to compare in any week."
    if (known["difference"] == 0).all() and not (known["high"] > 0).any():
        return f"{moving} makes no difference in any week."
    sure = known[np.isfinite(known["high"])]
    if sure.empty:
        return f"{moving} – one replicate or value has no interval, so no week can be named."
    last, since = sure.iloc[-1], clear_since(table)
    end, size = int(last["week"]), _value(last, "difference", words.unit_of_change(name))
    if since is None:
        weeks = int(((sure["low"] > 0) | (sure["high"] < 0)).sum())
        before = f", though it leaves zero out in {weeks} of {len(sure)} weeks" if weeks else ""
        said = f"never comes to make a clear difference: its interval holds zero in week {end},"
        return f"{moving} {said} where it is {size}{before}."
    side = "above" if last["low"] > 0 else "below"
    if since == end:
        return f"{moving} makes a clear difference in week {end} only, the last: {size}."
    stays = f"its interval stays {side} zero to week {end}, the last"
    return f"{moving} makes a clear difference from week {since} on: {stays}, where it is {size}."


def _value(row: pd.Series, column: str, unit: str = "") -> str:
    """A value with its interval."""
    value, low, high = float(row[column]), float(row["low"]), float(row["high"])
    if not np.isfinite(value):
        return "no value"
    decimals = words.decimals_of(value, low, high)
    said = f"{words.figure(value, decimals)}{unit}"
    return f"{said} ({words.between(low, high, decimals)})" if np.isfinite(high) else said


def _figure(
    name: str, what: str, side: str, lines: Sequence[tuple[str, pd.DataFrame, str]], said: str,
    bound: float | None,
) -> Figure:  # fmt: skip
    weeks = lines[0][1]["week"].tolist() if lines else []
    series = [
        (label, table[column].tolist(), (table["high"] - table[column]).tolist())
        for label, table, column in lines
    ]
    svg = drawing.lines(what, ("week", side), weeks, series, said, bound=bound, below=True)
    step = -(-len(weeks) // _MOST_WEEKS)
    kept = sorted({*range(0, len(weeks), step), len(weeks) - 1})
    rows: dict[str, list[object]] = {"week": [weeks[place] for place in kept]}
    for label, table, column in lines:
        rows[label] = [_value(table.iloc[place], column) for place in kept]
    note = f"{name}.csv has {'every factor and level' if name == EFFECTS else 'all outcomes'}"
    note += f" in every week; here stands every {_ordinal(step)} and the last." if step > 1 else "."
    return Figure(svg, said, Table(name, what, pd.DataFrame(rows), note))


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 <= number % 100 <= 20 else ending}"
