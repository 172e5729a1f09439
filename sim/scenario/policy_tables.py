"""The levers as tables, made from their declarations, and a complete policy."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import create_model

from sim.policy.levers import LEVERS, REACH_PRESETS
from sim.scenario.tables import Table, number


class Levers(Table):
    """A table of levers, made from their declarations: `policy.hours`, `policy.mix.inform`."""

    registry = LEVERS

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def __reduce__(self) -> tuple[Any, ...]:
        return _levers_again, (type(self).prefix, type(self).__name__, dict(self))

    def level(self, name: str) -> float:
        """The value of a lever by its declared name, such as "feedback" or "mix.inform"."""
        value: Any = self
        for part in name.split("."):
            value = getattr(value, part)
        return float(value)

    def levels(self) -> dict[str, float]:
        """Every lever by its declared name."""
        return {name: self.level(name) for name in LEVERS}


class Policy(Levers):
    """What the police decide, complete.

    Attributes:
        time, mix, reach: tables of levers.
        reach_name: the preset that `reach` equals, or "custom".
    """

    time: Levers
    mix: Levers
    reach: Levers
    reach_name: str

    def as_dict(self) -> dict[str, Any]:
        """Every lever in the shape of a `[policy]` table."""
        return {
            name: dict(value) if isinstance(value, Levers) else value
            for name, value in self
            if name != "reach_name"
        }


LEVER_TABLES = ("time", "mix", "reach")


@cache
def lever_table(name: str = "") -> type[Levers]:
    """The model of one table of levers: "mix", "time", "reach", or "" for those outside tables."""
    prefix = f"{name}." if name else ""
    fields = {
        lever.removeprefix(prefix): (float, number(declared))
        for lever, declared in LEVERS.items()
        if lever.startswith(prefix) and "." not in lever.removeprefix(prefix)
    }
    model = create_model(name or "Levers", __base__=Levers, **fields)  # type: ignore[call-overload]
    model.prefix = prefix
    return model


@cache
def policy_model() -> type[Policy]:
    """The model of a complete policy."""
    fields = {name: (field.annotation, field) for name, field in lever_table().model_fields.items()}
    return create_model("Policy", __base__=Policy, **fields)  # type: ignore[call-overload]


def _levers_again(prefix: str, name: str, values: dict[str, Any]) -> Levers:
    """Levers from their values, for copies in other processes, which make their own models."""
    model = policy_model() if name == Policy.__name__ else lever_table(prefix.rstrip("."))
    return model.model_construct(**values)


def reach_name(weights: Mapping[str, float]) -> str:
    """The preset with these weights, or "custom"."""
    return next(
        (name for name, preset in REACH_PRESETS.items() if dict(preset) == dict(weights)), "custom"
    )
