"""What one meeting with an officer feels like."""

import pytest

from sim.rules.contact import felt_fairness, loudness, one_sided, push_of_contact, satisfaction
from tests.sim.rules.behaviour import ENDS, INSIDE, behaviour, every, falls, rises

A = behaviour()
ORDINARY = {"skill": 0.5, "openness": 0.5, "familiarity": 0.2, "trained": 0.0, "tired": 0.0, "ease": 0.5,
            "trust": 0.6, "strain": 0.0, "chance": 0.0}  # fmt: skip


def felt(a=A, **changes):
    return felt_fairness(*(ORDINARY | changes).values(), a)


@pytest.mark.parametrize(
    "better", ["skill", "openness", "familiarity", "trained", "ease", "trust", "chance"]
)
def test_a_meeting_feels_better_the_more_there_is_of(better):
    assert rises([felt(**{better: level}) for level in INSIDE])


@pytest.mark.parametrize("worse", ["tired", "strain"])
def test_a_meeting_feels_worse_the_more_there_is_of(worse):
    assert falls([felt(**{worse: level}) for level in INSIDE])


def test_a_meeting_feels_like_something_between_0_and_1_whoever_meets():
    for skill, ease, trust, chance in every(ENDS, ENDS, ENDS, (-9.0, 0.0, 9.0)):
        assert 0.0 < felt(skill=skill, openness=skill, ease=ease, trust=trust, chance=chance) < 1.0


def test_the_same_officer_seems_fairer_to_those_who_trust_already():
    blind = behaviour(prior_colours_contact=0.0)
    assert felt(trust=0.9) > felt(trust=0.1)
    assert felt(blind, trust=0.9) == felt(blind, trust=0.1)


def test_training_shows_only_as_far_as_it_matters():
    assert felt(behaviour(training_matters=0.0), trained=1.0) == felt(
        behaviour(training_matters=0.0)
    )


def test_a_meeting_of_neutral_quality_leaves_views_as_they_were():
    assert push_of_contact(A.neutral_quality, 0.5, A.contact_moves_trust, A) == 0.0


def test_an_ordinary_meeting_is_good_news_to_those_who_expected_little():
    assert falls([push_of_contact(0.6, trust, 0.6, A) for trust in INSIDE])
    blind = behaviour(judged_against_prior=0.0)
    assert push_of_contact(0.6, 0.1, 0.6, blind) == push_of_contact(0.6, 0.9, 0.6, blind)


def test_a_good_meeting_moves_as_far_as_a_bad_one():
    better, worse = (push_of_contact(A.neutral_quality + x, 0.5, 0.6, A) for x in (0.2, -0.2))
    assert better == pytest.approx(-worse)
    assert better > 0.0


def test_bad_news_weighs_more_only_where_it_is_declared():
    assert one_sided(-0.1, 1.0) == -0.1
    assert one_sided(-0.1, 2.0) == -0.2
    assert one_sided(0.1, 2.0) == 0.1
    assert one_sided(-0.9, 3.0) == -0.95


def test_a_caller_is_satisfied_by_treatment_and_result():
    assert rises([satisfaction(x, 0.0, 0.6, A) for x in INSIDE])
    assert satisfaction(0.5, 1.0, 0.6, A) > satisfaction(0.5, 0.0, 0.6, A)
    for treated, resolved, expected in every(ENDS, (0.0, 1.0), ENDS):
        assert 0.0 < satisfaction(treated, resolved, expected, A) < 1.0


def test_who_expects_more_is_less_satisfied_with_the_same():
    assert falls([satisfaction(0.5, 1.0, x, A) for x in INSIDE])
    modest = behaviour(gap_bites=0.0)
    assert satisfaction(0.5, 1.0, 0.1, modest) == satisfaction(0.5, 1.0, 0.9, modest)


def test_those_with_more_voice_are_heard_louder():
    assert loudness(0.0, A) == 1.0
    assert rises([loudness(score, A) for score in (-3.0, -1.0, 0.0, 1.0, 3.0)])
    assert loudness(9.0, A) == loudness(3.0, A)
    assert loudness(2.0, behaviour(loudness_by_voice=0.0)) == 1.0
