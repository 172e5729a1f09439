"""When a cause acted, week by week: the ledger of the same pairs, lived once more and kept by week.

The desk keeps ledgers by quarter of a year, which is a thirteenth of the memory; the weeks are
computed for the one who opens a cause.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.indicators.table import INDICATORS
from sim.ledger import ATTITUDES, CAUSES
from sim.results import interval
from web.answer import ATTITUDE_LABELS, Answer
from web.causes import DIFFERENCE, views
from web.desk import TURN, WARM_UP, Runs
from web.question import Question, letters
from web.words import signed

_LOOKS = (
    {"colour": "base", "dash": "6 4", "shape": "square"},
    {"colour": "other", "dash": "", "shape": "circle"},
    {"colour": "third", "dash": "10 3 2 3", "shape": "triangle"},
    {"colour": "fourth", "dash": "3 3", "shape": "diamond"},
)


@dataclass(frozen=True)
class Weeks:
    """Points posted each week.

    Args:
        found: by view (a letter, or "difference" with the place of the other), an array
            [mean low high, week, public, attitude, cause] in points.
        pairs: how many pairs of histories they are the mean of.
    """

    found: dict[str, np.ndarray]
    pairs: int


class _Running:
    """Mean and spread of arrays that come one by one, without keeping them."""

    def __init__(self) -> None:
        self._count, self._mean, self._squares = 0, np.zeros(()), np.zeros(())

    def add(self, values: np.ndarray) -> None:
        """One more array."""
        self._count += 1
        step = values - self._mean
        self._mean = self._mean + step / self._count
        self._squares = self._squares + step * (values - self._mean)

    def told(self) -> np.ndarray:
        """Mean, low and high of the 95 % interval, as small numbers."""
        count = self._count
        if count < 2:
            nothing = np.full_like(self._mean, np.nan)
            return np.stack([self._mean, nothing, nothing]).astype(np.float32)
        error = np.sqrt(self._squares / (count - 1) / count)
        half = _reach(count) * error
        return np.stack([self._mean, self._mean - half, self._mean + half]).astype(np.float32)


def by_week(question: Question, pairs: int) -> Any:
    """The errand that lives the same pairs once more and keeps the ledger by week."""

    def errand(runs: Runs) -> Generator[tuple[int, int], None, Weeks]:
        base, *others = question.scenarios()
        marks = letters(question)
        running = {view: _Running() for view in _all_views(question)}
        a_pair = question.residents * (question.weeks + WARM_UP) * len(marks)
        at_once = max(1, TURN // a_pair)
        for first in range(0, pairs, at_once):
            options = {**question.options(), "replicates": min(at_once, pairs - first)}
            found = runs.compare(base, others, first=first, **options)
            worlds = [found.base, *found.others.values()]
            for replicate in range(options["replicates"]):
                ledgers = [each.ledger[replicate] for each in worlds]
                for letter, ledger in zip(marks, ledgers, strict=True):
                    running[letter].add(ledger)
                for which, ledger in enumerate(ledgers[1:]):
                    running[f"{DIFFERENCE} {which}"].add(ledger - ledgers[0])
            yield min(pairs, first + at_once), pairs
        return Weeks({view: each.told() for view, each in running.items()}, pairs)

    return errand


def chart(
    answer: Answer, found: Weeks, attitude: str, public: str, view: str, cause: str
) -> dict[str, Any]:
    """One cause of one policy, or of the difference, week by week, as a chart draws it.

    Args:
        answer: results and their question.
        found: points by week.
        attitude, public: what is explained, and whose.
        view: `DIFFERENCE`, or the letter of one policy.
        cause: which cause.
    """
    named = f"{DIFFERENCE} {answer.focus}" if view == DIFFERENCE else view
    q, a = answer.comparison.base.publics.index(public), ATTITUDES.index(attitude)
    mean, low, high = (
        _plain(part) for part in found.found[named][:, :, q, a, list(CAUSES).index(cause)]
    )
    at = 1 + answer.focus if view == DIFFERENCE else letters(answer.question).index(view)
    label, entry = CAUSES[cause].label, INDICATORS[attitude]
    return {
        "id": "cause-by-week",
        "title": f"{label[0].upper()}{label[1:]}, week by week",
        "meaning": f"Points of {ATTITUDE_LABELS[attitude].lower()} in each single week, with the "
        f"95 % range of the average over {found.pairs} pairs.",
        "unit": "points a week",
        "better": "",
        "decimals": 3 if entry.unit == "points" else 4,
        "span": 0.02,
        "difference": True,
        "who": answer.label(public),
        "note": "",
        "weeks": answer.question.weeks,
        "weekly": True,
        "series": [
            {"name": views(answer)[view], **_LOOKS[at], "mean": mean, "low": low, "high": high}
        ],
        "summary": _summary(label, answer.label(public), mean),
    }


def _all_views(question: Question) -> list[str]:
    marks = letters(question)
    return [*marks, *(f"{DIFFERENCE} {which}" for which in range(len(marks) - 1))]


def _plain(values: np.ndarray) -> list[float | None]:
    """Week 0, in which nothing is posted yet, and then every week."""
    rounded = np.round(values.astype(float), 5)
    return [None, *(value if np.isfinite(value) else None for value in rounded.tolist())]


def _summary(label: str, who: str, mean: list[float | None]) -> str:
    points = np.array([value or 0.0 for value in mean])
    most = int(np.abs(points).argmax())
    if not points.any():
        return f"{label[0].upper()}{label[1:]} moved nothing in any week, {who}."
    share = np.abs(points).cumsum() / np.abs(points).sum()
    half = int(np.searchsorted(share, 0.5))
    return (
        f"{label[0].upper()}{label[1:]}, {who}: {signed(float(points.sum()), 2)} points over all "
        f"weeks; most in week {most} ({signed(float(points[most]), 3)}). Half of all movement has "
        f"happened by week {half}."
    )


def _reach(count: int) -> float:
    """Half-width of a 95 % interval in standard errors of the mean."""
    any_values = np.arange(count, dtype=float)
    _, low, high = interval(any_values)
    return float((high - low) / 2 / (any_values.std(ddof=1) / np.sqrt(count)))
