"""One table of items connects points of an attitude with shares that agree."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.survey import ITEMS, NOISE, SPREAD, agree, level

A_TYPICAL_PLACE = 0.59  # mean confidence of an English urban public


def test_a_typical_place_says_good_job_as_often_as_the_crime_survey():
    assert agree("good_job", A_TYPICAL_PLACE) == pytest.approx(0.63, abs=0.005)
    assert agree("overall_confidence", A_TYPICAL_PLACE) == pytest.approx(0.76, abs=0.005)


def test_one_public_of_london_in_2016_fits_all_measures_of_an_attitude():
    found = {
        "trust": {"trust": 0.88, "fair": 0.78},
        "confidence": {"good_job": 0.69, "relied_on": 0.78},
        "voice_belief": {"listens": 0.76, "understands": 0.74},
    }
    for attitude, shares in found.items():
        levels = [level(item, share) for item, share in shares.items()]
        assert max(levels) - min(levels) < 0.005, attitude
        assert {ITEMS[item].attitude for item in shares} == {attitude}


def test_trust_in_the_police_at_87_per_cent_is_about_64_points():
    assert 0.62 <= level("trust", 0.87) <= 0.66


def test_half_agree_at_the_threshold_whatever_the_spread():
    for item in ITEMS.values():
        assert agree(item, item.threshold, 0.0) == pytest.approx(0.5)
        assert agree(item, item.threshold, 0.3) == pytest.approx(0.5)


def test_one_person_answers_with_item_noise_alone():
    item = ITEMS["fair"]
    assert agree(item, item.threshold + NOISE, 0) == pytest.approx(0.8413, abs=1e-4)


def test_a_public_agrees_as_often_as_its_people_do():
    people = np.random.default_rng(3).normal(0.6, SPREAD, 200_000)
    each = agree("listens", people, 0.0)
    assert agree("listens", 0.6) == pytest.approx(each.mean(), abs=0.003)


@given(
    st.sampled_from(sorted(ITEMS)),
    st.floats(0.01, 0.99),
    st.floats(0, 0.5),
)
def test_level_undoes_agree(item, share, spread):
    assert agree(item, level(item, share, spread), spread) == pytest.approx(share)


@given(st.sampled_from(sorted(ITEMS)), st.floats(0, 1), st.floats(0, 1))
def test_more_of_an_attitude_never_means_less_agreement(item, one, other):
    low, high = sorted((one, other))
    assert agree(item, low) <= agree(item, high)


def test_arrays_keep_their_shape_and_numbers_stay_plain():
    assert agree("trust", np.full((2, 3), 0.5)).shape == (2, 3)
    assert level("trust", [0.4, 0.6]).shape == (2,)
    assert type(agree("trust", 0.5)) is float
    assert type(level("trust", 0.5)) is float


@pytest.mark.parametrize("share", [0, 1, 1.2, float("nan")])
def test_a_share_that_fixes_no_level_is_refused(share):
    with pytest.raises(ValueError, match="trust: a share agreeing of .* fixes no level"):
        level("trust", share)


def test_every_item_says_what_it_reads_and_where_it_comes_from():
    for name, item in ITEMS.items():
        assert item.name == name
        assert item.attitude in {"trust", "confidence", "legitimacy", "expectation", "voice_belief"}
        assert item.wording
        assert item.source
        assert item.noise > 0
