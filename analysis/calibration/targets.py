"""The targets: what the patterns accept, which of them are fitted, and how far a set is from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.calibration.summaries import ABOVE, BELOW, LEFT_OUT
from analysis.evidence.patterns import Part, Pattern

SPLIT_SEED = 20261125
SEEN_BEFORE = ("E01", "E03", "E04", "E09", "E13", "E24", "E29", "E37")
"""Patterns that numbers or rules were moved by hand towards (decisions 0010, 0011): never a check."""


def split(patterns: Sequence[Pattern]) -> dict[str, str]:
    """Which patterns are fitted and which check the fit, drawn before anything is fitted.

    Inputs are neither. Of the others, those seen before are fitted; of the rest, chance decides, so
    that half of all are fitted.

    Returns:
        "input", "fit" or "check" by id.
    """
    drawn = [p.id for p in patterns if not p.input and p.id not in SEEN_BEFORE]
    wanted = (sum(not p.input for p in patterns) + 1) // 2 - len(SEEN_BEFORE)
    fitted = np.random.default_rng(SPLIT_SEED).permutation(sorted(drawn))[: max(0, wanted)]
    return {
        p.id: "input"
        if p.input
        else "fit"
        if p.id in SEEN_BEFORE or p.id in fitted
        else "check"
        for p in patterns
    }


@dataclass(frozen=True)
class Target:
    """One part of a pattern as a target.

    Attributes:
        pattern, part: which.
        width: half the accepted range, or a size of its own where one end is open: the unit in which
            distance from the range is counted.
    """

    pattern: str
    part: Part
    width: float

    @property
    def key(self) -> str:
        """As summaries name it."""
        return f"{self.pattern}/{self.part.name}"

    def value(self, found: Mapping[str, np.ndarray]) -> np.ndarray:
        """The part's value from summaries; a ratio is put together."""
        if self.key in found:
            return np.asarray(found[self.key])
        above, below = np.asarray(found[self.key + ABOVE]), np.asarray(found[self.key + BELOW])
        return above / np.where(np.abs(below) < 1e-9, 1e-9, below)

    def distance(self, value: np.ndarray) -> np.ndarray:
        """How far outside the accepted range a value lies, in half widths; 0 inside."""
        low, high = self.part.accepted
        outside = np.maximum(np.maximum(low - value, value - high), 0.0)
        return np.where(np.isnan(value), 10.0, outside / self.width)


_OPEN = {
    "E04/good heard": 0.02, "E04/bad heard": 0.02, "E04/coloured": 0.1, "E05/heard over own": 0.4,
    "E13/low less high trust": 0.05, "E19/satisfaction less crime": 0.1, "E23/participants more": 0.05,
    "E27/view": 0.1, "E29/skew": 0.1, "E34/treatment less never": 3.0, "E44/worst public": 0.05,
    "E46/contact less message": 0.1, "P1/bad to middling": 0.05, "P1/middling to good": 0.05,
}  # fmt: skip


def targets(patterns: Sequence[Pattern]) -> list[Target]:
    """Every part that summaries can give, as a target."""
    found = []
    for pattern in patterns:
        if pattern.id in LEFT_OUT:
            continue
        for part in pattern.parts:
            low, high = part.accepted
            half = (high - low) / 2
            name = f"{pattern.id}/{part.name}"
            found.append(Target(pattern.id, part, _OPEN[name] if name in _OPEN else half))
    return found
