"""A row of the table: what was measured, what it has to reach, and whether it did."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

MISSING = "not measured"


@dataclass(frozen=True)
class Row:
    """One measured number against its target.

    Args:
        what: what is measured, in words.
        value: the number; None where it could not be measured.
        unit: what follows the number, such as "×" or " s".
        at_least, at_most: the target; neither where there is none.
        detail: the figures behind the number, in words.
        figures: the same for machines.
    """

    what: str
    value: float | None
    unit: str = "×"
    at_least: float | None = None
    at_most: float | None = None
    detail: str = ""
    figures: dict[str, Any] = field(default_factory=dict)

    @property
    def target(self) -> str:
        """The target in words."""
        if self.at_least is not None:
            return f"≥ {self.at_least:g}{self.unit}"
        return "" if self.at_most is None else f"≤ {self.at_most:g}{self.unit}"

    @property
    def measured(self) -> str:
        """The number in words, to three digits."""
        return MISSING if self.value is None else f"{three_digits(self.value)}{self.unit}"

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None where there is no target or no number."""
        if self.value is None or (self.at_least is None and self.at_most is None):
            return None
        low = -math.inf if self.at_least is None else self.at_least
        high = math.inf if self.at_most is None else self.at_most
        return low <= self.value <= high

    def to_dict(self) -> dict[str, Any]:
        """Everything about the row, for a JSON file."""
        return {
            "what": self.what,
            "target": self.target,
            "value": self.value,
            "unit": self.unit.strip(),
            "met": self.met,
            "detail": self.detail,
            "figures": self.figures,
        }


def three_digits(value: float) -> str:
    """A number to three digits, without an exponent."""
    if value == 0:
        return "0"
    digits = 2 - math.floor(math.log10(abs(value)))
    return f"{round(value, digits):,.{max(0, digits)}f}"


def missing(what: str, why: str, **target: Any) -> Row:
    """A row whose number cannot be had."""
    return Row(what, None, detail=why, **target)
