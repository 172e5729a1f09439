"""Pairs that are added later are those of one longer run."""

import numpy as np

from sim import load
from sim.runs import compare

SIZE = {"weeks": 6, "residents": 60, "workers": 1}


def test_a_comparison_that_grew_is_that_of_one_longer_run_to_the_last_digit():
    base, other = load("baseline"), load("two-way")
    whole = compare(base, [other], replicates=5, **SIZE)
    begun = compare(base, [other], replicates=2, **SIZE)
    more = compare(base, [other], replicates=3, first=2, **SIZE)
    for one, start, rest in (
        (whole.base, begun.base, more.base),
        (whole.others["two-way"], begun.others["two-way"], more.others["two-way"]),
    ):
        grown = start.and_more(rest)
        assert grown.replicates == 5
        np.testing.assert_array_equal(grown.values, one.values)
        np.testing.assert_array_equal(grown.ledger, one.ledger)
        assert grown.estimate("trust") == one.estimate("trust")
        assert grown.sizes == {key: np.float64(size) for key, size in one.sizes.items()}


def test_the_first_replicates_of_a_run_are_those_of_a_shorter_one():
    base = load("baseline")
    whole, short = (compare(base, [], replicates=count, **SIZE).base for count in (4, 2))
    np.testing.assert_array_equal(whole.first(2).values, short.values)
    assert whole.first(2).replicates == 2
