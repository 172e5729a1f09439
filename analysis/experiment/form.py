"""An experiment as read: everything checked, nothing left open."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.experiment.factors import Factor

FULL_FACTORIAL, ONE_AT_A_TIME = "full-factorial", "one-at-a-time"
LATIN_HYPERCUBE, SOBOL, MORRIS = "latin-hypercube", "sobol", "morris"
DESIGNS = (FULL_FACTORIAL, ONE_AT_A_TIME, LATIN_HYPERCUBE, SOBOL, MORRIS)


@dataclass(frozen=True)
class Experiment:
    """What is run: base scenarios, factors, a design, and what is kept of each run.

    Attributes:
        called: the file as messages name it.
        text: the file as given.
        scenarios: base scenarios as given; the first is what others are compared with.
        places: what each of them is loaded by: a shipped name or a path.
        weeks, residents, replicates, seed: the size of each run; replicate r has the same dice everywhere.
        design: one of `DESIGNS`.
        samples: of a sampled design.
        second_order: whether a Sobol design samples for second-order indices as well.
        indicators: names kept.
        publics: whether values of each public are kept, not only of everybody.
        weekly: whether every week is kept, not only the last.
        factors: what is varied.
        theories, areas: crossed with the design; `area_places` is what each area is loaded by.
        parameter_sets: numbers of the calibrated sets that are crossed with the design.
        set_values: values of each of these sets.
        notes: what a user should know although it is no fault.
    """

    called: str
    text: str
    title: str
    question: str
    scenarios: tuple[str, ...]
    places: tuple[str, ...]
    weeks: int
    residents: int
    replicates: int
    design: str
    samples: int
    seed: int
    indicators: tuple[str, ...]
    publics: bool
    weekly: bool
    factors: tuple[Factor, ...]
    theories: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    area_places: tuple[str, ...] = ()
    parameter_sets: tuple[int, ...] = ()
    set_values: tuple[dict[str, float], ...] = ()
    notes: tuple[str, ...] = ()
    second_order: bool = False

    @property
    def crossed(self) -> int:
        """How many times the design is repeated: scenarios × areas × theories × parameter sets."""
        sizes = (self.scenarios, self.areas, self.theories, self.parameter_sets)
        product = 1
        for size in sizes:
            product *= max(1, len(size))
        return product

    def of_role(self, role: str) -> list[Factor]:
        """Factors of one role, in the order of the file."""
        return [factor for factor in self.factors if factor.role == role]

    def as_dict(self) -> dict[str, Any]:
        """All that decides results, for a fingerprint and a manifest."""
        skipped = ("called", "text", "title", "question", "notes", "factors", "places")
        plain = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in vars(self).items()
            if name not in (*skipped, "area_places")
        }
        if not self.second_order:  # as sweeps have it that were made before it could be asked for
            plain.pop("second_order")
        plain["factors"] = [
            vars(factor) | {"values": list(factor.values)} for factor in self.factors
        ]
        return plain


def place_in(folder: Path, name: str) -> str:
    """What a name in an experiment file is loaded by: a path beside that file, else as it stands."""
    beside = folder / name
    try:
        return str(beside.resolve()) if beside.is_file() else name
    except (OSError, ValueError):
        return name
