"""A London borough as an area: everything the tables say about it, and what had to be declared."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.areas import attitudes, beats, demand, people, police
from sim.areas.attitudes import Levels
from sim.areas.police import Hours, Searches
from sim.areas.publics import PUBLICS, Public
from sim.areas.tables import (
    CITY,
    CRIME,
    SMALL_AREAS,
    SURVEY,
    LondonTables,
    of_borough,
    of_year,
    read_tables,
)
from sim.scenario.faults import Fault, ScenarioFaults, nearest, shown

DATE = "2016-12-31"


@dataclass(frozen=True)
class Borough:
    """What is known of a borough. Arrays by public follow `publics`.

    Attributes:
        name: its name in the tables.
        date: the quarter's end of the survey that starting attitudes come from.
        people: residents aged 16 and over, mid-2020.
        age, tenure, ethnic: shares of them.
        publics: the publics it is divided into.
        shares: share of each public, as the rules give it.
        beat_shares, beat_disorder: by beat.
        public_beats: where each public lives [public, beat].
        need: of each public, 0-1.
        levels: starting attitudes by name.
        incidents: per 1,000 a year.
        topics: shares of incidents by crime topic.
        concerns: of each public [public, topic].
        search_ratio, suspicion: by public; 1 is the rate of all, and neutral.
        crime_year: year of the recorded crime.
        hours, searches: what its police did, None where the tables do not say.
    """

    name: str
    date: str
    people: int
    age: np.ndarray
    tenure: np.ndarray
    ethnic: np.ndarray
    publics: Sequence[Public]
    shares: np.ndarray
    beat_shares: np.ndarray
    beat_disorder: np.ndarray
    public_beats: np.ndarray
    need: np.ndarray
    levels: dict[str, Levels]
    incidents: float
    topics: np.ndarray
    concerns: np.ndarray
    search_ratio: np.ndarray
    suspicion: np.ndarray
    crime_year: int
    hours: Hours | None
    searches: Searches | None

    @property
    def surveyed(self) -> bool:
        """Whether the survey covers this borough; if not, its publics start at London's levels."""
        return all(levels.residual is not None for levels in self.levels.values())


def borough_from_london(
    folder: str | Path | LondonTables, borough: str, date: str = DATE
) -> Borough:
    """Read a borough from the London tables.

    Args:
        folder: the folder with the six files, or the tables already read.
        borough: its name; capitals, spaces and "&" for "and" do not matter.
        date: quarter's end of the Public Attitude Survey, as 2016-12-31.

    Raises:
        ScenarioFaults: the tables are wrong, or do not have this borough or date.
    """
    tables = folder if isinstance(folder, LondonTables) else read_tables(folder)
    name = _known_borough(tables, borough)
    _refuse_gaps(tables, name, _known_date(tables, date))
    adults = people.adults_by_age(tables.profile)
    age = adults / adults.sum(axis=1, keepdims=True)
    tenure = people.tenure_shares(tables.profile)
    ethnic = people.ethnic_shares(tables.profile)
    table = people.cells(age, tenure, ethnic)
    at = {entry: row for row, entry in enumerate(tables.profile["borough"])}
    row = at[name]
    publics = _present(PUBLICS, table[row])
    shares = people.public_shares(table, publics)
    mix = people.mix_of_publics(table[row], publics)

    small_areas = of_borough(tables.small_areas, name)
    beat = beats.beat_of(small_areas)
    residents = beats.residents_of_publics(small_areas, age[row], publics)

    year = demand.crime_year(tables, date)
    here, london = demand.topic_rates(tables, name, year), demand.london_topic_rates(tables, year)
    searched = police.searches(tables, name, adults[row], ethnic[row], mix)
    ratio = searched.publics if searched else np.ones(len(publics))
    return Borough(
        name=name,
        date=date,
        people=round(float(adults[row].sum())),
        age=age[row],
        tenure=tenure[row],
        ethnic=ethnic[row],
        publics=publics,
        shares=shares[row],
        beat_shares=beats.beat_shares(small_areas, beat),
        beat_disorder=beats.beat_disorder(small_areas, beat),
        public_beats=beats.publics_by_beat(residents, beat),
        need=demand.needs(tables, small_areas, residents, mix),
        levels=attitudes.borough_levels(
            tables,
            date,
            publics,
            {entry: shares[at[entry]] for entry in tables.boroughs},
            {entry: float(adults[at[entry]].sum()) for entry in tables.boroughs},
            name,
        ),
        incidents=demand.incidents(here, london),
        topics=here / here.sum(),
        concerns=demand.concerns(here, london, ratio),
        search_ratio=ratio,
        suspicion=police.suspicion(ratio, shares[row], publics) if searched else ratio,
        crime_year=year,
        hours=police.ward_officer_hours(tables, name, float(adults[row].sum())),
        searches=searched,
    )


def _present(publics: Sequence[Public], table: np.ndarray) -> list[Public]:
    """The publics that somebody in the borough belongs to."""
    shares = people.public_shares(table, publics)
    return [public for public, share in zip(publics, shares) if share > 0]


def _known_borough(tables: LondonTables, borough: str) -> str:
    by_shape = {_shape(name): name for name in tables.profile["borough"]}
    name = by_shape.get(_shape(borough))
    if name == CITY:
        message = (
            f"{CITY} has a police force of its own. The survey, the ward officers and the searches"
            " are those of the Metropolitan Police, who look after the other 32 boroughs. Choose"
            " one of them."
        )
    elif name is None:
        close = nearest(borough, tables.boroughs)
        hint = f"Did you mean {close}? " if close else ""
        message = f"there is no such borough. {hint}Choose from {', '.join(tables.boroughs)}."
    else:
        return name
    raise ScenarioFaults([Fault(f"borough {shown(borough)}", "", message)])


def _known_date(tables: LondonTables, date: str) -> str:
    known = sorted(set(tables.survey["date"]))
    if date in known:
        return date
    try:
        day = datetime.date.fromisoformat(date)
    except ValueError:
        hint = f"Write it as {DATE}."
    else:
        close = min(known, key=lambda entry: abs(datetime.date.fromisoformat(entry) - day))
        hint = f"The nearest is {close}."
    span = f"It runs from {known[0]} to {known[-1]}."
    message = f"the survey has no such quarter's end. {hint} {span}"
    raise ScenarioFaults([Fault(f"date {shown(date)}", "", message)])


def _refuse_gaps(tables: LondonTables, name: str, date: str) -> None:
    year = demand.crime_year(tables, date)
    recorded = set(of_year(tables.crime, year)["borough"])
    faults = [
        Fault(CRIME, "", f"{entry} has no row of {year}. Add it.")
        for entry in tables.boroughs
        if entry not in recorded
    ]
    if name not in tables.small_areas["borough"]:
        faults.append(Fault(SMALL_AREAS, "", f"{name} has no row here. Add its small areas."))
    found = attitudes.attitudes_read(tables, date)
    for attitude in attitudes.ATTITUDES:
        if attitude not in found:
            measures = attitudes.measures_of(attitude)
            message = f"no row of {date} has {' or '.join(measures)}. Choose another date."
            faults.append(Fault(SURVEY, "", message))
    if faults:
        raise ScenarioFaults(faults)


def _shape(name: str) -> str:
    return " ".join(name.casefold().replace("&", " and ").split())
