"""The statistics that studies report, against hand computation and known answers."""

import numpy as np
import pytest
from scipy import stats as scipy_stats

from analysis.evidence import statistics as st
from analysis.evidence.measures.measured import Ratio, value_and_interval

LUCK = np.random.default_rng(7)


def test_a_standardised_difference_is_in_pooled_standard_deviations():
    one, other = np.array([1.0, 2, 3, 4, 5, 6]), np.array([3.0, 4, 5, 6, 7, 8])
    assert st.standardised_difference(one, other) == pytest.approx(-2 / np.sqrt(3.5))
    assert np.isnan(st.standardised_difference(one[:3], other))


def test_coefficients_are_those_of_least_squares():
    x, z = LUCK.standard_normal((2, 400))
    y = 1.5 + 2.0 * x - 0.5 * z
    assert st.coefficients(y, [x, z]) == pytest.approx([2.0, -0.5])
    assert st.explained(y, [x, z]) == pytest.approx(1.0)
    assert st.explained(y, [x]) < 1.0


def test_a_column_in_which_nobody_differs_says_nothing():
    y = LUCK.standard_normal(50)
    assert np.isnan(st.coefficients(y, [np.ones(50), y > 0])).all()
    assert np.isnan(st.explained(y, [np.zeros(50)]))
    assert np.isnan(st.correlation(y, np.ones(50)))
    assert np.isnan(st.rank_correlation(np.ones(50), y))


def test_correlations_are_those_of_scipy():
    x = LUCK.standard_normal(80)
    y = x + LUCK.standard_normal(80)
    assert st.correlation(x, y) == pytest.approx(scipy_stats.pearsonr(x, y).statistic)
    assert st.rank_correlation(x, y) == pytest.approx(scipy_stats.spearmanr(x, y).statistic)


def test_an_odds_ratio_compares_odds():
    assert st.odds_ratio(30, 10, 10, 30) == pytest.approx(30.5 * 30.5 / (10.5 * 10.5))
    yes = np.array([True] * 30 + [False] * 10)
    assert st.odds_ratio_of(yes, ~yes) == st.odds_ratio(30, 10, 10, 30)


def test_within_groups_means_vanish():
    groups = np.array(["a", "b", "a", "b", "b"])
    left = st.within(np.array([1.0, 2.0, 3.0, 4.0, 9.0]), groups)
    assert left[groups == "a"].sum() == pytest.approx(0.0)
    assert left[groups == "b"].sum() == pytest.approx(0.0)


def test_a_ratio_of_means_is_no_mean_of_ratios():
    value, low, high = value_and_interval(Ratio(np.array([1.0, 3.0]), np.array([1.0, 1.0])))
    assert value == pytest.approx(2.0)
    assert low < value < high
    alone = value_and_interval(Ratio(np.array([1.0]), np.array([4.0])))
    assert alone[0] == 0.25
    assert np.isnan(alone[1:]).all()
    assert np.isnan(value_and_interval(Ratio(np.array([1.0]), np.array([0.0])))).all()


def test_the_interval_of_a_mean_leaves_empty_replicates_out():
    value, low, high = value_and_interval(np.array([1.0, 2.0, np.nan, 3.0]))
    assert value == pytest.approx(2.0)
    assert low == pytest.approx(2.0 - 4.302653 / np.sqrt(3), rel=1e-6)
    assert high == pytest.approx(4.0 - low)
