"""Starsim's SIS epidemic, in the way the engine is built: columns, keyed dice, compiled loops.

Rules and numbers are those of Starsim's `SIS` by default, so that the same task is done twice. Ties
are those of an area of ours. A resident draws once for all ties together instead of once for each,
which leaves the chances as they are: both epidemics rise and settle at the same levels.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numba
import numpy as np

from sim.core import dice
from sim.live import Area

AT_FIRST = 0.01  # share infected
PASSED_ON = 1.0 - math.exp(-0.05)  # chance per step and infected tie
WANES = 1.0 - math.exp(-0.05)  # part of immunity lost per step
BOOST = 1.0  # immunity from one infection
LASTS, SPREAD = 10.0, 1.0  # steps an infection lasts: mean and standard deviation, log-normal
_SIGMA = math.sqrt(math.log(1.0 + (SPREAD / LASTS) ** 2))
_MU = math.log(LASTS) - _SIGMA**2 / 2
BEGINNING, PASSING, LASTING = range(3)


@numba.njit(nogil=True, error_model="numpy")
def _begin(keys, ill):
    begins = dice.stream(1, BEGINNING, 0)
    for i in range(keys.size):
        ill[i] = dice.share(dice.bits(begins, keys[i])) < AT_FIRST


@numba.njit(nogil=True, error_model="numpy")
def _one_step(t, keys, start, other, ill, until, immunity, was_ill, counts):
    passing, lasting = dice.stream(1, PASSING, t), dice.stream(1, LASTING, t)
    for i in range(keys.size):
        was_ill[i] = ill[i] & (until[i] > t)
    now_ill, caught, open_to_it = 0, 0, 0.0
    for row in range(keys.size):
        i = np.uint64(row)
        protected = immunity[i] * np.float32(1.0 - WANES)
        ill_ties = 0
        for tie in range(start[i], start[i + np.uint64(1)]):
            ill_ties += was_ill[np.uint64(other[np.uint64(tie)])]
        status = was_ill[i]
        chance = PASSED_ON * max(0.0, 1.0 - protected)
        luck = dice.share(dice.bits(passing, keys[i]))
        # (1 - chance) ** ties is never below 1 - chance * ties: most need no power
        if not status and luck > 1.0 - chance * ill_ties:
            if luck > (1.0 - chance) ** ill_ties:
                normal = dice.normal(dice.share(dice.bits(lasting, keys[i])))
                until[i] = t + math.exp(_MU + _SIGMA * normal)
                protected += np.float32(BOOST)
                status = 1
                caught += 1
        ill[i], immunity[i] = status, protected
        now_ill += status
        open_to_it += max(0.0, 1.0 - protected)
    counts[t, 0], counts[t, 1], counts[t, 2] = now_ill, caught, open_to_it


class Epidemic:
    """An epidemic among the residents of an area.

    Attributes:
        counts: by step: how many are ill, how many caught it, how open all are to it together.
        lived: steps so far.
    """

    def __init__(self, area: Area, steps: int) -> None:
        world, people = area.world, area.world.residents.key.size
        keys, ill = world.residents.key, np.zeros(people, np.uint8)
        _begin(keys, ill)
        until = np.where(ill, LASTS, 0.0).astype(np.float32)
        immunity, was_ill = ill * np.float32(BOOST), np.zeros(people, np.uint8)
        self.counts = np.zeros((steps + 1, 3))
        self._columns = (keys, *world.ties, ill, until, immunity, was_ill, self.counts)
        self.lived = 0

    def live(self, steps: int) -> None:
        """Live some steps more."""
        for _ in range(steps):
            self.lived += 1
            _one_step(self.lived, *self._columns)


def steps_in_turn(area: Area, turns: int, warm: int, steps: int) -> Callable[[], None]:
    """Work that lives the next steps each time it is called, after some to warm up."""
    epidemic = Epidemic(area, warm + steps * (turns + 1))
    epidemic.live(warm)
    return lambda: epidemic.live(steps)
