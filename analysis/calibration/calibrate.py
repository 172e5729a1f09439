"""The calibration from beginning to end: waves, matches, accepted sets, a set for the defaults, a report.

1. Wave 1 spreads small worlds over the whole prior.
2. What the *fitted* half of the patterns does not rule out is drawn and run (wave 2). The set that
   fits that half best while staying near the declared defaults is held against all patterns: its
   score on the other half is the honest one.
3. The same for all patterns, twice (waves 3 and 4), and once more around the set that fits best
   (wave 5): accepted parameter sets, and the set that the defaults are taken from.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.calibration import priors
from analysis.calibration.matching import RULED_OUT, Match, candidates, matched, nearest_to
from analysis.calibration.targets import Target, split, targets
from analysis.calibration.waves import NAMES, run_wave
from analysis.evidence.field import Effort
from analysis.evidence.patterns import Pattern, shipped_patterns
from analysis.evidence.report import as_json, examine
from sim.parameter_sets import with_parameters

Say = Callable[[str], None]
FORGIVEN = 2
"""Targets that may be further away: with some seventy, one or two may be badly emulated."""
LAST_COUNTS = 3.0
"""Weight of the last wave in the last emulators: it lies where the answer is sought."""


@dataclass(frozen=True)
class Size:
    """How much is run: sets in each wave, and the most that are kept."""

    prior: int = 1000
    half: int = 300
    first: int = 300
    second: int = 400
    near: int = 300
    kept: int = 300


@dataclass(frozen=True)
class Matched:
    """What a calibration found.

    Attributes:
        sets_run: sets lived in small worlds.
        accepted: scores and summaries of the accepted sets.
        late: the same of all sets of the last two waves.
        unreachable: targets that no set of the last waves came near.
        half: the set that fits the fitted half of the patterns.
        best: the set that fits all patterns, near the argued values; the defaults are taken from it.
        prior, left: share of prior and of accepted sets that hit a pattern in a small world, by id.
        match: the last emulators.
        rule: how sets were accepted.
    """

    sets_run: int
    accepted: pd.DataFrame
    late: pd.DataFrame
    unreachable: list[str]
    half: dict[str, float]
    best: dict[str, float]
    prior: dict[str, float]
    left: dict[str, float]
    match: Match
    rule: str = (
        f"all targets but {FORGIVEN} no further outside their ranges than {RULED_OUT:g} standard"
        " deviations (of emulator and stated discrepancy together), targets out of every set's reach"
        " left aside; the nearest first"
    )


class Calibration:
    """One calibration in a folder; begun again, it goes on where it stopped.

    Args:
        folder: where waves are kept.
        workers: processes.
        say: told how far it is.
        size: sets in each wave.
        seed: of designs and draws.
    """

    def __init__(self, folder: Path, workers: int, say: Say, size: Size, seed: int = 1) -> None:
        self.folder, self.workers, self.say, self.size, self.seed = folder, workers, say, size, seed
        self.patterns = shipped_patterns()
        self.roles = split(self.patterns)
        self.targets = [
            t for t in targets(self.patterns) if self.roles[t.pattern] in ("fit", "check")
        ]

    def run(self) -> Matched:
        """Run everything that is missing."""
        spread = priors.spread_out(NAMES, self.size.prior, self.seed)
        one = self._wave(1, lambda: spread)
        half = self._of("fit")
        match = matched(NAMES, half, one)
        two = self._wave(2, lambda: candidates(match, self.size.half, self._luck(2)))
        fitted_half = matched(NAMES, half, pd.concat([one, two], ignore_index=True))
        best_half = self._best(fitted_half, "best-fitted-half")
        runs = pd.concat([one, two], ignore_index=True)
        match = matched(NAMES, self.targets, runs)
        three = self._wave(3, lambda: candidates(match, self.size.first, self._luck(3)))
        runs = pd.concat([runs, three], ignore_index=True)
        match = matched(NAMES, self.targets, runs)
        four = self._wave(4, lambda: candidates(match, self.size.second, self._luck(4)))
        runs = pd.concat([runs, four], ignore_index=True)
        match = matched(NAMES, self.targets, runs)
        best = self._best(match, "best")
        five = self._wave(5, lambda: self._around(match, self._scores_of(best)))
        runs = pd.concat([runs, five], ignore_index=True)
        weights = np.repeat([1.0, LAST_COUNTS], [len(runs) - len(five), len(five)])
        match = matched(NAMES, self.targets, runs, weights)
        late = pd.concat([three, four, five], ignore_index=True)
        accepted, unreachable = self._accepted(match, late)
        return Matched(
            sets_run=len(runs),
            accepted=accepted,
            late=late,
            unreachable=unreachable,
            half=best_half,
            best=best,
            prior=self._share_hit(one),
            left=self._share_hit(accepted),
            match=match,
        )

    def _of(self, role: str) -> list[Target]:
        return [t for t in self.targets if self.roles[t.pattern] == role]

    def _wave(self, wave: int, design: Callable[[], np.ndarray]) -> pd.DataFrame:
        begun = (self.folder / f"wave-{wave}-design.parquet").exists()
        scores = np.empty((0, len(NAMES))) if begun else design()
        return run_wave(self.folder, wave, scores, self.workers, self.say)

    def _scores_of(self, values: dict[str, float]) -> np.ndarray:
        """Normal scores of a set; numbers it does not name stand where they were argued to be."""
        row = [values.get(name, priors.argued(name)) for name in NAMES]
        return priors.scores(NAMES, np.array([row]))[0]

    def _around(self, match: Match, near: np.ndarray) -> np.ndarray:
        """Sets around one set: half the prior's spread in what is searched, the prior elsewhere."""
        luck = self._luck(5)
        scores = luck.standard_normal((self.size.near, len(NAMES)))
        spread = 0.5 * scores[:, match.active]
        scores[:, match.active] = np.clip(near[match.active] + spread, -3.0, 3.0)
        return scores

    def _luck(self, wave: int) -> np.random.Generator:
        return np.random.default_rng([self.seed, wave])

    def _best(self, match: Match, name: str) -> dict[str, float]:
        """The set that fits best near the declared defaults; kept, so that it is searched once."""
        path = self.folder / f"{name}.json"
        if path.exists():
            return dict(json.loads(path.read_text(encoding="utf-8")))
        start = priors.argued_scores(NAMES)
        found = nearest_to(match, start)
        row = priors.values(NAMES, found[None, :])[0]
        moved = {NAMES[place]: float(row[place]) for place in match.active.tolist()}
        path.write_text(json.dumps(moved, indent=1), encoding="utf-8")
        return moved

    def _accepted(self, match: Match, runs: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
        """Sets that no reachable target rules out, at most as many as are kept; targets out of reach."""
        wrong = match.implausibility(runs[list(NAMES)].to_numpy())
        reachable = wrong.min(axis=0) <= RULED_OUT
        worst = np.sort(wrong[:, reachable], axis=1)[:, -FORGIVEN - 1]
        order = np.argsort(worst, kind="stable")
        fine = order[worst[order] <= RULED_OUT][: self.size.kept]
        beyond = [t.key for t, near in zip(match.targets, reachable) if not near]
        return runs.iloc[np.sort(fine)].reset_index(drop=True), beyond

    def _share_hit(self, runs: pd.DataFrame) -> dict[str, float]:
        """Share of sets in whose small world every part of a pattern lay in range, by pattern."""
        hits: dict[str, list[np.ndarray]] = {}
        for target in targets(self.patterns):
            inside = target.distance(target.value(runs)) == 0
            hits.setdefault(target.pattern, []).append(inside)
        return {name: float(np.all(parts, axis=0).mean()) for name, parts in hits.items()}


def score(
    patterns: Sequence[Pattern], parameters: dict[str, float], workers: int, say: Say
) -> dict[str, Any]:
    """The full evidence under one set of assumptions."""
    found = examine(
        patterns,
        Effort(workers=workers),
        lambda scenario: with_parameters(scenario, parameters),
        lambda ids: say(f"full run: {ids}"),
    )
    return as_json(found, split(shipped_patterns()))
