"""What a borough's police did: ward officers' hours, searches, and whom they fell on."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.areas.publics import Public
from sim.areas.tables import SEARCH_AGES, SEEN, Columns, LondonTables, of_borough, rows
from sim.scenario.area_fields import AGES, AREA_FIELDS, ETHNICS

YEAR_MONTHS = 12
OLDEST = 0.1  # part of searches from age 45 on that fall on 65 and over: our judgement, untested
# Ages of searches against the model's bands: of 15 to 19, four of five years of age are 16 or more.
_SEARCHED = {
    "16-24": {"age_15_19": 0.8, "age_20_24": 1.0},
    "25-34": {"age_25_29": 1.0, "age_30_34": 1.0},
    "35-44": {"age_35_39": 1.0, "age_40_44": 1.0},
}
# Officers note how someone looks. The tables have no mixed: they are taken to be seen as Black.
_SEEN_AS = {
    "black": ("black", "mixed"),
    "asian": ("asian",),
    "white": ("white",),
    "other": ("other",),
}


@dataclass(frozen=True)
class Hours:
    """Ward officers' time in the first twelve months in which every borough reports.

    Attributes:
        hours: officer-hours per 1,000 people aged 16 and over a week, before abstraction.
        abstraction: share of them taken away for other duties.
        first, last: months covered.
    """

    hours: float
    abstraction: float
    first: str
    last: str


@dataclass(frozen=True)
class Searches:
    """Searches in the last twelve months of the file, after the lockdown peaks of its first half.

    Attributes:
        rate: searches of people aged 16 and over per 1,000 of them a year.
        earlier: the same for the twelve months before, or None where the file does not reach back.
        publics: search rate of each public over the rate of all.
        first, last: months covered.
    """

    rate: float
    earlier: float | None
    publics: np.ndarray
    first: str
    last: str


def ward_officer_hours(tables: LondonTables, borough: str, people: float) -> Hours | None:
    """Hours of the borough's ward officers, or None where the file has nothing on it."""
    officers = tables.officers
    months = sorted(set(officers["month"]))
    full = max(officers["month"].count(month) for month in months)
    first = next(month for month in months if officers["month"].count(month) == full)
    chosen = months[months.index(first) :][:YEAR_MONTHS]
    here = _in_months(of_borough(officers, borough), chosen)
    minutes = {name: column.sum() for name, column in here.items() if name.startswith("minutes_")}
    total = sum(minutes.values())
    if not total:
        return None
    weeks = sum(_days(month) for month in here["month"]) / 7
    return Hours(
        float(total / 60 / (people / 1000) / weeks),
        float(1 - minutes["minutes_not_abstracted"] / total),
        *_span(chosen),
    )


def searches(
    tables: LondonTables,
    borough: str,
    adults: np.ndarray,
    ethnic: np.ndarray,
    mix: np.ndarray,
) -> Searches | None:
    """Search rate of the borough and of its publics, or None where the file has nothing on it.

    Args:
        tables: the London tables.
        borough: its name.
        adults: people by age band.
        ethnic: shares by ethnic group.
        mix: share of each cell inside a public [public, age, tenure, ethnic].
    """
    months = sorted(set(tables.searches["month"]))
    chosen, before = months[-YEAR_MONTHS:], months[-2 * YEAR_MONTHS : -YEAR_MONTHS]
    here = of_borough(tables.searches, borough)
    year = _in_months(here, chosen)
    by_age = _by_age(year)
    if not by_age.sum():
        return None
    age_ratio = (by_age / by_age.sum()) / (adults / adults.sum())
    ethnic_ratio = _ethnic_ratio(year, ethnic)
    publics = np.einsum("pate,a,e->p", mix, age_ratio, ethnic_ratio)
    return Searches(
        _per_thousand(year, adults),
        _per_thousand(_in_months(here, before), adults) if len(before) == YEAR_MONTHS else None,
        publics,
        *_span(chosen),
    )


def suspicion(ratio: np.ndarray, shares: np.ndarray, publics: Sequence[Public]) -> np.ndarray:
    """How far officers think of each public when they look for suspects; 1 is neutral.

    What is left of the measured ratio of search rates once time on the street is taken out, so that
    street × suspicion gives the measured ratio.
    """
    street = np.array([public.traits.street for public in publics])
    allowed = AREA_FIELDS["groups.suspicion"]
    return np.clip(ratio / (street / np.dot(shares, street)), allowed.low, allowed.high)


def _in_months(table: Columns, months: Sequence[str]) -> Columns:
    return rows(table, lambda row: table["month"][row] in months)


def _by_age(table: Columns) -> np.ndarray:
    """Searches of people aged 16 and over by age band.

    The file ends at 45 and over. Nine tenths of these are put at 45 to 64: our judgement, untested.
    """
    counts = [
        sum(float(table[name].sum()) * part for name, part in _SEARCHED[age].items())
        for age in AGES[:3]
    ]
    oldest = float(table["age_45plus"].sum())
    return np.array([*counts, (1 - OLDEST) * oldest, OLDEST * oldest])


def _ethnic_ratio(table: Columns, ethnic: np.ndarray) -> np.ndarray:
    """Search rate by ethnic group over the rate of all, by how officers saw people."""
    seen = {name.removeprefix("officer_seen_"): float(table[name].sum()) for name in SEEN}
    total = sum(seen.values())
    ratio = np.ones(len(ETHNICS))
    for look, groups in _SEEN_AS.items():
        members = [ETHNICS.index(group) for group in groups]
        ratio[members] = (seen[look] / total) / ethnic[members].sum() if total else 1.0
    return ratio


def _per_thousand(table: Columns, adults: np.ndarray) -> float:
    """Searches a year of people aged 16 and over per 1,000; those of unknown age are shared out."""
    known = sum(float(table[name].sum()) for name in SEARCH_AGES)
    part = _by_age(table).sum() / known if known else 0.0
    a_year = float(table["searches"].sum()) * YEAR_MONTHS / max(len(table["month"]), 1)
    return float(a_year * part / (adults.sum() / 1000))


def _span(months: Sequence[str]) -> tuple[str, str]:
    return months[0][:7], months[-1][:7]


def _days(month: str) -> int:
    day = datetime.date.fromisoformat(month)
    return calendar.monthrange(day.year, day.month)[1]
