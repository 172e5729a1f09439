"""What a borough asks of its police: incidents, their topics, and the need of its publics."""

from __future__ import annotations

import datetime

import numpy as np

from sim.areas.people import cells
from sim.areas.tables import (
    ANTISOCIAL_RATE,
    CITY,
    CRIME_RATES,
    Columns,
    LondonTables,
    of_borough,
    of_year,
    rows,
)
from sim.scenario.area_fields import AREA_FIELDS, DEFAULT_CONCERNS
from sim.topics import CRIME_TOPICS, OVERPOLICED, TOPICS

MOST_OVERPOLICED = 0.3  # of a public's concerns: our judgement, untested
RECORDED = {
    "burglary": ("burglary",),
    "antisocial": ("arson", "public_order"),
    "drugs": ("drugs",),
    "traffic": ("vehicle_offences",),
    "violence": ("violence", "robbery", "weapons"),
}
"""Recorded crime by topic; anti-social behaviour joins its topic.

Left out: `sexual`, which is missing from the file (its zeros are gaps); `theft_all`, mostly from
shops and visitors, for which the model has no topic; `misc`.
"""

TYPICAL_NEED = 0.45
# How often people of an age band or tenure are victims, relative to all adults. Recalled from the
# Crime Survey for England and Wales, not read again: expert view.
AGE_FACTOR = np.array([1.35, 1.25, 1.10, 0.95, 0.50])
TENURE_FACTOR = np.array([0.85, 1.20, 1.15])
NEED_SOURCE = (
    "small areas' crime and deprivation against London's, victims by age and tenure (expert view)"
)

LEAST_NEED, MOST_NEED = 0.05, 0.95


def crime_year(tables: LondonTables, date: str) -> int:
    """The year of recorded crime nearest to a date."""
    wanted = datetime.date.fromisoformat(date).year
    years = sorted({int(year) for year in tables.crime["year"]})
    return min(years, key=lambda year: abs(year - wanted))


def topic_rates(tables: LondonTables, borough: str, year: int) -> np.ndarray:
    """Recorded crime and anti-social behaviour per 1,000 people a year, by crime topic.

    People are residents of all ages, mid-2020; anti-social behaviour is that of the 2025 indices.
    """
    crime = of_year(of_borough(tables.crime, borough), year)
    profile = of_borough(tables.profile, borough)
    thousands = profile["mid2020_persons_all_ages"][0] / 1000
    rate = {
        topic: float(sum(crime[kind].sum() for kind in kinds)) / thousands
        for topic, kinds in RECORDED.items()
    }
    rate["antisocial"] += float(profile[ANTISOCIAL_RATE][0])
    return np.array([rate[topic] for topic in CRIME_TOPICS])


def london_topic_rates(tables: LondonTables, year: int) -> np.ndarray:
    """The same over the 32 boroughs together."""
    people = dict(zip(tables.profile["borough"], tables.profile["mid2020_persons_all_ages"]))
    rates = [topic_rates(tables, name, year) for name in tables.boroughs]
    return np.average(rates, axis=0, weights=[people[name] for name in tables.boroughs])


def incidents(here: np.ndarray, london: np.ndarray) -> float:
    """Incidents per 1,000 a year: the model's default times the borough's rate over London's."""
    return float(AREA_FIELDS["demand.incidents"].default * here.sum() / london.sum())


def concerns(here: np.ndarray, london: np.ndarray, search_ratio: np.ndarray) -> np.ndarray:
    """What each public is concerned about: array [public, topic], each public sums to 1.

    The reader's default mix, each crime topic times the borough's rate over London's, and being
    over-policed times how often the public is searched compared with all.
    """
    usual = np.array([DEFAULT_CONCERNS[topic] for topic in TOPICS])
    overpoliced = np.clip(usual[OVERPOLICED] * search_ratio, 0.0, MOST_OVERPOLICED)[:, None]
    crime = usual[:OVERPOLICED] * here / london
    return np.hstack([(1 - overpoliced) * crime / crime.sum(), overpoliced])


def needs(
    tables: LondonTables, small_areas: Columns, residents: np.ndarray, mix: np.ndarray
) -> np.ndarray:
    """Need of each public, 0-1: how far it is exposed to harm and disorder.

    The geometric mean of crime and of deprivation where the public lives, each relative to London,
    times how often people of its ages and tenures become victims; 0.45 where all are average.

    Args:
        tables: the London tables.
        small_areas: the borough's small areas.
        residents: residents of each public in each of them.
        mix: share of each cell inside a public [public, age, tenure, ethnic].
    """
    london = rows(tables.small_areas, lambda row: tables.small_areas["borough"][row] != CITY)
    crime = _relative(_crime(small_areas), residents, _crime(london), london)
    deprivation = _relative(small_areas["imd25_score"], residents, london["imd25_score"], london)
    factor = cells(AGE_FACTOR, TENURE_FACTOR, np.ones(mix.shape[-1]))
    need = TYPICAL_NEED * np.sqrt(crime * deprivation) * (mix * factor).sum(axis=(1, 2, 3))
    return np.clip(need, LEAST_NEED, MOST_NEED)


def _crime(small_areas: Columns) -> np.ndarray:
    return sum(small_areas[name] for name in CRIME_RATES)


def _relative(
    here: np.ndarray, residents: np.ndarray, everywhere: np.ndarray, london: Columns
) -> np.ndarray:
    """Mean where each public lives over the mean where Londoners live."""
    ours = (residents * here[:, None]).sum(axis=0) / residents.sum(axis=0)
    return ours / np.average(everywhere, weights=london["eth_total"])
