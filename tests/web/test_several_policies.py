"""Three policies beside the first, and a moved baseline: what is said and drawn of each."""

import json

import numpy as np
import pytest

from tests.web import fake_engine
from web import charts
from web.answer import Answer
from web.causes import views
from web.desk import names
from web.headline import headline, runs_ahead_from
from web.question import first_question
from web.whom import WinnersAndLosers, _counted, told

WEEKS, PAIRS = 26, 6


def run(scenario):
    return fake_engine.run(scenario, weeks=WEEKS, residents=1000, replicates=PAIRS)


@pytest.fixture(scope="module")
def answer():
    question = first_question().with_another().with_another().with_lever("feedback", 0.9, 1)
    question = question.asking("weeks", WEEKS).with_assumption("absolve", 0.1)
    base, *others = question.scenarios()
    found = dict(zip(names(others), map(run, others)))
    comparison = fake_engine.Comparison(run(base), found)
    return Answer(question, comparison, True, run(question.before_assumptions()))


def test_every_policy_has_a_line_and_one_of_them_is_looked_at(answer):
    lines = headline(answer.looking_at(1))["policies"]
    assert [line["letter"] for line in lines] == ["B", "C", "D"]
    assert [line["focus"] for line in lines] == [False, True, False]
    assert lines[1]["name"].endswith("1 lever moved")


def test_whoever_looks_at_a_policy_that_is_gone_looks_at_the_last(answer):
    assert answer.looking_at(9).focus == 2
    assert answer.looking_at(-3).focus == 0


def test_every_chart_draws_every_policy_and_where_the_baseline_was(answer):
    for indicator in charts.OVER_TIME:
        chart = json.loads(charts.line_chart(answer, indicator, "all", charts.LEVELS))
        drawn = [line["name"] for line in chart["series"]]
        assert [name[0] for name in drawn] == ["A", "B", "C", "D", "A"]
        assert "before assumptions were moved" in drawn[-1]
        looks = {(line["colour"], line["dash"], line["shape"]) for line in chart["series"]}
        assert len(looks) == len(drawn)
        assert all(title in chart["summary"] for title in answer.all_names())


def test_differences_leave_the_first_policy_out(answer):
    chart = json.loads(charts.line_chart(answer, "trust", "all", charts.DIFFERENCE))
    assert [line["name"][0] for line in chart["series"]] == ["B", "C", "D"]


def test_a_moved_assumption_is_told_apart_from_what_a_policy_does(answer):
    said = headline(answer)["assumed"]
    assert said.startswith("1 assumption was moved, for all policies alike")
    assert "no effect of a policy" in said


def test_shares_of_people_need_and_hours_are_shares(answer):
    chart = json.loads(charts.heard_chart(answer))
    assert len(chart["columns"]) == 2 + 4
    for column in range(len(chart["columns"])):
        shares = [row["shares"][column] for row in chart["rows"]]
        assert sum(shares) == pytest.approx(100, abs=0.01)


def test_expectation_runs_ahead_from_the_week_in_which_it_does_so_to_the_end(answer):
    base, other = answer.comparison.base, answer.results()[1]
    at = other.publics.index("all"), other.indicators.index("expectation_gap")
    values = other.values.copy()
    dice = np.random.default_rng(2).normal(0, 0.01, PAIRS)
    for week in range(WEEKS + 1):
        ahead = 5.0 if week >= 13 else -5.0
        values[:, week, *at] = base.values[:, week, *at] + ahead + dice
    import dataclasses

    moved = {**answer.comparison.others, answer.name: dataclasses.replace(other, values=values)}
    shifted = dataclasses.replace(answer, comparison=fake_engine.Comparison(base, moved))
    assert runs_ahead_from(shifted) == 13
    assert any("from month 3 on" in line for line in headline(shifted)["lines"])
    assert runs_ahead_from(answer) is None or runs_ahead_from(answer) <= WEEKS


def test_a_waterfall_can_be_of_the_difference_or_of_any_policy(answer):
    assert list(views(answer)) == ["difference", "A", "B", "C", "D"]


def test_winners_losers_and_those_who_hardly_move_are_everybody():
    moved = np.array([2.0, -3.0, 0.1, 0.2])
    found = _counted(moved, np.array(["young", "young", "young", "old"]))
    assert found.found["all"] == (25.0, 25.0, 50.0, 4)
    assert found.found["old"] == (0.0, 0.0, 100.0, 1)


def test_winners_of_a_public_that_is_too_small_are_not_shown(answer):
    few = WinnersAndLosers({"all": (10.0, 5.0, 85.0, 4000), "young": (50.0, 50.0, 0.0, 12)}, 4)
    rows = told(answer, few)["rows"]
    assert [row["hidden"] for row in rows] == [False, True]
    assert rows[0]["parts"] == [10.0, 85.0, 5.0]
