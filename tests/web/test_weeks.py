"""A cause opened by week: the same points as in the waterfall and the ledger, in single weeks."""

import numpy as np
import pytest

import sim.runs as engine
from sim.ledger import ATTITUDES, CAUSES
from sim.results import interval
from web import weeks
from web.causes import DIFFERENCE, why
from web.files.routes import answered
from web.question import first_question

WEEKS, PAIRS = 30, 3


class Alone:
    """What an errand runs with where nobody else is at the desk."""

    def compare(self, base, others, **options):
        return engine.compare(base, others, workers=1, **options)


@pytest.fixture(scope="module")
def answer():
    question = first_question().with_another().with_lever("feedback", 0.9, 1)
    for name, value in {"weeks": WEEKS, "residents": 150, "pairs": PAIRS, "within": 0}.items():
        question = question.asking(name, value)
    return answered(question.with_assumption("absolve", 0.1)).looking_at(1)


def taken_apart(answer, monkeypatch=None):
    steps = weeks.by_week(answer.question, answer.pairs)(Alone())
    told = []
    while True:
        try:
            told.append(next(steps))
        except StopIteration as end:
            return end.value, told


@pytest.fixture(scope="module")
def found(answer):
    return taken_apart(answer)[0]


@pytest.mark.parametrize("attitude", ATTITUDES)
@pytest.mark.parametrize("view", [DIFFERENCE, "A", "B", "C"])
def test_the_weeks_of_a_cause_add_up_to_its_quarters_and_to_its_bar(answer, found, view, attitude):
    for public in ("all", "young", "most-affected"):
        for bar in why(answer, attitude, public, view)["bars"]:
            if bar["cause"] == "everything-else":
                continue
            quarters = why(answer, attitude, public, view, bar["cause"])["picked"]["weeks"]
            chart = weeks.chart(answer, found, attitude, public, view, bar["cause"])
            mean = np.array(chart["series"][0]["mean"][1:], dtype=float)
            assert len(mean) == WEEKS
            by_quarter = np.add.reduceat(mean, range(0, WEEKS, 13))
            assert by_quarter == pytest.approx([each["points"] for each in quarters], abs=2e-4)
            assert mean.sum() == pytest.approx(bar["points"], abs=4e-4)


def test_a_week_s_range_is_the_95_per_cent_interval_over_the_pairs(answer, found):
    question = answer.question
    base, *others = question.scenarios()
    lived = engine.compare(base, others, workers=1, **question.options())
    points = list(lived.others.values())[1].ledger - lived.base.ledger
    exact = np.stack(interval(points))
    assert found.found[f"{DIFFERENCE} 1"] == pytest.approx(exact, abs=1e-5)


def test_many_turns_give_the_same_as_one(answer, found, monkeypatch):
    monkeypatch.setattr(weeks, "TURN", 1)
    again, told = taken_apart(answer)
    assert told == [(1, PAIRS), (2, PAIRS), (3, PAIRS)]
    for view, points in found.found.items():
        assert np.array_equal(points, again.found[view])


def test_the_sentence_names_the_week_that_weighs_most(answer, found):
    chart = weeks.chart(answer, found, "trust", "all", DIFFERENCE, "own-contact")
    mean = [value or 0.0 for value in chart["series"][0]["mean"]]
    most = max(range(len(mean)), key=lambda week: abs(mean[week]))
    assert f"most in week {most} " in chart["summary"]
    assert chart["series"][0]["name"].startswith("The difference, C less A")


def test_a_cause_that_never_acted_says_so(answer, found):
    nothing = [
        cause
        for at, cause in enumerate(CAUSES)
        if not np.any(found.found["A"][0, :, 0, ATTITUDES.index("trust"), at])
    ]
    assert nothing  # no crisis is announced in this run
    chart = weeks.chart(answer, found, "trust", "all", "A", nothing[0])
    assert "moved nothing in any week" in chart["summary"]
