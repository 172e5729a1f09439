"""Which worlds are lived: every number at both ends of its range, and Morris's trajectories.

The dice are one more factor of the trajectories: what throwing other dice gives is the least that
can be told from chance there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from SALib.sample.morris import sample

from sim.assumptions import ASSUMPTIONS

DICE = "dice"
LEVELS = 4


@dataclass(frozen=True)
class Point:
    """One world that is lived.

    Attributes:
        key: its name in the record.
        numbers: assumptions that differ from their defaults.
        dice: which set of dice, from 0; all worlds of one set throw the same.
    """

    key: str
    numbers: Mapping[str, float]
    dice: int = 0


def one_at_a_time() -> list[Point]:
    """The defaults, then every number at the low and at the high end of its range."""
    points = [Point("default", {})]
    for name, declared in ASSUMPTIONS.items():
        for end in ("low", "high"):
            points.append(Point(f"{name}={end}", {name: float(getattr(declared, end))}))
    return points


def problem() -> dict[str, object]:
    """The factors of the trajectories as SALib takes them: every number, and the dice."""
    bounds = [[float(one.low), float(one.high)] for one in ASSUMPTIONS.values()]
    return {
        "num_vars": len(bounds) + 1,
        "names": [*ASSUMPTIONS, DICE],
        "bounds": [*bounds, [0.0, LEVELS - 1.0]],
    }


def trajectories(number: int, seed: int) -> np.ndarray:
    """Morris's trajectories, [number × (factors + 1), factors]."""
    return np.asarray(sample(problem(), number, num_levels=LEVELS, seed=seed))


def along(worlds: np.ndarray) -> list[Point]:
    """The worlds of the trajectories, in order."""
    return [
        Point(f"morris-{place}", dict(zip(ASSUMPTIONS, row.tolist())), round(row[-1]))
        for place, row in enumerate(worlds)
    ]
