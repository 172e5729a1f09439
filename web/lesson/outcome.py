"""What one run gives for the findings of a lesson, held against what was expected and recorded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.headline import direction
from sim.results import interval
from web.answer import Answer, mark
from web.lesson.form import AGREEMENT, Finding, Lesson
from web.measures import Measured

STAGES = (1, 4, 10, 20, 40, 60, 80, 100)
"""After how many pairs the interval is looked at."""
CHANGE_WORDS = {"rises": "rises", "falls": "falls", "no-clear-change": "no clear change"}
ALL, SOME, NONE, SILENT = "all", "some", "none", "silent"


@dataclass(frozen=True)
class Outcome:
    """One finding in one run.

    Args:
        finding: what was looked at.
        measured: the difference with its interval.
        came: rises, falls or no-clear-change.
        pairs: the difference in every single pair.
        mark: a dagger where it leans on untested numbers.
    """

    finding: Finding
    measured: Measured
    came: str
    pairs: np.ndarray
    mark: str

    @property
    def agreement(self) -> float:
        """The share of single pairs that point as the average does, in %; NaN without any pair."""
        if not len(self.pairs):
            return float("nan")
        return 100.0 * float((np.sign(self.pairs) == np.sign(self.measured.difference)).mean())

    @property
    def as_expected(self) -> bool | None:
        """Whether it came as the question has it; None where the question says nothing of it."""
        return self.came == self.finding.expected if self.finding.expected else None

    @property
    def as_recorded(self) -> bool | None:
        """Whether it came as it was recorded; None where nothing was."""
        return self.came == self.finding.found if self.finding.found else None


def outcome(lesson: Lesson, answer: Answer, finding: Finding) -> Outcome:
    """What a run gives for one finding.

    Args:
        lesson: whose comparison was run.
        answer: what came of it.
        finding: one of the lesson's own.
    """
    name = answer.others[lesson.which(finding.other)]
    measured = answer.measured(finding.indicator, finding.public, lesson.which(finding.other))
    last = answer.comparison.pairs(name, finding.indicator, finding.public)[:, -1]
    return Outcome(
        finding,
        measured,
        direction(measured.low, measured.high),
        last[np.isfinite(last)],
        mark(finding.indicator),
    )


def outcomes(lesson: Lesson, answer: Answer) -> list[Outcome]:
    """What a run gives for every finding of a lesson, the prediction first."""
    return [outcome(lesson, answer, finding) for finding in lesson.findings()]


def right_option(lesson: Lesson, found: Outcome) -> int | None:
    """Which option came true in a run, by its place; None where none did."""
    for at, option in enumerate(lesson.options):
        if lesson.measure != AGREEMENT and option.change == found.came:
            return at
        if lesson.measure == AGREEMENT and option.low <= found.agreement <= option.high:
            return at
    return None


def borne_out(found: list[Outcome]) -> tuple[str, int, int]:
    """How much of what the question has it a run gives: all, some, none or silent; how many of how many."""
    asked = [each.as_expected for each in found if each.as_expected is not None]
    if not asked:
        return SILENT, 0, 0
    held = sum(asked)
    return (ALL if held == len(asked) else SOME if held else NONE), held, len(asked)


def by_stages(found: Outcome) -> list[tuple[int, float, float, float]]:
    """How the average and its interval come to rest: after so many pairs, mean and both ends."""
    count = len(found.pairs)
    stages = sorted({*(stage for stage in STAGES if stage < count), count} - {0})
    rows = []
    for stage in stages:
        mean, low, high = interval(found.pairs[:stage])
        rows.append((stage, float(mean), float(low), float(high)))
    return rows
