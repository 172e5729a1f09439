"""Lines between publics: what hardens and what softens them."""

from __future__ import annotations

from sim.core.jit import rule


@rule
def weekly_hardening(blame, stop_excess, passed_over, a):
    """Push on a public's distance to others in a week, 0 to 1.

    Args:
        blame: how much of the heard agenda names the public, per share of people (0 = not at all).
        stop_excess: searches per head over the area's, less 1, not below 0.
        passed_over: 1 less service per need relative to the area, between 0 and 1.
    """
    push = (
        a.blame_hardens * blame
        + a.stops_harden * min(stop_excess, 5.0)
        + a.passed_over_hardens * passed_over
    )
    return min(0.2, push)


@rule
def closeness(same_public, hardness):
    """Weight of what someone is told: full inside one's public, less across hard lines."""
    return 1.0 if same_public else 1.0 - hardness


@rule
def chance_named(hardness, enforcement, a):
    """Chance that a raised concern names people: harder lines and a wish for enforcement make it likelier."""
    return min(0.95, a.naming * hardness * (0.5 + enforcement))


@rule
def impartiality_push(blame, stop_excess, passed_over, capture, a):
    """Push (not above 0) on how impartial the police seem to one public in a week."""
    felt = blame * a.blame_seen_partial + min(stop_excess, 5.0) * a.stops_seen_partial
    felt += passed_over * a.passed_over_seen_partial + max(0.0, capture) * a.capture_seen_partial
    return -min(0.2, felt)
