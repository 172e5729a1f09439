"""Three kinds of doubt about one headline, kept apart: dice, assumptions, theory."""

from __future__ import annotations

import json
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim import results
from sim.parameter_sets import ParameterFaults, parameter_sets, with_parameters
from sim.theories import THEORIES
from web.answer import Answer
from web.desk import TURN, WARM_UP, Runs, names
from web.question import OWN_NUMBERS, Question, letters
from web.words import interval, listed, quoted, signed

SETS_AT_MOST, PAIRS_A_SET, PAIRS_A_THEORY = 24, 4, 10
FEWEST_SETS = 8
MOST_WORK = 200_000_000
"""Resident-weeks that all parameter sets together may take: about a minute of one core."""


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
        sets, missing = some_sets(affordable_sets(question))
        rivals = [name for name in (OWN_NUMBERS, *THEORIES) if name != question.theory]
        total = PAIRS_A_THEORY * len(rivals) + PAIRS_A_SET * len(sets)
        done, theories, spreads = 0, [], []
        for name in rivals:
            scenarios = question.asking("theory", name).scenarios()
            steps = _differences(runs, question, scenarios, PAIRS_A_THEORY)
            found = yield from _counted(steps, done, total)
            theories.append(Spread(*_called(name), found))
            done += PAIRS_A_THEORY
        for name, parameters in sets:
            scenarios = [with_parameters(each, parameters) for each in question.scenarios()]
            steps = _differences(runs, question, scenarios, PAIRS_A_SET)
            found = yield from _counted(steps, done, total)
            spreads.append(Spread(name, "", found))
            done += PAIRS_A_SET
        return Doubts(tuple(theories), tuple(spreads), missing)

    return errand


def affordable_sets(question: Question) -> int:
    """How many parameter sets are lived: fewer where each takes long, so that it ends in minutes."""
    affordable = MOST_WORK // (PAIRS_A_SET * _a_pair(question))
    return min(SETS_AT_MOST, max(FEWEST_SETS, affordable))


def _called(theory: str) -> tuple[str, str]:
    """What a theory is called, and what it says."""
    if theory == OWN_NUMBERS:
        return (
            "Parley's own numbers",
            "No single account of trust: what the evidence suggests of each.",
        )
    return THEORIES[theory].label, THEORIES[theory].account


def some_sets(most: int = SETS_AT_MOST) -> tuple[list[tuple[str, dict[str, float]]], str]:
    """Parameter sets spread evenly over the accepted ones, or why there are none.

    Args:
        most: how many at most.
    """
    try:
        every = parameter_sets()
    except ParameterFaults as fault:
        return [], " ".join(fault.faults)
    chosen = np.unique(np.linspace(0, len(every) - 1, min(most, len(every))).astype(int))
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
            rows.append(_sets_row(means, trust.difference))
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


def _a_pair(question: Question) -> int:
    """Resident-weeks that one pair takes, all policies together."""
    return question.residents * (question.weeks + WARM_UP) * (1 + len(question.tried))


def _differences(
    runs: Runs, question: Question, scenarios: list[Any], pairs: int
) -> Generator[int, None, dict[str, tuple[float, float, float]]]:
    """Difference in trust at the end by other, lived a turn at a time; yields the pairs there are."""
    base, *others = scenarios
    at_once = max(1, TURN // _a_pair(question))
    found: dict[str, list[np.ndarray]] = {name: [] for name in names(others)}
    for first in range(0, pairs, at_once):
        options = {**question.options(), "replicates": min(at_once, pairs - first)}
        comparison = runs.compare(base, others, first=first, **options)
        for name, parts in found.items():
            parts.append(comparison.pairs(name, "trust")[:, -1])
        yield min(pairs, first + at_once)
    together = {name: results.interval(np.concatenate(parts)) for name, parts in found.items()}
    return {name: (float(m), float(low), float(high)) for name, (m, low, high) in together.items()}


def _counted(
    steps: Generator[int, None, Any], before: int, total: int
) -> Generator[tuple[int, int], None, Any]:
    """The same steps, told as a part of the whole."""
    while True:
        try:
            there = next(steps)
        except StopIteration as end:
            return end.value
        yield before + there, total


def _sets_row(means: list[float], difference: float) -> dict[str, Any]:
    low, high = np.percentile(means, [5, 95])
    alike = same_side(means, difference)
    return {
        "kind": "sets",
        "label": f"Doubt about assumptions, {len(means)} accepted parameter sets",
        "mean": float(np.median(means)),
        "low": float(low),
        "high": float(high),
        "dots": means,
        "account": f"{alike} of {len(means)} on the same side of zero as here",
    }


def same_side(means: list[float], difference: float) -> int:
    """How many means lie on the same side of zero as a difference."""
    return int((np.sign(means) == np.sign(difference)).sum())


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
        means = [each.found[answer.name][0] for each in found.sets]
        alike = same_side(means, trust.difference)
        said += (
            f" Of {len(means)} accepted parameter sets, {alike} put the difference on the same side "
            "of zero."
        )
    return said


def _side(mean: float, low: float, high: float) -> int:
    return 1 if low > 0 else -1 if high < 0 else 0


def _side_of(trust: Any) -> int:
    return _side(trust.difference, trust.low, trust.high)
