"""What is promised, kept, answered and broken, and what it does."""

from __future__ import annotations

import math

from sim.core.jit import rule
from sim.rules.attitudes import bounded

CONCERN_WEEKS = 12


@rule
def chance_acted_on(hours_per_1000, waiting_per_1000, a):
    """Chance that work on a topic and beat reaches one waiting concern in a week.

    Args:
        hours_per_1000: problem-solving hours on that topic and beat, per 1,000 people of the beat.
        waiting_per_1000: concerns waiting in the whole area per 1,000 people; they share the hours.
        a: assumptions.
    """
    thin = 2.0 / (1.0 + waiting_per_1000 / a.waiting_that_stretches)
    return 1.0 - math.exp(-a.hours_reach_concern * hours_per_1000 * thin)


@rule
def chance_promised(weekly_chance, promise):
    """Chance that a raised concern is met with a promise.

    At promise 0 officers promise what they can expect to do in 12 weeks; at 1, everything.
    """
    realistic = 1.0 - (1.0 - weekly_chance) ** CONCERN_WEEKS
    return realistic + promise * (1.0 - realistic)


@rule
def weight_of_expectation(expectation):
    """How much an outcome weighs for someone who expects this much: 1 at an expectation of one half."""
    return 0.5 + expectation


@rule
def push_of_outcome(size, expectation):
    """Push of a kept, answered or broken concern, larger for those who expect more."""
    return bounded(size * weight_of_expectation(expectation))
