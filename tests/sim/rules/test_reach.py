"""Whom officers go to and who comes to them."""

import math

import pytest

from sim.policy.levers import REACH_PRESETS
from sim.rules.reach import door_weight, outreach_weight, standard, turnout, willing_to_spend
from tests.sim.rules.behaviour import ENDS, behaviour, falls, rises

A = behaviour()
SCORES = (-3.0, -1.0, 0.0, 1.0, 3.0)


def weight(need=0.0, ease=0.0, voice=0.0, reach="open-door", openness=1.0, a=A):
    wants = REACH_PRESETS[reach]
    return outreach_weight(
        need, ease, voice, wants["need"], wants["ease"], wants["voice"], openness, a
    )


def test_open_officers_without_a_wish_go_to_everybody_alike():
    assert {
        weight(need, ease, voice) for need in SCORES for ease in SCORES for voice in SCORES
    } == {1.0}


def test_officers_who_are_not_open_drift_to_those_easy_to_reach():
    assert rises([weight(ease=score, openness=0.2) for score in SCORES])
    steady = behaviour(drift_to_ease=0.0)
    assert {weight(ease=score, openness=0.0, a=steady) for score in SCORES} == {1.0}


def test_the_drift_to_ease_is_there_whatever_the_policy_says():
    for reach in REACH_PRESETS:
        closed, open_ = (
            weight(ease=2.0, reach=reach, openness=openness) for openness in (0.2, 1.0)
        )
        assert closed > open_


def test_most_affected_first_goes_to_need_and_easy_first_to_ease():
    assert rises([weight(need=score, reach="most-affected") for score in SCORES])
    assert falls([weight(ease=score, reach="most-affected") for score in SCORES])
    assert rises([weight(ease=score, reach="easy-first") for score in SCORES])
    assert rises([weight(voice=score, reach="easy-first") for score in SCORES])


def test_voice_brings_people_through_the_door_and_belief_does():
    assert rises([door_weight(score, A) for score in SCORES])
    assert door_weight(0.0, A) == 1.0
    assert door_weight(2.0, behaviour(door_by_voice=0.0)) == 1.0
    assert rises([turnout(belief, A) for belief in ENDS])


def test_some_come_who_do_not_believe_that_it_helps():
    assert turnout(0.0, A) == A.door_floor > 0.0


def test_a_standard_score_is_held_within_three():
    assert standard(0.5, 0.5, 0.1) == 0.0
    assert standard(0.6, 0.5, 0.1) == pytest.approx(1.0)
    assert (standard(1.0, 0.5, 0.1), standard(0.0, 0.5, 0.1)) == (3.0, -3.0)


def test_weights_are_finite_at_the_ends_of_every_range():
    farthest = behaviour(drift_to_ease=2.0, door_by_voice=2.0)
    for want in (-3.0, 3.0):
        assert math.isfinite(outreach_weight(3.0, 3.0, 3.0, want, want, want, 0.0, farthest))
        assert outreach_weight(3.0, 3.0, 3.0, want, want, want, 0.0, farthest) > 0.0


def test_the_longer_forms_are_left_to_those_who_speak_up():
    assert rises([willing_to_spend(score, 0.5) for score in (-2.0, 0.0, 2.0)])
    assert willing_to_spend(2.0, 0.0) == willing_to_spend(-2.0, 0.0) == 1.0
