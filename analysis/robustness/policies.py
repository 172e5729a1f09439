"""Policies and worlds: which columns of a design the police decide, and which nobody knows.

A policy is a scenario with values of levers. A world is what it meets: assumptions, parameter set,
theory, area and events. Levers that were sampled together with uncertainties never meet the same
world twice, so they cannot make policies; they count as part of the world.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.experiment import Experiment, Factor, form
from analysis.experiment.factors import LEVER, UNCERTAINTY
from analysis.experiment.points import AREA_COLUMN, PARAMETER_SET, SCENARIO, THEORY, own_value
from sim import Scenario, load
from sim.scenario.faults import ScenarioFaults, suggestion
from sim.theories import THEORIES

POLICY, WORLD = "policy", "world"
ASSUMPTION = "assumptions."
_SAMPLED = (form.LATIN_HYPERCUBE, form.SOBOL, form.MORRIS)


@dataclass(frozen=True)
class Policies:
    """The policies of a sweep and the worlds they meet.

    Attributes:
        labels: one for each policy, base first, then in the order of the design.
        settings: scenario and lever values, one row a policy.
        own_base: whether the base has the base scenario's own lever values.
        worlds: what makes a world, one row each: uncertainties, theory, area, events as they stand
            in the design.
        numbers: uncertain numbers by world, those of parameter sets included; only those that
            are not the same in all worlds, and none that a theory of the sweep sets: there the
            theory is what differs.
        kinds: theory, area and what else is told by words, by world.
        draws: which worlds share their numbers and differ only in theory, area or event: one
            number a draw. Draws are what is held out, never single worlds.
        place: policy and world of each design point, [points, 2].
        sampled: levers that were sampled and count as part of the world.
        notes: what a reader has to know about the pairs.
    """

    labels: tuple[str, ...]
    settings: pd.DataFrame
    own_base: bool
    worlds: pd.DataFrame
    numbers: pd.DataFrame
    kinds: pd.DataFrame
    draws: np.ndarray
    place: np.ndarray
    sampled: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def base(self) -> str:
        """What every policy is compared with."""
        return self.labels[0]


def policies_of(design: pd.DataFrame, experiment: Experiment, base: str | None = None) -> Policies:
    """Find the policies and worlds of a design.

    Args:
        design: one row for each design point, as `Points.table` gives it.
        experiment: what was run.
        base: the label of the policy that others are compared with, or the name of a scenario;
            None for the first scenario with its own lever values.

    Raises:
        ValueError: no policy has the name `base`.
    """
    loaded = _loaded(experiment)
    levers = [factor.name for factor in experiment.of_role(LEVER)]
    sampled = tuple(
        factor.name
        for factor in experiment.of_role(LEVER)
        if factor.is_range and experiment.design in _SAMPLED
    )
    own = [SCENARIO, *(name for name in levers if name not in sampled)]
    world = [name for name in _world_columns(design, experiment) if name not in own]
    table = design.copy()
    apart = _areas_apart(table, experiment, loaded)
    if apart is not None:
        table[AREA_COLUMN] = apart
        world.append(AREA_COLUMN)
    settings, policy = _numbered(table[own])
    worlds, met = _numbered(table[world]) if world else (pd.DataFrame(index=[0]), [0] * len(table))
    labels = [_label(row, len(experiment.scenarios) > 1) for row in settings.to_dict("records")]
    first, is_own = _base(base, settings, labels, experiment, loaded)
    order = [first, *(place for place in range(len(labels)) if place != first)]
    rank = np.argsort(order)
    numbers = _numbers(worlds, experiment, loaded)
    return Policies(
        labels=tuple(labels[place] for place in order),
        settings=settings.iloc[order].reset_index(drop=True),
        own_base=is_own,
        worlds=worlds,
        numbers=numbers,
        kinds=_kinds(worlds, experiment),
        draws=_draws(worlds, experiment),
        place=np.column_stack([rank[np.asarray(policy)], np.asarray(met)]),
        sampled=sampled if world else (),
        notes=tuple(_notes(experiment, loaded, apart is not None)),
    )


def _loaded(experiment: Experiment) -> list[Scenario | None]:
    """The base scenarios; None where one cannot be read from here any more."""
    found: list[Scenario | None] = []
    for place in experiment.places:
        try:
            found.append(load(place))
        except (ScenarioFaults, OSError):
            found.append(None)
    return found


def _world_columns(design: pd.DataFrame, experiment: Experiment) -> list[str]:
    named = [AREA_COLUMN, THEORY, PARAMETER_SET, *(factor.name for factor in experiment.factors)]
    return [name for name in named if name in design.columns]


def _areas_apart(
    table: pd.DataFrame, experiment: Experiment, loaded: Sequence[Scenario | None]
) -> list[str] | None:
    """The area of each point where scenarios bring areas of their own, which no policy decides."""
    names = {
        name: scenario.area.name
        for name, scenario in zip(experiment.scenarios, loaded)
        if scenario is not None
    }
    if experiment.areas or len(set(names.values())) < 2:
        return None
    return [names.get(name, name) for name in table[SCENARIO]]


def _numbered(table: pd.DataFrame) -> tuple[pd.DataFrame, list[int]]:
    """Distinct rows in order, and which of them each row is."""
    rows = list(table.itertuples(index=False, name=None))
    known: dict[tuple[Any, ...], int] = {}
    places = [known.setdefault(row, len(known)) for row in rows]
    distinct = table.loc[~table.duplicated()].reset_index(drop=True)
    return distinct, places


def _label(row: dict[str, Any], named: bool) -> str:
    levers = [
        f"{name.removeprefix('policy.')} = {value:g}"
        if isinstance(value, float)
        else f"{name.removeprefix('policy.')} = {value}"
        for name, value in row.items()
        if name != SCENARIO
    ]
    said = ", ".join(levers)
    if not levers:
        return str(row[SCENARIO])
    return f"{row[SCENARIO]} ({said})" if named else said


def _base(
    base: str | None,
    settings: pd.DataFrame,
    labels: list[str],
    experiment: Experiment,
    loaded: Sequence[Scenario | None],
) -> tuple[int, bool]:
    """The place of the base, and whether it has its scenario's own lever values."""
    if base in labels:
        return labels.index(str(base)), True
    name = experiment.scenarios[0] if base is None else base
    if name not in experiment.scenarios:
        said = f"there is no policy {base!r}. {suggestion(str(base), labels)}"
        raise ValueError(f"{said} Policies of this sweep: {'; '.join(labels)}")
    of_it = np.flatnonzero((settings[SCENARIO] == name).to_numpy())
    scenario = loaded[experiment.scenarios.index(name)]
    if scenario is not None:
        for place in of_it:
            row = settings.iloc[place].drop(SCENARIO)
            if all(own_value(scenario, lever) == value for lever, value in row.items()):
                return int(place), True
    return int(of_it[0]), False


