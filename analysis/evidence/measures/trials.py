"""Trials and campaigns: arms that live with the same dice, and what the treated make of it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from analysis.evidence import statistics as st
from analysis.evidence.field import Field
from analysis.evidence.measures.contact import agreeing
from analysis.evidence.measures.measured import Measured, Ratio, each
from analysis.evidence.survey import agrees, answers, respondents
from sim.results import ALL

MINORITY = ("asian", "black", "mixed", "other")


def reassurance(field: Field) -> dict[str, Measured]:
    """Good or excellent ratings after a year, treated areas less matched ones, in percentage points."""
    usual, treated = field.arms[:2]
    last = field.pattern.snapshots[-1]

    def one(replicate: int) -> Iterator[float]:
        change = {}
        for arm in (usual, treated):
            shares = []
            for week in (0, last):
                people = field.people(arm, week, replicate)
                rng = field.luck(replicate, f"{arm} {week}")
                rows = respondents(people, field.pattern.survey, rng)
                shares.append(agreeing(people, "good_job", rows, rng))
            change[arm] = shares[1] - shares[0]
        yield change[treated] - change[usual]

    (net,) = each(field.replicates, one)
    return {"net": net}


def _moved(field: Field, replicate: int, week: int, who: np.ndarray, item: str = "trust") -> float:
    """Effect on those treated in standard deviations of an answer: treated arm less control arm."""
    control, treated = field.arms[:2]
    rng = field.luck(replicate, f"answers {week}")
    without = answers(field.people(control, week, replicate), item, rng, 100, 3)
    rng = field.luck(replicate, f"answers {week}")
    with_it = answers(field.people(treated, week, replicate), item, rng, 100, 3)
    return float((with_it - without)[who].mean() / without.std()) if who.any() else float("nan")


def _newly_met(field: Field, replicate: int, week: int) -> np.ndarray:
    """Who was met two ways up to a week in the treated arm and not in the other."""
    control, treated = field.arms[:2]
    there = field.people(treated, week, replicate)["consulted"]
    return (there > 0) & (field.people(control, week, replicate)["consulted"] == 0)


def one_visit(field: Field) -> dict[str, Measured]:
    """A friendly visit in week 1 to people chosen by chance: at once, after three weeks, and for whom."""

    def one(replicate: int) -> Iterator[float]:
        visited = _newly_met(field, replicate, 1)
        before = field.people(field.arms[0], 0, replicate)
        minority = np.isin(before["ethnic"], MINORITY)
        low, high = np.quantile(before["trust"], [1 / 3, 2 / 3])
        yield _moved(field, replicate, 1, visited)
        yield _moved(field, replicate, 4, visited)
        yield _moved(field, replicate, 1, visited & (before["trust"] <= low))
        yield _moved(field, replicate, 1, visited & (before["trust"] > high))
        yield _moved(field, replicate, 1, visited & minority)
        yield _moved(field, replicate, 1, visited & ~minority)

    soon, later, low, high, minority, majority = each(field.replicates, one)
    return {
        "at once": soon,
        "left after three weeks": Ratio(later, soon),
        "low less high trust": low - high,
        "minority over majority": Ratio(minority, majority),
    }


def fair_script(field: Field) -> dict[str, Measured]:
    """Brief traffic stops by officers who were trained to be fair, and by others: satisfaction and attitude."""
    usual, trained = field.arms[:2]
    first, last = field.pattern.snapshots[-2:]

    def one(replicate: int) -> Iterator[float]:
        felt, attitude = {}, {}
        for arm in (usual, trained):
            before, people = field.people(arm, first, replicate), field.people(arm, last, replicate)
            stopped = people["traffic_stops"] > before["traffic_stops"]
            rng = field.luck(replicate, arm)
            rated = people["last_traffic_fairness"][stopped]
            felt[arm] = 1 + np.floor(
                np.clip(rated + 0.15 * rng.standard_normal(rated.size), 0, 0.999) * 5
            )
            attitude[arm] = answers(people, "trust", rng, 5, 3)[stopped]
        yield st.standardised_difference(felt[trained], felt[usual])
        yield st.standardised_difference(attitude[trained], attitude[usual])

    satisfaction, attitude = each(field.replicates, one)
    return {"satisfaction": satisfaction, "attitude": attitude}


def training(field: Field) -> dict[str, Measured]:
    """Trained and untrained officers: encounters that pass for good under test, and callers' ratings.

    An encounter is good under test where it feels as the best 22 % of the untrained do.
    """
    usual, trained = field.arms[:2]
    first, last = field.pattern.snapshots[-2:]

    def one(replicate: int) -> Iterator[float]:
        felt, rated = {}, {}
        for arm in (usual, trained):
            before, people = field.people(arm, first, replicate), field.people(arm, last, replicate)
            called = people["calls"] > before["calls"]
            rng = field.luck(replicate, arm)
            felt[arm] = people["last_call_fairness"][called]
            satisfied = people["last_call_satisfaction"][called]
            rated[arm] = satisfied + 0.15 * rng.standard_normal(satisfied.size)
        mark = np.quantile(felt[usual], 0.78)
        yield 100.0 * float((felt[trained] > mark).mean() - 0.22)
        yield st.standardised_difference(rated[trained], rated[usual])

    good, callers = each(field.replicates, one)
    return {"good under test": good, "callers": callers}


def programmes(field: Field) -> dict[str, Measured]:
    """Programmes pooled: odds ratio of a good rating, and of not suffering an incident, against usual practice."""
    usual, *others = field.arms
    last = field.pattern.snapshots[-1]

    def one(replicate: int) -> Iterator[float]:
        good, safe = [], []
        here = field.people(usual, last, replicate)
        rng = field.luck(replicate, "survey")
        rows = respondents(here, field.pattern.survey, rng)
        satisfied = agrees(here, "good_job", rng)[rows]
        risk = field.series(usual, "incidents", ALL)[replicate, -26:].mean() / 1000.0
        for arm in others:
            people = field.people(arm, last, replicate)
            rng = field.luck(replicate, f"survey {arm}")
            rows = respondents(people, field.pattern.survey, rng)
            good.append(np.log(st.odds_ratio_of(agrees(people, "good_job", rng)[rows], satisfied)))
            other = field.series(arm, "incidents", ALL)[replicate, -26:].mean() / 1000.0
            safe.append(np.log(risk / (1 - risk) * (1 - other) / other))
        yield float(np.exp(np.mean(good)))
        yield float(np.exp(np.mean(safe)))

    satisfaction, crime = each(field.replicates, one)
    return {
        "satisfaction": satisfaction,
        "crime": crime,
        "satisfaction less crime": satisfaction - crime,
    }


def mini_public(field: Field) -> dict[str, Measured]:
    """A few residents in long collaborations: they move, the wider public hardly does."""
    last = field.pattern.snapshots[-1]

    def one(replicate: int) -> Iterator[float]:
        inside = _newly_met(field, replicate, last)
        within = _moved(field, replicate, last, inside)
        outside = _moved(field, replicate, last, ~inside)
        yield outside
        yield within - abs(outside)

    outside, more = each(field.replicates, one)
    return {"wider public": outside, "participants more": more}


def balanced_information(field: Field) -> dict[str, Measured]:
    """A balanced message to everybody: the public that moves furthest the wrong way, in standard deviations."""
    control, informed = field.arms[:2]
    week = field.pattern.snapshots[-1]

    def one(replicate: int) -> Iterator[float]:
        without = field.people(control, week, replicate)
        with_it = field.people(informed, week, replicate)
        moved = (with_it["trust"] - without["trust"]) / without["trust"].std()
        publics = np.unique(without["group"])
        yield min(float(moved[without["group"] == public].mean()) for public in publics)

    (worst,) = each(field.replicates, one)
    return {"worst public": worst}


def stability_and_shock(field: Field) -> dict[str, Measured]:
    """Trust of the same person after one and five years, error-free; and how long a shock lasts."""
    calm, shocked = field.arms[:2]
    weeks = field.pattern.snapshots
    shock_weeks = [week for week in weeks if week >= 2]

    def one(replicate: int) -> Iterator[float]:
        start = field.people(calm, 0, replicate)["trust"]
        for week in (52, 260):
            yield st.correlation(start, field.people(calm, week, replicate)["trust"])
        for week in shock_weeks:
            with_it = field.people(shocked, week, replicate)["trust"]
            yield float((field.people(calm, week, replicate)["trust"] - with_it).mean())

    one_year, five_years, *lost = each(field.replicates, one)
    means = np.array([series.mean() for series in lost])
    half = _first_below(np.array(shock_weeks), means, 0.5 * means[0]) / 52.0
    lasting = np.full(field.replicates, half)
    if field.replicates > 1:  # jackknife values: the curve is read off the mean over replicates
        table = np.array(lost)
        whole = table.sum(axis=1)
        lasting = np.array(
            [
                _first_below(np.array(shock_weeks), left, 0.5 * left[0]) / 52.0
                for left in ((whole - table[:, r]) / (field.replicates - 1) for r in range(field.replicates))
            ]
        )  # fmt: skip
        lasting = field.replicates * half - (field.replicates - 1) * lasting
    return {"one year": one_year, "five years": five_years, "half-life": lasting}


def _first_below(weeks: np.ndarray, values: np.ndarray, mark: float) -> float:
    """Week at which a falling series first passes a mark, between two points in proportion."""
    for place in range(1, weeks.size):
        if values[place] <= mark:
            step = (values[place - 1] - mark) / (values[place - 1] - values[place])
            return float(weeks[place - 1] + step * (weeks[place] - weeks[place - 1]))
    return float(weeks[-1] * 2)


def message(field: Field) -> dict[str, Measured]:
    """A message to half the people: what is left after two weeks, beside what a visit leaves by then."""
    control, campaign, visit = field.arms[:3]

    def one(replicate: int) -> Iterator[float]:
        quiet = field.people(control, 1, replicate)
        reached = field.people(campaign, 1, replicate)["confidence"] != quiet["confidence"]
        visited = field.people(visit, 1, replicate)["consulted"] > quiet["consulted"]
        for arm, who in ((campaign, reached), (visit, visited)):
            for week in (1, 3):
                with_it = field.people(arm, week, replicate)["trust"]
                yield float((with_it - field.people(control, week, replicate)["trust"])[who].mean())

    soon, later, visit_soon, visit_later = each(field.replicates, one)
    left, kept = later / soon, visit_later / visit_soon
    return {"message left": Ratio(later, soon), "contact less message": kept - left}
