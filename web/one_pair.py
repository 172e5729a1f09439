"""One pair of histories: its number in a box and in an address, and where it lies among all pairs.

People count pairs from 1; the engine counts replicates from 0. Pair 1 of a page is replicate 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.doubtful import MEANING
from web.answer import Answer, mark
from web.measures import Measured
from web.question import Question, as_seen, letters, to_see
from web.words import interval, quoted, signed

FIRST = 1
_NAME = "pair"
_NOT_COMPARED = (
    "Where this pair lies among all pairs is said here once the policies have been compared: open "
    "the page Compare, then come back."
)


def accepted(value: Any, pairs: int) -> int | None:
    """A pair's number inside its limits, or None.

    Args:
        value: as a box or an address gives it.
        pairs: how many pairs there are.
    """
    text = str(value)
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    return number if FIRST <= number <= pairs else None


def pair_in(search: str | None, pairs: int) -> tuple[int, list[str]]:
    """The pair that an address names as `see.pair`; the first where it names none.

    Args:
        search: the query, which anybody may have written.
        pairs: how many pairs its question has.

    Returns:
        The pair's number, and what to say of a number that is none: nothing, or one line.
    """
    wanted = to_see(search, _NAME)
    number = accepted(wanted or FIRST, pairs)
    if number is not None:
        return number, []
    return FIRST, [
        f"The address asks for pair {quoted(as_seen(wanted))} of the histories; the pairs go from "
        f"{FIRST} to {pairs}."
    ]


def in_address(pair: int) -> str:
    """What an address says of a pair, after the question; nothing of the first."""
    return f"&see.{_NAME}={pair}" if pair != FIRST else ""


def told(question: Question, which: int, pair: int, answer: Answer | None) -> dict[str, Any]:
    """A pair, and where it lies among those that were compared.

    Args:
        question: what is compared.
        which: which of the other policies is looked at, from 0.
        pair: the pair's number.
        answer: what is known of the comparison; None, or one to another question, for nothing.

    Returns:
        Number and limit; `lies`, the place in words; `strip`, the difference in trust at the end in
        every pair compared, for the picture, or None where this pair is not among them.
    """
    state: dict[str, Any] = {"pair": pair, "pairs": question.pairs, "dagger": "", "strip": None}
    if answer is None or answer.question != question:
        return {**state, "lies": _NOT_COMPARED}
    looked = answer.looking_at(which)
    found = looked.measured("trust")
    ends = looked.comparison.pairs(looked.name, "trust")[:, -1]
    if pair > len(ends):
        return {**state, "lies": _not_among(looked, found)}
    if not ends.any():
        same = f"Trust at the end is exactly the same under both policies in {_every(looked)}."
        return {**state, "lies": same}
    marks = letters(question)
    apart = f"{marks[1 + which]} less {marks[0]}"
    return {
        **state,
        "dagger": f"{mark('trust')} {MEANING}." if mark("trust") else "",
        "lies": _lies(looked, found, ends, pair, apart),
        "strip": {
            "title": f"Trust at the end, {apart}, in points",
            "values": [round(value, 4) for value in ends.tolist()],
            "mean": round(found.difference, 4),
            "low": round(found.low, 4) if len(ends) > 1 else None,
            "high": round(found.high, 4) if len(ends) > 1 else None,
            "written": [signed(value, found.decimals) for value in ends.tolist()],
            "ways": _ways(ends, found.difference),
        },
    }


def _lies(answer: Answer, found: Measured, ends: np.ndarray, pair: int, apart: str) -> str:
    """The difference in one pair, beside that of all of them."""
    here, decimals = float(ends[pair - FIRST]), found.decimals
    trust = f"trust {mark('trust')}".strip()
    return (
        f"At the end, {apart}, {trust} differs by {signed(here, decimals)} points in this pair; "
        f"{_over(answer, found)}, in single pairs by {signed(float(ends.min()), decimals)} to "
        f"{signed(float(ends.max()), decimals)}.{_rank(ends, here)}"
    )


def _over(answer: Answer, found: Measured) -> str:
    """The difference on average over the pairs there are."""
    text = f"on average over {_every(answer)} by {signed(found.difference, found.decimals)}"
    if answer.pairs < 2:
        return text
    return f"{text} ({interval(found.low, found.high, found.decimals, sign=True)})"


def _every(answer: Answer) -> str:
    if answer.finished:
        return f"all {answer.pairs} pairs"
    return f"the {answer.pairs} pairs so far"


def _rank(ends: np.ndarray, here: float) -> str:
    others = len(ends) - 1
    if not others:
        return ""
    lower = int((ends < here).sum())
    return f" It is lower in {lower} of the {others} other pairs."


def _not_among(answer: Answer, found: Measured) -> str:
    """What to say of a pair that the comparison has not, or did not need."""
    if answer.finished:
        why = (
            f"The comparison needed only its first {answer.pairs} pairs, and this is none of them."
        )
    else:
        why = f"The comparison has {answer.pairs} pairs so far, and has not come to this one."
    over = _over(answer, found).replace("on average over", "over", 1)
    return f"{why} At the end trust differs {over} on average."


def _ways(ends: np.ndarray, mean: float) -> list[dict[str, Any]]:
    """Pairs worth going to: the two ends, and the one nearest to the average."""
    places = {
        "Lowest": int(np.argmin(ends)),
        "Nearest to the average": int(np.argmin(np.abs(ends - mean))),
        "Highest": int(np.argmax(ends)),
    }
    return [{"label": label, "pair": at + FIRST} for label, at in places.items()]
