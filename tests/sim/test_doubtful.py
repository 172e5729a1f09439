"""Findings that lean on untested numbers are known by name and marked wherever they are shown."""

import pytest

from sim import doubtful
from sim.assumptions import ASSUMPTIONS
from sim.doubtful import LEANS_ABOVE, doubts, doubts_as_dict, leaning
from sim.indicators.table import INDICATORS
from sim.influence import CONTRAST, LEVEL, Influence
from sim.ledger import ATTITUDES, CAUSES

UNTESTED = [name for name, one in ASSUMPTIONS.items() if one.strength == "untested"]
TESTED = [name for name, one in ASSUMPTIONS.items() if one.strength == "single study"]


def moves(name, low, high, noise=0.1, subject=CONTRAST, finding="trust"):
    across = high - low
    return Influence(name, subject, finding, low, high, noise, noise, across, noise, None, None)


@pytest.fixture
def measured(monkeypatch):
    """Put a few measured influences in the place of the shipped ones."""

    def put(*rows, noise=0.5):
        names = (*INDICATORS, *(f"{a}:{c}" for a in ATTITUDES for c in CAUSES))
        told = {"noise": {subject: dict.fromkeys(names, noise) for subject in (LEVEL, CONTRAST)}}
        monkeypatch.setattr(doubtful, "influences", lambda: rows)
        monkeypatch.setattr(doubtful, "about", lambda: told)
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


def test_what_chance_may_explain_does_not_count(measured):
    measured(moves(UNTESTED[0], -3.0, 3.0, noise=6.5), moves(TESTED[0], 0.0, 4.0))
    assert doubts()["trust"].share == 0.0


def test_where_the_dice_hide_a_difference_the_level_stands_in_for_it(measured):
    rows = moves(UNTESTED[0], 0.0, 0.2), moves(TESTED[0], 0.0, 4.0, subject=LEVEL)
    measured(*rows)
    assert (doubts()["trust"].subject, doubts()["trust"].share) == (LEVEL, 0.0)
    measured(*rows, noise=0.1)
    assert (doubts()["trust"].subject, doubts()["trust"].share) == (CONTRAST, 1.0)


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
