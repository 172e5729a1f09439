"""Small worlds for the tests of the engine: few residents, few weeks, any policy and assumptions."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from sim import live, load
from sim.assumptions import ASSUMPTIONS
from sim.core import dice
from sim.policy.levers import LEVERS
from sim.scenario import Scenario

# The same examples every time: a failure is met by whoever changed something, not by chance.
SOME = settings(
    max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


@lru_cache(maxsize=64)
def today(*given: str, warm: int = 6, name: str = "baseline") -> Scenario:
    """A shipped scenario with a short warm-up and these settings, such as "policy.hours=0"."""
    return load(name, (f"area.warmup_weeks={warm}", *given))


def always(scenario: Scenario) -> Scenario:
    """The same scenario with its policy in force before week 0 as well."""
    return replace(scenario, before=replace(scenario.before, policy=scenario.policy))


def begun(
    scenario: Scenario,
    residents: int = 120,
    weeks: int = 12,
    replicate: int = 0,
    traced: bool = False,
) -> live.Area:
    """An area at week 0 with room for these weeks."""
    return live.begin(scenario, dice.replicate_seed(1, replicate), residents, weeks, traced=traced)


def columns(area: live.Area, without: tuple[str, ...] = ("scratch",)) -> dict[str, np.ndarray]:
    """Every column and book of an area by dotted name, without lists that last for a week only."""
    found: dict[str, np.ndarray] = {}
    for name, part in area.world._asdict().items():
        if name in without:
            continue
        if isinstance(part, tuple):
            found |= {f"{name}.{column}": array for column, array in part._asdict().items()}
        else:
            found[name] = np.asarray(part)
    return found


def different(
    one: live.Area, other: live.Area, without: tuple[str, ...] = ("scratch",)
) -> list[str]:
    """Names of columns that differ in any bit."""
    mine, theirs = columns(one, without), columns(other, without)
    assert mine.keys() == theirs.keys()
    return [name for name in mine if mine[name].tobytes() != theirs[name].tobytes()]


def same_numbers(one: Any, other: Any) -> bool:
    """Whether two results hold the same indicators, ledger and hours, bit for bit."""
    return all(
        getattr(one, part).tobytes() == getattr(other, part).tobytes()
        for part in ("values", "ledger", "hours")
    )


def _inside(low: float, high: float, default: float | None = None) -> st.SearchStrategy[float]:
    ends = [low, high] if default is None else [default, low, high]
    return st.sampled_from(ends) | st.floats(low, high, allow_subnormal=False)


def _shares(number: int) -> st.SearchStrategy[list[float]]:
    weights = st.lists(st.integers(0, 10), min_size=number, max_size=number).filter(any)
    return weights.map(lambda given: [weight / sum(given) for weight in given])


def _table(names: tuple[str, ...], values: list[float]) -> str:
    return "{" + ", ".join(f"{name} = {value!r}" for name, value in zip(names, values)) + "}"


@st.composite
def policies(draw: Any) -> tuple[str, ...]:
    """Settings of a whole policy, every lever anywhere in its range."""
    given = [
        f"policy.{name}={draw(_inside(lever.low, lever.high, lever.default))!r}"
        for name, lever in LEVERS.items()
        if "." not in name
    ]
    for table in ("time", "mix"):
        names = tuple(
            name.removeprefix(f"{table}.") for name in LEVERS if name.startswith(f"{table}.")
        )
        given.append(f"policy.{table}={_table(names, draw(_shares(len(names))))}")
    reach = {
        name.removeprefix("reach."): lever
        for name, lever in LEVERS.items()
        if name.startswith("reach.")
    }
    weights = [draw(_inside(lever.low, lever.high)) for lever in reach.values()]
    return (*given, f"policy.reach={_table(tuple(reach), weights)}")


@st.composite
def assumptions(draw: Any) -> tuple[str, ...]:
    """Settings of some assumptions, anywhere in their ranges."""
    strategies = {name: _inside(known.low, known.high) for name, known in ASSUMPTIONS.items()}
    chosen = draw(st.lists(st.sampled_from(list(strategies)), unique=True, max_size=40))
    return tuple(f"assumptions.{name}={draw(strategies[name])!r}" for name in chosen)


@st.composite
def happenings(draw: Any, weeks: int = 8, publics: tuple[str, ...] = ("young",)) -> tuple[str, ...]:
    """A setting with a few dated events of any kind."""
    share = st.floats(0, 1, allow_subnormal=False)
    kinds = {
        "critical-incident": lambda: (
            f'group = "{draw(st.sampled_from(publics))}", severity = {draw(share)!r}'
        ),
        "budget-cut": lambda: f"share = {draw(_inside(0.0, 1.0))!r}",
        "rotation": lambda: f"share = {draw(_inside(0.0, 1.0))!r}",
        "media-campaign": lambda: f"tone = {draw(_inside(-1.0, 1.0))!r}, reach = {draw(share)!r}",
        "policy": lambda: f"policy = {{hours = {draw(_inside(0.0, 40.0))!r}}}",
    }
    events = [
        f'{{week = {draw(st.integers(1, weeks))}, kind = "{kind}", {kinds[kind]()}}}'
        for kind in draw(st.lists(st.sampled_from(list(kinds)), max_size=4))
    ]
    return (f"events=[{', '.join(events)}]",) if events else ()
