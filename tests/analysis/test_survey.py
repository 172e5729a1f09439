"""The virtual survey: whom it reaches and how people answer."""

import numpy as np
import pytest

from analysis.evidence.survey import Survey, agrees, answers, last_rating, respondents
from sim.survey import ITEMS, agree

N = 20_000
LEVELS = np.random.default_rng(1).normal(60.0, 14.0, N).clip(2, 98)


def people(**more):
    same = dict.fromkeys(("trust", "confidence", "legitimacy", "expectation"), LEVELS)
    return {**same, **more}


def luck(number=3):
    return np.random.default_rng(number)


def test_as_many_answer_as_are_drawn_and_do_not_refuse():
    rows = respondents(people(), Survey(sample=4000, refuse=0.25), luck())
    assert rows.size == pytest.approx(3000, abs=120)
    assert (np.diff(rows) > 0).all()


def test_a_sample_larger_than_the_area_asks_everybody():
    assert respondents(people(), Survey(sample=10**6, refuse=0.0), luck()).size == N


def test_who_trusts_less_refuses_more_where_the_survey_says_so():
    rows = respondents(people(), Survey(sample=N, refuse=0.5, refuse_by_trust=1.0), luck())
    assert LEVELS[rows].mean() > LEVELS.mean() + 2.0
    even = respondents(people(), Survey(sample=N, refuse=0.5), luck())
    assert LEVELS[even].mean() == pytest.approx(LEVELS.mean(), abs=0.5)


@pytest.mark.parametrize("item", ["trust", "good_job", "overall_confidence", "obey"])
def test_shares_agreeing_are_those_of_the_one_table_of_items(item):
    spread = LEVELS.std() / 100
    expected = agree(item, LEVELS.mean() / 100, spread)
    assert agrees(people(), item, luck()).mean() == pytest.approx(expected, abs=0.015)


def test_answers_stay_on_the_scale_and_follow_the_attitude():
    said = answers(people(), "trust", luck(), points=5)
    assert set(np.unique(said)) <= {1.0, 2.0, 3.0, 4.0, 5.0}
    assert np.corrcoef(said, LEVELS)[0, 1] > 0.5


def test_more_items_mean_less_noise():
    one = np.corrcoef(answers(people(), "trust", luck(), 5, 1), LEVELS)[0, 1]
    four = np.corrcoef(answers(people(), "trust", luck(), 5, 4), LEVELS)[0, 1]
    assert four > one + 0.05


def test_the_noise_is_that_of_the_item():
    same = people(trust=np.full(N, 50.0))
    assert agrees(same, "trust", luck()).mean() == pytest.approx(
        agree("trust", 0.5, 0.0), abs=0.015
    )
    assert ITEMS["trust"].noise > 0


def test_encounters_of_the_period_are_rated_and_no_others():
    nothing = np.zeros(3)
    now = {
        "trust": np.full(3, 50.0),
        "calls": np.array([1, 1, 0]),
        "stops": np.array([0, 1, 0]),
        "traffic_stops": nothing,
        "last_call_satisfaction": np.array([0.8, 0.2, np.nan]),
        "last_stop_fairness": np.array([np.nan, 0.4, np.nan]),
        "last_traffic_fairness": np.full(3, np.nan),
    }
    assert last_rating(now) == pytest.approx([0.8, 0.3, np.nan], nan_ok=True)
    before = {**now, "stops": nothing, "calls": np.array([1, 1, 0])}
    assert last_rating(now, before) == pytest.approx([np.nan, 0.4, np.nan], nan_ok=True)
