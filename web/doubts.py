"""Three kinds of doubt about one headline, kept apart: dice, assumptions, theory."""

from __future__ import annotations

import json
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.parameter_sets import ParameterFaults, parameter_sets, with_parameters
from sim.theories import THEORIES, with_theory
from web.answer import Answer
from web.desk import Runs, names
from web.question import Question, letters
from web.words import interval, listed, quoted, signed

SETS_AT_MOST, PAIRS_A_SET, PAIRS_A_THEORY = 24, 4, 10


@dataclass(frozen=True)
class Spread:
    """The difference in trust of each other policy, under one set of numbers.

    Args:
        label: what the numbers are called.
        account: what they stand for, in a sentence.
        found: by name of the other policy, mean and 95 % interval of the pairs.
    """

    label: str
    account: str
    found: dict[str, tuple[float, float, float]]


@dataclass(frozen=True)
class Doubts:
    """What the same comparison shows under other theories and other accepted parameter sets.

    Args:
        theories: one spread for each rival account of trust.
        sets: one spread for each parameter set.
        missing: why there is no parameter set, and how to make them; empty where there are.
    """

    theories: tuple[Spread, ...]
    sets: tuple[Spread, ...]
    missing: str = ""


def doubts(question: Question) -> Any:
    """The errand that lives the same comparison under every theory and many parameter sets."""

    def errand(runs: Runs) -> Generator[tuple[int, int], None, Doubts]:
        sets, missing = some_sets()
        total, theories, spreads = len(THEORIES) + len(sets), [], []
        for done, theory in enumerate(THEORIES.values(), start=1):
            scenarios = [with_theory(each, theory.name) for each in question.scenarios()]
            found = _differences(runs, question, scenarios, PAIRS_A_THEORY)
            theories.append(Spread(theory.label, theory.account, found))
            yield done, total
        for done, (name, parameters) in enumerate(sets, start=len(theories) + 1):
            scenarios = [with_parameters(each, parameters) for each in question.scenarios()]
            found = _differences(runs, question, scenarios, PAIRS_A_SET)
            spreads.append(Spread(name, "", found))
            yield done, total
        return Doubts(tuple(theories), tuple(spreads), missing)

    return errand


def some_sets() -> tuple[list[tuple[str, dict[str, float]]], str]:
    """Parameter sets spread evenly over the accepted ones, or why there are none."""
    try:
        every = parameter_sets()
    except ParameterFaults as fault:
        return [], " ".join(fault.faults)
    chosen = np.unique(np.linspace(0, len(every) - 1, min(SETS_AT_MOST, len(every))).astype(int))
    return [(f"set {at + 1}", every[at]) for at in chosen.tolist()], ""


def picture(answer: Answer, found: Doubts | None) -> str:
    """The three kinds of doubt about the policy that is looked at, as a JSON string."""
    trust, (base, other) = answer.measured("trust"), answer.names()
    dice = {
        "kind": "dice",
        "label": f"The play of chance, {answer.pairs} pairs",
        "mean": trust.difference,
        "low": trust.low,
        "high": trust.high,
        "dots": [],
    }
    rows, missing = [dice], ""
    if found is not None:
        missing = found.missing
        if found.sets:
            means = [each.found[answer.name][0] for each in found.sets]
            rows.append(_sets_row(means))
        rows += [_theory_row(each, answer.name) for each in found.theories]
    return json.dumps(
        {
            "title": f"Difference in trust at the end, {quoted(other)} less {quoted(base)}",
            "letter": letters(answer.question)[1 + answer.focus],
            "rows": [_with_text(row) for row in rows],
            "asked": found is not None,
            "missing": _missing_sentence(missing),
            "summary": _summary(answer, found),
        }
    )


def _differences(
    runs: Runs, question: Question, scenarios: list[Any], pairs: int
) -> dict[str, tuple[float, float, float]]:
    base, *others = scenarios
    options = {**question.options(), "replicates": pairs}
    comparison = runs.compare(base, others, **options)
    found = {}
    for name in names(others):
        one = comparison.difference(name, "trust")
        found[name] = (one.difference, one.lo, one.hi)
    return found


def _sets_row(means: list[float]) -> dict[str, Any]:
    low, high = np.percentile(means, [5, 95])
    return {
        "kind": "sets",
        "label": f"Doubt about assumptions, {len(means)} accepted parameter sets",
        "mean": float(np.median(means)),
        "low": float(low),
        "high": float(high),
        "dots": means,
    }


def _theory_row(spread: Spread, name: str) -> dict[str, Any]:
    mean, low, high = spread.found[name]
    return {
        "kind": "theory",
        "label": f"Theory: {spread.label}",
        "account": spread.account,
        "mean": mean,
        "low": low,
        "high": high,
        "dots": [],
    }


def _with_text(row: dict[str, Any]) -> dict[str, Any]:
    bounds = interval(row["low"], row["high"], 2, sign=True)
    shown = {
        key: (None if isinstance(value, float) and not np.isfinite(value) else value)
        for key, value in row.items()
    }
    return {**shown, "text": f"{signed(row['mean'], 2)} ({bounds})"}


def _missing_sentence(missing: str) -> str:
    if not missing:
        return ""
    return (
        f"Doubt about assumptions cannot be shown here yet. {missing.replace('`', '')} "
        "That takes a while, and has to be done once."
    )


def _summary(answer: Answer, found: Doubts | None) -> str:
    trust = answer.measured("trust")
    said = f"By chance alone, the difference in trust lies between {signed(trust.low, 2)} and " + (
        f"{signed(trust.high, 2)} points."
    )
    if found is None:
        return said
    same = [s for s in found.theories if _side(*s.found[answer.name]) == _side_of(trust)]
    other = [s.label for s in found.theories if s not in same]
    held = f"{len(same)} of {len(found.theories)} theories say the same of its direction"
    said += f" {held}" + (
        f"; {listed(other)} {'do' if len(other) > 1 else 'does'} not." if other else "."
    )
    if found.sets:
        means = np.array([each.found[answer.name][0] for each in found.sets])
        alike = int((np.sign(means) == np.sign(trust.difference)).sum())
        said += f" So do {alike} of {len(means)} parameter sets."
    return said


def _side(mean: float, low: float, high: float) -> int:
    return 1 if low > 0 else -1 if high < 0 else 0


def _side_of(trust: Any) -> int:
    return _side(trust.difference, trust.low, trust.high)
