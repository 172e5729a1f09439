"""Lines between publics: what hardens and what softens them."""

from sim.rules.lines import chance_named, closeness, impartiality_push, weekly_hardening
from tests.sim.rules.behaviour import ENDS, INSIDE, behaviour, every, falls, rises

A = behaviour()
MOST = behaviour(blame_hardens=0.05, stops_harden=0.02, passed_over_hardens=0.05, naming=2.0,
                 blame_seen_partial=0.05, stops_seen_partial=0.02, passed_over_seen_partial=0.05,
                 capture_seen_partial=0.3)  # fmt: skip


def test_a_public_left_in_peace_does_not_harden():
    assert weekly_hardening(0.0, 0.0, 0.0, A) == 0.0
    assert impartiality_push(0.0, 0.0, 0.0, 0.0, A) == 0.0


def test_blame_searches_and_being_passed_over_all_harden():
    for place in range(3):
        cases = [[x if place == n else 0.2 for n in range(3)] for x in (0.2, 0.5, 1.0)]
        assert rises([weekly_hardening(*case, A) for case in cases])


def test_what_hardens_makes_the_police_seem_partial():
    for place in range(4):
        cases = [[x if place == n else 0.2 for n in range(4)] for x in (0.2, 0.5, 1.0)]
        assert falls([impartiality_push(*case, A) for case in cases])


def test_priorities_that_lean_away_from_the_loudest_do_no_harm():
    assert impartiality_push(0.0, 0.0, 0.0, -0.5, A) == 0.0


def test_no_week_hardens_more_than_a_fifth_of_the_way():
    for blame, excess, passed in every((0.0, 5.0), (0.0, 50.0), (0.0, 1.0)):
        assert 0.0 <= weekly_hardening(blame, excess, passed, MOST) <= 0.2
        assert -0.2 <= impartiality_push(blame, excess, passed, 1.0, MOST) <= 0.0


def test_inside_a_public_all_is_heard_and_across_hard_lines_less():
    assert [closeness(True, hardness) for hardness in ENDS] == [1.0] * 5
    assert falls([closeness(False, hardness) for hardness in ENDS])
    assert closeness(False, 0.0) == 1.0
    assert closeness(False, 1.0) == 0.0


def test_harder_lines_and_a_wish_for_enforcement_name_more_people():
    assert chance_named(0.0, 1.0, A) == 0.0
    assert rises([chance_named(x, 0.5, A) for x in INSIDE])
    assert rises([chance_named(0.3, x, A) for x in INSIDE])
    assert chance_named(1.0, 1.0, MOST) == 0.95
    assert chance_named(0.5, 0.5, behaviour(naming=0.0)) == 0.0
