"""Where residents stand in the picture: in the circle of their beat, in the wedge of their public.

The unit of length is the same everywhere: beats with more people are larger and never denser.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

_GOLDEN = np.pi * (3.0 - np.sqrt(5.0))


class Places(NamedTuple):
    """Where everybody stands.

    Attributes:
        x, y: of each resident, from the middle of their beat's circle, y downwards, [n].
        radius: of each beat's circle, [beats]; 0 where nobody lives.
    """

    x: np.ndarray
    y: np.ndarray
    radius: np.ndarray


def places(beat: np.ndarray, public: np.ndarray, beats: int) -> Places:
    """Give every resident a place of their own.

    A circle is filled like the head of a sunflower, and dealt out clockwise from the top: first
    the first public, then the next, each in the order of the rows given.

    Args:
        beat, public: of each resident, [n].
        beats: how many there are.
    """
    x, y = np.zeros(beat.size), np.zeros(beat.size)
    radius = np.zeros(beats)
    for place in range(beats):
        here = np.flatnonzero(beat == place)
        if not here.size:
            continue
        here = here[np.argsort(public[here], kind="stable")]
        seed = np.arange(here.size) + 0.5
        across, down = (
            np.sqrt(seed) * np.sin(seed * _GOLDEN),
            -np.sqrt(seed) * np.cos(seed * _GOLDEN),
        )
        clockwise = np.argsort(np.arctan2(across, -down) % (2 * np.pi), kind="stable")
        x[here], y[here] = across[clockwise], down[clockwise]
        radius[place] = np.sqrt(here.size) + 1.0
    return Places(x, y, radius)


def drawn(people: int, most: int) -> np.ndarray:
    """The rows of residents who are drawn: all, or evenly spread ones where there are too many.

    Rows stand in order of public and beat, so that each is drawn in proportion.
    """
    if people <= most:
        return np.arange(people)
    return np.floor((np.arange(most) + 0.5) * people / most).astype(np.int64)
