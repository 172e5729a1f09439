"""What is promised, kept and broken."""

import pytest

from sim.rules.promises import (
    CONCERN_WEEKS,
    chance_acted_on,
    chance_promised,
    push_of_outcome,
    weight_of_expectation,
)
from tests.sim.rules.behaviour import ENDS, INSIDE, behaviour, every, falls, rises

A = behaviour()


def test_no_hours_reach_no_concern():
    assert chance_acted_on(0.0, 5.0, A) == 0.0


def test_more_hours_reach_more_and_more_concerns_thin_them_out():
    assert rises([chance_acted_on(hours, 5.0, A) for hours in (0.0, 0.1, 1.0, 5.0)])
    assert falls([chance_acted_on(1.0, waiting, A) for waiting in (0.0, 5.0, 20.0, 100.0)])
    for hours, waiting in every((0.0, 1.0, 1000.0), (0.0, 1e6)):
        assert 0.0 <= chance_acted_on(hours, waiting, A) <= 1.0


def test_at_promise_1_everything_is_promised_and_at_0_only_what_can_be_done():
    assert chance_promised(0.05, 1.0) == 1.0
    assert chance_promised(0.05, 0.0) == pytest.approx(1.0 - 0.95**CONCERN_WEEKS)
    assert chance_promised(0.0, 0.0) == 0.0
    assert chance_promised(1.0, 0.0) == 1.0


def test_more_is_promised_the_more_the_policy_promises():
    assert rises([chance_promised(0.03, promise) for promise in ENDS])
    assert rises([chance_promised(chance, 0.3) for chance in INSIDE])


def test_an_outcome_weighs_more_for_those_who_expect_more():
    assert weight_of_expectation(0.5) == 1.0
    assert rises([push_of_outcome(0.08, level) for level in ENDS])
    assert falls([push_of_outcome(-0.08, level) for level in ENDS])
    assert push_of_outcome(0.0, 0.9) == 0.0
    assert push_of_outcome(-9.0, 0.9) == -0.95
