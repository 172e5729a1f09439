"""Who takes part: the ladder of exposure, meetings, associations, contact between publics."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from analysis.evidence import statistics as st
from analysis.evidence.field import Field
from analysis.evidence.measures.measured import Measured, Ratio, each
from analysis.evidence.survey import People, answers, respondents

START, END = 0, 52


def _year(field: Field, replicate: int, arm: str | None = None) -> tuple[People, People]:
    name = arm or field.arms[0]
    return field.people(name, START, replicate), field.people(name, END, replicate)


def ladder(field: Field) -> dict[str, Measured]:
    """Per cent of residents in a year: at a meeting, stopped in traffic, called the police, informed.

    Aware of a local team: informed, met, or saw officers on foot about weekly or more often.
    """
    weekly = 16  # weeks in the year with a patrol seen: CSEW's "about once a month" and more

    def one(replicate: int) -> Iterator[float]:
        _, people = _year(field, replicate)
        rows = respondents(people, field.pattern.survey, field.luck(replicate, "survey"))
        aware = (people["informed"] > 0) | (people["consulted"] > 0)
        aware |= people["patrols_seen"] >= weekly
        for yes in (
            people["meetings"] > 0,
            people["traffic_stops"] > 0,
            people["calls"] > 0,
            people["informed"] > 0,
            aware,
        ):
            yield 100.0 * float(yes[rows].mean())

    rungs = each(field.replicates, one)
    rising = np.min(np.diff(np.array(rungs), axis=0), axis=0)
    names = ("meeting", "traffic stop", "called", "informed", "aware")
    return {**dict(zip(names, rungs)), "smallest step": rising}


def who_comes_to_meetings(field: Field) -> dict[str, Measured]:
    """Open meetings: owners against renters, the most excluded public, what attenders want."""

    def one(replicate: int) -> Iterator[float]:
        _, people = _year(field, replicate)
        came = people["meetings"] > 0
        owner = people["tenure"] == "owner"
        yield np.log(st.odds_ratio_of(came[owner], came[~owner]))
        publics = np.unique(people["group"])
        visits = people["meetings"]
        for public in publics:
            inside = people["group"] == public
            yield float(visits[inside].sum() / max(1, visits.sum()) / inside.mean())
        view = people["enforcement"]
        yield abs(float((view[came].mean() - view.mean()) / view.std()))

    odds, *shares, view = each(field.replicates, one)
    over = np.array(shares)
    excluded = over[np.argmin(over.mean(axis=1))]
    return {"owner over renter": np.exp(odds), "most excluded": excluded, "view": view}


def watch_where_risk_is_low(field: Field) -> dict[str, Measured]:
    """Members active in their association, by need of the beat and by tenure."""

    def one(replicate: int) -> Iterator[float]:
        people = field.people(field.arms[0], START, replicate)
        beats = np.unique(people["beat"])
        need = np.array([people["need"][people["beat"] == beat].mean() for beat in beats])
        member = people["member"] > 0
        active = np.array([member[people["beat"] == beat].mean() for beat in beats])
        yield st.rank_correlation(need, active)
        owner = people["tenure"] == "owner"
        yield float(member[owner].mean())
        yield float(member[~owner].mean())

    by_beat, owners, renters = each(field.replicates, one)
    return {"need and activity": by_beat, "owner over renter": Ratio(owners, renters)}


def cost_of_taking_part(field: Field) -> dict[str, Measured]:
    """Low-cost and high-cost ways of taking part: how many, and how far tenure decides."""

    def one(replicate: int) -> Iterator[float]:
        _, people = _year(field, replicate)
        owner = people["tenure"] == "owner"
        low, high = people["contacts"] > 0, people["consulted"] > 0
        yield 100.0 * float(low.mean())
        yield 100.0 * float(high.mean())
        for part in (low, high):
            yield np.log(st.odds_ratio_of(part[owner], part[~owner]))

    low, high, skew_low, skew_high = each(field.replicates, one)
    return {"low cost": low, "high cost": high, "skew": skew_high - skew_low}


def those_who_come(field: Field) -> dict[str, Measured]:
    """Prior trust of volunteers and of people invited by chance, in standard deviations from everybody's."""
    usual, invited = field.arms[:2]

    def one(replicate: int) -> Iterator[float]:
        for arm, count in ((usual, "meetings"), (invited, "consulted")):
            before, people = _year(field, replicate, arm)
            rng = field.luck(replicate, arm)
            prior = answers(before, "trust", rng, 10, 3)
            came = people[count] > 0
            yield float((prior[came].mean() - prior.mean()) / prior.std())

    volunteers, by_chance = each(field.replicates, one)
    return {
        "volunteers": volunteers,
        "invited over volunteers": Ratio(
            np.full_like(by_chance, abs(by_chance.mean())), volunteers
        ),
    }


def contact_between_publics(field: Field) -> dict[str, Measured]:
    """How ties to other publics go with distance to them, within publics; ethnic lines against others."""

    def one(replicate: int) -> Iterator[float]:
        _, people = _year(field, replicate)
        some = people["number_of_ties"] > 0
        ties = people["number_of_ties"][some].astype(float)
        across = people["ties_to_other_publics"][some] / ties
        ethnic = people["ties_to_other_ethnic_groups"][some] / ties
        hardness = people["hardness"][some]
        public = people["group"][some]
        hard = st.within(hardness, public)
        yield st.correlation(st.within(across, public), hard)
        other = np.clip(across - ethnic, 0, None)
        by_ethnic, by_other = st.coefficients(
            hard, [st.within(np.minimum(ethnic, across), public), st.within(other, public)]
        )
        yield by_ethnic
        yield by_other

    together, ethnic, other = each(field.replicates, one)
    return {"contact and distance": together, "ethnic over other": Ratio(ethnic, other)}


def time_of_a_post(field: Field) -> dict[str, Measured]:
    """Share of a neighbourhood post that goes to engagement and problem solving."""
    arm = field.arms[0]
    policy = field.scenario(arm).policy
    free = 1.0 - policy.abstraction
    engaged = field.series(arm, "engagement_hours")[:, -1] / policy.hours
    return {"engaging and solving": engaged + free * policy.time.solve}