def _numbers(
    worlds: pd.DataFrame, experiment: Experiment, loaded: Sequence[Scenario | None]
) -> pd.DataFrame:
    """Uncertain numbers by world: factors win over theories, theories over parameter sets, as in a run."""
    columns: dict[str, np.ndarray] = {}
    for factor in experiment.factors:
        if factor.name in worlds and factor.is_number:
            columns[factor.name] = worlds[factor.name].to_numpy(float)
    if PARAMETER_SET in worlds and experiment.set_values:
        columns |= _numbers_of_sets(worlds, experiment, loaded, set(columns))
    varied = {name: values for name, values in columns.items() if np.ptp(values) > 0}
    return pd.DataFrame(varied, index=worlds.index)


def _numbers_of_sets(
    worlds: pd.DataFrame,
    experiment: Experiment,
    loaded: Sequence[Scenario | None],
    factors: set[str],
) -> dict[str, np.ndarray]:
    """Numbers of parameter sets, without those that a scenario, a theory or a factor sets."""
    known = dict(zip(experiment.parameter_sets, experiment.set_values))
    said = loaded[0].said if loaded and loaded[0] is not None else frozenset()
    held = _held(experiment)
    sets = [known[int(number)] for number in worlds[PARAMETER_SET]]
    found = {}
    for name in experiment.set_values[0]:
        if name not in said | held and f"{ASSUMPTION}{name}" not in factors:
            found[f"{ASSUMPTION}{name}"] = np.array([one[name] for one in sets], dtype=float)
    return found


def _held(experiment: Experiment) -> frozenset[str]:
    """Assumptions that a theory of the sweep sets: told apart they would be the theory once more."""
    theories = [THEORIES[name].assumptions for name in experiment.theories if name in THEORIES]
    return frozenset(name for theory in theories for name in theory)


def _kinds(worlds: pd.DataFrame, experiment: Experiment) -> pd.DataFrame:
    words = [THEORY, AREA_COLUMN]
    words += [factor.name for factor in experiment.factors if not factor.is_number]
    kept = [name for name in words if name in worlds and worlds[name].nunique() > 1]
    return worlds[kept].astype(str) if kept else pd.DataFrame(index=worlds.index)


def _draws(worlds: pd.DataFrame, experiment: Experiment) -> np.ndarray:
    """Worlds by draw; where nothing was drawn, each world stands for itself."""

    def drawn(factor: Factor) -> bool:
        sampled = factor.is_range and experiment.design in _SAMPLED
        return sampled or (factor.role == UNCERTAINTY and factor.is_number)

    names = [factor.name for factor in experiment.factors if drawn(factor)]
    names = [name for name in (PARAMETER_SET, *names) if name in worlds]
    if not names or len(worlds[names].drop_duplicates()) < 2:
        return np.arange(len(worlds))
    return np.array(_numbered(worlds[names])[1])


def _notes(
    experiment: Experiment, loaded: Sequence[Scenario | None], areas_apart: bool
) -> list[str]:
    found = []
    if areas_apart:
        found.append(
            "The scenarios bring areas of their own, and no policy decides the area: scenarios are"
            " compared only where they share one. To compare them everywhere, list the areas under"
            " [areas] and give scenarios that name none."
        )
    held = _held(experiment)
    if experiment.set_values and held:
        found.append(
            f"Of the numbers of parameter sets {len(held & set(experiment.set_values[0]))} are set by the"
            " theories instead; they are not looked at one by one, the theory stands for them."
        )
    first = loaded[0] if loaded else None
    for name, scenario in zip(experiment.scenarios[1:], loaded[1:]):
        if first is None or scenario is None:
            continue
        own = []
        if scenario.assumptions != first.assumptions:
            own.append("assumptions")
        if scenario.events != first.events:
            own.append("events")
        if own:
            found.append(
                f"The scenario {name} has {' and '.join(own)} of its own: its difference from"
                f" {experiment.scenarios[0]} is not the policy's alone."
            )
    return found
