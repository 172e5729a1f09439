"""Who pays: publics that a policy hurts although it helps the mean."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.robustness.intervals import clear_of_dice, holm, mean_of, mean_over
from analysis.robustness.pairs import Pairs, better
from sim.indicators.table import INDICATORS
from sim.results import ALL

LEVEL = 0.05
ON_AVERAGE, IN_SOME_WORLDS = "on average", "in some worlds"
FEWEST, LEAST_SHARE = 3, 0.1  # worlds that are clearly hurt before "in some worlds" is said
# What one public gains in these another loses by their definition: no public is hurt by that.
RELATIVE = ("trust_gap", "stop_ratio", "reach_by_need")


def by_public(pairs: Pairs) -> pd.DataFrame:
    """The difference that each policy makes to each public, over all worlds and dice.

    Returns:
        One row for each policy, outcome and public, everybody first: `worlds`, `mean_difference`
        (policy less base) with its interval `low` to `high`, `chance` of a mean so far from zero
        where there is none, `worse` worlds and `clearly_worse` ones, which are clear of dice noise
        with all publics of the area looked at together.
    """
    rows = []
    for outcome in pairs.outcomes:
        publics = pairs.publics if INDICATORS[outcome].by_public else (ALL,)
        sign, looked_at = better(outcome), max(1, len(publics) - 1)
        for policy in pairs.others:
            for public in publics:
                gains = pairs.gains(outcome, policy, public)
                means = mean_of(gains)
                known = ~np.isnan(means)
                if not known.any():
                    continue
                mean = mean_over(gains[known], pairs.policies.draws[known])
                ends = [None if end is None else sign * end for end in (mean.low, mean.high)]
                if sign < 0:
                    ends.reverse()
                clear = clear_of_dice(gains[known], 1 if public == ALL else looked_at)
                rows.append(
                    {
                        "policy": policy, "outcome": outcome, "public": public, "worlds": int(known.sum()),
                        "mean_difference": sign * mean.value, "low": ends[0], "high": ends[1],
                        "chance": mean.chance, "worse": int((means[known] < 0).sum()),
                        "clearly_worse": int((clear < 0).sum()),
                    }
                )  # fmt: skip
    columns = ["policy", "outcome", "public", "worlds", "mean_difference", "low", "high"]
    return pd.DataFrame(rows, columns=[*columns, "chance", "worse", "clearly_worse"])


def hurt_in_spite_of_the_mean(pairs: Pairs) -> pd.DataFrame:
    """Policies that help everybody on average and hurt a public.

    The mean over everybody has to be clear of worlds and dice. A public is hurt "on average" where
    its own mean is clear on the other side, with all outcomes and publics of the policy looked at
    together (Holm); it is hurt "in some worlds" where that many of them are clearly worse.

    Returns:
        One row for each policy, outcome and public, the largest share of worlds first: `hurt`
        (which of the two), `overall` and `difference` with its interval `low` to `high`, `worlds`,
        `both` (worlds in which everybody's mean gains and the public loses), `share`, and
        `clearly_worse`.
    """
    table = by_public(pairs)
    rows = []
    for policy, own in table.groupby("policy", sort=False):
        looked_at = own[(own["public"] != ALL) & ~own["outcome"].isin(RELATIVE)].copy()
        if looked_at.empty:
            continue
        looked_at["chance"] = holm(looked_at["chance"].to_numpy(float))
        everybody = own[own["public"] == ALL].set_index("outcome")
        for entry in looked_at.to_dict("records"):
            overall = (
                everybody.loc[entry["outcome"]] if entry["outcome"] in everybody.index else None
            )
            if overall is None or not _helps(overall, entry["outcome"]):
                continue
            kind = _hurt(entry)
            if kind is None:
                continue
            both = _both(pairs, str(policy), entry["outcome"], entry["public"])
            rows.append(
                {
                    "policy": policy, "outcome": entry["outcome"], "public": entry["public"], "hurt": kind,
                    "overall": overall["mean_difference"], "difference": entry["mean_difference"],
                    "low": entry["low"], "high": entry["high"], "worlds": entry["worlds"],
                    "both": both, "share": both / entry["worlds"], "clearly_worse": entry["clearly_worse"],
                }
            )  # fmt: skip
    columns = [
        "policy",
        "outcome",
        "public",
        "hurt",
        "overall",
        "difference",
        "low",
        "high",
        "worlds",
    ]
    found = pd.DataFrame(rows, columns=[*columns, "both", "share", "clearly_worse"])
    order = ["hurt", "share"]
    return found.sort_values(order, ascending=False, kind="stable").reset_index(drop=True)


def _helps(overall: pd.Series, outcome: str) -> bool:
    ends = [overall["low"], overall["high"]]
    if any(end is None or np.isnan(end) for end in ends):
        return False
    return min(better(outcome) * end for end in ends) > 0


def _hurt(entry: dict[str, object]) -> str | None:
    loses = better(str(entry["outcome"])) * float(str(entry["mean_difference"])) < 0
    chance = entry["chance"]
    if loses and isinstance(chance, float) and chance <= LEVEL:
        return ON_AVERAGE
    clear, worlds = int(str(entry["clearly_worse"])), int(str(entry["worlds"]))
    if clear >= FEWEST and clear >= LEAST_SHARE * worlds:
        return IN_SOME_WORLDS
    return None


def _both(pairs: Pairs, policy: str, outcome: str, public: str) -> int:
    everybody = mean_of(pairs.gains(outcome, policy, ALL))
    own = mean_of(pairs.gains(outcome, policy, public))
    return int(((everybody > 0) & (own < 0)).sum())
