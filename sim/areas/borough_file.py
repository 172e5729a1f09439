"""The files that describe a borough: its area, and a scenario with what its police did."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sim.areas import demand
from sim.areas.attitudes import INTERVIEWS, MEASURES, share_agreeing
from sim.areas.london import DATE, Borough, borough_from_london
from sim.areas.publics import INVOLVEMENT, OFFSETS_SOURCE, TRAITS_SOURCE
from sim.areas.tables import CRIME, OFFICERS, PROFILE, SEARCHES, SMALL_AREAS, SURVEY
from sim.areas.toml_text import Page, rounded_shares
from sim.scenario.area_fields import AREA_FIELDS, TRAITS
from sim.topics import CRIME_TOPICS, TOPICS

LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."
PUBLISHERS = (
    "Mayor's Office for Policing and Crime, Metropolitan Police Service, Office for National"
    " Statistics, Ministry of Housing, Communities & Local Government, Greater London Authority;"
    " via the London Datastore and Nomis"
)
EXPECTATION = 62.0  # points where need is typical: our judgement, untested
EXPECTATION_BY_NEED = 10.0  # points more from no need to full need: our judgement, untested

_CENSUS = "Census 2021, " + PROFILE
_NEUTRAL = "not in the tables: the model's default"
_SOURCES = (
    f"need: {demand.NEED_SOURCE}",
    *(f"{trait}: {source}" for trait, source in TRAITS_SOURCE.items()),
    "trust, confidence, voice_belief: London's level, plus what is declared for the public, plus"
    f" what the survey found here ({SURVEY}); the offsets are {OFFSETS_SOURCE}",
    "legitimacy: no measure; midway between trust and confidence, which it follows",
    f"expectation: no measure; {EXPECTATION:.0f} at typical need, {EXPECTATION_BY_NEED:.0f} more"
    " from no need to full need, untested",
    "suspicion: the public's search rate over that of all, time on the street taken out"
    f" ({SEARCHES})",
    "concerns: the model's default mix times local crime over London's; over-policed by searches",
    f"beats: ethnic groups and tenures of small areas ({SMALL_AREAS})",
)


def area_from_london(folder: str | Path, borough: str, date: str = DATE) -> str:
    """A borough as the text of an area file.

    Args:
        folder: the folder with the six London tables.
        borough: its name.
        date: quarter's end of the Public Attitude Survey that starting attitudes come from.

    Raises:
        ScenarioFaults: the tables are wrong, or do not have this borough or date.
    """
    return area_text(borough_from_london(folder, borough, date))


def area_text(borough: Borough) -> str:
    """The area file of a borough."""
    page = Page(
        [
            f"{borough.name}, made by `parley area` from the London tables.",
            LICENCE,
            f"Publishers: {PUBLISHERS}.",
            "Synthetic people only: shares and levels are the borough's, nobody is described.",
        ]
    )
    page.put("name", borough.name)
    page.put("people", borough.people, f"aged 16 and over, mid-2020, {PROFILE}")
    page.put("beats", len(borough.beat_shares), f"neighbouring small areas, {SMALL_AREAS}")
    page.put("warmup_weeks", int(AREA_FIELDS["warmup_weeks"].default), _NEUTRAL)
    page.put("source", f"London tables; attitudes of {borough.date}")
    page.put("licence", f"{LICENCE} Publishers: {PUBLISHERS}.")
    page.put("notes", _notes(borough))
    page.put(
        "beat_shares", rounded_shares(borough.beat_shares), f"Census 2021 residents, {SMALL_AREAS}"
    )
    page.put(
        "beat_disorder",
        _with_mean_one(borough.beat_disorder),
        f"crime and anti-social behaviour per head, 2025 indices, {SMALL_AREAS}",
    )
    for trait, shares, source in (
        ("age", borough.age, f"mid-2020, {PROFILE}; bands split evenly by year of age"),
        ("tenure", borough.tenure, f"of households, {_CENSUS}"),
        ("ethnic", borough.ethnic, f"of residents of all ages, {_CENSUS}"),
    ):
        named = zip(TRAITS[trait], rounded_shares(shares))
        page.table(f"shares.{trait}", {key: (share, "") for key, share in named}, source)
    page.say(["Where the figures of the publics come from:", *_SOURCES])
    for row, public in enumerate(borough.publics):
        page.table(f"groups.{public.key}", _public(borough, row))
    for name in ("police", "partners"):
        fields = (field for field in AREA_FIELDS.values() if field.name.startswith(f"{name}."))
        values = {field.name.split(".")[1]: (field.default, "") for field in fields}
        page.table(name, values, _NEUTRAL)
    topics = dict(zip(CRIME_TOPICS, rounded_shares(borough.topics)))
    page.table(
        "demand",
        {
            "incidents": (
                round(borough.incidents),
                "the default times recorded crime and anti-social behaviour over London's",
            ),
            "topics": (topics, f"{borough.crime_year}, {CRIME}; anti-social behaviour, {PROFILE}"),
        },
    )
    return page.text()


def scenario_text(borough: Borough, area: str) -> str:
    """A scenario with a borough's measured hours and searches, everything else as by default.

    It extends nothing, so that the warm-up lives under the borough's own policy too.

    Args:
        borough: the borough.
        area: its area file, as the scenario shall name it.
    """
    page = Page([f"{borough.name} as policed, from the London tables.", LICENCE])
    page.put("schema", 1)
    page.put("title", f"{borough.name} as policed")
    page.put(
        "question",
        "What does today's practice do to trust, expectation and marginalisation in"
        f" {borough.name}, given the hours its ward officers had and the searches it saw?",
    )
    page.put("area", area)
    policy = _measured_policy(borough)
    if policy:
        page.table("policy", policy)
    return page.text()


def _measured_policy(borough: Borough) -> dict[str, tuple[float, str]]:
    policy: dict[str, tuple[float, str]] = {}
    if hours := borough.hours:
        when = f"ward officers {hours.first} to {hours.last}, the first full year known, {OFFICERS}"
        policy["hours"] = (round(hours.hours, 2), f"per 1,000 people aged 16 and over; {when}")
        policy["abstraction"] = (round(hours.abstraction, 3), when)
    if searches := borough.searches:
        policy["stops"] = (
            round(searches.rate, 1),
            f"per 1,000 people aged 16 and over; {searches.first} to {searches.last}, {SEARCHES}",
        )
    return policy


def _public(borough: Borough, row: int) -> dict[str, tuple[object, str]]:
    public = borough.publics[row]
    start = {name: 100 * levels.publics[row] for name, levels in borough.levels.items()}
    legitimacy = (start["trust"] + start["confidence"]) / 2
    need = float(borough.need[row])
    values: dict[str, tuple[object, str]] = {
        "label": (public.label, ""),
        "where": (
            {trait: list(kinds) for trait, kinds in public.where.items()},
            f"{100 * borough.shares[row]:.1f} % of people; the first rule that holds decides",
        ),
        "need": (round(need, 2), ""),
        "ease": (public.traits.ease, ""),
        "voice": (public.traits.voice, ""),
        "street": (public.traits.street, ""),
        "involvement": (INVOLVEMENT, ""),
        "trust": (round(start["trust"], 1), _level_source(borough, "trust", row)),
        "confidence": (round(start["confidence"], 1), _level_source(borough, "confidence", row)),
        "legitimacy": (round(legitimacy, 1), ""),
        "expectation": (
            round(EXPECTATION + EXPECTATION_BY_NEED * (need - demand.TYPICAL_NEED), 1),
            "",
        ),
        "voice_belief": (
            round(start["voice_belief"], 1),
            _level_source(borough, "voice_belief", row),
        ),
        "hardness": (AREA_FIELDS["groups.hardness"].default + public.start.hardness, ""),
        "impartiality": (round(legitimacy + public.start.impartiality, 1), ""),
    }
    if borough.searches:
        values["suspicion"] = (
            round(float(borough.suspicion[row]), 2),
            f"searched {borough.search_ratio[row]:.2f} times as often as all",
        )
    values |= {
        "strength": (public.association.strength, ""),
        "access": (public.association.access, ""),
        "enforcement": (public.traits.enforcement, ""),
        "concerns": (dict(zip(TOPICS, rounded_shares(borough.concerns[row], 3))), ""),
        "beats": (rounded_shares(borough.public_beats[row]), ""),
    }
    return values


def _level_source(borough: Borough, name: str, row: int) -> str:
    levels = borough.levels[name]
    here = "" if levels.residual is None else f" {100 * levels.weight * levels.residual:+.1f} here"
    offset = getattr(borough.publics[row].start, name)
    return f"London {100 * levels.london:.1f} {offset:+.0f} for this public{here}"


def _notes(borough: Borough) -> list[str]:
    notes = [
        "People are those aged 16 and over; every rate per 1,000 people is per 1,000 of them.",
        "Age, tenure and ethnic group are crossed as if independent of each other.",
        "Tenure shares are of households and ethnic shares of residents of all ages; both are taken"
        " as shares of people aged 16 and over.",
        "The tables give 16-29 and 30-44; each year of age inside a band is taken to hold equally"
        " many people.",
        *_attitude_notes(borough),
        "Legitimacy and expectation have no measure in the tables: legitimacy starts midway between"
        " trust and confidence, expectation at 62 points where need is typical.",
        f"Differences between publics are {OFFSETS_SOURCE}.",
        "Ease, voice, street, enforcement, and the strength and access of associations are declared"
        " by public, the same in every borough; involvement is equal in every public.",
        "Beats are groups of neighbouring small areas with about 22,500 residents each, not the"
        " police's own; inside a small area tenure and ethnic group are crossed as if independent.",
        f"Incidents: recorded crime of {borough.crime_year}, and anti-social behaviour of the 2025"
        " indices. Vehicle crime counts as traffic, damage and public order as anti-social"
        " behaviour. Sexual offences are missing from the file; theft from shops and people has no"
        " topic in the model; both are left out.",
        *_police_notes(borough),
        "Officers per 1,000, their openness, skill and internal fairness, and partners' capacity"
        " are not in the tables and stand at the model's defaults.",
    ]
    return notes


def _attitude_notes(borough: Borough) -> list[str]:
    survey = f"Public Attitude Survey, twelve months to {borough.date} ({SURVEY})"
    if not borough.surveyed:
        return [
            f"The survey does not cover {borough.name}: each public starts at London's level for"
            f" it, {survey}."
        ]
    compared = "; ".join(
        f"{MEASURES[item]} {100 * share:.0f} % in the survey,"
        f" {100 * share_agreeing(item, levels.publics, borough.shares):.0f} % here"
        for levels in borough.levels.values()
        for item, share in levels.found.items()
    )
    kept = ", ".join(
        f"{100 * levels.weight:.0f} % for {name.replace('_', ' ')}"
        for name, levels in borough.levels.items()
    )
    return [
        f"Starting attitudes: {survey}, about {INTERVIEWS} interviews. There is no breakdown by"
        " person: each public starts at London's level for it plus what the survey found here"
        f" beyond composition, drawn towards zero for the survey's own error (kept: {kept}).",
        f"Survey and area: {compared}. Two measures share one attitude, so neither is met exactly.",
    ]


def _police_notes(borough: Borough) -> list[str]:
    notes = []
    if hours := borough.hours:
        notes.append(
            f"Ward officers had {hours.hours:.2f} hours per 1,000 people a week, of which"
            f" {100 * hours.abstraction:.0f} % went to other duties ({hours.first} to {hours.last},"
            " the first full year known). Hours are policy, so they stand in a scenario and not"
            " here; earlier years are taken to be the same."
        )
    else:
        notes.append("The tables have no hours of ward officers here.")
    if searches := borough.searches:
        before = (
            f" In the twelve months before, with the lockdown peaks, it was {searches.earlier:.1f}."
            if searches.earlier is not None
            else ""
        )
        notes.append(
            f"Searches ran at {searches.rate:.1f} per 1,000 people a year ({searches.first} to"
            f" {searches.last}); earlier years are taken to be the same.{before} They too stand in"
            " a scenario."
        )
        notes.append(
            "Suspicion: search rates by ethnic group as officers saw it, times search rates by age,"
            " over the rate of all, with time on the street taken out. Mixed people are taken to be"
            " seen as Black."
        )
    else:
        notes.append("The tables have no searches here: suspicion is neutral.")
    return notes


def _with_mean_one(values: np.ndarray) -> list[float]:
    """Values to three digits whose mean is still 1: the rest goes to the largest."""
    whole = np.round(values * 1000).astype(int)
    whole[np.argmax(whole)] += 1000 * len(whole) - whole.sum()
    return [count / 1000 for count in whole.tolist()]
