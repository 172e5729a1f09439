"""What problem solving and patrol do to disorder."""

import pytest

from sim.rules.problems import chance_seen, disorder_next
from tests.sim.rules.behaviour import ENDS, behaviour, every, falls, rises

A = behaviour()
HOURS = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0)


def after(disorder=1.0, home=1.0, hours=0.0, patrol=0.0, police=1.0, cooperation=0.5, a=A):
    return disorder_next(disorder, home, hours, patrol, police, cooperation, a)


def test_disorder_that_nobody_works_on_goes_home():
    assert after() == 1.0
    disorder = 0.2
    for _ in range(1000):
        disorder = after(disorder)
    assert disorder == pytest.approx(1.0, abs=1e-6)


def test_hours_and_patrol_lower_disorder():
    assert falls([after(hours=hours) for hours in HOURS])
    assert falls([after(patrol=hours) for hours in HOURS])


def test_each_further_hour_does_less():
    left = [after(hours=hours) for hours in (0.0, 1.0, 2.0, 3.0, 4.0)]
    gains = [one - other for one, other in zip(left, left[1:])]
    assert falls(gains)


def test_information_makes_hours_go_further():
    assert falls([after(hours=3.0, cooperation=share) for share in ENDS])
    assert after(cooperation=1.0) == after(cooperation=0.0) == 1.0


def test_what_only_partners_can_move_the_police_do_not():
    assert after(hours=9.0, police=0.0) == 1.0
    assert falls([after(hours=3.0, police=part) for part in ENDS])


def test_disorder_is_never_below_nothing():
    strong = behaviour(solving_power=0.3, patrol_deters=0.02, cooperation_helps=2.0)
    for disorder, home, hours, cooperation in every(ENDS, ENDS, (0.0, 1000.0), ENDS):
        assert after(disorder, home, hours, hours, 1.0, cooperation, strong) >= 0.0


def test_patrol_is_seen_by_those_outside_and_levels_off():
    assert chance_seen(0.0, 5.0, A) == chance_seen(0.8, 0.0, A) == 0.0
    assert rises([chance_seen(street, 5.0, A) for street in ENDS])
    seen = [chance_seen(0.5, hours, A) for hours in (0.0, 2.0, 4.0, 6.0, 8.0)]
    assert rises(seen)
    assert falls([other - one for one, other in zip(seen, seen[1:])])
    assert chance_seen(1.0, 1e6, A) < 1.0
