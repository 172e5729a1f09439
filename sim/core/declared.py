"""How a number is declared: once, with range, unit, meaning, source and strength of evidence.

File checks, sliders, sweep bounds and the tables of the documentation are made from declarations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

STRENGTHS = ("review", "single study", "expert view", "untested")


@dataclass(frozen=True)
class Declared:
    """One number (or named choice) that a file may set.

    Attributes:
        name: dotted name inside its own table, such as "feedback" or "time.engage".
        default: the value where a file says nothing; None where a file has to say it.
        low, high: the range that is accepted, both ends included.
        unit: what it is counted in, such as "share" or "officer-hours per 1,000 people a week".
        meaning: what it is, worded to follow "It is": "the chance that a concern is answered".
        source: where the number comes from, or whose judgement it is.
        strength: how good the evidence is, one of `STRENGTHS`.
    """

    name: str
    default: Any
    low: float
    high: float
    unit: str
    meaning: str
    source: str
    strength: str

    def __post_init__(self) -> None:
        if self.strength not in STRENGTHS:
            known = ", ".join(STRENGTHS)
            raise ValueError(f"{self.name}: strength {self.strength!r} is none of {known}")
        if not self.low <= self.high:
            raise ValueError(f"{self.name}: range {self.low} to {self.high} is empty")
        if isinstance(self.default, (int, float)) and not self.holds(self.default):
            bounds = f"{self.low} to {self.high}"
            raise ValueError(f"{self.name}: default {self.default} is outside {bounds}")

    def holds(self, value: float) -> bool:
        """Whether a number is inside the range; nothing infinite is."""
        return self.low <= value <= self.high  # false for what is not a number
