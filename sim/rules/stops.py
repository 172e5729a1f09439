"""Whom a search falls on."""

from __future__ import annotations

from sim.core.jit import rule


@rule
def lay_weight_of_resident(street, known, a):
    """What makes one resident stand out: time on the street, and being known already."""
    return street * (1.0 + a.known_draws_stops * known)


@rule
def weight_of_public(suspicion, blame, lay_weight, officer_openness, a):
    """What makes a public stand out: what officers believe about it, and the blame they have heard.

    Openness tempers belief: the more open the officers, the nearer to neutral.
    """
    tempered = suspicion ** (1.0 - a.openness_tempers_suspicion * (officer_openness - 0.5))
    return tempered * (1.0 + a.blame_draws_stops * lay_weight * blame)


@rule
def pull_of_evidence(lay_weight, care, a):
    """Share of searches that follow actual involvement: detachment, worn away by lay weight, restored by care."""
    kept = a.detachment * (1.0 - lay_weight)
    return kept + (1.0 - kept) * care


@rule
def chance_found(involvement, a):
    """Chance that a search finds something."""
    return min(0.95, a.found_by_chance + a.found_by_involvement * involvement)
