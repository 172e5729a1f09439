"""What a page asks, how an address carries it, and the command that repeats it."""

import dataclasses
import shlex
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sim import load
from sim.theories import THEORIES
from web.levers import OFFERED, accepted, laid_over
from web.places import places, policy_of
from web.question import LIMITS, MOST_POLICIES, Question, first_question, from_address


def test_real_boroughs_come_first_and_open_with_their_two_way_policy():
    question = first_question()
    assert question.where().real
    assert question.base == question.place
    assert question.tried[0].policy == f"{question.place}-two-way"


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
    assert moved.tried[0].moved == (("feedback", 0.11),)
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
    question = dataclasses.replace(first_question(), weeks=520, residents=5000, pairs=100)
    assert "command line" in question.too_much()
    assert first_question().too_much() == ""


def test_two_to_four_policies_stand_side_by_side_and_the_last_one_stays():
    question = first_question()
    for _ in range(5):
        question = question.with_another()
    assert 1 + len(question.tried) == MOST_POLICIES
    assert len({each.policy for each in question.tried} | {question.base}) == MOST_POLICIES
    for _ in range(5):
        question = question.without(0)
    assert len(question.tried) == 1


def test_an_address_carries_every_policy_with_its_own_levers_and_the_moved_assumptions():
    question = first_question().with_another().with_another().asking("within", "0.5")
    question = question.with_lever("feedback", 0.1, 0).with_lever("hours", 9, 2)
    question = question.with_assumption("absolve", 0.1)
    assert from_address(question.address()) == (question, [])
    assert len(question.address()) < 300


def test_a_moved_assumption_holds_for_every_policy_and_leaves_the_baseline_to_compare_with():
    question = first_question().with_another().with_assumption("absolve", 0.1)
    assert {scenario.assumptions["absolve"] for scenario in question.scenarios()} == {0.1}
    assert question.before_assumptions().assumptions["absolve"] == 0.4
    assert first_question().before_assumptions() is None
    assert question.without_assumption("") == first_question().with_another()


@pytest.mark.parametrize("value", ["", "x", "nan", 0.9, -0.1, None, True])
def test_an_assumption_takes_no_value_outside_its_declared_range(value):
    assert first_question().with_assumption("absolve", value) == first_question()


def test_a_link_of_another_version_says_so():
    address = first_question().address()
    assert first_question().mark() in address
    older = address.replace("made=", "made=0.0.1-")
    assert "made with Parley 0.0.1" in from_address(older)[1][0]


def test_a_link_whose_policies_have_changed_since_says_so():
    address = first_question().address()
    other = address[:-8] + ("00000000" if address[-8:] != "00000000" else "11111111")
    assert "not what was shared" in from_address(other)[1][0]


@pytest.mark.parametrize("theory", THEORIES)
def test_a_rival_theory_holds_for_every_policy_and_stands_in_address_and_command(theory):
    question = first_question().with_another().asking("theory", theory)
    assert {each.theory for each in question.scenarios()} == {theory}
    assert from_address(question.address()) == (question, [])
    words = shlex.split(question.command())
    assert words[words.index("--theory") + 1] == theory
    assert question.mark() != first_question().with_another().mark()
    assert question.asking("theory", "") == first_question().with_another()
    assert question.asking("theory", "astrology") == question
    place = next(key for key in places() if key != question.place)
    assert question.asking("place", place).theory == theory


def test_an_assumption_moved_under_a_theory_wins_over_it_even_at_its_declared_value():
    own = first_question().unmoved_base().assumptions["result_satisfies"]
    question = first_question().asking("theory", "effectiveness")
    held = THEORIES["effectiveness"].assumptions["result_satisfies"]
    assert question.unmoved_base().assumptions["result_satisfies"] == held != own
    moved = question.with_assumption("result_satisfies", own)
    assert moved.assumed == (("result_satisfies", own),)
    assert {each.assumptions["result_satisfies"] for each in moved.scenarios()} == {own}
    assert moved.before_assumptions().assumptions["result_satisfies"] == held
    assert moved.with_assumption("result_satisfies", held) == question


def test_the_command_sets_the_levers_of_each_policy_apart():
    question = first_question().with_another().with_lever("feedback", 0.1, 0)
    question = question.with_lever("feedback", 0.9, 1)
    words = shlex.split(question.command(7))
    assert "1:policy.feedback=0.1" in words
    assert "2:policy.feedback=0.9" in words
    assert words[words.index("--replicates") + 1] == "7"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("place=nowhere", "Shown instead: Hackney."),
        ("weeks=1", "it may be 4 to 520. Shown instead: 156."),
        ("other=nobody", "Shown instead: Hackney with two-way engagement."),
        ("assume.hearsay=9", "it may be 0 to 1. It was left as it is."),
        ("set.magic=1", "there is no such lever."),
    ],
)
def test_a_part_of_an_address_that_cannot_be_is_told_with_what_may_stand_there(address, said):
    _, faults = from_address(address)
    assert len(faults) == 1
    assert said in faults[0]
