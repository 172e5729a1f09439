"""Whom officers go to and who comes to them."""

from __future__ import annotations

import math

from sim.core.jit import rule


@rule
def outreach_weight(need, ease, voice, want_need, want_ease, want_voice, openness, a):
    """Weight with which officers go to a resident, from standard scores (held in -3 to 3).

    Officers who are less open than fully open drift towards ease whatever the policy says.
    """
    lean = want_ease + a.drift_to_ease * (1.0 - openness)
    return math.exp(want_need * need + lean * ease + want_voice * voice)


@rule
def door_weight(voice, a):
    """Weight with which a resident comes through the open door, from the standard score of voice."""
    return math.exp(a.door_by_voice * voice)


@rule
def willing_to_spend(voice, cost_selects):
    """Weight with which someone who is met takes the longer form, from the standard score of voice.

    The more a form of engagement asks of people, the more it is left to those who speak up.

    Source: Community Life Survey, any participation against deciding on services; decision 0011.
    """
    return math.exp(cost_selects * voice)


@rule
def turnout(belief, a):
    """How belief that speaking up helps scales coming through the door."""
    return a.door_floor + belief


@rule
def standard(value, mean, spread):
    """Return a standard score held between -3 and 3."""
    return min(3.0, max(-3.0, (value - mean) / spread))
