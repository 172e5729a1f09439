"""What a calibration says: the honest score, what is pinned down, what pulls apart, rival theories."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from scipy import stats

from analysis.calibration import priors
from analysis.calibration.calibrate import Calibration, Matched, score
from analysis.calibration.summaries import RESIDENTS, summaries
from analysis.calibration.targets import targets
from analysis.calibration.waves import NAMES
from sim.parameter_sets import with_parameters
from sim.theories import THEORIES, with_theory

Say = Callable[[str], None]
PINNED = 0.7
"""Spread left over spread before, in normal scores, below which the patterns pin a number down."""
PULLS = -0.15
"""Rank correlation of two patterns' distances below which they pull against each other."""
TRIED = 40
"""Accepted sets tried under each theory in small worlds, to find the best it can do."""


def held_out(calibration: Calibration, found: Matched, workers: int, say: Say) -> dict[str, Any]:
    """The set fitted to half of the patterns, held against all of them in a full run.

    Returns:
        Hits and numbers of fitted and checked patterns, and the difference of the two shares with a
        95 % interval (Newcombe's hybrid score interval, by SciPy's Wilson intervals).
    """
    full = score(calibration.patterns, found.half, workers, say)
    hits = {
        role: [entry["hit"] for entry in full["patterns"] if entry["fit"] == role]
        for role in ("fit", "check")
    }
    return {**_difference(hits["fit"], hits["check"]), "patterns": _hits(full)}


def _difference(fit: list[bool], check: list[bool]) -> dict[str, Any]:
    shares, ends = [], []
    for hits in (fit, check):
        between = stats.binomtest(sum(hits), len(hits)).proportion_ci(method="wilson")
        shares.append(sum(hits) / len(hits))
        ends.append((between.low, between.high))
    (p1, p2), ((l1, u1), (l2, u2)) = shares, ends
    below = ((p1 - l1) ** 2 + (u2 - p2) ** 2) ** 0.5
    above = ((u1 - p1) ** 2 + (p2 - l2) ** 2) ** 0.5
    return {
        "fit": {"hits": sum(fit), "of": len(fit)},
        "check": {"hits": sum(check), "of": len(check)},
        "difference": {"value": p1 - p2, "lo": p1 - p2 - below, "hi": p1 - p2 + above},
    }


def _hits(full: Mapping[str, Any]) -> dict[str, bool]:
    return {entry["id"]: bool(entry["hit"]) for entry in full["patterns"]}


def rival_theories(
    calibration: Calibration, found: Matched, workers: int, say: Say
) -> dict[str, Any]:
    """Each theory over today's defaults and at its best over accepted sets: patterns hit in full runs."""
    return {name: _theory(calibration, found, name, workers, say) for name in THEORIES}


def _theory(
    calibration: Calibration, found: Matched, name: str, workers: int, say: Say
) -> dict[str, Any]:
    rows = found.accepted[list(NAMES)].to_numpy()[:TRIED]
    sets = priors.as_sets(NAMES, priors.values(NAMES, rows))
    say(f"{name}: {len(sets)} accepted sets in small worlds")
    fixed = THEORIES[name].assumptions
    distances = [_distance(calibration, {**one, **fixed}, 10_000_000 + place)
                 for place, one in enumerate(sets)]  # fmt: skip
    own = _full(calibration, name, {}, workers, say)
    if not sets:
        return {
            "own": _hits(own),
            "best": _hits(own),
            "hits": own["hits"],
            "best_hits": own["hits"],
        }
    best = _full(calibration, name, sets[int(np.argmin(distances))], workers, say)
    if own["hits"] > best["hits"]:
        best = own
    return {"own": _hits(own), "best": _hits(best), "hits": own["hits"], "best_hits": best["hits"]}


def _full(
    calibration: Calibration, name: str, one: Mapping[str, float], workers: int, say: Say
) -> dict[str, Any]:
    from analysis.evidence.field import Effort
    from analysis.evidence.report import as_json, examine

    found = examine(
        calibration.patterns,
        Effort(workers=workers),
        lambda scenario: with_theory(with_parameters(scenario, one), name),
        lambda ids: say(f"{name}, full run: {ids}"),
    )
    return as_json(found, calibration.roles)


def _distance(calibration: Calibration, one: Mapping[str, float], seed: int) -> float:
    """Sum over patterns of how far the worst part is outside, at most 1 each."""
    row = {key: np.array([value]) for key, value in summaries(one, seed, RESIDENTS).items()}
    worst: dict[str, float] = {}
    for target in calibration.targets:
        away = float(target.distance(target.value(row))[0])
        worst[target.pattern] = max(worst.get(target.pattern, 0.0), min(1.0, away))
    return sum(worst.values())


def parameter_sets_text(calibration: Calibration, found: Matched) -> str:
    """The accepted sets as the file that `sim.parameter_sets` reads; every number, five digits."""
    rows = found.accepted[list(NAMES)].to_numpy()
    table = priors.values(NAMES, rows)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["set", *NAMES])
    for place, row in enumerate(table, start=1):
        writer.writerow([f"c{place:03d}", *(f"{value:.5g}" for value in row)])
    return text.getvalue()


def report(
    calibration: Calibration, found: Matched, half: dict[str, Any], theories: dict[str, Any]
) -> dict[str, Any]:
    """Everything the pages say of the calibration."""
    return {
        "sets_run": found.sets_run,
        "accepted": len(found.accepted),
        "rule": found.rule,
        "unreachable": found.unreachable,
        "roles": calibration.roles,
        "held_out": half,
        "share_of_prior_that_hits": found.prior,
        "share_of_accepted_that_hits": found.left,
        "numbers": _pinned(found),
        "pulls": _pulls(calibration, found),
        "theories": theories,
        "defaults": found.best,
    }


def _pinned(found: Matched) -> list[dict[str, Any]]:
    """Every number: argued value, prior and accepted quantiles, and how much of its spread is left."""
    rows = found.accepted[list(NAMES)].to_numpy()
    table = priors.values(NAMES, rows)
    entries = []
    for place, name in enumerate(NAMES):
        low, middle, high = (priors.prior(name).ppf(share) for share in (0.05, 0.5, 0.95))
        left = float(rows[:, place].std(ddof=1)) if len(rows) > 1 else 1.0
        shift = float(rows[:, place].mean()) if len(rows) else 0.0
        entries.append(
            {
                "name": name,
                "argued": priors.argued(name),
                "prior": [float(low), float(middle), float(high)],
                "left": [float(x) for x in np.quantile(table[:, place], [0.05, 0.5, 0.95])],
                "spread_left": left,
                "shift": shift,
                "pinned": left < PINNED or abs(shift) > 1.0 - PINNED + 0.2,
                "searched": place in set(found.match.active.tolist()),
            }
        )
    return entries


def _pulls(calibration: Calibration, found: Matched) -> list[dict[str, Any]]:
    """Pairs of patterns of which one is missed further the better the other fits, over the last waves."""
    distances: dict[str, np.ndarray] = {}
    for target in targets(calibration.patterns):
        away = np.minimum(target.distance(target.value(found.late)), 5.0)
        distances[target.pattern] = np.maximum(distances.get(target.pattern, 0.0), away)
    missed = {name: away for name, away in distances.items() if (away > 0).mean() > 0.05}
    names = sorted(missed)
    pairs = []
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            rank = stats.spearmanr(missed[one], missed[other])
            if rank.statistic < PULLS and rank.pvalue < 0.01:
                pairs.append(
                    {"one": one, "other": other, "rank_correlation": float(rank.statistic)}
                )
    return sorted(pairs, key=lambda pair: pair["rank_correlation"])
