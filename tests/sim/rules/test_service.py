"""Calls for service and willingness to help the police."""

import pytest

from sim.rules.service import chance_reported, chance_resolved, cooperation
from tests.sim.rules.behaviour import ENDS, behaviour, every, rises

A = behaviour()


def test_reporting_moves_only_a_little_with_trust():
    assert rises([chance_reported(trust, A) for trust in ENDS])
    assert chance_reported(1.0, A) - chance_reported(0.0, A) <= 0.2 * A.report_base + 1e-12
    assert chance_reported(0.5, A) == A.report_base


def test_the_chance_of_reporting_is_a_chance():
    for base, by_trust, trust in every((0.2, 0.95), (0.0, 1.0), ENDS):
        assert (
            0.0
            <= chance_reported(trust, behaviour(report_base=base, report_by_trust=by_trust))
            <= 1.0
        )


def test_half_a_public_would_help_at_the_threshold():
    level = A.cooperation_threshold
    assert cooperation(level, level, A) == pytest.approx(0.5)


def test_who_trusts_and_grants_legitimacy_helps():
    assert rises([cooperation(level, 0.5, A) for level in ENDS])
    assert rises([cooperation(0.5, level, A) for level in ENDS])
    assert cooperation(0.3, 0.7, A) == pytest.approx(cooperation(0.7, 0.3, A))
    for trust, legitimacy, spread in every(ENDS, ENDS, (0.1, 0.5)):
        assert 0.0 <= cooperation(trust, legitimacy, behaviour(cooperation_spread=spread)) <= 1.0


def test_without_capacity_nothing_is_resolved():
    assert chance_resolved(0.0, 1.0, A) == 0.0


def test_capacity_and_help_resolve_more():
    assert rises([chance_resolved(capacity, 0.5, A) for capacity in ENDS])
    assert rises([chance_resolved(1.0, share, A) for share in ENDS])
    assert chance_resolved(1.0, 0.5, A) == A.resolve_base
    alone = behaviour(cooperation_helps=0.0)
    assert chance_resolved(1.0, 0.0, alone) == chance_resolved(1.0, 1.0, alone)


def test_the_chance_of_resolving_is_a_chance():
    for base, helps, capacity, share in every((0.1, 0.8), (0.0, 2.0), ENDS, ENDS):
        a = behaviour(resolve_base=base, cooperation_helps=helps)
        assert 0.0 <= chance_resolved(capacity, share, a) <= 0.95
