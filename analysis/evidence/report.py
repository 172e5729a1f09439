"""The evidence as a report: every pattern's value, range, interval, hit or miss."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.evidence.field import Change, Effort, go_out, together
from analysis.evidence.measures import MEASURES
from analysis.evidence.measures.measured import Measured, value_and_interval
from analysis.evidence.patterns import Part, Pattern

Say = Callable[[str], None]


@dataclass(frozen=True)
class PartFound:
    """What the model gives for one part.

    Attributes:
        part: as the pattern's file has it.
        value, lo, hi: with its 95 % interval over replicates.
        hit: whether it counts as a hit.
        instead: name, value and range of the other number that was a hit in its place, or None.
    """

    part: Part
    value: float
    lo: float
    hi: float
    hit: bool
    instead: tuple[str, float, tuple[float, float]] | None = None


@dataclass(frozen=True)
class Found:
    """What the model gives for one pattern."""

    pattern: Pattern
    parts: tuple[PartFound, ...]

    @property
    def hit(self) -> bool:
        """Whether every part is a hit."""
        return all(part.hit for part in self.parts)


def examine(
    patterns: Sequence[Pattern],
    effort: Effort,
    change: Change | None = None,
    say: Say = lambda text: None,
) -> list[Found]:
    """Hold the model against patterns.

    Args:
        patterns: which.
        effort: residents, replicates, dice, threads.
        change: laid over every arm, such as a theory or another set of assumptions.
        say: told how far it is.

    Returns:
        One entry a pattern, in the order given.
    """
    found: dict[str, Found] = {}
    for group in together(patterns):
        say(", ".join(pattern.id for pattern in group))
        fields = go_out(group, effort, change)
        for pattern in group:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", RuntimeWarning)  # a small world may hold nobody to ask
                measured = MEASURES[pattern.measure](fields[pattern.id])
            parts = tuple(_judged(part, measured) for part in pattern.parts)
            found[pattern.id] = Found(pattern, parts)
    return [found[pattern.id] for pattern in patterns]


def _judged(part: Part, measured: dict[str, Measured]) -> PartFound:
    value, low, high = value_and_interval(measured[part.name])
    hit = inside(value, part.accepted) and not (part.clear and not (low > 0 or high < 0))
    if hit or part.otherwise is None:
        return PartFound(part, value, low, high, hit)
    name, accepted = part.otherwise
    other = value_and_interval(measured[name])[0]
    instead = (name, other, accepted) if inside(other, accepted) else None
    return PartFound(part, value, low, high, instead is not None, instead)


def inside(value: float, accepted: tuple[float, float]) -> bool:
    """Whether a value lies in a range, both ends included."""
    return accepted[0] <= value <= accepted[1]


def as_json(found: Sequence[Found], roles: dict[str, str] | None = None) -> dict[str, Any]:
    """The report as `parley evidence --json` prints it.

    Args:
        found: from `examine`.
        roles: "fit", "check" or "input" by id, where the calibration says so.
    """
    counted = [one for one in found if not one.pattern.input]
    return {
        "patterns": [_as_entry(one, (roles or {}).get(one.pattern.id)) for one in found],
        "hits": sum(one.hit for one in found),
        "of": len(found),
        "hits_without_inputs": sum(one.hit for one in counted),
        "of_without_inputs": len(counted),
    }


def _as_entry(found: Found, role: str | None) -> dict[str, Any]:
    pattern = found.pattern
    return {
        "id": pattern.id,
        "question": pattern.question,
        "claim": pattern.claim,
        "numbers": pattern.numbers,
        "parts": [_as_part(part) for part in found.parts],
        "hit": found.hit,
        "source": pattern.source,
        "seen": pattern.seen,
        "read": pattern.read,
        "input": pattern.input,
        "fit": role,
        "note": pattern.how,
        "means": pattern.hit if found.hit else pattern.miss,
        "arms": {
            name: {"scenario": arm.scenario, "set": list(arm.settings)}
            for name, arm in pattern.arms.items()
        },
    }


def _as_part(found: PartFound) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": found.part.name,
        "unit": found.part.unit,
        "means": found.part.means,
        "value": _plain(found.value),
        "lo": _plain(found.lo),
        "hi": _plain(found.hi),
        "accepted": [_plain(end) for end in found.part.accepted],
        "hit": found.hit,
    }
    if found.part.clear:
        entry["clear_of_zero"] = True
    if found.instead is not None:
        name, value, accepted = found.instead
        entry["instead"] = {
            "name": name,
            "value": _plain(value),
            "accepted": [_plain(end) for end in accepted],
        }
    return entry


def _plain(number: float) -> float | None:
    """A number for JSON: nothing where it does not exist or has no end."""
    return float(number) if np.isfinite(number) else None
