"""Design points: the design crossed with scenarios, areas, theories and parameter sets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.experiment import form
from analysis.experiment.designs import rows_of, size_of
from analysis.experiment.factors import LEVER, Factor, toml
from analysis.experiment.form import Experiment
from analysis.experiment.varying import is_single_number, takes_levers, with_numbers
from sim import Scenario, load
from sim.parameter_sets import with_parameters
from sim.theories import with_theory
from sim.version import VERSION, model_fingerprint

if TYPE_CHECKING:
    import pandas as pd

SCENARIO, AREA_COLUMN, THEORY, PARAMETER_SET, VARIED = (
    "scenario",
    "area",
    "theory",
    "parameter_set",
    "varied",
)
Block = tuple[int, int, int, int]  # places of scenario, area, theory, parameter set
_KEPT = 512  # scenarios as read, kept for the points that differ from them in single numbers only


def number_of_points(experiment: Experiment) -> int:
    """How many design points there are, without making them."""
    rows = size_of(
        experiment.design, experiment.factors, experiment.samples, experiment.second_order
    )
    return experiment.crossed * rows


def number_of_runs(experiment: Experiment) -> int:
    """How many runs there are: points × replicates."""
    return number_of_points(experiment) * experiment.replicates


@dataclass
class Points:
    """Every design point of an experiment, in order; the order is a promise.

    Attributes:
        experiment: what they belong to.
        rows: of the design, repeated in each block.
        blocks: what is crossed with the design.
    """

    experiment: Experiment
    rows: list[tuple[Any, ...]]
    blocks: list[Block]

    def __len__(self) -> int:
        return len(self.rows) * len(self.blocks)

    def scenario(self, point: int) -> Scenario:
        """The complete scenario of a point.

        Raises:
            ScenarioFaults: its values do not fit together.
        """
        block, row = divmod(point, len(self.rows))
        given = zip(self.experiment.factors, self.rows[row], strict=True)
        return self._under(self.blocks[block], [(f, cell) for f, cell in given if cell is not None])

    def base(self, block: Block) -> Scenario:
        """What is crossed with the design, before any factor is moved."""
        return self._under(block, [])

    def table(self) -> pd.DataFrame:
        """One row for each point: `point`, `scenario`, what is crossed, one column for each factor."""
        import pandas as pd

        experiment, rows = self.experiment, len(self.rows)
        places = np.repeat(np.arange(len(self.blocks)), rows)
        columns: dict[str, Any] = {"point": np.arange(len(self), dtype=np.int64)}
        for at, (name, labels) in enumerate(self._crossed()):
            if labels:
                taken = np.array([block[at] for block in self.blocks])[places]
                columns[name] = np.array(labels, dtype=object)[taken]
        for at, factor in enumerate(experiment.factors):
            cells = [row[at] for row in self.rows]
            columns[factor.name] = self._column(factor, cells)
        if experiment.design == form.ONE_AT_A_TIME:
            moved = [self._moved(row) for row in self.rows]
            columns[VARIED] = moved * len(self.blocks)
        table = pd.DataFrame(columns)
        if PARAMETER_SET in table:
            table[PARAMETER_SET] = table[PARAMETER_SET].astype("int64")
        for name in table.columns[1:]:
            if table[name].dtype == object:
                table[name] = table[name].astype("str")
        return table

    def fingerprint(self, runs_a_part: int) -> str:
        """Sixteen hexadecimal digits that change with anything that decides what is in which part.

        Args:
            runs_a_part: how many runs a part holds.
        """
        found = hashlib.sha256()
        known = {
            "version": VERSION,
            "model": model_fingerprint(),
            "experiment": self.experiment.as_dict(),
            "runs_a_part": runs_a_part,
            "scenarios": [self.base(block).hash for block in self.blocks],
        }
        found.update(json.dumps(known, sort_keys=True, default=str).encode())
        found.update(repr(self.rows).encode())
        return found.hexdigest()[:16]

    def _crossed(self) -> list[tuple[str, tuple[Any, ...]]]:
        experiment = self.experiment
        return [
            (SCENARIO, experiment.scenarios),
            (AREA_COLUMN, experiment.areas),
            (THEORY, experiment.theories),
            (PARAMETER_SET, experiment.parameter_sets),
        ]

    def _under(self, block: Block, given: list[tuple[Factor, Any]]) -> Scenario:
        """A scenario of a block with values of factors."""
        place, area, theory, numbers = block
        levers = takes_levers(self._read(place, area, ()))
        single: dict[str, float] = {}
        settings = []
        for factor, cell in given:
            if factor.name in self._single and (levers or factor.role != LEVER):
                single[factor.name] = float(cell)
            else:
                settings.append(factor.setting(cell))
        scenario = with_numbers(self._read(place, area, tuple(settings)), single)
        if self.experiment.set_values:
            scenario = with_parameters(scenario, self.experiment.set_values[numbers])
        if self.experiment.theories:
            scenario = with_theory(scenario, self.experiment.theories[theory])
        return scenario

    @cached_property
    def _single(self) -> frozenset[str]:
        return frozenset(f.name for f in self.experiment.factors if is_single_number(f))

    @cached_property
    def _read(self) -> Callable[[int, int, tuple[str, ...]], Scenario]:
        """Reads a base scenario with settings; all start from the first one's world before week 0."""

        @lru_cache(maxsize=_KEPT)
        def read(place: int, area: int, settings: tuple[str, ...]) -> Scenario:
            named = self._area(area)
            scenario = load(self.experiment.places[place], [*named, *settings])
            return scenario.with_before(read(0, area, ())) if place else scenario

        return read

    def _area(self, place: int) -> list[str]:
        areas = self.experiment.area_places
        return [f"area={toml(areas[place])}"] if areas else []

    def _column(self, factor: Factor, cells: list[Any]) -> Any:
        if None not in cells:
            kind = float if factor.is_number else object
            return np.tile(np.array(cells, dtype=kind), len(self.blocks))
        found = []
        for block in self.blocks:
            own = own_value(self.base(block), factor.name)
            found += [own if cell is None else cell for cell in cells]
        return found

    def _moved(self, row: tuple[Any, ...]) -> str:
        names = [factor.name for factor in self.experiment.factors]
        return next((name for name, cell in zip(names, row) if cell is not None), "")


def points_of(experiment: Experiment) -> Points:
    """Make the design points of an experiment."""
    rows = rows_of(
        experiment.design, experiment.factors, experiment.samples, experiment.seed,
        experiment.second_order,
    )  # fmt: skip
    sizes = (
        len(experiment.scenarios),
        max(1, len(experiment.areas)),
        max(1, len(experiment.theories)),
        max(1, len(experiment.parameter_sets)),
    )
    scenarios, areas, theories, sets = (range(size) for size in sizes)
    return Points(experiment, rows, list(product(scenarios, areas, theories, sets)))


def own_value(scenario: Scenario, name: str) -> Any:
    """What a scenario itself has at a dotted key, as it stands in tables."""
    if name == "policy.reach" and scenario.policy.reach_name != "custom":
        return scenario.policy.reach_name
    value: Any = scenario.to_dict()
    for part in name.split("."):
        value = value[int(part)] if isinstance(value, list) else value[part]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    return value if isinstance(value, str) else toml(value)
