"""One pair of histories: read from an address, and placed among all that were compared."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.web import fake_engine
from web.answer import Answer
from web.one_pair import in_address, pair_in, told
from web.question import first_question, from_address
from web.words import signed

PAIRS = 6


@pytest.fixture(scope="module")
def question():
    return first_question().asking("weeks", 26).asking("residents", 200).asking("pairs", 9)


def answered(question, pairs=PAIRS, finished=True):
    base, *others = question.scenarios()
    options = {"weeks": 26, "residents": 200, "replicates": pairs, "seed": 1}
    return Answer(question, fake_engine.compare(base, others, **options), finished)


def ends_of(answer):
    return answer.comparison.pairs(answer.name, "trust")[:, -1]


@given(some.integers(1, 40))
@settings(max_examples=40, deadline=None)
def test_a_link_brings_its_pair_again_and_asks_the_same_question(pair):
    question = first_question().asking("pairs", 40)
    search = question.address() + in_address(pair)
    assert pair_in(search, 40) == (pair, [])
    assert from_address(search) == (question, [])


def test_a_link_without_a_pair_means_the_first_and_the_first_is_not_written():
    assert pair_in("?place=hackney", 40) == (1, [])
    assert pair_in(None, 40) == (1, [])
    assert in_address(1) == ""


@pytest.mark.parametrize("wrong", ["0", "41", "-1", "2.5", "1e1", "٣", "<script>", "9" * 400])
def test_a_pair_that_there_is_not_is_named_with_those_there_are(wrong):
    pair, faults = pair_in(f"see.pair={wrong}", 40)
    assert pair == 1
    assert len(faults) == 1
    assert f"“{wrong[:60]}”" in faults[0]
    assert faults[0].endswith("the pairs go from 1 to 40.")


@given(some.text(max_size=80))
def test_whatever_an_address_says_the_pair_is_one_of_those_there_are(text):
    pair, _ = pair_in(f"see.pair={text}", 7)
    assert 1 <= pair <= 7


@pytest.mark.parametrize("pair", [1, 2, PAIRS])
def test_a_pair_is_placed_by_its_own_difference_the_average_the_range_and_how_many_lie_lower(
    question, pair
):
    answer = answered(question)
    ends, trust = ends_of(answer), answer.measured("trust")
    lies = told(question, 0, pair, answer)["lies"]
    for value in (ends[pair - 1], trust.difference, trust.low, trust.high, ends.min(), ends.max()):
        assert signed(value, trust.decimals) in lies
    assert "in this pair; on average over all 6 pairs by" in lies
    assert f"lower in {(ends < ends[pair - 1]).sum()} of the 5 other pairs" in lies


def test_the_picture_has_every_pair_and_the_way_to_both_ends_and_the_middle(question):
    answer = answered(question)
    ends, strip = ends_of(answer), told(question, 0, 2, answer)["strip"]
    assert strip["values"] == pytest.approx(ends.tolist(), abs=1e-4)
    lowest, nearest, highest = (ends[way["pair"] - 1] for way in strip["ways"])
    assert (lowest, highest) == (ends.min(), ends.max())
    assert abs(nearest - ends.mean()) == np.abs(ends - ends.mean()).min()


def test_with_more_pairs_to_come_it_is_told_so(question):
    assert (
        "over the 6 pairs so far"
        in told(question, 0, 1, answered(question, finished=False))["lies"]
    )


def test_a_pair_that_the_comparison_has_not_is_not_placed(question):
    needless = told(question, 0, 8, answered(question))
    assert "needed only its first 6 pairs" in needless["lies"]
    assert needless["strip"] is None
    to_come = told(question, 0, 8, answered(question, finished=False))
    assert "6 pairs so far, and has not come to this one" in to_come["lies"]


def test_nothing_is_placed_by_a_comparison_of_something_else(question):
    other = question.asking("weeks", 52)
    for answer in (None, answered(question)):
        state = told(other, 0, 1, answer)
        assert "open the page Compare" in state["lies"]
        assert state["strip"] is None


def test_a_policy_against_itself_is_the_same_in_every_pair(question):
    same = question.asking("other", question.base)
    state = told(same, 0, 2, answered(same))
    assert (
        state["lies"] == "Trust at the end is exactly the same under both policies in all 6 pairs."
    )
