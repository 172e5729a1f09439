"""Switching values: where along one uncertainty a policy stops being better than the base."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.robustness.holding_out import chance_of, held_out, too_few
from analysis.robustness.intervals import LEVEL, holm, mean_of
from analysis.robustness.pairs import Pairs

BELOW, ABOVE = "below", "above"
MOST_WRONG = 0.15  # of the held-out worlds
LEAST_GAIN = 0.5  # at most half of what the commoner answer alone gets wrong
CHANCE = 0.05
_FROM_SETS = 3  # numbers of parameter sets that are tried on held-out worlds
_RESAMPLES = 200
COLUMNS = (
    *("policy", "outcome", "subject", "within", "uncertainty", "better", "value", "low", "high"),
    *(
        "wrong_training",
        "wrong_held_out",
        "wrong_without",
        "worlds",
        "held_out",
        "chance",
        "told",
        "why",
    ),
)


@dataclass(frozen=True)
class Cut:
    """A rule of one uncertainty: the policy is better on one side of a value."""

    better: str
    under: float
    over: float
    wrong: float

    @property
    def value(self) -> float:
        """Midway between the two worlds that it parts."""
        return (self.under + self.over) / 2

    def says(self, numbers: np.ndarray) -> np.ndarray:
        """Whether the policy should be better."""
        above = numbers > self.value
        return above if self.better == ABOVE else ~above


def best_cut(numbers: np.ndarray, answer: np.ndarray) -> Cut | None:
    """The cut that misclassifies fewest worlds, found by sorting; None where all numbers are one.

    Args:
        numbers: the uncertainty in each world.
        answer: whether the policy is better there.
    """
    order = np.argsort(numbers, kind="stable")
    numbers, answer = numbers[order], answer[order]
    apart = np.flatnonzero(np.diff(numbers) > 0)
    if not apart.size:
        return None
    yes = np.cumsum(answer)[apart]  # better worlds up to the cut
    up_to, all_yes, count = apart + 1, int(answer.sum()), len(answer)
    if_below = (up_to - yes) + (all_yes - yes)
    wrong = {BELOW: if_below, ABOVE: count - if_below}
    side = min(wrong, key=lambda name: int(wrong[name].min()))
    least = np.flatnonzero(wrong[side] == wrong[side].min())
    at = apart[least[len(least) // 2]]
    return Cut(side, float(numbers[at]), float(numbers[at + 1]), float(wrong[side].min() / count))


def switching_values(pairs: Pairs) -> pd.DataFrame:
    """Where each policy stops being better than the base, along each uncertainty.

    A cut is fitted on half of the draws and tried on the other half. It is told where it errs in
    at most 15 % of the held-out worlds, in at most half as many as the commoner answer alone would,
    and where a shuffle of the held-out worlds does as well in at most 5 % of cases, all cuts of the
    table looked at together (Holm). The value and its interval then come from all worlds.

    Returns:
        One row for each policy, outcome, subject and uncertainty that was tried. `within` is empty,
        or the theory or area whose worlds alone were used. `better` is the side on which the policy
        is better, `value` with the interval `low` to `high` where it changes (bootstrap of draws,
        the neighbouring worlds included); `wrong_training`, `wrong_held_out` and `wrong_without`
        (the commoner answer alone, held out) are shares; `told` says whether it holds, `why` why
        not.
    """
    rows = []
    for within, chosen in _parts(pairs):
        for outcome in pairs.outcomes:
            for subject in pairs.subjects(outcome):
                for policy in pairs.others:
                    about = {
                        "policy": policy,
                        "outcome": outcome,
                        "subject": subject,
                        "within": within,
                    }
                    rows += [about | row for row in _of_one(pairs, about, chosen)]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table["chance"] = holm(table["chance"].to_numpy(float))
    doubtful = table["told"].astype(bool) & ~(table["chance"] <= CHANCE)
    table.loc[doubtful, "why"] = "a shuffle of the held-out worlds does as well too often"
    table["told"] = table["told"].astype(bool) & ~doubtful
    return table


def _parts(pairs: Pairs) -> list[tuple[str, np.ndarray]]:
    """All worlds, then those of each theory and area."""
    parts = [("", np.ones(pairs.worlds, dtype=bool))]
    kinds = pairs.policies.kinds
    for name in kinds:
        if kinds[name].nunique() <= 12:
            parts += [
                (f"{name} = {value}", (kinds[name] == value).to_numpy())
                for value in dict.fromkeys(kinds[name])
            ]
    return parts


def _of_one(pairs: Pairs, about: dict[str, str], chosen: np.ndarray) -> list[dict[str, Any]]:
    gains = mean_of(pairs.gains(about["outcome"], about["policy"], about["subject"]))
    known = ~np.isnan(gains) & chosen
    answer, draws = gains[known] > 0, pairs.policies.draws[known]
    if not known.any() or answer.all() or not answer.any():
        return []
    numbers = pairs.policies.numbers[known]
    numbers = numbers.loc[:, numbers.nunique() > 1]
    out = held_out(draws, answer, pairs.seed)
    few = too_few(answer, out)
    if few or numbers.empty:
        return [_nothing(len(answer), few or "no uncertain number differs between worlds")]
    rows = []
    for name in _candidates(pairs, numbers[~out], answer[~out]):
        values = numbers[name].to_numpy(float)
        trained = best_cut(values[~out], answer[~out])
        if trained is not None:
            rows.append(_tried(pairs, name, values, answer, draws, out, trained))
    return rows


def _nothing(worlds: int, why: str) -> dict[str, Any]:
    return {"uncertainty": "", "worlds": worlds, "told": False, "why": why, "chance": np.nan}


def _candidates(pairs: Pairs, numbers: pd.DataFrame, answer: np.ndarray) -> list[str]:
    """What was varied one by one, and the numbers of parameter sets that fit best in training."""
    varied = [name for name in numbers if name in pairs.policies.worlds]
    others = [name for name in numbers if name not in varied]
    wrong = {}
    for name in others:
        cut = best_cut(numbers[name].to_numpy(float), answer)
        if cut is not None:
            wrong[name] = cut.wrong
    return varied + sorted(wrong, key=lambda name: wrong[name])[:_FROM_SETS]


def _tried(
    pairs: Pairs,
    name: str,
    values: np.ndarray,
    answer: np.ndarray,
    draws: np.ndarray,
    out: np.ndarray,
    trained: Cut,
) -> dict[str, Any]:
    """One uncertainty: fitted on one half, tried on the other, its value from both."""
    said = trained.says(values[out])
    wrong = float(np.mean(said != answer[out]))
    commoner = bool(answer[~out].mean() >= 0.5)
    without = float(np.mean(answer[out] != commoner))
    good = wrong <= MOST_WRONG and wrong <= LEAST_GAIN * without
    whole = best_cut(values, answer)
    assert whole is not None
    low, high = _interval(values, answer, draws, whole, pairs.seed) if good else (np.nan, np.nan)
    return {
        "uncertainty": name, "better": whole.better, "value": whole.value, "low": low, "high": high,
        "wrong_training": trained.wrong, "wrong_held_out": wrong, "wrong_without": without,
        "worlds": len(answer), "held_out": int(out.sum()),
        "chance": chance_of(said, answer[out], draws[out], pairs.seed) if good else 1.0,
        "told": good, "why": "" if good else "it errs too often on held-out worlds",
    }  # fmt: skip


def _interval(
    values: np.ndarray, answer: np.ndarray, draws: np.ndarray, whole: Cut, seed: int
) -> tuple[float, float]:
    """Bootstrap of draws, from the world below a cut to the world above it."""
    known, place = np.unique(draws, return_inverse=True)
    order = np.argsort(place, kind="stable")
    sizes = np.bincount(place)
    starts = np.cumsum(sizes) - sizes
    dice = np.random.default_rng(seed)
    ends = []
    for _ in range(_RESAMPLES):
        drawn = dice.integers(len(known), size=len(known))
        taken = np.concatenate([order[starts[one] : starts[one] + sizes[one]] for one in drawn])
        cut = best_cut(values[taken], answer[taken])
        if cut is not None and cut.better == whole.better:
            ends.append((cut.under, cut.over))
    if len(ends) < _RESAMPLES // 2:
        return float(values.min()), float(values.max())
    under, over = np.array(ends).T
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(under, tail), np.percentile(over, 100 - tail)
    return float(min(low, whole.under)), float(max(high, whole.over))
