"""Pairs that are added later are those of one longer run."""

import numpy as np

from sim import load
from sim.ledger import ATTITUDES
from sim.results import interval
from sim.runs import compare, run

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


def test_the_end_of_a_series_is_the_end_to_the_last_digit():
    """However many weeks and publics are averaged at once."""
    results = compare(load("baseline"), [load("two-way")], replicates=11, **SIZE)
    for of in (results.base, results.others["two-way"]):
        for public in of.publics:
            for indicator in of.indicators:
                mean = interval(of.series(indicator, public))[0]
                np.testing.assert_array_equal(of.estimate(indicator, public).end, mean[-1])
        every = interval(of.values)[0]
        np.testing.assert_array_equal(every[:, 0, 0], interval(of.values[:, :, 0, 0])[0])
    name = "two-way"
    at_the_end = results.difference(name, "reach").difference
    assert at_the_end == results.difference_series(name, "reach")[0][-1]


def test_a_ledger_kept_by_quarters_has_the_same_totals_to_the_last_digit():
    weekly = run(load("two-way"), replicates=9, weeks=31, residents=60, workers=1)
    quarterly = weekly.by_quarter()
    assert quarterly.ledger.shape[1] == 3
    assert quarterly.by_quarter().ledger is quarterly.ledger
    for attitude in ATTITUDES:
        for public in weekly.publics:
            assert weekly.ledger_total(attitude, public) == quarterly.ledger_total(attitude, public)
    every = slice(None)
    np.testing.assert_array_equal(weekly.posted(every, every), quarterly.posted(every, every))
    np.testing.assert_array_equal(weekly.posted(every, every)[:, 0, 1], weekly.posted(0, 1))
