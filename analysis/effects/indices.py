"""Sobol and Morris indices by SALib, with their confidence and whether they have settled.

Each world (a combination of what is crossed with the design) has indices of its own; their mean
over worlds and their spread are given. The response is the mean over replicates: with the same dice
everywhere it is a plain function of the factors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from analysis.effects.grid import Grid
from analysis.effects.paired import mean_over, outcome_columns
from analysis.experiment import form
from analysis.experiment.designs import MORRIS_LEVELS, problem_of, rows_a_sample

FIRST, TOTAL = "first order", "total"
MEAN_STAR, SPREAD = "mu star", "sigma"
RESAMPLES = 200  # of the bootstrap behind the confidence intervals
SETTLED = 0.05  # Sobol: half-width and change since half the sample that count as settled
SETTLED_SHARE = 0.1  # Morris: the same, as a share of the largest mu star
_FEWEST = 4  # base samples or trajectories


@dataclass(frozen=True)
class Estimate:
    """Indices of one response: [measure, factor], with half-widths of their 95 % intervals."""

    value: np.ndarray
    half: np.ndarray


def sobol_estimate(problem: dict[str, Any], response: np.ndarray, seed: int) -> Estimate:
    """First-order and total indices of a response over Saltelli's sample.

    Args:
        problem: names and bounds, as `analysis.experiment.designs.problem_of` gives them.
        response: [N (D + 2)], without gaps.
        seed: of the bootstrap.

    Returns:
        Two measures, `FIRST` and `TOTAL`; NaN where the response does not vary.
    """
    from SALib.analyze import sobol

    shape = (2, problem["num_vars"])
    if np.ptp(response) == 0:
        return Estimate(np.full(shape, np.nan), np.full(shape, np.nan))
    found = sobol.analyze(
        problem, response, calc_second_order=False, num_resamples=RESAMPLES, seed=_bootstrap(seed)
    )
    return Estimate(
        np.array([found["S1"], found["ST"]]), np.array([found["S1_conf"], found["ST_conf"]])
    )


def pair_estimate(problem: dict[str, Any], response: np.ndarray, seed: int) -> Estimate:
    """Second-order indices of a response over Saltelli's larger sample.

    Args:
        problem: names and bounds.
        response: [N (2 D + 2)], without gaps.
        seed: of the bootstrap.

    Returns:
        [factor, other factor], filled above the diagonal; NaN where the response does not vary.
    """
    from SALib.analyze import sobol

    shape = (problem["num_vars"], problem["num_vars"])
    if np.ptp(response) == 0:
        return Estimate(np.full(shape, np.nan), np.full(shape, np.nan))
    found = sobol.analyze(
        problem, response, calc_second_order=True, num_resamples=RESAMPLES, seed=_bootstrap(seed)
    )
    return Estimate(np.asarray(found["S2"]), np.asarray(found["S2_conf"]))


def morris_estimate(
    problem: dict[str, Any], places: np.ndarray, response: np.ndarray, seed: int
) -> Estimate:
    """Mean absolute elementary effect and its spread, per whole range, over trajectories.

    Args:
        problem: names and bounds.
        places: [r (D + 1), D], where the response was taken.
        response: [r (D + 1)], without gaps.
        seed: of the bootstrap.

    Returns:
        Two measures, `MEAN_STAR` and `SPREAD`; the spread has no interval.
    """
    from SALib.analyze import morris

    found = morris.analyze(
        problem, places, response, num_levels=MORRIS_LEVELS, num_resamples=RESAMPLES,
        seed=_bootstrap(seed),
    )  # fmt: skip
    value = np.array([found["mu_star"], found["sigma"]], dtype=float)
    confidence = np.asarray(found["mu_star_conf"], dtype=float)
    return Estimate(value, np.array([confidence, np.full(confidence.shape, np.nan)]))


def indices(grid: Grid) -> pd.DataFrame:
    """Indices of every outcome in every world, on growing parts of the sample.

    Returns:
        One row for each world, outcome, factor, measure and part of the sample, with `index`,
        `half_width` and `samples`; the largest number of samples is the whole. Empty for other designs.
    """
    if grid.experiment.design not in (form.SOBOL, form.MORRIS):
        return pd.DataFrame()
    found = [table for world in range(len(grid.worlds)) for table in _of_world(grid, world)]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()


def pair_indices(grid: Grid) -> pd.DataFrame:
    """Second-order indices of every outcome, for every pair of factors, on the whole sample.

    Returns:
        One row for each outcome and pair: mean over worlds, widest half-width, lowest and highest
        world. Empty where the design did not sample for them.
    """
    if not (grid.experiment.design == form.SOBOL and grid.experiment.second_order):
        return pd.DataFrame()
    found = [table for world in range(len(grid.worlds)) for table in _pairs_of_world(grid, world)]
    if not found:
        return pd.DataFrame()
    keys = ["factor", "other_factor", "indicator", "public", "when"]
    return _mean_of_worlds(pd.concat(found, ignore_index=True), keys)


def over_worlds(table: pd.DataFrame) -> pd.DataFrame:
    """Indices on the whole sample: mean over worlds, widest half-width, lowest and highest world."""
    if table.empty:
        return table
    last = table[table["samples"] == table["all_samples"]]
    keys = ["factor", "role", "indicator", "public", "when", "measure"]
    return _mean_of_worlds(last, keys)


def _mean_of_worlds(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    grouped = table.groupby(keys, sort=False, dropna=False)
    return grouped.agg(
        index=("index", "mean"), half_width=("half_width", "max"), lowest_world=("index", "min"),
        highest_world=("index", "max"), worlds=("index", "count"), samples=("samples", "min"),
    ).reset_index()  # fmt: skip


def convergence(table: pd.DataFrame) -> pd.DataFrame:
    """Whether indices have settled, one row for each world, outcome and measure.

    Settled means that no half-width, and no change since half the sample, is above the bound:
    `SETTLED` for Sobol indices, `SETTLED_SHARE` of the largest for Morris. As half-widths shrink with
    the square root of the sample, `samples_needed` is the sample times the square of the widest
    over the bound, rounded up to a power of two for Sobol.
    """
    if table.empty:
        return table
    keys = ["world", "indicator", "public", "when", "measure"]
    sobol = set(table["measure"]) == {FIRST, TOTAL}
    kept = table[table["measure"] != SPREAD]
    rows = [
        dict(zip(keys, key, strict=True)) | _settled(group, sobol)
        for key, group in kept.groupby(keys, sort=False)
    ]
    return pd.DataFrame(rows)


def _settled(group: pd.DataFrame, sobol: bool) -> dict[str, Any]:
    by_size = {int(size): part for size, part in group.groupby("samples")}
    size = max(by_size)
    whole = by_size[size]
    bound = SETTLED if sobol else SETTLED_SHARE * float(whole["index"].abs().max())
    widest = float(whole["half_width"].max())
    change = _change(by_size, size)
    known = np.isfinite([bound, widest]).all() and bound > 0
    needed: float = np.nan
    if known:
        needed = size * max(1.0, (widest / bound) ** 2)
        needed = 2.0 ** np.ceil(np.log2(needed)) if sobol else np.ceil(needed)
    still = bool(known and widest <= bound and np.isfinite(change) and change <= bound)
    if known and not still and needed <= size:
        needed = 2.0 * size
    return {
        "samples": size, "widest_half_width": widest, "change_since_half": change, "bound": bound,
        "settled": still if known else None, "samples_needed": needed,
    }  # fmt: skip


def _change(by_size: dict[int, pd.DataFrame], size: int) -> float:
    """The largest change of an index since the sample was half as large."""
    earlier = [other for other in by_size if other < size]
    if not earlier:
        return float("nan")
    half = by_size[max(earlier)].set_index("factor")["index"]
    return float((by_size[size].set_index("factor")["index"] - half).abs().max())


def _of_world(grid: Grid, world: int) -> Iterator[pd.DataFrame]:
    sobol = grid.experiment.design == form.SOBOL
    factors = grid.sampled
    places = grid.rows_with_everything([factor.name for factor in factors])
    blocks = _blocks(grid, world)
    if sobol:
        blocks = blocks[:, [*range(len(factors) + 1), -1]]  # what is there for pairs is left out
    measures = (FIRST, TOTAL) if sobol else (MEAN_STAR, SPREAD)
    for at, outcome in enumerate(grid.gathered.outcomes):
        there = np.flatnonzero(~np.isnan(blocks[:, :, at]).any(axis=1))
        for size in growing(len(there)):
            kept = there[:size]
            taken = blocks[kept, :, at].ravel()
            if sobol:
                found = sobol_estimate(problem_of(factors), taken, grid.experiment.seed)
            else:
                where = places.reshape(len(blocks), -1, len(factors))[kept]
                where = where.reshape(-1, len(factors))
                found = morris_estimate(problem_of(factors), where, taken, grid.experiment.seed)
            for measure, value, half in zip(measures, found.value, found.half, strict=True):
                yield pd.DataFrame(
                    {
                        "world": world_text(grid.worlds[world]),
                        "factor": [factor.name for factor in factors],
                        "role": [factor.role for factor in factors],
                        **outcome_columns((outcome,), len(factors)),
                        "measure": measure,
                        "index": value,
                        "half_width": half,
                        "samples": size,
                        "all_samples": len(there),
                    }
                )


def _blocks(grid: Grid, world: int) -> np.ndarray:
    """The response in one world: [base sample or trajectory, row within it, outcome]."""
    experiment = grid.experiment
    rows = rows_a_sample(experiment.design, len(grid.sampled), experiment.second_order)
    response = mean_over_complete(grid.by_row()[:, world])
    return response.reshape(-1, rows, response.shape[-1])


def _pairs_of_world(grid: Grid, world: int) -> Iterator[pd.DataFrame]:
    factors, blocks = grid.sampled, _blocks(grid, world)
    first, second = (list(side) for side in zip(*combinations(range(len(factors)), 2), strict=True))
    for at, outcome in enumerate(grid.gathered.outcomes):
        whole = blocks[~np.isnan(blocks[:, :, at]).any(axis=1), :, at]
        if len(whole) < _FEWEST:
            continue
        found = pair_estimate(problem_of(factors), whole.ravel(), grid.experiment.seed)
        yield pd.DataFrame(
            {
                "factor": [factors[place].name for place in first],
                "other_factor": [factors[place].name for place in second],
                **outcome_columns((outcome,), len(first)),
                "index": found.value[first, second],
                "half_width": found.half[first, second],
                "samples": len(whole),
            }
        )


def growing(samples: int) -> list[int]:
    """An eighth, a quarter, a half and the whole of a sample, as far as they are large enough."""
    sizes = {samples // part for part in (8, 4, 2, 1)}
    return sorted(size for size in sizes if size >= _FEWEST)


def mean_over_complete(values: np.ndarray) -> np.ndarray:
    """Mean over replicates of [row, replicate, outcome], of replicates that are there everywhere.

    A mean over different dice in different rows would pass for an effect. Where no replicate is
    there everywhere, a row counts when all its replicates are.
    """
    whole = ~np.isnan(values).any(axis=0)
    any_whole = whole.any(axis=0)
    kept = np.where(whole, values, np.nan)
    return np.where(any_whole, mean_over(kept, 1), values.mean(axis=1))


def world_text(world: dict[str, Any]) -> str:
    """A world in words: what is the same within it; empty where there is only one."""
    return ", ".join(f"{name} {value}" for name, value in world.items())


def _bootstrap(seed: int) -> int:
    return 1 + seed % (2**31)  # SALib takes 0 for no seed
