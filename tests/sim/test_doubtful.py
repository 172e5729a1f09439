"""Findings that lean on untested numbers are known by name and marked wherever they are shown."""

import numpy as np
import pytest

from sim import doubtful
from sim.assumptions import ASSUMPTIONS
from sim.doubtful import LEANS_ABOVE, doubts, doubts_as_dict, leaning
from sim.indicators.table import INDICATORS
from sim.influence import CONTRAST, LEVEL, Influence
from sim.ledger import ATTITUDES, CAUSES

UNTESTED = [name for name, one in ASSUMPTIONS.items() if one.strength == "untested"]
TESTED = [name for name, one in ASSUMPTIONS.items() if one.strength == "single study"]


def moves(name, low, high, error=0.0, subject=CONTRAST, finding="trust"):
    noise, across = 3.0 * error, high - low
    ends = (low, high, noise, noise)
    return Influence(name, subject, finding, *ends, across, noise, error, None, None)


@pytest.fixture
def measured(monkeypatch):
    """Put a few measured influences in the place of the shipped ones."""

    def put(*rows):
        monkeypatch.setattr(doubtful, "influences", lambda: rows)
        doubtful._doubts.cache_clear()

    yield put
    doubtful._doubts.cache_clear()


def test_shares_add_up_as_squares_of_what_each_number_does_alone(measured):
    measured(moves(UNTESTED[0], -3.0, 0.0), moves(TESTED[0], 0.0, 4.0))
    doubt = doubts()["trust"]
    assert doubt.share == pytest.approx(9 / 25)
    assert not doubt.leans
    assert doubt.numbers == (UNTESTED[0],)


def test_a_finding_leans_where_untested_numbers_are_more_than_half_of_it(measured):
    measured(moves(UNTESTED[0], -3.0, 3.0), moves(UNTESTED[1], 0, 1), moves(TESTED[0], 0.0, 4.0))
    doubt = doubts()["trust"]
    assert doubt.share > LEANS_ABOVE
    assert doubt.leans
    assert doubt.numbers == (UNTESTED[0], UNTESTED[1])
    assert leaning(doubts_as_dict()) == {"trust"}


def test_what_chance_adds_to_the_squares_is_taken_away(measured):
    measured(moves(UNTESTED[0], 0.0, 2.0, error=1.0), moves(TESTED[0], 0.0, 3.0))
    doubt = doubts()["trust"]
    assert doubt.share == pytest.approx((4 - 1) / (4 - 1 + 9))
    assert doubt.numbers == ()


def test_numbers_that_do_nothing_have_no_share_however_many_they_are(measured):
    luck = np.random.default_rng(2).normal(scale=0.3, size=len(UNTESTED))
    nothing = [moves(name, 0.0, x, error=0.3) for name, x in zip(UNTESTED, luck)]
    measured(*nothing, moves(TESTED[0], 0.0, 4.0, error=0.3))
    assert doubts()["trust"].share < 0.2


def test_where_the_dice_hide_a_difference_the_level_stands_in_for_it(measured):
    level = moves(TESTED[0], 0.0, 4.0, subject=LEVEL)
    measured(moves(UNTESTED[0], 0.0, 0.2, error=0.3), level)
    assert (doubts()["trust"].subject, doubts()["trust"].share) == (LEVEL, 0.0)
    measured(moves(UNTESTED[0], 0.0, 0.2, error=0.01), level)
    assert (doubts()["trust"].subject, doubts()["trust"].share) == (CONTRAST, 1.0)


def test_where_nothing_can_be_told_what_is_left_open_counts(measured):
    measured(moves(UNTESTED[0], 0.0, 0.9, error=0.7), moves(TESTED[0], 0.0, 0.1, error=0.1))
    doubt = doubts()["trust"]
    assert doubt.share == pytest.approx(0.49 / 0.5)
    assert doubt.leans
    assert doubt.numbers == (UNTESTED[0],)


def test_where_nothing_was_seen_nothing_is_said(measured):
    measured()
    doubt = doubts()["marginalisation"]
    assert doubt.share is None
    assert not doubt.leans
    assert doubts_as_dict()["indicators"]["marginalisation"] == {
        "untested_share": None,
        "leans_on_untested": False,
        "numbers": [],
    }


@pytest.mark.parametrize("subject", [LEVEL, CONTRAST])
def test_every_finding_that_is_shown_has_its_doubt(subject):
    found = doubts(subject)
    assert set(INDICATORS) <= set(found)
    assert {f"{attitude}:{cause}" for attitude in ATTITUDES for cause in CAUSES} <= set(found)
    for doubt in found.values():
        assert doubt.share is None or 0.0 <= doubt.share <= 1.0
        assert all(ASSUMPTIONS[name].strength == "untested" for name in doubt.numbers)


def test_a_subject_nobody_measured_is_refused():
    with pytest.raises(ValueError, match="subject 'trend' is neither 'level' nor 'contrast'"):
        doubts("trend")
