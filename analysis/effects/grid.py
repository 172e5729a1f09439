"""Results laid out by what was varied: one axis for each factor, so that like stands beside like."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from analysis.effects.gathered import Gathered
from analysis.experiment import form
from analysis.experiment.factors import AREA, LEVER, UNCERTAINTY, Factor
from analysis.experiment.points import AREA_COLUMN, PARAMETER_SET, SCENARIO, THEORY

BASE_SCENARIO = "base scenario"
ROWS = "rows"  # of a design whose factors do not stand on axes of their own


@dataclass(frozen=True)
class Axis:
    """One direction of the layout.

    Attributes:
        name: of the factor, or `ROWS`.
        role: LEVER, UNCERTAINTY, AREA, EVENT or BASE_SCENARIO; empty for `ROWS`.
        levels: its values in order, as they stand in tables.
        crossed: whether the whole design is repeated for each level.
    """

    name: str
    role: str
    levels: tuple[Any, ...]
    crossed: bool = False


class Grid:
    """Results of a sweep with one axis for each factor that lists levels.

    Attributes:
        axes: in the order of the layout; the last is `ROWS`, of length 1 in a full factorial.
        values: [*axes, replicate, outcome], a view of what was gathered.
        points: [*axes], the number of each design point.
    """

    def __init__(self, gathered: Gathered) -> None:
        experiment = gathered.experiment
        self.gathered, self.experiment = gathered, experiment
        crossed = (
            Axis(SCENARIO, BASE_SCENARIO, experiment.scenarios, True),
            Axis(AREA_COLUMN, AREA, experiment.areas or ("",), True),
            Axis(THEORY, UNCERTAINTY, experiment.theories or ("",), True),
            Axis(PARAMETER_SET, UNCERTAINTY, experiment.parameter_sets or (0,), True),
        )
        listed = [Axis(one.name, one.role, tuple(one.levels_taken())) for one in self.listed]
        sizes = [len(axis.levels) for axis in (*crossed, *listed)]
        rows = len(gathered.design) // int(np.prod(sizes))
        self.axes = (*crossed, *listed, Axis(ROWS, "", tuple(range(rows))))
        shape = [len(axis.levels) for axis in self.axes]
        self.values = gathered.values.reshape(*shape, *gathered.values.shape[1:])
        self.points = np.arange(len(gathered.design)).reshape(shape)

    @property
    def listed(self) -> list[Factor]:
        """Factors of the design whose levels stand on axes of their own."""
        design = self.experiment.design
        if design == form.FULL_FACTORIAL:
            return list(self.experiment.factors)
        if design == form.LATIN_HYPERCUBE:
            return [factor for factor in self.experiment.factors if not factor.is_range]
        return []

    @property
    def sampled(self) -> list[Factor]:
        """Factors whose range was sampled."""
        if self.experiment.design in (form.LATIN_HYPERCUBE, form.SOBOL, form.MORRIS):
            return [factor for factor in self.experiment.factors if factor.is_range]
        return []

    @property
    def compared(self) -> list[Axis]:
        """Axes whose levels can be compared at otherwise the same point."""
        return [axis for axis in self.axes[:-1] if len(axis.levels) > 1]

    def along(self, axis: Axis) -> np.ndarray:
        """Results by level: [level, cell, replicate, outcome]; a cell is all else being the same."""
        place = self.axes.index(axis)
        moved = np.moveaxis(self.values, place, 0)
        return moved.reshape(len(axis.levels), -1, *self.values.shape[-2:])

    def points_along(self, axis: Axis) -> np.ndarray:
        """Numbers of the design points, laid out as `along` lays out results: [level, cell]."""
        moved = np.moveaxis(self.points, self.axes.index(axis), 0)
        return moved.reshape(len(axis.levels), -1)

    def by_row(self) -> np.ndarray:
        """Results by row of the design: [row, world, replicate, outcome].

        A world is one combination of what stands on axes of its own.
        """
        return self.along(self.axes[-1])

    @cached_property
    def worlds(self) -> list[dict[str, Any]]:
        """What is the same within each world of `by_row`, by name."""
        sizes = [len(axis.levels) for axis in self.axes[:-1]]
        return [
            {
                axis.name: axis.levels[at]
                for axis, at in zip(self.axes, place, strict=False)
                if len(axis.levels) > 1
            }
            for place in np.ndindex(*sizes)
        ]

    def rows_with_everything(self, names: list[str]) -> np.ndarray:
        """The sampled values of each row: [row, factor]."""
        rows = self.points_along(self.axes[-1])[:, 0]
        return self.gathered.design[names].to_numpy(dtype=float)[rows]


def levers_of(grid: Grid) -> list[str]:
    """Names of the factors that the police decide."""
    return [factor.name for factor in grid.experiment.factors if factor.role == LEVER]
