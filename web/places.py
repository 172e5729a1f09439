"""The places and policies on offer: what is shipped, sorted the way a policy team thinks of it.

A place is an area with the scenario that stands for today's practice there. A policy belongs to a
place where a shipped scenario says so; every other shipped policy can be borrowed, as settings laid
over the place's own scenario: a borough is compared with itself and never with another area.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sim import load, shipped
from sim.policy.levers import REACH_PRESETS
from sim.theories import with_theory

TWO_WAY = "two-way"
SHARES = ("time", "mix")
"""Tables of levers whose entries sum to 1."""


@dataclass(frozen=True)
class Policy:
    """One entry of a menu of policies.

    Args:
        key: name of the shipped scenario that it comes from.
        title: what the menu says.
        question: what that scenario asks.
        scenario: the scenario to load.
        settings: what is laid over it.
    """

    key: str
    title: str
    question: str
    scenario: str
    settings: tuple[str, ...] = ()

    def load(self, more: tuple[str, ...] = (), theory: str = "") -> Any:
        """The scenario itself, with more settings on top, under a rival theory if one is named."""
        return loaded(self.scenario, (*self.settings, *more), theory)


@dataclass(frozen=True)
class Place:
    """One entry of the menu of places.

    Args:
        key: name of the scenario that stands for today's practice.
        name: name of the area.
        real: whether its figures were taken from a real place.
        policies: what can be compared there; the first is today's practice.
    """

    key: str
    name: str
    real: bool
    policies: dict[str, Policy]

    @property
    def today(self) -> Policy:
        """Today's practice in this place."""
        return self.policies[self.key]

    def two_way(self) -> Policy:
        """The policy that is shown first against today's."""
        for key in (f"{self.key}-{TWO_WAY}", TWO_WAY):
            if key in self.policies:
                return self.policies[key]
        return next((each for each in self.policies.values() if each.key != self.key), self.today)


@lru_cache(maxsize=256)
def loaded(name: str, settings: tuple[str, ...] = (), theory: str = "") -> Any:
    """A scenario with settings, read once; scenarios are frozen, so pages may share them."""
    scenario = load(name, settings)
    return with_theory(scenario, theory) if theory else scenario


@cache
def places() -> dict[str, Place]:
    """Every place on offer by key: real places first, and of these the one with most searches.

    Where searches are frequent, engagement has most to answer for; that is the place to open with.
    """
    by_area: dict[str, list[Any]] = {}
    for scenario in shipped():
        by_area.setdefault(scenario.area.name, []).append(scenario)
    lending = next(iter(by_area.values()), [])
    found = [_place(scenarios, lending) for scenarios in by_area.values()]
    return {place.key: place for place in sorted(found, key=_order)}


def flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """The entries of nested tables under dotted names."""
    for name, value in table.items():
        dotted = f"{above}{name}"
        if isinstance(value, Mapping):
            yield from flat(value, f"{dotted}.")
        else:
            yield dotted, value


def settings_for(changed: Iterable[str], policy: Mapping[str, Any]) -> tuple[str, ...]:
    """Levers as the command line takes them; shares that sum to 1 are given together.

    Args:
        changed: dotted names of the levers that are to be set.
        policy: the policy with the values wanted, by dotted name.
    """
    found: dict[str, str] = {}
    for name in changed:
        head = name.partition(".")[0]
        if head in SHARES:
            inside = [
                (key.removeprefix(f"{head}."), policy[key])
                for key in policy
                if key.startswith(f"{head}.")
            ]
            found[head] = "{" + ", ".join(f"{key} = {_toml(value)}" for key, value in inside) + "}"
        else:
            found[name] = _toml(policy[name])
    return tuple(f"policy.{name}={value}" for name, value in found.items())


def _toml(value: Any) -> str:
    return json.dumps(round(value, 6) if isinstance(value, float) else value)


def policy_of(scenario: Any) -> dict[str, Any]:
    """The levers of a scenario by dotted name; a named reach stays a name."""
    table = dict(scenario.policy.as_dict())
    if scenario.policy.reach_name in REACH_PRESETS:
        table["reach"] = scenario.policy.reach_name
    return dict(flat(table))


def _order(place: Place) -> tuple[bool, float]:
    return not place.real, -float(policy_of(place.today.load())["stops"])


def _place(scenarios: list[Any], lending: list[Any]) -> Place:
    today = min(scenarios, key=lambda each: (len(each.changed), bool(each.events)))
    own = [_own(each) for each in (today, *(each for each in scenarios if each is not today))]
    policies = {policy.key: policy for policy in own}
    known = {each.hash for each in scenarios}
    for lender in lending if lending is not scenarios else ():
        borrowed = _borrowed(lender, today)
        if borrowed is not None and borrowed.load().hash not in known:
            policies[borrowed.key] = borrowed
    return Place(today.key, today.area.name, _is_real(today), policies)


def _is_real(today: Any) -> bool:
    """Whether a scenario carries the name of its area, with figures taken under a licence."""
    return bool(today.area.licence) and today.key == today.area.name.lower().replace(" ", "-")


def _own(scenario: Any) -> Policy:
    return Policy(scenario.key, scenario.title, scenario.question, scenario.key)


def _borrowed(lender: Any, today: Any) -> Policy | None:
    """A policy from another area as settings over this place; None if it is more than a policy."""
    decided = ("policy.", "area.police.", "area.partners.")
    if not lender.changed or not all(name.startswith(decided) for name in lender.changed):
        return None
    levers = (name.removeprefix("policy.") for name in lender.changed_levers)
    force = (f"{name}={_toml(value)}" for name, (_, value) in lender.changed_area.items())
    settings = (*settings_for(levers, policy_of(lender)), *force)
    return Policy(lender.key, lender.title, lender.question, today.key, settings)
