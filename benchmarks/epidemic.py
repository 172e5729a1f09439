"""Starsim's SIS epidemic, in the way the engine is built: columns, keyed dice, compiled loops.

Rules and numbers are those of Starsim's `SIS` by default, so that the same task is done twice. Ties
are those of an area of ours; each direction of a tie has a draw of its own, as there.
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
def _one_step(t, keys, start, other, ill, until, immunity, caught, counts):
    passing, lasting = dice.stream(1, PASSING, t), dice.stream(1, LASTING, t)
    for i in range(keys.size):
        ill[i] = ill[i] and until[i] > t
        immunity[i] *= np.float32(1.0 - WANES)
        caught[i] = 0
    for i in range(keys.size):
        if ill[i]:
            mine = dice.bits(passing, keys[i])
            for tie in range(start[i], start[i + 1]):
                j = other[tie]
                likely = 0.0 if ill[j] else PASSED_ON * max(0.0, 1.0 - immunity[j])
                if likely > 0.0 and dice.share(dice.bits(mine, keys[j])) < likely:
                    caught[j] = 1
    counts[t] = 0.0
    for i in range(keys.size):
        if caught[i]:
            ill[i] = 1
            immunity[i] += np.float32(BOOST)
            normal = dice.normal(dice.share(dice.bits(lasting, keys[i])))
            until[i] = t + math.exp(_MU + _SIGMA * normal)
        counts[t, 0] += ill[i]
        counts[t, 1] += caught[i]
        counts[t, 2] += max(0.0, 1.0 - immunity[i])


class Epidemic:
    """An epidemic among the residents of an area.

    Attributes:
        counts: by step, how many are ill, how many caught it, and the sum of how open they are to it.
        lived: steps so far.
    """

    def __init__(self, area: Area, steps: int) -> None:
        world, people = area.world, area.world.residents.key.size
        begins = dice.stream(1, BEGINNING, 0)
        keys = world.residents.key
        ill = np.array([dice.share(dice.bits(begins, key)) < AT_FIRST for key in keys], np.uint8)
        until = np.where(ill, LASTS, 0.0).astype(np.float32)
        immunity, caught = ill * np.float32(BOOST), np.zeros(people, np.uint8)
        self.counts = np.zeros((steps + 1, 3))
        self._columns = (keys, *world.ties, ill, until, immunity, caught, self.counts)
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
