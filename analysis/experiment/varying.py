"""Moves single numbers of a scenario that has been read, so that no file is read for each point.

A lever outside tables and an assumption are numbers that nothing else in a scenario depends on.
Whatever is more than that (areas, events, shares that sum to 1, ways of reaching people) goes
through the reader of scenarios; `tests/analysis/test_points.py` shows that both ways agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analysis.experiment.factors import LEVER, UNCERTAINTY, Factor
from sim import Scenario
from sim.assumptions import ASSUMPTIONS
from sim.policy.levers import LEVERS
from sim.scenario import PolicySwitch


def is_single_number(factor: Factor) -> bool:
    """Whether every value of a factor is a number on its own, inside its declared range."""
    declared = {LEVER: LEVERS, UNCERTAINTY: ASSUMPTIONS}.get(factor.role, {})
    known = declared.get(_short(factor.name))
    if known is None or not factor.is_number or (factor.role == LEVER and "." in known.name):
        return False
    values = factor.values or (factor.low, factor.high)
    return all(known.holds(float(value)) for value in values)


def takes_levers(scenario: Scenario) -> bool:
    """Whether its levers are moved by themselves: no later switch of policy builds on them."""
    return not any(isinstance(event, PolicySwitch) for event in scenario.events)


def with_numbers(scenario: Scenario, numbers: Mapping[str, float]) -> Scenario:
    """The same scenario with other numbers, as its reader would give it for these settings.

    Args:
        scenario: as read.
        numbers: dotted key → value, each of a factor that `is_single_number`.
    """
    levers = {_short(key): value for key, value in numbers.items() if key.startswith("policy.")}
    assumed = {_short(key): value for key, value in numbers.items() if _short(key) not in levers}
    return replace(
        scenario,
        policy=scenario.policy.model_copy(update=levers) if levers else scenario.policy,
        assumptions={**scenario.assumptions, **assumed},
        said=scenario.said | assumed.keys(),
    )


def _short(name: str) -> str:
    return name.partition(".")[2]
