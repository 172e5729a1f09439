"""Cheap summaries: every pattern measured once in a small world, for one set of assumptions."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from analysis.evidence.field import Effort, go_out, together
from analysis.evidence.measures import MEASURES
from analysis.evidence.measures.measured import Ratio
from analysis.evidence.patterns import Pattern, shipped_patterns
from sim import Scenario

RESIDENTS = 3000
ABOVE, BELOW = " (above)", " (below)"
LEFT_OUT = ("L1", "L2")
"""Patterns across London boroughs need dozens of areas: they are measured in the full run only."""


@cache
def small_patterns(residents: int, replicates: int) -> tuple[Pattern, ...]:
    """Patterns at the size of a summary."""
    return tuple(
        replace(pattern, residents=residents, replicates=replicates)
        for pattern in shipped_patterns()
        if pattern.id not in LEFT_OUT
    )


def summaries(
    assumptions: Mapping[str, float],
    seed: int,
    residents: int = RESIDENTS,
    replicates: int = 1,
    only: Sequence[str] = (),
) -> dict[str, float]:
    """Measure every pattern under a set of assumptions.

    Args:
        assumptions: values laid over the defaults; what an arm itself sets stays.
        seed: which dice.
        residents, replicates: size of the world.
        only: ids of patterns; empty for all.

    Returns:
        One number for each part, by "id/part"; a ratio as two, above and below the line.
    """

    def change(scenario: Scenario) -> Scenario:
        return replace(scenario, assumptions={**scenario.assumptions, **assumptions})

    patterns = [p for p in small_patterns(residents, replicates) if not only or p.id in only]
    found: dict[str, float] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a tiny world may hold nobody to ask
        for group in together(patterns):
            fields = go_out(group, Effort(seed=seed, workers=1), change)
            for pattern in group:
                for name, measured in MEASURES[pattern.measure](fields[pattern.id]).items():
                    key = f"{pattern.id}/{name}"
                    if isinstance(measured, Ratio):
                        found[key + ABOVE] = float(np.nanmean(measured.above))
                        found[key + BELOW] = float(np.nanmean(measured.below))
                    else:
                        found[key] = float(np.nanmean(measured))
    return found
