"""How an attitude moves, fades and settles.

Each attitude has a total (what a survey would find) and a settled part; the difference is recent.
"""

from __future__ import annotations

import math

from sim.core.jit import rule


@rule
def squash(x):
    """Return a share strictly between 0 and 1 that follows x closely around one half."""
    return 1.0 / (1.0 + math.exp(-4.0 * (x - 0.5)))


@rule
def move(level, push):
    """Return how far an event moves a level between 0 and 1: part of the way that is left.

    Args:
        level: share 0-1.
        push: -1 to 1; the part of the remaining way to 1 (above 0) or to 0 (below 0).
    """
    return push * (1.0 - level) if push >= 0.0 else push * level


@rule
def bounded(push):
    """Return a push held between -0.95 and 0.95, so that no single event decides everything."""
    return min(0.95, max(-0.95, push))


@rule
def everyday(level, chance, wander):
    """Return the weekly change by all that the model does not name.

    Largest in the middle, nothing at 0 and 1, no direction of its own.

    Args:
        level: share 0-1.
        chance: a draw in (-1, 1), mean 0.
        wander: assumption, at most 0.25.
    """
    return wander * chance * 4.0 * level * (1.0 - level)


@rule
def fading(total, settled, fade):
    """Return the weekly loss of the recent part of an attitude."""
    return fade * (settled - total)


@rule
def drift(settled, home, rate):
    """Return the weekly return of the settled part towards a personal disposition."""
    return rate * (home - settled)
