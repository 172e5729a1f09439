"""A scenario with nothing left open: area, policy, events, assumptions, the world before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sim.scenario.area_tables import Area, Partners, Police
from sim.scenario.event_tables import Event, PolicySwitch
from sim.scenario.head_tables import Expectation
from sim.scenario.policy_tables import Policy

_UNCOUNTED = ("name", "source", "licence", "notes")


@dataclass(frozen=True)
class Before:
    """The world the area lives in before week 0."""

    policy: Policy
    police: Police
    partners: Partners


@dataclass(frozen=True)
class Root:
    """What a scenario's differences are counted against: the first file of its chain.

    Attributes:
        area: the area as it was when it was last named.
        area_name: name of the first file's own area.
    """

    policy: Policy
    area: Area
    area_name: str
    events: tuple[Event, ...]
    assumptions: dict[str, float]


@dataclass(frozen=True)
class Scenario:
    """Area, policy, events, assumptions and question, with every layer and default resolved.

    Attributes:
        key: the stem of its file, such as "most-affected".
        title, question: for readers.
        area: who lives there, and the force at week 0.
        policy: what the police decide from week 0 on.
        events: what happens, in the order of the file.
        assumptions: every behavioural number by name.
        expectations: what its authors expect, and what was found.
        before: policy, police and partners before week 0.
        root: what its differences are counted against.
        said: assumptions that its files or settings name; they win over theories and parameter sets.
        theory: the account of trust it is under, where that was chosen.
    """

    key: str
    title: str
    question: str
    area: Area
    policy: Policy
    events: tuple[Event, ...]
    assumptions: dict[str, float]
    expectations: tuple[Expectation, ...]
    before: Before
    root: Root
    said: frozenset[str] = frozenset()
    theory: str | None = None

    @cached_property
    def hash(self) -> str:
        """Sixteen hexadecimal digits that change with all that moves results, and nothing else."""
        content = {
            "area": _counted(self.area),
            "policy": self.policy.as_dict(),
            "events": [_counted_event(event) for event in self.events],
            "assumptions": self.assumptions,
            "before": _before_as_dict(self.before),
        }
        text = json.dumps(content, sort_keys=True, allow_nan=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def changed(self) -> dict[str, tuple[Any, Any]]:
        """Everything that differs from the first file of its chain: dotted key → (there, here)."""
        events = (events_as_dicts(self.root.events), events_as_dicts(self.events))
        dated = {"events": events} if events[0] != events[1] else {}
        return {**self.changed_area, **self.changed_levers, **dated, **self.changed_assumptions}

    @property
    def changed_levers(self) -> dict[str, tuple[Any, Any]]:
        """Levers that differ from there: "policy.feedback" → (there, here)."""
        return _differences(_levers(self.root.policy), _levers(self.policy), "policy")

    @property
    def changed_assumptions(self) -> dict[str, tuple[Any, Any]]:
        """Assumptions that differ from there: "assumptions.absolve" → (there, here)."""
        return _differences(self.root.assumptions, self.assumptions, "assumptions")

    @property
    def changed_area(self) -> dict[str, tuple[Any, Any]]:
        """What differs in the area: its name where it is another, then keys that were changed."""
        other = (
            {"area": (self.root.area_name, self.area.name)}
            if self.root.area_name != self.root.area.name
            else {}
        )
        return {
            **other,
            **_differences(area_as_dict(self.root.area), area_as_dict(self.area), "area"),
        }

    def with_before(self, base: Scenario) -> Scenario:
        """The same scenario in an area that lived under another scenario's policy before week 0.

        Police and partners are those of the base where both share an area, else its own.
        """
        same_place = _place(self.area) == _place(base.area)
        force = base.before if same_place else self.before
        return replace(self, before=Before(base.before.policy, force.police, force.partners))

    def with_assumptions(self, numbers: Mapping[str, float], theory: str | None = None) -> Scenario:
        """The same scenario, and the same root, where these numbers hold unless its files say otherwise.

        Args:
            numbers: assumptions by name, inside their declared ranges.
            theory: the account of trust they belong to.
        """
        new = {name: float(value) for name, value in numbers.items() if name not in self.said}
        return replace(
            self,
            assumptions={**self.assumptions, **new},
            root=replace(self.root, assumptions={**self.root.assumptions, **new}),
            theory=theory or self.theory,
        )

    def to_dict(self) -> dict[str, Any]:
        """The whole scenario for JSON, shaped like its file, with key, hash, the world before."""
        return {
            "schema": 1,
            "key": self.key,
            "hash": self.hash,
            "title": self.title,
            "question": self.question,
            "area": area_as_dict(self.area),
            "policy": self.policy.as_dict(),
            "events": events_as_dicts(self.events),
            "assumptions": dict(self.assumptions),
            "expect": [
                expectation.model_dump(exclude_none=True) for expectation in self.expectations
            ],
            "before": _before_as_dict(self.before),
        }


def area_as_dict(area: Area) -> dict[str, Any]:
    """An area in the shape of an area file."""
    content = area.model_dump(mode="json", exclude={"groups", "shares", "joint"})
    content["groups"] = {key: _group_as_dict(group) for key, group in area.groups.items()}
    if area.joint is None:
        content["shares"] = area.model_dump(include={"shares"})["shares"]
    else:
        names = ("age", "tenure", "ethnic", "share")
        content["joint"] = [dict(zip(names, row)) for row in area.joint]
    return content


def events_as_dicts(events: tuple[Event, ...]) -> list[dict[str, Any]]:
    """Events in the shape of a scenario file."""
    return [_event_as_dict(event) for event in events]


def _event_as_dict(event: Event) -> dict[str, Any]:
    content = {name: value for name, value in event if name != "changes"}
    return {**content, "policy": event.changes} if isinstance(event, PolicySwitch) else content


def _counted_event(event: Event) -> dict[str, Any]:
    content = _event_as_dict(event)
    return (
        {**content, "policy": event.policy.as_dict()}
        if isinstance(event, PolicySwitch)
        else content
    )


def _group_as_dict(group: Any) -> dict[str, Any]:
    content = group.model_dump(
        mode="json", exclude={"cells", "where" if group.where is None else "share"}
    )
    return dict(content)


def _before_as_dict(before: Before) -> dict[str, Any]:
    return {
        "policy": before.policy.as_dict(),
        "police": before.police.model_dump(),
        "partners": before.partners.model_dump(),
    }


def _counted(area: Area) -> dict[str, Any]:
    """What of an area moves numbers; publics as a list, because the order of their rules counts."""
    content = {key: value for key, value in area_as_dict(area).items() if key not in _UNCOUNTED}
    content["groups"] = [[key, _rule_sorted(group)] for key, group in content["groups"].items()]
    return content


def _rule_sorted(group: dict[str, Any]) -> dict[str, Any]:
    content = {key: value for key, value in group.items() if key != "label"}
    if "where" in content:
        content["where"] = {trait: sorted(values) for trait, values in content["where"].items()}
    return content


def _place(area: Area) -> dict[str, Any]:
    return {
        key: value for key, value in _counted(area).items() if key not in ("police", "partners")
    }


def _levers(policy: Policy) -> dict[str, Any]:
    content = policy.as_dict()
    if policy.reach_name != "custom":
        content["reach"] = policy.reach_name
    return content


def _differences(
    there: dict[str, Any], here: dict[str, Any], at: str
) -> dict[str, tuple[Any, Any]]:
    found: dict[str, tuple[Any, Any]] = {}
    for key in [*here, *(key for key in there if key not in here)]:
        one, other = there.get(key), here.get(key)
        if isinstance(one, dict) and isinstance(other, dict):
            found.update(_differences(one, other, f"{at}.{key}"))
        elif one != other:
            found[f"{at}.{key}"] = (one, other)
    return found
