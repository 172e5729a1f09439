"""Designs: which combinations of values are run. Sampling is SALib's and SciPy's, not our own.

Every function gives rows of values as they stand in tables; None means "as the scenario has it".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np

from analysis.experiment import form
from analysis.experiment.factors import Factor

MORRIS_LEVELS = 4
Rows = list[tuple[Any, ...]]


def rows_a_sample(design: str, factors: int, second_order: bool = False) -> int:
    """How many rows of a Sobol or Morris design belong to one base sample or trajectory.

    Sobol: D + 2, or 2 D + 2 where second-order indices are wanted; Morris: D + 1.
    """
    if design == form.MORRIS:
        return factors + 1
    return 2 * factors + 2 if second_order else factors + 2


def size_of(
    design: str, factors: Sequence[Factor], samples: int, second_order: bool = False
) -> int:
    """How many rows a design has, without making them."""
    levels = [len(factor.values) or factor.levels or 3 for factor in factors]
    if design == form.ONE_AT_A_TIME:
        return 1 + sum(levels)
    if design in (form.SOBOL, form.MORRIS):
        return samples * rows_a_sample(design, len(factors), second_order)
    total = samples if design == form.LATIN_HYPERCUBE else 1
    for factor, taken in zip(factors, levels, strict=True):
        if design == form.FULL_FACTORIAL or not factor.is_range:
            total *= taken
    return total


def rows_of(
    design: str, factors: Sequence[Factor], samples: int, seed: int, second_order: bool = False
) -> Rows:
    """The rows of a design.

    Args:
        design: one of `form.DESIGNS`.
        factors: what is varied.
        samples: Latin hypercube: points; Sobol: base samples N of N (D + 2) points, or N (2 D + 2)
            for second-order indices too; Morris: trajectories r of r (D + 1) points.
        seed: of the sampling.
        second_order: Sobol: whether second-order indices are wanted.
    """
    if design == form.FULL_FACTORIAL:
        return list(product(*(factor.levels_taken() for factor in factors)))
    if design == form.ONE_AT_A_TIME:
        return _one_at_a_time(factors)
    if design == form.LATIN_HYPERCUBE:
        return _latin_hypercube(factors, samples, seed)
    table = (
        sobol_sample(problem_of(factors), samples, seed, second_order)
        if design == form.SOBOL
        else morris_sample(problem_of(factors), samples, seed)
    )
    return [tuple(row) for row in table.tolist()]


def problem_of(factors: Sequence[Factor]) -> dict[str, Any]:
    """Names and bounds of ranges, as SALib wants them."""
    return {
        "num_vars": len(factors),
        "names": [factor.name for factor in factors],
        "bounds": [[factor.low, factor.high] for factor in factors],
    }


def sobol_sample(
    problem: dict[str, Any], samples: int, seed: int, second_order: bool = False
) -> np.ndarray:
    """Saltelli's sample for first-order and total indices, [N (D + 2), D].

    For second-order indices it is [N (2 D + 2), D]: within each base sample, those of B with one
    column of A stand before the last row.
    """
    from SALib.sample import sobol

    return np.asarray(
        sobol.sample(
            problem, samples, calc_second_order=second_order, scramble=True, seed=_small(seed)
        )
    )


def morris_sample(problem: dict[str, Any], trajectories: int, seed: int) -> np.ndarray:
    """Morris's trajectories on four levels, [r (D + 1), D]."""
    from SALib.sample import morris

    return np.asarray(
        morris.sample(problem, trajectories, num_levels=MORRIS_LEVELS, seed=_small(seed))
    )


def hypercube_sample(dimensions: int, samples: int, seed: int) -> np.ndarray:
    """A scrambled Latin hypercube on the unit cube, [samples, dimensions]."""
    from scipy.stats import qmc

    return np.asarray(
        qmc.LatinHypercube(dimensions, rng=np.random.default_rng(seed)).random(samples)
    )


def _small(seed: int) -> int:
    return seed % 2**32  # SALib hands it to a generator of 32 bits


def _one_at_a_time(factors: Sequence[Factor]) -> Rows:
    """All as the scenario has it, then each factor at each of its values, the rest as it was."""
    nothing: tuple[Any, ...] = (None,) * len(factors)
    rows = [nothing]
    for place, factor in enumerate(factors):
        rows += [
            (*nothing[:place], value, *nothing[place + 1 :]) for value in factor.levels_taken()
        ]
    return rows


def _latin_hypercube(factors: Sequence[Factor], samples: int, seed: int) -> Rows:
    """Ranges are sampled together; factors that list values are crossed with the whole sample."""
    ranges = [factor for factor in factors if factor.is_range]
    unit = hypercube_sample(len(ranges), samples, seed)
    low = np.array([factor.low for factor in ranges])
    high = np.array([factor.high for factor in ranges])
    drawn = (low + unit * (high - low)).tolist()
    listed = [factor for factor in factors if not factor.is_range]
    rows = []
    for values in product(*(factor.levels_taken() for factor in listed)):
        by_name = dict(zip([factor.name for factor in listed], values, strict=True))
        for sample in drawn:
            both = by_name | dict(zip([factor.name for factor in ranges], sample, strict=True))
            rows.append(tuple(both[factor.name] for factor in factors))
    return rows
