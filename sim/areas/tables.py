"""Reads the six London tables, and names everything that is wrong with them at once."""

from __future__ import annotations

import csv
import datetime
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.scenario.area_fields import ETHNICS
from sim.scenario.faults import Fault, ScenarioFaults, nearest, shown

PROFILE = "borough_profile.csv"
SMALL_AREAS = "lsoa_census_deprivation.csv"
SURVEY = "public_attitudes_borough_quarterly_to_2019.csv"
OFFICERS = "ward_officer_minutes_borough_month.csv"
SEARCHES = "stop_search_borough_month.csv"
CRIME = "recorded_crime_borough_year.csv"

CITY = "City of London"
AIRPORTS = "CO18"
SHOWN = 20  # faults of one kind of file that are listed one by one

HOMES = {
    "owner": ("hh_own_mortgage", "hh_own_outright", "hh_shared_ownership"),
    "private": ("hh_private_rent", "hh_rent_free"),
    "social": ("hh_social_council", "hh_social_other"),
}
CRIME_RATES = tuple(
    f"imd25_rate_{kind}"
    for kind in (
        "violence_with_injury",
        "violence_without_injury",
        "stalking_and_harassment",
        "burglary",
        "theft",
        "criminal_damage",
        "public_order_and_possession_of_weapons",
        "anti_social_behaviour",
    )
)
ANTISOCIAL_RATE = "imd25_rate_anti_social_behaviour"
SEARCH_AGES = (
    *("age_10_14", "age_15_19", "age_20_24", "age_25_29"),
    *("age_30_34", "age_35_39", "age_40_44", "age_45plus"),
)
SEEN = ("officer_seen_asian", "officer_seen_black", "officer_seen_other", "officer_seen_white")
_PEOPLE = ("eth_total", *(f"eth_{group}" for group in ETHNICS), *sum(HOMES.values(), ()))

Columns = dict[str, Any]
"""Columns of one table by name: lists of words, arrays of numbers."""


@dataclass(frozen=True)
class Layout:
    """What one file has to hold.

    Attributes:
        file: its name.
        words, numbers: its columns that are read; others are left alone.
        key: the columns that say what a row is about; no two rows share them.
        above_zero: columns that something is divided by.
        shares: columns of shares, above 0 and below 1.
        dates: columns of words that hold dates.
    """

    file: str
    words: tuple[str, ...]
    numbers: tuple[str, ...]
    key: tuple[str, ...]
    above_zero: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


LAYOUTS = (
    Layout(
        PROFILE,
        ("borough",),
        (
            *_PEOPLE,
            *("hh_total", "imd25_mean_score", *CRIME_RATES, "mid2020_persons_all_ages"),
            *("mid2020_persons_16_29", "mid2020_persons_30_44"),
            *("mid2020_persons_45_64", "mid2020_persons_65plus"),
        ),
        ("borough",),
        above_zero=("eth_total", "hh_total", "mid2020_persons_all_ages", "mid2020_persons_16_29"),
    ),
    Layout(
        SMALL_AREAS,
        ("lsoa21_code", "msoa21_code", "borough"),
        (
            *("easting_bng", "northing_bng", *_PEOPLE, "hh_total"),
            *("imd25_score", *CRIME_RATES),
        ),
        ("lsoa21_code",),
        above_zero=("eth_total", "hh_total"),
    ),
    Layout(
        SURVEY,
        ("date", "borough", "measure"),
        ("proportion", "mps_proportion"),
        ("date", "borough", "measure"),
        shares=("proportion", "mps_proportion"),
        dates=("date",),
    ),
    Layout(
        OFFICERS,
        ("month", "borough"),
        tuple(
            f"minutes_{kind}"
            for kind in (
                *("aid", "cad", "court", "custody", "local_aid"),
                *("not_abstracted", "staffing_up", "training"),
            )
        ),
        ("month", "borough"),
        dates=("month",),
    ),
    Layout(
        SEARCHES,
        ("month", "borough"),
        ("searches", *SEARCH_AGES, *SEEN),
        ("month", "borough"),
        dates=("month",),
    ),
    Layout(
        CRIME,
        ("LAD11NM",),
        (
            *("year", "arson", "burglary", "drugs", "public_order"),
            *("robbery", "vehicle_offences", "violence", "weapons"),
        ),
        ("LAD11NM", "year"),
    ),
)


