"""Effects in each week, where a sweep kept every week: the same contrasts as at its end.

Weeks are read in slabs of bounded size, each an array of point, replicate, and outcome in one week;
a sweep that does not fit into one slab is read once for each. Values of everybody only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.effects import paired, sloped
from analysis.effects.gathered import SLAB, Opened, Outcome, by_outcome, read_part
from analysis.effects.grid import Grid

EFFECTS, MEANS = "effects-by-week", "means-by-week"
_ALL = "all"
_COLUMNS = ["point", "replicate", "week", "public", "indicator", "value"]
_KEPT = (
    *("factor", "role", "level", "base_level", "indicator", "public", "week", "difference"),
    *("low", "high", "pairs", "cells", "method"),
)
Column = tuple[str, int]  # an indicator in one week


def by_week(opened: Opened, grid: Grid, most_bytes: int = SLAB) -> dict[str, pd.DataFrame]:
    """Every effect on every outcome of everybody in each week.

    Args:
        opened: the folder of the sweep.
        grid: its results at the end, which say what was varied and which outcomes are wanted.
        most_bytes: of results that are held at once; work on them takes about three times as much.

    Returns:
        One table, by the stem of its file: `EFFECTS`, one row for each factor, level, outcome and
        week from 0, with 95 % intervals made as those at the end; where nothing can be compared,
        `MEANS`, the mean over points and replicates. None where only the last week was kept.
    """
    if not grid.experiment.weekly:
        return {}
    effects, means = [], []
    for columns in _slabs(grid, most_bytes):
        laid = _laid_out(opened, grid, columns)
        tables = [table for table in (paired.effects(laid), sloped.slopes(laid)) if len(table)]
        effects += [_with_weeks(table) for table in tables]
        if not tables:
            means.append(_means(laid))
    found = {EFFECTS: effects, MEANS: means}
    return {
        name: _in_order(pd.concat(tables, ignore_index=True), grid)
        for name, tables in found.items()
        if tables
    }


def clear_since(table: pd.DataFrame) -> int | None:
    """The first week from which the interval stays on one side of zero to the last week.

    Args:
        table: `week`, `low` and `high` of one contrast, in any order.

    Returns:
        The week; None where the last interval holds zero or there is none. Weeks without an
        interval are passed over.
    """
    weeks = table[table["low"].notna()].sort_values("week", ascending=False)
    side = np.where(weeks["low"] > 0, 1, np.where(weeks["high"] < 0, -1, 0))
    if not len(side) or side[0] == 0:
        return None
    turned = np.flatnonzero(side != side[0])
    staying = turned[0] if len(turned) else len(side)
    return int(weeks["week"].iloc[staying - 1])


def _slabs(grid: Grid, most_bytes: int) -> Iterator[list[Column]]:
    """Outcomes in weeks, as many at once as memory is meant to hold."""
    names = dict.fromkeys(one.indicator for one in grid.gathered.outcomes if one.public == _ALL)
    columns = [(name, week) for name in names for week in range(grid.experiment.weeks + 1)]
    at_once = max(1, most_bytes // (8 * grid.gathered.lived.size))
    for first in range(0, len(columns), at_once):
        yield columns[first : first + at_once]


def _laid_out(opened: Opened, grid: Grid, columns: Sequence[Column]) -> Grid:
    """The same layout, with an outcome in one week in the place of each outcome."""
    gathered = grid.gathered
    shape = gathered.lived.shape
    values = np.full((*shape, len(columns)), np.nan)
    flat = values.reshape(-1, len(columns))
    place_of: dict[str, np.ndarray] = {}
    for place, (name, week) in enumerate(columns):
        places = place_of.setdefault(name, np.full(grid.experiment.weeks + 1, -1))
        places[week] = place
    for path in opened.parts:
        table = read_part(path, _COLUMNS)
        if table.num_rows == 0:
            continue
        run = table["point"].to_numpy() * shape[1] + table["replicate"].to_numpy()
        week, value = table["week"].to_numpy(), table["value"].to_numpy()
        for name, public, chosen in by_outcome(table, list(place_of)):
            if public == _ALL:
                place = place_of[name][week[chosen]]
                there = chosen[place >= 0]
                flat[run[there], place[place >= 0]] = value[there]
    outcomes = tuple(Outcome(name, _ALL, str(week)) for name, week in columns)
    return Grid(replace(gathered, outcomes=outcomes, values=values))


def _means(grid: Grid) -> pd.DataFrame:
    """The mean over points and replicates, with a t interval over replicates."""
    values = grid.gathered.values
    mean, half = paired.half_widths(values, bool(grid.sampled))
    return _with_weeks(
        pd.DataFrame(
            {
                **paired.outcome_columns(grid.gathered.outcomes, 1),
                "mean": mean,
                "low": mean - half,
                "high": mean + half,
                "values": (~np.isnan(values)).sum(axis=(0, 1)),
            }
        )
    )


def _with_weeks(table: pd.DataFrame) -> pd.DataFrame:
    named = table.rename(columns={"when": "week"})
    named["week"] = named["week"].astype(int)
    kept = [name for name in named if name in _KEPT or name in ("mean", "values")]
    return named[kept]


def _in_order(table: pd.DataFrame, grid: Grid) -> pd.DataFrame:
    """Weeks of one contrast beside one another, contrasts and outcomes as everywhere else."""
    keys = [name for name in ("factor", "level", "base_level") if name in table]
    contrast = table.groupby(keys, sort=False).ngroup() if keys else 0
    names = list(grid.experiment.indicators)
    order = table.assign(_contrast=contrast, _outcome=table["indicator"].map(names.index))
    order = order.sort_values(["_contrast", "_outcome", "week"], kind="stable")
    return table.loc[order.index].reset_index(drop=True)
