"""How local associations gain and lose energy and access."""

from __future__ import annotations

from sim.core.jit import rule


@rule
def energy_next(energy, closed, success, a):
    """Energy of an association after a week.

    Args:
        energy: 0-1.
        closed: concerns of its public closed in 26 weeks.
        success: share of those acted on, half weight for those only answered; ignored when closed is 0.
    """
    if closed > 0.0:
        return energy + a.energy_follows_success * (success - energy)
    return energy + a.energy_fades * (a.energy_at_rest - energy)


@rule
def access_next(access, start, contact_ratio, a):
    """Access of an association to officers after a week: it follows two-way contact with its public.

    Args:
        contact_ratio: share of two-way contacts over share of people, less 1, held in -1 to 1.
    """
    goal = min(1.0, max(0.0, start + a.access_follows_contact * contact_ratio))
    return access + a.access_rate * (goal - access)


@rule
def withdraws(energy, withdrawn, a):
    """Whether an association stays away: below a threshold, until energy is back well above it."""
    if withdrawn:
        return energy < a.withdraw_below + 0.1
    return energy < a.withdraw_below