@dataclass(frozen=True)
class LondonTables:
    """The six tables, checked, without the airport units.

    Attributes:
        profile, small_areas, survey, officers, searches, crime: columns by name; the borough's
            name is in the column `borough` of each.
    """

    profile: Columns
    small_areas: Columns
    survey: Columns
    officers: Columns
    searches: Columns
    crime: Columns

    @property
    def boroughs(self) -> list[str]:
        """The boroughs that the Metropolitan Police look after, in the order of the profile."""
        return [name for name in self.profile["borough"] if name != CITY]

    @property
    def surveyed(self) -> list[str]:
        """The boroughs with survey data."""
        have = set(self.survey["borough"])
        return [name for name in self.boroughs if name in have]


def read_tables(folder: str | Path) -> LondonTables:
    """Read the six files of a folder.

    Raises:
        ScenarioFaults: files, columns or cells are missing or wrong; every fault is named.
    """
    folder = Path(folder)
    if not folder.is_dir():
        message = f"this is not a folder. Give the folder that holds {PROFILE} and five more."
        raise ScenarioFaults([Fault(str(folder), "", message)])
    faults: list[Fault] = []
    tables = [_read(folder / layout.file, layout, faults) for layout in LAYOUTS]
    if faults:
        raise ScenarioFaults(faults)
    tables[-1]["borough"] = tables[-1].pop("LAD11NM")
    tables = [tables[0], *(_without_airports(table) for table in tables[1:])]
    _refuse_unknown_boroughs(tables)
    return LondonTables(*tables)


def rows(table: Columns, keep: Callable[[int], bool] | np.ndarray) -> Columns:
    """The rows of a table that a test by position, or a mask, lets through."""
    count = len(table["borough"])
    mask = np.array([keep(row) for row in range(count)], dtype=bool) if callable(keep) else keep
    return {
        name: column[mask]
        if isinstance(column, np.ndarray)
        else [entry for entry, kept in zip(column, mask) if kept]
        for name, column in table.items()
    }


def of_borough(table: Columns, borough: str) -> Columns:
    """The rows of one borough."""
    return rows(table, lambda row: table["borough"][row] == borough)


def of_year(table: Columns, year: int) -> Columns:
    """The rows of one year."""
    return rows(table, table["year"] == year)


def _without_airports(table: Columns) -> Columns:
    return rows(table, lambda row: not table["borough"][row].startswith(AIRPORTS))


