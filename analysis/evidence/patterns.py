"""Published patterns as data: one file each in `scenarios/patterns`, read and checked here."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.evidence.survey import Survey
from sim.scenario import SHIPPED

FOLDER = SHIPPED / "patterns"
_TEXTS = ("id", "question", "claim", "numbers", "measure", "source", "read", "how", "hit", "miss")
_NUMBERS = ("weeks", "residents", "replicates")
_KEYS = {*_TEXTS, *_NUMBERS, "input", "snapshots", "arms", "survey", "parts"}


class PatternFaults(ValueError):
    """Everything that is wrong with the files of the patterns."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = list(faults)


@dataclass(frozen=True)
class Arm:
    """One arm of a study: a scenario and what is set over it."""

    scenario: str
    settings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One number of a pattern.

    Attributes:
        name: what the measure calls it.
        accepted: the range that counts as a hit; infinite where one end is open.
        unit: what the number is counted in.
        means: what the number is, for a reader.
        clear: whether its interval must also leave zero out.
        otherwise: another number and range of which a hit counts as well, or None.
    """

    name: str
    accepted: tuple[float, float]
    unit: str
    means: str
    clear: bool = False
    otherwise: tuple[str, tuple[float, float]] | None = None


@dataclass(frozen=True)
class Pattern:
    """One published finding, and how the model is held against it.

    Attributes:
        id: as in the list of patterns.
        question: what it asks, for a reader.
        claim, numbers, source: the finding as published.
        read: how its figures got here: "seen", "memory", in words.
        input: whether it feeds the building of areas, and is counted apart.
        measure: the function in `analysis.evidence.measures` that takes it.
        how: how it is measured in the model, and where that departs from the study.
        hit, miss: what either means for a user.
        arms: by name.
        weeks, residents, replicates, snapshots: size of the study.
        survey: how it asks.
        parts: the numbers that must all lie in range.
    """

    id: str
    question: str
    claim: str
    numbers: str
    source: str
    read: str
    input: bool
    measure: str
    how: str
    hit: str
    miss: str
    arms: Mapping[str, Arm]
    weeks: int
    residents: int
    replicates: int
    snapshots: tuple[int, ...]
    survey: Survey
    parts: tuple[Part, ...]

    @property
    def seen(self) -> bool:
        """Whether its figures were read in a public record."""
        return self.read.startswith(("seen", "computed"))


def shipped_patterns(folder: Path = FOLDER) -> list[Pattern]:
    """Every pattern, in the order of their ids.

    Raises:
        PatternFaults: with every fault of every file.
    """
    found, faults = [], []
    for path in sorted(folder.glob("*.toml")):
        try:
            found.append(read_pattern(path))
        except PatternFaults as wrong:
            faults += wrong.faults
    if faults:
        raise PatternFaults(faults)
    return found


def read_pattern(path: Path) -> Pattern:
    """Read one pattern.

    Raises:
        PatternFaults: with every fault of the file.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise PatternFaults([f"{path.name}: {wrong}"]) from wrong
    faults = list(_faults(table))
    if faults:
        raise PatternFaults([f"{path.name}: {fault}" for fault in faults])
    return Pattern(
        **{name: table[name] for name in (*_TEXTS, *_NUMBERS)},
        input=table.get("input", False),
        snapshots=tuple(table["snapshots"]),
        arms={
            name: Arm(arm["scenario"], tuple(arm.get("set", ())))
            for name, arm in table["arms"].items()
        },
        survey=Survey(**table.get("survey", {})),
        parts=tuple(_part(part) for part in table["parts"]),
    )


def _faults(table: dict[str, Any]) -> list[str]:
    faults = [f"{name} is no key of a pattern." for name in table if name not in _KEYS]
    faults += [f"{name} is missing: a sentence." for name in _TEXTS if not _is_text(table, name)]
    faults += [f"{name} is missing: a whole number above 0." for name in _NUMBERS
               if not isinstance(table.get(name), int) or table[name] < 1]  # fmt: skip
    if not isinstance(table.get("arms"), dict) or not table["arms"]:
        faults.append("[arms] is missing: at least one scenario.")
    weeks = table.get("snapshots")
    if not isinstance(weeks, list) or not all(isinstance(week, int) for week in weeks):
        faults.append("snapshots is missing: a list of weeks.")
    if not isinstance(table.get("parts"), list) or not table["parts"]:
        return [*faults, "[[parts]] is missing: at least one number and its accepted range."]
    for place, part in enumerate(table["parts"]):
        faults += [f"[[parts]] {place}: {fault}" for fault in _part_faults(part)]
    return faults


def _is_text(table: dict[str, Any], name: str) -> bool:
    return isinstance(table.get(name), str) and bool(table[name].strip())


def _part_faults(part: dict[str, Any]) -> list[str]:
    faults = [f"{name} is missing." for name in ("name", "unit", "means") if name not in part]
    accepted = part.get("accepted")
    if not isinstance(accepted, list) or len(accepted) != 2 or not accepted[0] < accepted[1]:
        faults.append("accepted is missing: [lowest, highest], the lower one first.")
    return faults


def _part(part: dict[str, Any]) -> Part:
    other = part.get("otherwise")
    return Part(
        part["name"],
        _range(part["accepted"]),
        part["unit"],
        part["means"],
        part.get("clear", False),
        (other["name"], _range(other["accepted"])) if other else None,
    )


def _range(accepted: Sequence[float]) -> tuple[float, float]:
    low, high = (float(end) for end in accepted)
    if math.isnan(low) or math.isnan(high):
        raise PatternFaults(["a range ends at a number, or at inf."])
    return low, high
