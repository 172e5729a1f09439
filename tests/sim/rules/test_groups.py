"""How local associations gain and lose energy and access."""

import pytest

from sim.rules.groups import access_next, energy_next, withdraws
from tests.sim.rules.behaviour import ENDS, behaviour, every

A = behaviour()


def test_energy_and_access_stay_shares():
    for energy, success in every(ENDS, ENDS):
        for closed in (0.0, 5.0):
            assert 0.0 <= energy_next(energy, closed, success, A) <= 1.0
    for access, start, ratio in every(ENDS, ENDS, (-1.0, 0.0, 1.0)):
        assert 0.0 <= access_next(access, start, ratio, A) <= 1.0


def test_success_gives_energy_and_silence_takes_it():
    assert energy_next(0.5, 4.0, 1.0, A) > 0.5 > energy_next(0.5, 4.0, 0.0, A)


def test_where_nothing_was_closed_energy_returns_to_rest():
    energy = 0.9
    for _ in range(2000):
        energy = energy_next(energy, 0.0, 1.0, A)
    assert energy == pytest.approx(A.energy_at_rest, abs=1e-6)


def test_access_follows_who_is_talked_with():
    assert (
        access_next(0.5, 0.5, 1.0, A)
        > access_next(0.5, 0.5, 0.0, A)
        == 0.5
        > access_next(0.5, 0.5, -1.0, A)
    )


def test_a_tired_association_withdraws_and_comes_back_only_well_rested():
    below, above = A.withdraw_below - 0.01, A.withdraw_below + 0.05
    assert withdraws(below, False, A)
    assert not withdraws(above, False, A)
    assert withdraws(above, True, A)
    assert not withdraws(A.withdraw_below + 0.11, True, A)
