"""How officers change."""

import pytest

from sim.rules.officers import effort, openness_change, openness_goal, tiredness_goal
from tests.sim.rules.behaviour import ENDS, INSIDE, behaviour, every, falls, rises

A = behaviour()


def test_fair_treatment_inside_and_leadership_open_officers_up():
    assert rises([openness_goal(0.5, fairness, 0.0, A) for fairness in INSIDE])
    assert rises([openness_goal(0.5, 0.5, leadership, A) for leadership in INSIDE])
    assert openness_goal(0.5, 0.5, 0.0, A) == 0.5


def test_leadership_that_lifts_nothing_changes_nothing():
    idle = behaviour(leadership_lifts_fairness=0.0, leadership_lifts_openness=0.0)
    assert openness_goal(0.4, 0.3, 1.0, idle) == openness_goal(0.4, 0.3, 0.0, idle)


def test_the_goal_is_never_quite_0_or_1():
    most = behaviour(
        fairness_inside_matters=1.0, leadership_lifts_fairness=1.0, leadership_lifts_openness=1.0
    )
    for openness, fairness, leadership in every(ENDS, ENDS, ENDS):
        assert 0.02 <= openness_goal(openness, fairness, leadership, most) <= 0.98


def test_an_officer_follows_colleagues_culture_and_how_contacts_went():
    assert openness_change(0.5, 0.5, 0.5, 0.0, A) == 0.0
    assert openness_change(0.5, 0.8, 0.5, 0.0, A) > 0.0 > openness_change(0.5, 0.2, 0.5, 0.0, A)
    assert openness_change(0.5, 0.5, 0.8, 0.0, A) > 0.0 > openness_change(0.5, 0.5, 0.2, 0.0, A)
    assert openness_change(0.5, 0.5, 0.5, 9.0, A) > 0.0 > openness_change(0.5, 0.5, 0.5, -9.0, A)


def test_openness_stays_a_share_however_contacts_went():
    most = behaviour(norm_pulls=0.2, culture_pulls=0.2, contacts_reward=0.05)
    for openness, norm, goal, reward in every(ENDS, ENDS, ENDS, (-1000.0, 0.0, 1000.0)):
        assert 0.0 <= openness + openness_change(openness, norm, goal, reward, most) <= 1.0


def test_officers_tire_only_above_a_load_of_three_fifths():
    assert tiredness_goal(0.0) == tiredness_goal(0.6) == 0.0
    assert tiredness_goal(0.8) == pytest.approx(0.5)
    assert tiredness_goal(1.0) == pytest.approx(1.0)
    assert tiredness_goal(5.0) == 1.0


def test_generalists_give_up_effort_as_specialists_take_over():
    assert falls([effort(share, 0.6, A) for share in ENDS])
    faithful = behaviour(absolve=0.0)
    assert effort(1.0, 0.6, faithful) == effort(0.0, 0.6, faithful)


def test_open_officers_leave_less_undone():
    assert rises([effort(0.5, openness, A) for openness in ENDS])
    assert effort(0.0, 1.0, A) == 1.0
    for share, openness in every(ENDS, ENDS):
        assert 0.0 <= effort(share, openness, behaviour(absolve=0.8, reluctance=0.9)) <= 1.0
