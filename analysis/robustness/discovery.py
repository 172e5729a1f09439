"""Scenario discovery: in which worlds a policy does worse than the base, as boxes by PRIM.

PRIM is the EMA Workbench's. A box is searched in half of the draws and told with what it does in the
other half.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.robustness.holding_out import chance_of, held_out, too_few
from analysis.robustness.intervals import holm, mean_of
from analysis.robustness.pairs import Pairs

MOST_SEARCHES = 12
CHANCE = 0.05
WEAKER = 0.2  # density that a box may lose on held-out worlds before that is said
_MOST_NUMBERS = 6  # taken to PRIM: those that part the training worlds best
_MOST_LIMITS = 3  # of one box, so that a sentence can tell it
_PEEL, _SMALLEST = 0.1, 0.05
_NOT_ZERO = 1e-9  # PRIM counts what is at or above its threshold


@dataclass(frozen=True)
class Limit:
    """One restriction of a box.

    Attributes:
        name: the uncertainty.
        low, high: what a number is limited to; None where that side is open.
        kinds: the words that remain, for what is told by words.
        tried: lowest and highest number of all training worlds, or all words.
        chance: PRIM's quasi-p, the largest of its sides.
    """

    name: str
    low: float | None = None
    high: float | None = None
    kinds: tuple[str, ...] = ()
    tried: tuple[Any, ...] = ()
    chance: float = 0.0

    def holds(self, numbers: pd.DataFrame, kinds: pd.DataFrame) -> np.ndarray:
        """Which worlds it lets in."""
        if self.kinds:
            return np.asarray(kinds[self.name].isin(self.kinds))
        values = numbers[self.name].to_numpy(float)
        low = -np.inf if self.low is None else self.low
        high = np.inf if self.high is None else self.high
        return np.asarray((values >= low) & (values <= high))


@dataclass(frozen=True)
class Box:
    """Worlds of interest, and how well a box of them does.

    Attributes:
        policy, outcome, subject: what does worse than the base, and for whom.
        limits: its restrictions; none where nothing was found.
        coverage, density: of the training worlds: how many of those that do worse lie in the box,
            and how many in the box do worse.
        held_coverage, held_density: the same in the held-out worlds.
        usual: the share of all held-out worlds that do worse.
        worlds, held_out, held_inside: how many worlds, how many held out, how many of these in the box.
        chance: how often a shuffle of the held-out worlds does as well, all boxes looked at together.
        holds: whether that is rare enough.
        why: why nothing was looked for or found.
    """

    policy: str
    outcome: str
    subject: str
    limits: tuple[Limit, ...] = ()
    coverage: float = float("nan")
    density: float = float("nan")
    held_coverage: float = float("nan")
    held_density: float = float("nan")
    usual: float = float("nan")
    worlds: int = 0
    held_out: int = 0
    held_inside: int = 0
    chance: float = float("nan")
    holds: bool = False
    why: str = ""

    @property
    def weaker(self) -> bool:
        """Whether the box does clearly less well on held-out worlds than in training."""
        return self.density - self.held_density > WEAKER


def discovered(pairs: Pairs, most: int = MOST_SEARCHES) -> list[Box]:
    """Search for the worlds in which each policy does worse than the base.

    Args:
        pairs: as `pairs` gives them.
        most: how many searches are made at most (each takes a second or so): those in which
            worlds differ most are made first, and the others say that they were not.

    Returns:
        One box for each policy, outcome and subject that does worse in some worlds and not in
        all; where none was found, it has no limits and says why.
    """
    asked = []
    for outcome in pairs.outcomes:
        for subject in pairs.subjects(outcome):
            for policy in pairs.others:
                gains = mean_of(pairs.gains(outcome, policy, subject))
                known = ~np.isnan(gains)
                answer = gains[known] < 0
                if answer.any() and not answer.all():
                    asked.append((policy, outcome, subject, known, answer))
    asked.sort(key=lambda one: abs(one[4].mean() - 0.5))
    boxes = []
    searched = 0
    for policy, outcome, subject, known, answer in asked:
        about = Box(policy, outcome, subject, worlds=len(answer))
        out = held_out(pairs.policies.draws[known], answer, pairs.seed)
        why = too_few(answer, out)
        if not why and searched >= most:
            why = f"not looked for: {most} searches were asked for"
        if not why:
            searched += 1
            about = _searched(pairs, about, known, answer, out)
        boxes.append(about if not why else _without(about, why))
    return _checked(boxes)


def boxes_table(boxes: list[Box]) -> pd.DataFrame:
    """Boxes as a table, one row each; `limits` in short form."""
    columns = (
        *("policy", "outcome", "subject", "limits", "coverage", "density", "held_coverage"),
        *("held_density", "usual", "worlds", "held_out", "held_inside", "chance", "holds", "why"),
    )
    rows = [vars(box) | {"limits": "; ".join(map(short, box.limits))} for box in boxes]
    return pd.DataFrame(rows, columns=list(columns))


def short(limit: Limit) -> str:
    """A restriction in short form, such as "assumptions.absolve > 0.43"."""
    if limit.kinds:
        return f"{limit.name} in {', '.join(limit.kinds)}"
    if limit.low is None:
        return f"{limit.name} ≤ {limit.high:.3g}"
    if limit.high is None:
        return f"{limit.name} ≥ {limit.low:.3g}"
    return f"{limit.low:.3g} ≤ {limit.name} ≤ {limit.high:.3g}"


def _without(box: Box, why: str) -> Box:
    return Box(box.policy, box.outcome, box.subject, worlds=box.worlds, why=why)


def _checked(boxes: list[Box]) -> list[Box]:
    """Boxes with their chances adjusted for how many there are."""
    chances = holm(np.array([box.chance for box in boxes], dtype=float))
    found = []
    for box, chance in zip(boxes, chances):
        holds = bool(box.limits) and bool(chance <= CHANCE)
        why = box.why
        if box.limits and not holds:
            why = "it does not hold up on the held-out worlds"
        found.append(Box(**(vars(box) | {"chance": float(chance), "holds": holds, "why": why})))
    return found


def _searched(
    pairs: Pairs, about: Box, known: np.ndarray, answer: np.ndarray, out: np.ndarray
) -> Box:
    numbers, kinds = pairs.policies.numbers[known], pairs.policies.kinds[known]
    taken = _parting(numbers[~out], answer[~out])
    if not taken and kinds.empty:
        return _without(about, "no uncertainty differs between worlds")
    limits = _limits(numbers.loc[~out, taken], kinds[~out], answer[~out])
    if not limits:
        return _without(about, "PRIM finds nothing in the training worlds that stands out")
    inside = np.all([limit.holds(numbers, kinds) for limit in limits], axis=0)
    draws = pairs.policies.draws[known]
    coverage, density = _fit(inside[~out], answer[~out])
    held_coverage, held_density = _fit(inside[out], answer[out])
    return Box(
        about.policy, about.outcome, about.subject, limits, coverage, density, held_coverage,
        held_density, float(answer[out].mean()), len(answer), int(out.sum()), int(inside[out].sum()),
        chance_of(inside[out], answer[out], draws[out], pairs.seed),
    )  # fmt: skip


def _fit(inside: np.ndarray, answer: np.ndarray) -> tuple[float, float]:
    """Coverage and density; a box without worlds has no density."""
    both = float((inside & answer).sum())
    coverage = both / float(answer.sum()) if answer.any() else float("nan")
    return coverage, both / float(inside.sum()) if inside.any() else float("nan")


def _parting(numbers: pd.DataFrame, answer: np.ndarray) -> list[str]:
    """The numbers whose ranks differ most between worlds that do worse and those that do not."""
    from scipy.stats import rankdata

    if numbers.empty:
        return []
    yes, no = int(answer.sum()), int((~answer).sum())
    strength = {}
    for name in numbers:
        ranks = rankdata(numbers[name])
        strength[name] = abs((ranks[answer].sum() - yes * (yes + 1) / 2) / (yes * no) - 0.5)
    best = sorted(strength, key=lambda name: -strength[name])[:_MOST_NUMBERS]
    return [name for name in numbers if name in best and numbers[name].nunique() > 1]


def _limits(numbers: pd.DataFrame, kinds: pd.DataFrame, answer: np.ndarray) -> tuple[Limit, ...]:
    """One box of PRIM: on its path the best of coverage and density, less what is not significant."""
    kinds = kinds.loc[:, kinds.nunique() > 1] if not kinds.empty else kinds
    table = pd.concat([numbers.astype(float), kinds.astype(object)], axis=1).reset_index(drop=True)
    if table.empty or not len(table.columns):
        return ()
    prim = _prim()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        search = prim.Prim(
            table, answer.astype(int), threshold=_NOT_ZERO, peel_alpha=_PEEL, mass_min=_SMALLEST
        )
        box = search.find_box()
        at = _best_on_path(box)
        while at and (weak := _weakest(box.qp[at])):
            box.drop_restriction(weak, at)
            at = len(box.box_lims) - 1
            if not box.qp[at]:
                return ()
    if not at:
        return ()
    return tuple(_as_limit(name, box, at, search.box_init) for name in box.qp[at])


def _best_on_path(box: Any) -> int:
    path = box.peeling_trajectory
    best = 2 * path["coverage"] * path["mean"] / (path["coverage"] + path["mean"]).clip(lower=1e-9)
    best[path["res_dim"] > _MOST_LIMITS] = -1
    return int(best.to_numpy().argmax())


def _weakest(chances: dict[str, list[float]]) -> str:
    """The restriction that is least distinct from chance, if that is above the level."""
    worst = {name: max(sides) for name, sides in chances.items()}
    name = max(worst, key=lambda one: worst[one], default="")
    return name if name and worst[name] > CHANCE else ""


def _as_limit(name: str, box: Any, at: int, whole: pd.DataFrame) -> Limit:
    limits, tried = box.box_lims[at][name], whole[name]
    chance = max(box.qp[at][name])
    if isinstance(tried[0], set):
        return Limit(
            name, kinds=tuple(sorted(limits[0])), tried=tuple(sorted(tried[0])), chance=chance
        )
    low = float(limits[0]) if limits[0] > tried[0] else None
    high = float(limits[1]) if limits[1] < tried[1] else None
    return Limit(name, low, high, (), (float(tried[0]), float(tried[1])), chance)


def _prim() -> Any:
    """The EMA Workbench's PRIM; what it says of its own optional parts while loading is left out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ema_workbench.analysis import prim
    return prim
