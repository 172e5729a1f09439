"""In how many worlds a policy beats the base, and by how much."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from analysis.robustness.intervals import clear_of_dice, mean_of, mean_over, share_interval
from analysis.robustness.pairs import Pairs, better


def shares(pairs: Pairs, by: str | None = None) -> pd.DataFrame:
    """The share of worlds in which each policy beats the base.

    Args:
        pairs: as `pairs` gives them.
        by: a column of `pairs.policies.kinds`, such as "theory" or "area": one row for each of its
            values instead of one for all worlds.

    Returns:
        One row for each policy, outcome and subject: `worlds`, of which `better`, `worse` and `same`
        in the mean of the replicates, and `clearly_better` and `clearly_worse` where the paired
        differences are clear of dice noise; `share_better` with its interval `low` to `high`;
        `mean_difference` (policy less base, in the indicator's unit) with its interval over worlds
        and dice; `worst_difference` and `worst_world`, the world that is worst for the policy.

    Raises:
        ValueError: there is no such column.
    """
    rows = []
    for part, chosen in _parts(pairs, by):
        for outcome in pairs.outcomes:
            for subject in pairs.subjects(outcome):
                for policy in pairs.others:
                    told = {"policy": policy, "outcome": outcome, "subject": subject, **part}
                    rows.append(told | _share(pairs, policy, outcome, subject, chosen))
    columns = ["policy", "outcome", "subject", *([by] if by else []), *_COLUMNS]
    table = pd.DataFrame(rows, columns=columns)
    return table[table["worlds"] > 0].reset_index(drop=True)


_COLUMNS = (
    *("worlds", "better", "worse", "same", "share_better", "low", "high"),
    *("clearly_better", "clearly_worse", "mean_difference", "mean_low", "mean_high"),
    *("worst_difference", "worst_world"),
)


def _parts(pairs: Pairs, by: str | None) -> Iterator[tuple[dict[str, Any], np.ndarray]]:
    if by is None:
        yield {}, np.ones(pairs.worlds, dtype=bool)
        return
    kinds = pairs.policies.kinds
    if by not in kinds:
        raise ValueError(
            f"worlds do not differ in {by!r}, only in: {', '.join(kinds) or 'numbers'}"
        )
    for value in dict.fromkeys(kinds[by]):
        yield {by: value}, (kinds[by] == value).to_numpy()


def _share(
    pairs: Pairs, policy: str, outcome: str, subject: str, chosen: np.ndarray
) -> dict[str, Any]:
    gains = np.where(chosen[:, None], pairs.gains(outcome, policy, subject), np.nan)
    means = mean_of(gains)
    known = ~np.isnan(means)
    worlds, wins = int(known.sum()), int((means[known] > 0).sum())
    if not worlds:
        return {"worlds": 0}
    draws = pairs.policies.draws[known]
    apart = len(np.unique(draws))
    low, high = share_interval(wins / worlds * apart, apart)
    clear = clear_of_dice(gains[known])
    sign = better(outcome)
    mean = mean_over(gains[known], draws)
    ends: list[Any] = sorted(sign * end for end in (mean.low, mean.high) if end is not None)
    ends = ends or [None, None]
    worst = int(np.nanargmin(means))
    return {
        "worlds": worlds,
        "better": wins,
        "worse": int((means[known] < 0).sum()),
        "same": int((means[known] == 0).sum()),
        "share_better": wins / worlds,
        "low": low,
        "high": high,
        "clearly_better": int((clear > 0).sum()),
        "clearly_worse": int((clear < 0).sum()),
        "mean_difference": sign * mean.value,
        "mean_low": ends[0],
        "mean_high": ends[1],
        "worst_difference": sign * float(means[worst]),
        "worst_world": worst,
    }
