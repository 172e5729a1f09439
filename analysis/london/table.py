"""The compact table of boroughs: what is needed of the London tables without the tables themselves.

`scenarios/evidence/london-boroughs.csv` has one row a borough: hours, abstraction and searches as first
known, composition, and the survey's shares agreeing at the end of 2016 and of 2019. It is made by
`python -m analysis london --make`, together with an area file for each borough.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sim.scenario import SHIPPED

TABLE = SHIPPED / "evidence" / "london-boroughs.csv"
AREAS = SHIPPED / "areas" / "london"
START, END = "2016-12-31", "2019-12-31"
MEASURES = {
    "trust": "Trust MPS",
    "fair": "Treat everyone fairly",
    "good_job": "Good Job local",
    "relied_on": "Relied on to be there",
    "listens": "Listen to concerns",
    "understands": "Understand issues",
    "informed": "Informed local",
    "ward_officer": "Contact ward officer",
}
"""Our name by measure of the survey: items of `sim.survey`, and two that count what happened."""
COMPOSITION = ("black", "deprived", "social", "young")
POLICE = ("hours", "abstraction", "stops")
COMMAND = "python -m analysis london --make --data FOLDER"


class NoLondonTable(ValueError):
    """The compact table is not there; `faults` says how to make it."""

    def __init__(self) -> None:
        self.faults = [f"scenarios/evidence/{TABLE.name} is not there. `{COMMAND}` makes it."]
        super().__init__(self.faults[0])


@dataclass(frozen=True)
class BoroughRow:
    """One borough.

    Attributes:
        name: as in the London tables.
        area: its area file, as a scenario names it.
        people: aged 16 and over.
        police: hours and searches per 1,000, share abstracted; None where not known.
        composition: shares of Black residents, of social renters and of people aged 16 to 24; mean score of
            deprivation (indices of 2025).
        start, end: share agreeing by measure at the end of 2016 and of 2019; empty without a survey.
        london_start, london_end: London's on the same dates.
    """

    name: str
    area: str
    people: int
    police: Mapping[str, float | None]
    composition: Mapping[str, float]
    start: Mapping[str, float]
    end: Mapping[str, float]
    london_start: Mapping[str, float]
    london_end: Mapping[str, float]

    @property
    def surveyed(self) -> bool:
        """Whether the survey covers it."""
        return bool(self.start)


def columns() -> list[str]:
    """Columns of the table, in order."""
    found = ["borough", "area", "people", *POLICE, *COMPOSITION]
    for when in ("start", "end", "london_start", "london_end"):
        found += [f"{when}_{measure}" for measure in MEASURES]
    return found


@lru_cache(maxsize=2)
def boroughs(path: Path = TABLE) -> tuple[BoroughRow, ...]:
    """Every borough of the table.

    Raises:
        NoLondonTable: it is not there.
    """
    if not path.exists():
        raise NoLondonTable
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(_row(row) for row in csv.DictReader(stream))


def _row(row: Mapping[str, str]) -> BoroughRow:
    def shares(when: str) -> dict[str, float]:
        found = {measure: row[f"{when}_{measure}"] for measure in MEASURES}
        return {measure: float(share) for measure, share in found.items() if share}

    return BoroughRow(
        name=row["borough"],
        area=row["area"],
        people=int(row["people"]),
        police={name: float(row[name]) if row[name] else None for name in POLICE},
        composition={name: float(row[name]) for name in COMPOSITION},
        start=shares("start"),
        end=shares("end"),
        london_start=shares("london_start"),
        london_end=shares("london_end"),
    )
