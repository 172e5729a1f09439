"""How far each assumption moves what the model finds, as measured: `python -m analysis influence`.

Two subjects are measured: the level that a baseline world comes to, and the contrast that a policy
makes, for a conclusion is a difference. The file has a row for each assumption, subject and main
finding, and for all other findings a row where the dice alone do not explain what is found.
"""

from __future__ import annotations

import csv
import json
import math
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.scenario import SHIPPED

INFLUENCE = SHIPPED / "evidence" / "influence.csv"
ABOUT = "influence.json"
COMMAND = "python -m analysis influence"
LEVEL, CONTRAST = "level", "contrast"
SUBJECTS = (LEVEL, CONTRAST)
MAIN_FINDINGS = ("trust", "trust_gap", "expectation_gap", "marginalisation")
LAST_WEEKS = 13


class InfluenceFault(ValueError):
    """The measured influence cannot be read; `faults` says why in one line."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.faults = [message]


@dataclass(frozen=True)
class Influence:
    """What one assumption does to one finding, in the finding's own unit.

    Attributes:
        assumption: name of the number.
        subject: "level" or "contrast".
        finding: an indicator, or "attitude:cause" for points of the ledger.
        low, high: the finding at either end of the number's range, less the finding at its default.
        noise_low, noise_high: the size up to which chance may explain each, over pairs with the same
            dice; set so that of all that is larger about one in twenty is chance. None where the
            finding has no value.
        across, noise_across: the finding at the high end less that at the low end, and its noise. It
            owes nothing to the worlds at the defaults, whose luck is in every `low` and `high`.
        mu_star, sigma: Morris's mean size and spread of elementary effects over the whole range of
            the number, with all other numbers anywhere in theirs; main findings only, else None.
    """

    assumption: str
    subject: str
    finding: str
    low: float | None
    high: float | None
    noise_low: float | None
    noise_high: float | None
    across: float | None
    noise_across: float | None
    mu_star: float | None
    sigma: float | None

    @property
    def swing(self) -> float:
        """How far the finding goes when the number goes through its range; 0 where chance explains it."""
        if self.across is None or not clear(self.across, self.noise_across):
            return 0.0
        return abs(self.across)


def clear(moved: float | None, noise: float | None) -> bool:
    """Whether a move is larger than chance explains."""
    return moved is not None and noise is not None and abs(moved) > noise


COLUMNS = tuple(field.name for field in fields(Influence))


def influences(path: Path = INFLUENCE) -> tuple[Influence, ...]:
    """Every measured influence, in the order of the file.

    Raises:
        InfluenceFault: the file is absent or not of this form.
    """
    return _read(path, _text(path))


def about(path: Path = INFLUENCE) -> dict[str, Any]:
    """How the influence was measured: sizes, seed, scenarios, and every finding at the defaults.

    Raises:
        InfluenceFault: the file beside it is absent or not JSON.
    """
    beside = path.with_name(ABOUT)
    try:
        found = json.loads(_text(beside))
    except ValueError:
        raise InfluenceFault(f"{ABOUT}: this is not JSON. `{COMMAND}` makes it anew.") from None
    if not isinstance(found, dict):
        raise InfluenceFault(f"{ABOUT}: this is no object. `{COMMAND}` makes it anew.")
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise InfluenceFault(f"{path.name} cannot be read. `{COMMAND}` makes it.") from None


@lru_cache(maxsize=4)
def _read(path: Path, text: str) -> tuple[Influence, ...]:
    rows = csv.reader(text.splitlines())
    if tuple(next(rows, ())) != COLUMNS:
        raise InfluenceFault(
            f"{path.name}: the columns are not {', '.join(COLUMNS)}. `{COMMAND}` makes it anew."
        )
    return tuple(_row(path.name, line, row) for line, row in enumerate(rows, start=2))


def _row(file: str, line: int, row: list[str]) -> Influence:
    try:
        names, numbers = row[:3], [float(cell) if cell else None for cell in row[3:]]
        if len(row) != len(COLUMNS) or not all(_fine(number) for number in numbers):
            raise ValueError
        return Influence(*names, *numbers)  # type: ignore[arg-type]
    except ValueError:
        raise InfluenceFault(
            f"{file}, line {line}: this is no row of {len(COLUMNS)} finite values."
            f" `{COMMAND}` makes it anew."
        ) from None


def _fine(number: float | None) -> bool:
    return number is None or math.isfinite(number)