def _read(path: Path, layout: Layout, faults: list[Fault]) -> Columns:
    """Read one file into columns; what is wrong is added to `faults`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return _parse(csv.reader(stream), layout, faults)
    except FileNotFoundError:
        message = f"the file is missing. It belongs in {path.parent}."
    except UnicodeDecodeError:
        message = "the text is not UTF-8. Save the file as CSV in UTF-8."
    except csv.Error as fault:
        message = f"the file cannot be read as CSV ({fault}). Save it again as CSV."
    except OSError as fault:
        message = f"the file cannot be read ({(fault.strerror or str(fault)).lower()}). Check it."
    faults.append(Fault(layout.file, "", message))
    return {}


def _parse(reader: Any, layout: Layout, faults: list[Fault]) -> Columns:
    header = [name.strip() for name in next(reader, [])]
    missing = [name for name in (*layout.words, *layout.numbers) if name not in header]
    if missing:
        faults.extend(_missing(layout.file, name, header) for name in missing)
        return {}
    place = {name: header.index(name) for name in (*layout.words, *layout.numbers)}
    columns: Columns = {name: [] for name in place}
    found: list[Fault] = []
    seen: dict[tuple[str, ...], int] = {}
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        row = _Row(cells, place, layout, reader.line_num, found)
        if len(cells) != len(header):
            said = f"{len(cells)} cells under {len(header)} names"
            row.fault("", f"{said}. Complete or remove the row.")
            continue
        values = row.values()
        row.refuse_repeated(seen)
        for name, value in values.items():
            columns[name].append(value)
    if not seen and not found:
        found.append(Fault(layout.file, "", "the file holds no rows. Fetch it again."))
    faults.extend(found[:SHOWN])
    if len(found) > SHOWN:
        faults.append(Fault(layout.file, "", f"{len(found) - SHOWN} more faults of this kind."))
    for name in layout.numbers:
        columns[name] = np.array(columns[name], dtype=float)
    return columns


def _missing(file: str, name: str, header: list[str]) -> Fault:
    close = nearest(name, header)
    remedy = f"The nearest is {close}; rename it if it is the same." if close else "Add it."
    return Fault(file, "first line", f"column {name} is missing. {remedy}")


@dataclass(frozen=True)
class _Row:
    """One row of a file while it is checked; what is wrong goes to `faults`."""

    cells: list[str]
    place: dict[str, int]
    layout: Layout
    line: int
    faults: list[Fault]

    def values(self) -> dict[str, Any]:
        """Words and numbers by column."""
        words = {name: self._word(name) for name in self.layout.words}
        return words | {name: self._number(name) for name in self.layout.numbers}

    def refuse_repeated(self, seen: dict[tuple[str, ...], int]) -> None:
        """Name a row about the same thing as an earlier one."""
        key = tuple(self.cells[self.place[name]].strip() for name in self.layout.key)
        if key in seen:
            about = ", ".join(key)
            self.fault("", f"{about} is already on line {seen[key]}. Remove one of the rows.")
        seen.setdefault(key, self.line)

    def fault(self, column: str, message: str) -> None:
        """Note what is wrong with this row, or one cell of it."""
        at = f"line {self.line}, {column}" if column else f"line {self.line}"
        self.faults.append(Fault(self.layout.file, at, message))

    def _word(self, name: str) -> str:
        text = self.cells[self.place[name]].strip()
        if not text:
            self.fault(name, "the cell is empty. Fill it or remove the row.")
        elif name in self.layout.dates and not _is_date(text):
            self.fault(name, f"{shown(text)} is not a date. Write it as 2016-12-31.")
        return text

    def _number(self, name: str) -> float:
        text = self.cells[self.place[name]].strip()
        try:
            value = float(text)
        except ValueError:
            said = f"{shown(text)} is not a number" if text else "the cell is empty"
            self.fault(name, f"{said}. Give the figure or remove the row.")
            return math.nan
        if not math.isfinite(value) or value < 0:
            self.fault(name, f"{shown(text)} cannot be. Give a figure of 0 or more.")
        elif value == 0 and name in self.layout.above_zero:
            self.fault(name, "0 people or homes cannot be. Give the figure or remove the row.")
        elif name in self.layout.shares and not 0 < value < 1:
            self.fault(name, f"{shown(text)} is not between 0 and 1. Write 63 % as 0.63.")
        return value


def _is_date(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _refuse_unknown_boroughs(tables: list[Columns]) -> None:
    known = tables[0]["borough"]
    faults = []
    for layout, table in zip(LAYOUTS[1:], tables[1:]):
        for name in sorted(set(table["borough"]) - set(known)):
            close = nearest(name, known)
            remedy = f"Did you mean {close}?" if close else "Add it there, or remove its rows."
            message = f"borough {shown(name)} is not in {PROFILE}. {remedy}"
            faults.append(Fault(layout.file, "", message))
    if faults:
        raise ScenarioFaults(faults)
