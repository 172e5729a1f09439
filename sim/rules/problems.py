"""What problem solving and patrol do to disorder."""

from __future__ import annotations

import math

from sim.core.jit import rule


@rule
def disorder_next(
    disorder, home, hours_per_1000, patrol_per_1000, police_part, cooperation_share, a
):
    """Disorder of one topic and beat after a week, relative to 1 = an average beat at the start.

    Diminishing returns: each further hour takes a smaller part of what is left.

    Args:
        disorder, home: now, and where it returns to when nobody works on it.
        hours_per_1000: problem-solving hours on the topic and beat per 1,000 people.
        patrol_per_1000: foot patrol hours per 1,000 people.
        police_part: share of the topic that the police (with the partners they bring in) can move.
        cooperation_share: information makes hours go further, 0-1.
    """
    further = 1.0 + a.cooperation_helps * (cooperation_share - 0.5)
    solved = police_part * (1.0 - math.exp(-a.solving_power * hours_per_1000 * further))
    deterred = 1.0 - math.exp(-a.patrol_deters * patrol_per_1000)
    returned = disorder + a.disorder_returns * (home - disorder)
    return returned * (1.0 - solved) * (1.0 - deterred)


@rule
def chance_seen(street, patrol_per_1000, a):
    """Chance that a resident sees foot patrol in a week; it levels off with hours."""
    x = a.patrol_seen * patrol_per_1000 * street
    return x / (1.0 + x)
