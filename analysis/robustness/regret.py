"""Regret: what it costs to have chosen a policy, had one known the world."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd

from analysis.robustness.pairs import Pairs, better

RESAMPLES = 200
_MOST_VALUES = 2_000_000  # of one resample: larger tables are resampled less often


def regret_by_world(pairs: Pairs, outcome: str, subject: str) -> pd.DataFrame:
    """The best policy's value in a world less a policy's own, in the indicator's unit.

    Only worlds in which every policy has a value count: else nobody knows which is best.

    Returns:
        One row for each such world, one column for each policy; never below zero.
    """
    ends = _ends(pairs.of(outcome, subject)) * better(outcome)
    complete = ~np.isnan(ends).any(axis=0)
    regret = _regret(ends[:, complete])
    worlds = pd.Index(np.flatnonzero(complete), name="world")
    return pd.DataFrame(regret.T, index=worlds, columns=list(pairs.policies.labels))


def regrets(pairs: Pairs) -> pd.DataFrame:
    """The regret of every policy, the base included, over the worlds that all of them met.

    Returns:
        One row for each outcome, subject and policy: `worlds`, `max_regret`, `mean_regret`,
        `best_in` (worlds in which no policy is better), `minimax` (whether its largest regret is
        the smallest of all) and `minimax_held`, the share of resamples of the dice in which it is
        chosen; empty with one replicate.
    """
    rows = []
    for outcome in pairs.outcomes:
        for subject in pairs.subjects(outcome):
            table = regret_by_world(pairs, outcome, subject)
            if table.empty:
                continue
            largest = table.max()
            held = _held(pairs, outcome, subject)
            for place, policy in enumerate(table.columns):
                rows.append(
                    {
                        "outcome": outcome, "subject": subject, "policy": policy, "worlds": len(table),
                        "max_regret": float(largest[policy]), "mean_regret": float(table[policy].mean()),
                        "best_in": int((table[policy] == 0).sum()),
                        "minimax": bool(largest[policy] == largest.min()), "minimax_held": held[place],
                    }
                )  # fmt: skip
    columns = ["outcome", "subject", "policy", "worlds", "max_regret", "mean_regret", "best_in"]
    return pd.DataFrame(rows, columns=[*columns, "minimax", "minimax_held"])


def _ends(values: np.ndarray) -> np.ndarray:
    """Means over the replicates that every policy of a world has: the same dice for all."""
    shared = ~np.isnan(values).any(axis=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return np.asarray(np.nanmean(np.where(shared[None], values, np.nan), axis=2))


def _regret(ends: np.ndarray) -> np.ndarray:
    return np.asarray(ends.max(axis=0, keepdims=True) - ends)


def _held(pairs: Pairs, outcome: str, subject: str) -> list[float | None]:
    """How often each policy has the smallest largest regret when the dice are drawn anew."""
    values = pairs.of(outcome, subject) * better(outcome)
    complete = ~np.isnan(values).any(axis=(0, 2))
    values = values[:, complete]
    if pairs.replicates < 2 or not values.size:
        return [None] * len(values)
    times = int(np.clip(_MOST_VALUES * RESAMPLES / values.size, 20, RESAMPLES))
    dice = np.random.default_rng(pairs.seed)
    chosen = np.zeros(len(values))
    for _ in range(times):
        taken = dice.integers(pairs.replicates, size=pairs.replicates)
        largest = _regret(values[:, :, taken].mean(axis=2)).max(axis=1)
        best = largest == largest.min()
        chosen += best / best.sum()
    return [float(share) for share in chosen / times]
