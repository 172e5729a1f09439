"""One thing that an experiment varies, and how its values are written in settings and tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

LEVER, UNCERTAINTY, AREA, EVENT = "lever", "uncertainty", "area", "event"
LEVELS = 3  # of a range, where a design needs levels and the file names none


@dataclass(frozen=True)
class Factor:
    """A dotted key of a scenario and the values it takes.

    Attributes:
        name: the dotted key, such as "policy.hours"; also its column in every table.
        role: LEVER, UNCERTAINTY, AREA or EVENT.
        values: those listed in the file; empty for a range.
        low, high: ends of a range.
        levels: how many evenly spaced values of the range a design of levels takes; None if not said.
    """

    name: str
    role: str
    values: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 0.0
    levels: int | None = None

    @property
    def is_range(self) -> bool:
        """Whether it is given by its two ends."""
        return not self.values

    @property
    def is_number(self) -> bool:
        """Whether its column holds numbers; words and tables are text."""
        return self.is_range or all(_number(value) for value in self.values)

    def levels_taken(self) -> list[Any]:
        """The values that a design of levels takes, in order, as they stand in tables."""
        if not self.is_range:
            return [self.cell(value) for value in self.values]
        steps = (self.levels or LEVELS) - 1
        return [self.low + (self.high - self.low) * step / steps for step in range(steps)] + [
            self.high
        ]

    def cell(self, value: Any) -> Any:
        """A value as it stands in tables."""
        if self.is_number:
            return float(value)
        return value if isinstance(value, str) else toml(value)

    def setting(self, cell: Any) -> str:
        """The setting that puts a value of the table into a scenario."""
        return f"{self.name}={toml(self._given(cell))}"

    def _given(self, cell: Any) -> Any:
        for value in self.values:
            if self.cell(value) == cell:
                return value
        return float(cell)


def toml(value: Any) -> str:
    """A value as TOML text on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(part)}" for key, part in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(toml(part) for part in value) + "]"
    return repr(value)


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
