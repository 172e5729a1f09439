"""What a run or a comparison says, as plain dictionaries: the shapes of `--json`.

Screens, tables and briefings read these, so that all of them show the same numbers. Whatever has no
denominator is None here and null in JSON.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.doubtful import doubts_as_dict
from sim.influence import CONTRAST, LEVEL
from sim.ledger import ATTITUDES
from sim.results import interval
from sim.version import VERSION

if TYPE_CHECKING:
    from sim.results import Comparison, Results

Report = dict[str, Any]

LIMITS = (
    "The people here are synthetic. No real person or street is described.",
    "Parley does not forecast crime, and its figures are not predictions for a real place. They say"
    " what would follow if the stated assumptions held.",
    "The 95 % intervals show the play of chance between replicates. They do not show doubt about"
    " the assumptions or about the theory behind them.",
    "Many behavioural numbers have no study behind their size. The log of assumptions marks them"
    " untested, and findings that lean on them are marked where they are shown.",
)


def run_report(results: Results, *, marking: str = "") -> Report:
    """Say what one scenario did.

    Args:
        results: what the run left.
        marking: a protective marking to carry along, such as OFFICIAL.

    Returns:
        Head, `indicators`, `groups`, `ledger` and `series`, as `parley run --json` prints them, and
        `doubt`: which of them lean on untested numbers.
    """
    return {
        **_head(results, marking),
        **_what_happened(results),
        "doubt": doubts_as_dict(LEVEL),
    }


def compare_report(comparison: Comparison, *, marking: str = "") -> Report:
    """Say how other scenarios differ from a base, replicate by replicate.

    Args:
        comparison: what the runs left.
        marking: a protective marking to carry along.

    Returns:
        The base as `run_report` gives it, but with the doubt about differences; then `base` and
        `others` with the differences, as `parley compare --json` prints them.
    """
    base = comparison.base
    report = {**_head(base, marking), **_what_happened(base)}
    report["doubt"] = doubts_as_dict(CONTRAST)
    report["base"] = base.scenario.key
    report["others"] = {
        name: {"scenario_hash": other.scenario.hash, **_differences(comparison, name)}
        for name, other in comparison.others.items()
    }
    return report


def as_json(report: Report) -> str:
    """One JSON object on one line; refuses what JSON cannot hold instead of writing NaN."""
    return json.dumps(report, ensure_ascii=False, allow_nan=False)


def attribution(results: Results) -> str:
    """The licence line that figures of this area have to carry; empty where there is none."""
    return str(results.scenario.area.licence or "").strip()


def number(value: float) -> float | None:
    """A plain float, or None where the value does not exist."""
    value = float(value)
    return value if math.isfinite(value) else None


def _head(results: Results, marking: str) -> Report:
    head: Report = {
        "parley": VERSION,
        "scenario": results.scenario.key,
        "scenario_hash": results.scenario.hash,
        "seed": int(results.seed),
        "replicates": int(results.replicates),
        "weeks": int(results.weeks),
        "residents": int(results.residents),
        "people": int(results.scenario.area.people),
        "elapsed_s": round(float(results.elapsed_s), 3),
    }
    if results.scenario.theory:
        head["theory"] = results.scenario.theory
    if marking:
        head["marking"] = marking
    if licence := attribution(results):
        head["licence"] = licence
    return head


def _what_happened(results: Results) -> Report:
    return {
        "indicators": _estimates(results, "all"),
        "groups": {public: _estimates(results, public) for public in _publics(results)},
        "ledger": {attitude: _points(results.ledger_total(attitude)) for attitude in ATTITUDES},
        "series": {name: _mean_by_week(results.series(name)) for name in results.indicators},
    }


def _publics(results: Results) -> list[str]:
    """Every public but the whole area."""
    return [public for public in results.publics if public != "all"]


def _estimates(results: Results, public: str) -> Report:
    return {name: _estimate(results.estimate(name, public)) for name in results.indicators}


def _estimate(estimate: Any) -> Report:
    return {
        part: number(getattr(estimate, part)) for part in ("start", "end", "change", "lo", "hi")
    }


def _differences(comparison: Comparison, name: str) -> Report:
    base = comparison.base

    def differences(public: str) -> Report:
        return {
            indicator: _difference(comparison.difference(name, indicator, public))
            for indicator in base.indicators
        }

    return {
        "indicators": differences("all"),
        "groups": {public: differences(public) for public in _publics(base)},
        "ledger": {
            attitude: _points(comparison.ledger_difference(name, attitude))
            for attitude in ATTITUDES
        },
    }


def _difference(difference: Any) -> Report:
    report: Report = {
        part: number(getattr(difference, part)) for part in ("difference", "lo", "hi")
    }
    report["pairs"] = int(difference.pairs)
    report["share_above_zero"] = number(difference.share_above_zero)
    return report


def _points(by_cause: dict[str, float]) -> Report:
    return {cause: number(points) for cause, points in by_cause.items()}


def _mean_by_week(series: np.ndarray) -> list[float | None]:
    """Mean over the replicates that have a value, week by week."""
    mean, _, _ = interval(series)
    return [number(value) for value in mean]
