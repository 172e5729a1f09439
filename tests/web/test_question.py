"""What a page asks, how an address carries it, and the command that repeats it."""

import shlex
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sim import load
from web.levers import OFFERED, accepted, laid_over
from web.places import places, policy_of
from web.question import LIMITS, Question, first_question, from_address


def test_real_boroughs_come_first_and_open_with_their_two_way_policy():
    question = first_question()
    assert question.where().real
    assert question.base == question.place
    assert question.other == f"{question.place}-two-way"


def test_a_borough_borrows_the_policies_of_the_template_and_keeps_its_own_hours_and_searches():
    place = next(place for place in places().values() if place.real)
    borrowed = place.policies["lay-led"].load()
    today = place.today.load()
    assert borrowed.area.name == today.area.name
    assert borrowed.policy.lay_weight == 0.9
    assert (borrowed.policy.hours, borrowed.policy.stops) == (
        today.policy.hours,
        today.policy.stops,
    )


def test_a_policy_that_a_borough_has_of_its_own_is_not_offered_twice():
    place = next(place for place in places().values() if place.real)
    hashes = [policy.load().hash for policy in place.policies.values()]
    assert len(set(hashes)) == len(hashes)


def test_a_moved_share_makes_the_others_give_way_and_all_sum_to_one():
    question = first_question().with_lever("time.engage", 0.6)
    time = question.scenarios()[1].policy.time
    assert time.engage == 0.6
    assert time.engage + time.patrol + time.solve + time.stop == pytest.approx(1, abs=1e-9)
    assert time.patrol / time.solve == pytest.approx(0.3 / 0.25, rel=1e-4)


@given(share=some.floats(0, 1), name=some.sampled_from(["time.engage", "mix.collaborate"]))
@settings(max_examples=60, deadline=None)
def test_whatever_share_is_moved_the_policy_can_still_be_loaded(share, name):
    question = first_question().with_lever(name, share)
    assert policy_of(question.scenarios()[1])[name] == pytest.approx(share, abs=1e-6)


def test_a_lever_put_back_by_hand_is_no_longer_moved():
    question = first_question()
    before = policy_of(question.scenarios()[1])["feedback"]
    moved = question.with_lever("feedback", 0.11)
    assert moved.moved == (("feedback", 0.11),)
    assert moved.with_lever("feedback", before) == question
    assert moved.without_lever("feedback") == question


@pytest.mark.parametrize("value", ["", "much", "nan", "inf", -0.1, 1.1, None, True, [], {}])
def test_a_lever_takes_no_value_that_the_table_of_levers_refuses(value):
    assert accepted("feedback", value) is None


def test_levers_that_stay_where_they_are_change_nothing():
    policy = policy_of(load("baseline"))
    assert laid_over(policy, {"feedback": policy["feedback"]}) == {}


@given(
    moved=some.dictionaries(
        some.sampled_from([name for name in OFFERED if name != "reach"]),
        some.floats(0, 1),
        max_size=4,
    ),
    weeks=some.integers(*LIMITS["weeks"]),
    pairs=some.integers(*LIMITS["pairs"]),
)
@settings(max_examples=40, deadline=None)
def test_an_address_reopens_exactly_the_question_it_was_made_from(moved, weeks, pairs):
    question = first_question().asking("weeks", weeks).asking("pairs", pairs)
    for name, value in moved.items():
        question = question.with_lever(name, value)
    assert from_address("?" + question.address()) == (question, [])


def test_what_an_address_asks_in_vain_is_said_and_the_rest_is_kept():
    question, faults = from_address("place=atlantis&weeks=9999&set.feedback=7&set.magic=1&pairs=4")
    assert question == first_question().asking("pairs", 4)
    assert len(faults) == 4
    assert "atlantis" in faults[0]


@given(some.text(alphabet=string.printable, max_size=300))
@settings(max_examples=60, deadline=None)
def test_no_address_can_break_the_page(text):
    question, _ = from_address(text)
    assert isinstance(question, Question)


def test_the_command_names_every_moved_lever_and_loads_to_the_same_scenario():
    question = first_question().with_lever("time.engage", 0.5).with_lever("reach", "representative")
    words = shlex.split(question.command())
    given_settings = [words[at + 1] for at, word in enumerate(words) if word == "--set-other"]
    assert load(words[3], given_settings).hash == question.scenarios()[1].hash
    assert words[-1] == "--json"


def test_more_than_the_page_computes_is_refused_in_words():
    question = Question(*[first_question().place] * 2, first_question().other, (), 520, 5000, 60)
    assert "command line" in question.too_much()
    assert first_question().too_much() == ""
