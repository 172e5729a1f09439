"""How officers change: openness, skill, tiredness, leaving."""

from __future__ import annotations

from sim.core.jit import rule


@rule
def openness_goal(openness, internal_fairness, leadership, a):
    """Where openness goes in a force with this culture: fair treatment inside and leadership raise it.

    Args:
        openness: the force's own openness (area), 0-1.
        internal_fairness: how fairly officers feel treated inside, 0-1.
        leadership: effort on openness and fairness inside, 0-1.
    """
    fairness = internal_fairness + leadership * a.leadership_lifts_fairness * (
        1.0 - internal_fairness
    )
    goal = openness + a.fairness_inside_matters * (fairness - 0.5)
    goal += leadership * a.leadership_lifts_openness * (1.0 - openness)
    return min(0.98, max(0.02, goal))


@rule
def openness_change(openness, station_norm, goal, reward, a):
    """Weekly change of one officer's openness: colleagues, culture, and how contacts went.

    Args:
        reward: sum over the week's contacts of felt quality less the neutral one, per officer.
    """
    change = a.norm_pulls * (station_norm - openness) + a.culture_pulls * (goal - openness)
    push = min(0.2, max(-0.2, a.contacts_reward * reward))
    return change + (push * (1.0 - openness) if push >= 0.0 else push * openness)


@rule
def tiredness_goal(load):
    """Tiredness that a load (hours needed over hours there are) leads to."""
    return min(1.0, max(0.0, (load - 0.6) / 0.4))


@rule
def effort(specialist_share, generalist_openness, a):
    """Share of their own engagement that generalists keep up as specialists take over."""
    kept = 1.0 - a.absolve * specialist_share
    return kept * (1.0 - a.reluctance * (1.0 - generalist_openness))
