"""Calls for service and willingness to help the police."""

from __future__ import annotations

import math

from sim.core.jit import rule


@rule
def chance_reported(trust, a):
    """Chance that an incident is reported; it moves only a little with trust."""
    return min(1.0, a.report_base * (1.0 + a.report_by_trust * (trust - 0.5)))


@rule
def cooperation(trust, legitimacy, a):
    """Share of a public that would pass information on, for its mean trust and legitimacy.

    A threshold on the mean of both with spread over people (normal), as a survey item would find it.
    """
    score = (0.5 * (trust + legitimacy) - a.cooperation_threshold) / a.cooperation_spread
    return 0.5 * math.erfc(-score / 1.4142135623730951)


@rule
def chance_resolved(capacity, cooperation_share, a):
    """Chance that a reported incident is resolved, by capacity (0-1) and cooperation (0-1)."""
    return min(
        0.95, a.resolve_base * capacity * (1.0 + a.cooperation_helps * (cooperation_share - 0.5))
    )
