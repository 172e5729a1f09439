"""A small stand-in for the engine: the same names and shapes, made-up numbers, no compiler.

It serves the tests of page logic, which need results of known size and not results that are true.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from sim.indicators.table import INDICATORS
from sim.ledger import ATTITUDES, CAUSES
from sim.results import ALL, MARKED_LABELS, MOST_AFFECTED, USUAL_SUSPECTS, Comparison, Results
from sim.runs import Cancelled

LEANS = {"social-renters": -0.4, "young": -1.2, MOST_AFFECTED: -0.3}
START = {"trust": 58, "confidence": 60, "legitimacy": 63, "expectation": 66, "expectation_gap": 22}
START |= {"marginalisation": 2.4, "repeat_stops": 18, "reach_by_need": -0.08, "reach": 20}
START |= {"stops": 12, "trust_gap": 8, "hardening": 30}


def _push(scenario: Any) -> dict[str, float]:
    policy = scenario.policy
    heard = policy.feedback - 0.3 + (0.2 if policy.reach_name == "most-affected" else 0.0)
    return {
        "trust": 6 * heard,
        "confidence": 5 * heard,
        "legitimacy": 2 * heard,
        "expectation": 10 * (policy.promise - 0.5),
        "expectation_gap": -6 * heard + 12 * (policy.promise - 0.5),
        "marginalisation": 1.2 * (policy.lay_weight - 0.4) - 0.3 * heard,
        "repeat_stops": 6 * (policy.lay_weight - 0.4) - 2 * heard,
        "reach_by_need": 0.3 * heard,
        "reach": 10 * heard,
        "stops": 2 * (policy.lay_weight - 0.4) - heard,
    }


def run(
    scenario: Any,
    *,
    weeks: int = 156,
    residents: int = 3000,
    replicates: int = 20,
    seed: int = 1,
    workers: int | None = None,
    progress: Any = None,
    cancel: Any = None,
    pause: float = 0.0,
    first: int = 0,
) -> Results:
    """Made-up results that follow the levers and obey the dice."""
    publics = (ALL, *scenario.area.groups, MOST_AFFECTED, USUAL_SUSPECTS)
    values = np.full((replicates, weeks + 1, len(publics), len(INDICATORS)), np.nan)
    for replicate in range(replicates):
        if cancel is not None and cancel.is_set():
            raise Cancelled()
        _fill(
            values[replicate],
            _push(scenario),
            publics,
            np.random.default_rng([seed, first + replicate]),
        )
        time.sleep(pause)
        if progress is not None:
            progress(replicate + 1, replicates)
    labels = {key: group.label for key, group in scenario.area.groups.items()} | MARKED_LABELS
    shares = {key: group.share for key, group in scenario.area.groups.items()}
    shares |= {ALL: 1.0, MOST_AFFECTED: 0.25, USUAL_SUSPECTS: 0.1}
    return Results(
        scenario=scenario,
        seed=seed,
        weeks=weeks,
        residents=residents,
        replicates=replicates,
        elapsed_s=0.1,
        publics=publics,
        labels=labels,
        sizes={key: residents * share for key, share in shares.items()},
        indicators=tuple(INDICATORS),
        values=values,
        ledger=_ledger(values),
        hours=np.zeros((replicates, weeks, 1)),
    )


def _fill(values: np.ndarray, push: dict[str, float], publics: tuple[str, ...], dice: Any) -> None:
    """One made-up history: every measure starts at its level, wobbles, and follows its push."""
    time_axis = np.linspace(0, 1, len(values))
    for column, (name, entry) in enumerate(INDICATORS.items()):
        for row, public in enumerate(publics):
            noise, luck = dice.normal(0, 0.02, len(values)).cumsum(), dice.normal()
            if row and not entry.by_public:
                continue
            lean = LEANS.get(public, 0.3)
            start = START.get(name, 40.0)
            shift = push.get(name, 0.0) * (1 + lean) * (1 - np.exp(-2.5 * time_axis))
            wobble = 0.02 * start * (noise - noise[0]) * (1 + 0.3 * luck * abs(push.get(name, 0.0)))
            values[:, row, column] = start * (1 + 0.2 * lean) + wobble + shift


def _ledger(values: np.ndarray) -> np.ndarray:
    """Every change of an attitude, shared out among the causes in fixed parts."""
    parts = np.linspace(1.5, -0.5, len(CAUSES))
    parts /= parts.sum()
    columns = [list(INDICATORS).index(attitude) for attitude in ATTITUDES]
    return np.diff(values[:, :, :, columns], axis=1)[..., None] * parts


def compare(base: Any, others: list[Any], **options: Any) -> Comparison:
    """A base against others with the same dice."""
    return Comparison(run(base, **options), {each.key: run(each, **options) for each in others})


def compiled() -> bool:
    """There is nothing to compile here."""
    return True
