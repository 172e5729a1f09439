"""Paired differences from the base: same world, same dice."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analysis.experiment import Experiment
from analysis.reading import Sweep
from analysis.robustness.policies import Policies, policies_of
from sim.indicators.table import INDICATORS
from sim.results import ALL, MARKED_LABELS

WORST_OFF = "worst-off"
SUBJECTS = (ALL, WORST_OFF)


@dataclass(frozen=True)
class Pairs:
    """All policies of a sweep beside the base, world by world.

    Attributes:
        policies: policies and worlds.
        outcomes: indicators that have a better direction.
        undirected: indicators kept that have none, so that nothing can be better.
        publics: keys of the results, those that hold everybody or are marked included.
        replicates: how many.
        week: the week that is compared: the last.
        missing: runs of the design that are not there: failed, or not run yet.
        seed: of the experiment; splits and resamples start from it.
    """

    policies: Policies
    outcomes: tuple[str, ...]
    undirected: tuple[str, ...]
    publics: tuple[str, ...]
    replicates: int
    week: int
    missing: int
    seed: int
    _rows: pd.DataFrame = field(repr=False)
    _cache: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def others(self) -> tuple[str, ...]:
        """Policies that are compared with the base."""
        return self.policies.labels[1:]

    @property
    def base(self) -> str:
        """What they are compared with."""
        return self.policies.base

    @property
    def local(self) -> tuple[str, ...]:
        """The publics of the area, without everybody and without marked residents."""
        return tuple(key for key in self.publics if key not in MARKED_LABELS)

    @property
    def worlds(self) -> int:
        """How many worlds there are."""
        return len(self.policies.worlds)

    @cached_property
    def paired_worlds(self) -> int:
        """Worlds in which the base and at least one other policy were run."""
        met: Any = np.zeros((len(self.policies.labels), self.worlds), dtype=bool)
        place = self.policies.place[self._rows["point"].unique()]
        met[place[:, 0], place[:, 1]] = True
        return int((met[0] & met[1:].any(axis=0)).sum())

    def subjects(self, outcome: str) -> tuple[str, ...]:
        """Of whom an outcome is told: everybody, and the worst-off public where there are publics."""
        has = INDICATORS[outcome].by_public and self.local
        return SUBJECTS if has else SUBJECTS[:1]

    def values(self, outcome: str) -> np.ndarray:
        """Values at the end, [policy, world, replicate, public]; NaN where there is none."""
        if outcome not in self._cache:
            rows = self._rows[self._rows["indicator"] == outcome]
            shape = (len(self.policies.labels), self.worlds, self.replicates, len(self.publics))
            found = np.full(shape, np.nan)
            place = self.policies.place[rows["point"].to_numpy()]
            public = pd.Categorical(rows["public"], categories=list(self.publics)).codes
            at = (place[:, 0], place[:, 1], rows["replicate"].to_numpy(), public)
            found[at] = rows["value"].to_numpy(float)
            self._cache[outcome] = found
        return self._cache[outcome]

    def worst_off(self, outcome: str) -> np.ndarray:
        """The public worst off at the base's end, [world, replicate], as its place; -1 for none.

        For each replicate it is chosen by the others, so that luck which makes a public look badly
        off at the base cannot look like the gain of a policy. One replicate alone chooses for itself.
        """
        own = [self.publics.index(key) for key in self.local]
        if not own:
            return np.full((self.worlds, self.replicates), -1)
        base = self.values(outcome)[0][:, :, own] * better(outcome)
        there = ~np.isnan(base)
        others = self.replicates > 1
        total = np.nan_to_num(base).sum(axis=1, keepdims=True) - others * np.nan_to_num(base)
        count = there.sum(axis=1, keepdims=True) - others * there
        ends = np.where(count > 0, total / np.maximum(count, 1), np.inf)
        return np.where(np.isinf(ends).all(axis=2), -1, np.array(own)[ends.argmin(axis=2)])

    def of(self, outcome: str, subject: str) -> np.ndarray:
        """Values of everybody, of one public or of the worst-off one, [policy, world, replicate]."""
        values = self.values(outcome)
        if subject != WORST_OFF:
            if subject not in self.publics:
                return np.full(values.shape[:3], np.nan)
            return values[..., self.publics.index(subject)]
        chosen = self.worst_off(outcome)
        taken = np.take_along_axis(values, np.maximum(chosen, 0)[None, :, :, None], axis=3)
        return np.where((chosen >= 0)[None], taken[..., 0], np.nan)

    def gains(self, outcome: str, policy: str, subject: str = ALL) -> np.ndarray:
        """How much better a policy ends than the base, same dice, [world, replicate].

        Above zero is better whichever way the indicator goes.
        """
        values = self.of(outcome, subject)
        place = self.policies.labels.index(policy)
        return (values[place] - values[0]) * better(outcome)


def pairs(sweep: Sweep, experiment: Experiment, base: str | None = None) -> Pairs:
    """Pair every policy of a sweep with the base.

    Args:
        sweep: the tables, as `analysis.load` gives them; finished or not.
        experiment: the experiment it belongs to, as `analysis.experiment.read_experiment` gives it.
        base: a policy's label, or a scenario's name; None for the first scenario with its own
            lever values.

    Raises:
        ValueError: no policy has the name `base`.
    """
    policies = policies_of(sweep.design, experiment, base)
    rows = sweep.results
    week = int(experiment.weeks)
    columns = ["point", "replicate", "public", "indicator", "value"]
    rows = rows.loc[rows["week"] == week, columns] if len(rows) else pd.DataFrame(columns=columns)
    rows = rows.astype({"public": str, "indicator": str, "point": int, "replicate": int})
    done = len(rows[["point", "replicate"]].drop_duplicates())
    directed = [name for name in experiment.indicators if INDICATORS[name].better != "neither"]
    found = set(rows["public"])
    return Pairs(
        policies=policies,
        outcomes=tuple(directed),
        undirected=tuple(name for name in experiment.indicators if name not in directed),
        publics=(ALL, *(key for key in dict.fromkeys(rows["public"]) if key != ALL))
        if found
        else (ALL,),
        replicates=experiment.replicates,
        week=week,
        missing=len(sweep.design) * experiment.replicates - done,
        seed=experiment.seed,
        _rows=rows.reset_index(drop=True),
    )


def better(outcome: str) -> float:
    """1 where higher is better, -1 where lower is."""
    return -1.0 if INDICATORS[outcome].better == "lower" else 1.0
