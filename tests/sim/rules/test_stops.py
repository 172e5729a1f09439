"""Whom a search falls on."""

import pytest

from sim.rules.stops import chance_found, lay_weight_of_resident, pull_of_evidence, weight_of_public
from tests.sim.rules.behaviour import ENDS, behaviour, every, falls, rises

A = behaviour()


def test_nobody_who_stays_at_home_stands_out():
    assert lay_weight_of_resident(0.0, 1.0, A) == 0.0


def test_who_is_outside_and_who_is_known_stands_out():
    assert rises([lay_weight_of_resident(street, 0.2, A) for street in ENDS])
    assert rises([lay_weight_of_resident(0.5, known, A) for known in ENDS])
    forgetful = behaviour(known_draws_stops=0.0)
    assert lay_weight_of_resident(0.5, 1.0, forgetful) == lay_weight_of_resident(
        0.5, 0.0, forgetful
    )


def test_a_public_stands_out_by_what_officers_believe_and_hear():
    assert rises(
        [weight_of_public(suspicion, 0.0, 0.4, 0.5, A) for suspicion in (0.1, 0.5, 1.0, 5.0, 20.0)]
    )
    assert rises([weight_of_public(1.0, blame, 0.4, 0.5, A) for blame in (0.0, 0.5, 1.0, 5.0)])
    assert weight_of_public(1.0, 0.0, 0.4, 0.5, A) == 1.0


def test_blame_counts_by_lay_weight_and_not_at_all_without():
    assert weight_of_public(1.0, 3.0, 0.0, 0.5, A) == weight_of_public(1.0, 0.0, 0.0, 0.5, A)
    assert rises([weight_of_public(1.0, 3.0, lay, 0.5, A) for lay in ENDS])


def test_openness_tempers_what_is_believed_both_ways():
    assert falls([weight_of_public(5.0, 0.0, 0.4, openness, A) for openness in ENDS])
    assert rises([weight_of_public(0.2, 0.0, 0.4, openness, A) for openness in ENDS])
    assert {weight_of_public(1.0, 0.0, 0.4, openness, A) for openness in ENDS} == {1.0}


def test_lay_weight_wears_detachment_away_and_care_restores_it():
    assert falls([pull_of_evidence(lay, 0.1, A) for lay in ENDS])
    assert rises([pull_of_evidence(0.4, care, A) for care in ENDS])
    assert pull_of_evidence(1.0, 0.0, A) == 0.0
    assert pull_of_evidence(0.0, 0.0, A) == pytest.approx(A.detachment)
    for lay, care in every(ENDS, ENDS):
        assert 0.0 <= pull_of_evidence(lay, care, behaviour(detachment=0.9)) <= 1.0


def test_a_search_of_someone_involved_finds_more():
    assert rises([chance_found(involvement, A) for involvement in ENDS])
    assert chance_found(0.0, A) == A.found_by_chance
    assert chance_found(1.0, behaviour(found_by_chance=0.5, found_by_involvement=1.0)) == 0.95
