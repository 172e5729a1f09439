"""History matching: which sets of assumptions the emulated patterns do not rule out.

A set is implausible where a pattern, as emulated, lies further outside its accepted range than the
emulator's error and a stated discrepancy of the model allow. Candidates are drawn again and again
around those that fit best (population Monte Carlo) and weighted back to the prior.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import optimize, stats
from scipy.special import logsumexp

from analysis.calibration import emulator
from analysis.calibration.summaries import ABOVE, BELOW
from analysis.calibration.targets import Target

DISCREPANCY = 0.25
"""Half ranges by which the model itself may be off, one standard deviation: stated before fitting."""
MARGIN = 0.15
"""Half ranges by which a match should lie inside, so that the luck of a full run does not undo it."""
STRONG = 4.0
"""Standard errors from zero beyond which a slope makes an assumption part of the search."""
MOST_ACTIVE = 45
CANDIDATES, ROUNDS = 4000, 25
RULED_OUT = 3.0


@dataclass(frozen=True)
class Match:
    """Emulators of all targets over the assumptions that matter to them.

    Attributes:
        names: assumptions, one a score.
        targets: what is matched.
        emulators: by key of a summary.
        active: places of the assumptions that are searched.
    """

    names: tuple[str, ...]
    targets: tuple[Target, ...]
    emulators: dict[str, emulator.Emulator]
    active: np.ndarray

    def emulated(self, target: Target, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Expected value of a target and its standard error, [set]."""
        if target.key in self.emulators:
            return self.emulators[target.key](scores)
        above, above_error = self.emulators[target.key + ABOVE](scores)
        below, below_error = self.emulators[target.key + BELOW](scores)
        safe = np.where(np.abs(below) < 1e-6, 1e-6, below)
        ratio = above / safe
        error = np.sqrt(above_error**2 + (ratio * below_error) ** 2) / np.abs(safe)
        return ratio, np.minimum(error, 10.0 * target.width)

    def implausibility(self, scores: np.ndarray) -> np.ndarray:
        """How far each target is outside its range, in standard deviations, [set, target]."""
        columns = []
        for target in self.targets:
            value, error = self.emulated(target, scores)
            low, high = target.part.accepted
            inner = MARGIN * target.width
            outside = np.maximum(np.maximum(low + inner - value, value - high + inner), 0.0)
            columns.append(outside / np.hypot(error, DISCREPANCY * target.width))
        return np.column_stack(columns)

    def fit(self, scores: np.ndarray) -> np.ndarray:
        """Logarithm of how well each set fits, [set]; no single pattern outweighs six standard deviations."""
        return -0.5 * np.minimum(self.implausibility(scores) ** 2, 36.0).sum(axis=1)


def matched(
    names: Sequence[str], targets: Sequence[Target], runs: pd.DataFrame, also: Sequence[str] = ()
) -> Match:
    """Emulate every target from runs, and find which assumptions matter.

    Args:
        names: assumptions.
        targets: what is to be matched.
        runs: one row a set: scores by assumption, then summaries.
        also: assumptions that are searched whatever their slopes.
    """
    scores = runs[list(names)].to_numpy()
    emulators, strongest = {}, np.zeros(len(names))
    for target in targets:
        for key in (target.key, target.key + ABOVE, target.key + BELOW):
            if key in runs:
                values = runs[key].to_numpy(dtype=float)
                emulators[key] = emulator.fit(scores, values)
                slopes = np.abs(emulator.what_matters(scores, values))
                strongest = np.maximum(strongest, slopes)
    order = np.argsort(-strongest)
    chosen = {int(n) for n in order[strongest[order] > STRONG][:MOST_ACTIVE]}
    chosen |= {list(names).index(name) for name in also}
    return Match(tuple(names), tuple(targets), emulators, np.array(sorted(chosen)))


def candidates(match: Match, number: int, rng: np.random.Generator) -> np.ndarray:
    """Sets that fit, drawn in proportion to prior and fit; assumptions that do not matter by the prior alone.

    Returns:
        Normal scores [set, assumption].
    """
    size = match.active.size
    mean, spread = np.zeros(size), np.eye(size)
    kept, weights = np.empty((0, size)), np.empty(0)
    for place in range(ROUNDS):
        proposal = stats.multivariate_t(mean, spread, df=8, seed=rng)
        drawn = proposal.rvs(CANDIDATES).reshape(CANDIDATES, size)
        heat = min(1.0, 0.02 * 1.25**place)
        fit = match.fit(_whole(match, drawn))
        log_weight = (
            heat * fit + stats.norm.logpdf(drawn).sum(axis=1) - np.atleast_1d(proposal.logpdf(drawn))
        )
        share = np.exp(log_weight - logsumexp(log_weight))
        kept, weights = drawn, share
        mean = share @ drawn
        centred = drawn - mean
        effective = 1.0 / (share**2).sum()
        trusted = min(1.0, effective / (4.0 * size))
        own = (share[:, None] * centred).T @ centred
        spread = trusted * own + (1.0 - trusted) * np.diag(np.diag(own) + 0.05)
        spread += 1e-3 * np.eye(size)
    rows = rng.choice(len(kept), size=number, p=weights)
    jitter = 0.1 * rng.standard_normal((number, size)) * np.sqrt(np.diag(spread))
    chosen = rng.standard_normal((number, len(match.names)))
    chosen[:, match.active] = kept[rows] + jitter
    return chosen


def nearest_to(match: Match, start: np.ndarray) -> np.ndarray:
    """The set that fits best while it stays as near as it can to a starting point (a posterior mode).

    Args:
        match: emulators.
        start: normal scores of the starting point, [assumption].
    """

    def cost(active: np.ndarray) -> float:
        whole = start[None, :].copy()
        whole[0, match.active] = active
        return float(-match.fit(whole)[0] + 0.5 * ((active - start[match.active]) ** 2).sum())

    found = optimize.minimize(
        cost,
        start[match.active],
        method="L-BFGS-B",
        bounds=[(-3.0, 3.0)] * match.active.size,
        options={"maxiter": 400, "maxfun": 100_000},
    )
    best = start.copy()
    best[match.active] = found.x
    return best


def _whole(match: Match, active: np.ndarray) -> np.ndarray:
    whole = np.zeros((len(active), len(match.names)))
    whole[:, match.active] = active
    return whole
