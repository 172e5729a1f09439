"""How an attitude moves, fades and settles."""

import pytest

from sim.rules.attitudes import bounded, drift, everyday, fading, move, squash
from tests.sim.rules.behaviour import ENDS, every, rises


def test_no_push_moves_nobody():
    assert [move(level, 0.0) for level in ENDS] == [0.0] * 5


def test_no_push_moves_anybody_past_the_ends():
    for level, push in every(ENDS, (-1.0, -0.4, 0.4, 1.0)):
        assert 0.0 <= level + move(level, push) <= 1.0
    assert 0.3 + move(0.3, 1.0) == 1.0
    assert 0.3 + move(0.3, -1.0) == 0.0


def test_who_has_further_to_go_is_moved_further():
    assert move(0.2, 0.5) > move(0.8, 0.5) > 0.0
    assert move(0.8, -0.5) < move(0.2, -0.5) < 0.0


def test_good_and_bad_weigh_alike_in_the_middle():
    assert move(0.5, 0.3) == -move(0.5, -0.3)


def test_no_single_event_decides_everything():
    assert (bounded(7.0), bounded(-7.0), bounded(0.2)) == (0.95, -0.95, 0.2)


def test_a_squashed_level_is_inside_0_to_1_and_keeps_its_order():
    values = [squash(x) for x in (-5.0, -1.0, 0.0, 0.4, 0.5, 0.6, 1.0, 2.0, 6.0)]
    assert rises(values)
    assert values[0] > 0.0
    assert values[-1] < 1.0
    assert squash(0.5) == 0.5


def test_squashing_follows_closely_around_one_half():
    assert squash(0.55) - squash(0.45) == pytest.approx(0.1, abs=0.001)


def test_everyday_life_has_no_direction_and_stops_at_the_ends():
    for level, chance in every(ENDS, (-0.999, 0.3, 0.999)):
        change = everyday(level, chance, 0.08)
        assert change == -everyday(level, -chance, 0.08)
        assert 0.0 <= level + change <= 1.0
    assert everyday(0.0, 0.9, 0.08) == everyday(1.0, 0.9, 0.08) == 0.0
    assert everyday(0.5, 0.9, 0.08) > everyday(0.9, 0.9, 0.08)


def test_what_is_recent_fades_towards_what_is_settled():
    assert fading(0.7, 0.6, 0.35) == pytest.approx(-0.035)
    assert fading(0.5, 0.6, 0.35) == pytest.approx(0.035)
    assert fading(0.6, 0.6, 0.35) == 0.0
    assert 0.7 + fading(0.7, 0.6, 1.0) == pytest.approx(0.6)


def test_what_is_settled_drifts_home_and_stays_there():
    level = 0.9
    for _ in range(2000):
        level += drift(level, 0.4, 0.0107)
    assert level == pytest.approx(0.4, abs=1e-6)
    assert drift(0.4, 0.4, 0.0107) == 0.0


def test_half_of_what_settled_is_gone_after_65_weeks():
    level = 1.0
    for _ in range(65):
        level += drift(level, 0.0, 0.0107)
    assert level == pytest.approx(0.5, abs=0.005)
