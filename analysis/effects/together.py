"""Two factors together: cells of a map, and how much one changes what the other does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.effects.grid import Axis, Grid
from analysis.effects.paired import half_widths, level_text, mean_over, outcome_columns
from analysis.effects.sloped import binned_map, interactions_of_lines
from analysis.experiment.points import PARAMETER_SET

LARGE = 0.5  # of the larger of the two main effects: from here an interaction is told
DIFFERENCES = "paired difference of differences"


@dataclass(frozen=True)
class Map:
    """Mean outcomes by the levels of two factors: `cells` is [level, other level, outcome]."""

    factor: str
    other: str
    levels: list[str]
    other_levels: list[str]
    cells: np.ndarray
    exact: bool


def maps(grid: Grid) -> Iterator[Map]:
    """Every pair of factors: exact cells where levels are listed, stretches where ranges were sampled."""
    for one, other in combinations(_mapped(grid), 2):
        values = _pair(grid, one, other)
        levels = [[level_text(level) for level in axis.levels] for axis in (one, other)]
        complete = ~np.isnan(values).any(axis=(0, 1))
        cells = mean_over(np.where(complete, values, np.nan).reshape(
            *values.shape[:2], -1, values.shape[-1]), 2)  # fmt: skip
        yield Map(one.name, other.name, levels[0], levels[1], cells, True)
    for first, second in combinations(range(len(grid.sampled)), 2):
        levels_of_one, levels_of_other, cells = binned_map(grid, first, second)
        names = grid.sampled[first].name, grid.sampled[second].name
        yield Map(*names, levels_of_one, levels_of_other, cells, False)


def map_rows(grid: Grid) -> pd.DataFrame:
    """Cells of every map as rows."""
    found = []
    for one in maps(grid):
        shape = one.cells.shape
        found.append(
            pd.DataFrame(
                {
                    "factor": one.factor,
                    "level": np.repeat(one.levels, shape[1] * shape[2]),
                    "other_factor": one.other,
                    "other_level": np.tile(np.repeat(one.other_levels, shape[2]), shape[0]),
                    **outcome_columns(grid.gathered.outcomes, shape[0] * shape[1]),
                    "mean": one.cells.ravel(),
                    "method": "exact cells" if one.exact else "stretches of a sample",
                }
            )
        )
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()


def interactions(grid: Grid) -> pd.DataFrame:
    """How much each factor changes what another does, against the base levels of both.

    (both moved less only the other moved) less (only the one moved less none moved), paired by cell
    and replicate, with a t interval over replicates; from a fitted line where ranges were sampled.
    """
    found = [table for one, other in combinations(_mapped(grid), 2)
             for table in _of_pair(grid, one, other)]  # fmt: skip
    lines = interactions_of_lines(grid)
    found += [] if lines.empty else [lines]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()


def _mapped(grid: Grid) -> list[Axis]:
    return [axis for axis in grid.compared if axis.name != PARAMETER_SET]


def _pair(grid: Grid, one: Axis, other: Axis) -> np.ndarray:
    """Results by the levels of two axes: [level, other level, cell, replicate, outcome]."""
    places = (grid.axes.index(one), grid.axes.index(other))
    moved = np.moveaxis(grid.values, places, (0, 1))
    return moved.reshape(*moved.shape[:2], -1, *grid.values.shape[-2:])


def _of_pair(grid: Grid, one: Axis, other: Axis) -> Iterator[pd.DataFrame]:
    values = _pair(grid, one, other)
    for row in range(1, len(one.levels)):
        for column in range(1, len(other.levels)):
            cells = values[row, column] - values[0, column] - values[row, 0] + values[0, 0]
            mean, half = half_widths(cells, bool(grid.sampled))
            yield pd.DataFrame(
                {
                    "factor": one.name,
                    "level": level_text(one.levels[row]),
                    "base_level": level_text(one.levels[0]),
                    "other_factor": other.name,
                    "other_level": level_text(other.levels[column]),
                    "other_base_level": level_text(other.levels[0]),
                    **outcome_columns(grid.gathered.outcomes, 1),
                    "interaction": mean,
                    "low": mean - half,
                    "high": mean + half,
                    "method": DIFFERENCES,
                }
            )
