"""What own contact, hearsay and expectation do to views: surveys and panels of today's practice."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from analysis.evidence import statistics as st
from analysis.evidence.field import Field
from analysis.evidence.measures.measured import Measured, Ratio, each
from analysis.evidence.survey import (
    BAD,
    GOOD,
    People,
    agrees,
    answers,
    coloured,
    last_rating,
    respondents,
)
from sim.survey import ITEMS

START, END = 0, 52


def _before_and_after(field: Field, replicate: int) -> tuple[People, People]:
    arm = field.arms[0]
    return field.people(arm, START, replicate), field.people(arm, END, replicate)


def asymmetry_in_one_survey(field: Field) -> dict[str, Measured]:
    """A rating regressed on whether the year's encounters were good or bad, everybody else being the base.

    Coefficients are in standard deviations of the rating.
    """

    def one(replicate: int) -> Iterator[float]:
        _, people = _before_and_after(field, replicate)
        rng = field.luck(replicate, "survey")
        rows = respondents(people, field.pattern.survey, rng)
        rating = answers(people, "good_job", rng, field.pattern.survey.points)[rows]
        felt = last_rating(people)[rows]
        slopes = st.coefficients(rating, [felt < 0.5, felt >= 0.5])
        yield from slopes / rating.std()

    bad, good = each(field.replicates, one)
    return {"bad": bad, "good": good, "ratio": Ratio(-bad, np.abs(good.mean()) + 0 * good)}


def asymmetry_in_a_panel(field: Field) -> dict[str, Measured]:
    """The same encounters, and what changed between two waves a year apart."""

    def one(replicate: int) -> Iterator[float]:
        before, people = _before_and_after(field, replicate)
        rng = field.luck(replicate, "panel")
        rows = respondents(people, field.pattern.survey, rng)
        felt = last_rating(people)[rows]
        for item in ("fair", "good_job"):
            points = field.pattern.survey.points
            change = answers(people, item, rng, points, 3) - answers(before, item, rng, points, 3)
            yield from st.coefficients(change[rows], [felt < 0.5, felt >= 0.5])

    fair_bad, fair_good, job_bad, job_good = each(field.replicates, one)
    return {
        "fairness": Ratio(-fair_bad, fair_good),
        "effectiveness": Ratio(-job_bad, job_good),
    }


def own_contact_and_hearsay(field: Field) -> dict[str, Measured]:
    """How prior trust colours an encounter, what having had any does, and what is heard does."""

    def one(replicate: int) -> Iterator[float]:
        before, people = _before_and_after(field, replicate)
        rng = field.luck(replicate, "panel")
        rows = respondents(people, field.pattern.survey, rng)
        felt = last_rating(people)[rows]
        met = ~np.isnan(felt)
        public = people["group"][rows]
        prior = answers(before, "trust", rng, 10, 3)[rows]
        # within publics, who are treated alike on average: an equally fair encounter
        yield st.correlation(st.within(prior[met], public[met]), st.within(felt[met], public[met]))
        change = answers(people, "trust", rng, 10, 3)[rows] - prior
        yield (change[met].mean() - change[~met].mean()) / prior.std()
        heard = [people[name][rows].astype(float) for name in ("good_stories", "bad_stories")]
        good, bad = st.coefficients(change, [*heard, felt < 0.5, felt >= 0.5])[:2]
        yield good * heard[0].std() / prior.std()
        yield bad * heard[1].std() / prior.std()

    coloured, contact, good, bad = each(field.replicates, one)
    return {"coloured": coloured, "any contact": contact, "good heard": good, "bad heard": bad}


def heard_against_own(field: Field) -> dict[str, Measured]:
    """Variance of a rating explained by what was heard, over that explained by own encounters."""

    def one(replicate: int) -> Iterator[float]:
        _, people = _before_and_after(field, replicate)
        rng = field.luck(replicate, "survey")
        rows = respondents(people, field.pattern.survey, rng)
        rating = answers(people, "trust", rng, field.pattern.survey.points, 3)[rows]
        felt = last_rating(people)[rows]
        heard = [people[name][rows].astype(float) for name in ("good_stories", "bad_stories")]
        yield st.explained(rating, heard)
        yield st.explained(rating, [felt < 0.5, felt >= 0.5])

    heard, own = each(field.replicates, one)
    return {"heard over own": Ratio(heard, own)}


def one_contact_on_fairness(field: Field) -> dict[str, Measured]:
    """Change of fairness views on a scale of 1 to 5, by how the encounter was rated, against none."""

    def one(replicate: int) -> Iterator[float]:
        before, people = _before_and_after(field, replicate)
        rng = field.luck(replicate, "panel")
        rows = respondents(people, field.pattern.survey, rng)
        change = (answers(people, "fair", rng, 5, 4) - answers(before, "fair", rng, 5, 4))[rows]
        felt = last_rating(people)[rows]
        none = change[np.isnan(felt)].mean()
        yield change[felt < BAD].mean() - none
        yield change[(felt >= BAD) & (felt < GOOD)].mean() - none
        yield change[felt >= GOOD].mean() - none

    bad, middling, good = each(field.replicates, one)
    return {
        "bad": bad,
        "good": good,
        "bad to middling": middling - bad,
        "middling to good": good - middling,
    }


def expected_and_received(field: Field) -> dict[str, Measured]:
    """Callers: the gap between expected and received service, that encounter, and the general view."""

    def one(replicate: int) -> Iterator[float]:
        before, people = _before_and_after(field, replicate)
        rng = field.luck(replicate, "survey")
        once = (people["calls"] == 1) & (people["stops"] + people["traffic_stops"] == 0)
        rows = respondents(people, field.pattern.survey, rng)
        rows = rows[once[rows]]
        noise = ITEMS["should_do_more"].noise
        received = 0.5 * people["last_call_fairness"] + 0.5 * people["calls_resolved"]
        received = received + noise * rng.standard_normal(received.size)
        gap = (coloured(before, "should_do_more", rng) - received)[rows]
        satisfied = people["last_call_satisfaction"]
        encounter = (satisfied + noise * rng.standard_normal(satisfied.size))[rows]
        yield st.correlation(gap, encounter)
        yield st.correlation(gap, answers(people, "overall_confidence", rng, 5, 3)[rows])

    encounter, general = each(field.replicates, one)
    return {"encounter": encounter, "general": general}


def should_and_will(field: Field) -> dict[str, Measured]:
    """What expecting more does to satisfaction with the same service; what news does to foresight."""

    def one(replicate: int) -> Iterator[float]:
        before, people = _before_and_after(field, replicate)
        callers = people["calls"] == 1
        received = [people["last_call_fairness"][callers], people["calls_resolved"][callers] + 0.0]
        expected = before["expectation"][callers]
        satisfied = people["last_call_satisfaction"][callers]
        slope = st.coefficients(satisfied, [expected, *received])[0]
        yield slope * expected.std() / satisfied.std()
        quiet = people["consulted"] == 0
        drift = (people["foreseen"] - before["foreseen"])[quiet & (people["calls"] == 0)].mean()
        change = people["foreseen"] - before["foreseen"] - drift
        yield -change[callers & quiet & (people["calls_resolved"] == 0)].mean()
        yield change[callers & quiet & (people["calls_resolved"] == 1)].mean()

    slope, bad, good = each(field.replicates, one)
    return {"should": slope, "bad over good news": Ratio(bad, good)}


def agreeing(people: People, item: str, rows: np.ndarray, rng: np.random.Generator) -> float:
    """Per cent of respondents who agree with an item."""
    return 100.0 * float(agrees(people, item, rng)[rows].mean())
