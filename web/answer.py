"""What an answer says, in words and numbers: headline, figures, who gains and loses, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.headline import NO_CLEAR_CHANGE, direction
from sim.indicators.table import INDICATORS
from sim.ledger import ATTITUDES, CAUSES
from web import measures
from web.measures import BETTER, CHANGED, MISSING, SAME, UNCLEAR, WORSE, Measured, measured
from web.question import Question
from web.words import (
    decimals_for,
    interval,
    lasting,
    listed,
    number,
    quoted,
    signed,
    size,
    unit_of_change,
)

FIGURES = (
    "trust",
    "confidence",
    "legitimacy",
    "expectation_gap",
    "marginalisation",
    "repeat_stops",
)
FOR_WHOM = ("trust", "confidence", "expectation_gap", "stops")
VERDICTS = {
    BETTER: "better",
    WORSE: "worse",
    CHANGED: "changed",
    UNCLEAR: "no clear change",
    SAME: "exactly the same",
    MISSING: "not measured",
}
_DIRECTIONS = {"rises": "rises", "falls": "falls", NO_CLEAR_CHANGE: "no clear change"}
ATTITUDE_LABELS = {name: INDICATORS[name].label for name in ATTITUDES}


@dataclass(frozen=True, eq=False)
class Answer:
    """Results together with the question they answer; equal only to itself.

    Args:
        question: what was asked.
        comparison: what the engine found.
        finished: whether all pairs asked for are in.
    """

    question: Question
    comparison: Any
    finished: bool

    @property
    def name(self) -> str:
        """The name of the other policy in the comparison."""
        return next(iter(self.comparison.others))

    @property
    def pairs(self) -> int:
        """How many pairs there are so far."""
        return int(self.comparison.base.replicates)

    @property
    def publics(self) -> dict[str, str]:
        """Everyone whose experience can be looked at, label by key."""
        return {key: self.label(key) for key in self.comparison.base.publics}

    def label(self, public: str) -> str:
        """How a public is called."""
        return str(self.comparison.base.labels[public])

    def measured(self, indicator: str, public: str = "all") -> Measured:
        """One difference at the end."""
        return measured(self.comparison, self.name, indicator, public)

    def names(self) -> tuple[str, str]:
        """What the two policies are called in legends and sentences."""
        base, other = self.question.policies()
        moved = len(self.question.moved)
        more = f", {moved} lever{'s' if moved > 1 else ''} moved" if moved else ""
        return base.title, other.title + more


def headline(answer: Answer) -> dict[str, Any]:
    """The answer in sentences: trust, who fares worst, the gap, and a warning where one is due."""
    trust = answer.measured("trust")
    place = answer.question.where().name
    base, other = answer.names()
    return {
        "context": f"{place}, after {lasting(answer.question.weeks)}: {quoted(other)} against "
        f"{quoted(base)}",
        "main": _trust_sentence(trust),
        "lines": [line for line in (_worst_sentence(answer), _gap_sentence(answer)) if line],
        "warning": _warning(answer),
        "pairs": pairs_sentence(answer),
    }


def pairs_sentence(answer: Answer) -> str:
    """How the numbers were made, and how many pairs stand behind them."""
    count = f"{answer.pairs} pair{'s' if answer.pairs != 1 else ''}"
    more = "" if answer.finished else f" so far; {answer.question.pairs} were asked for"
    return (
        f"From {count} of simulated histories{more}. Both policies meet the same people and the "
        "same chances in each pair. In brackets: the range that holds the average with 95 % "
        "confidence, as far as chance goes."
    )


def figures(answer: Answer) -> list[dict[str, str]]:
    """The key figures for everybody."""
    return [_figure(answer.measured(indicator)) for indicator in FIGURES]


def for_whom(answer: Answer) -> dict[str, Any]:
    """Who gains and who loses: a row for each public, those who fare worst first."""
    results = answer.comparison.base
    worst_first = sorted(
        measures.groups(results), key=lambda key: answer.measured("trust", key).difference
    )
    order = ["all", *worst_first, "most-affected", "usual-suspects"]
    rows = [_row(answer, public) for public in order if public in results.publics]
    losers = [row["label"] for row in rows[1:] if row["losses"]]
    return {
        "columns": [
            {"label": INDICATORS[name].label, "unit": _shown_unit(name)} for name in FOR_WHOM
        ],
        "rows": rows,
        "summary": f"{listed(losers)} lose on at least one count."
        if losers
        else "Nobody loses on any of these counts, slight changes aside.",
    }


def expected(answer: Answer) -> list[dict[str, Any]]:
    """What the authors of this policy expected of it against this base, beside what came out.

    Empty where a lever was moved: then nobody has written down what to expect.
    """
    base, other = answer.question.policies()
    if answer.question.moved or other.scenario != other.key:
        return []
    results = answer.comparison.base
    return [
        _expected(answer, each)
        for each in other.load().expectations
        if each.compared == base.key and each.public in results.publics
    ]


def why(answer: Answer, attitude: str, public: str) -> dict[str, Any]:
    """Which causes make the difference in one attitude, for one public."""
    found = measures.causes(answer.comparison, answer.name, attitude, public)
    shown = [each for each in found if abs(each.points) >= 0.005]
    total = answer.measured(attitude, public)
    kinds = {
        kind: sum(each.points for each in found if CAUSES[each.cause].kind == kind)
        for kind in ("expressive", "instrumental", "neither")
    }
    label = f"{ATTITUDE_LABELS[attitude].lower()}"
    return {
        "title": f"Difference in {label}, {answer.label(public)}",
        "bars": [
            {
                "label": CAUSES[each.cause].label,
                "kind": CAUSES[each.cause].kind,
                "points": round(each.points, 4),
                "low": round(each.low, 4),
                "high": round(each.high, 4),
                "text": signed(each.points, 2),
                "interval": interval(each.low, each.high, 2, sign=True),
            }
            for each in shown
        ],
        "total": {"text": signed(total.difference, 2), "points": round(total.difference, 4)},
        "kinds": [{"kind": kind, "text": signed(points, 2)} for kind, points in kinds.items()],
        "summary": _why_sentence(shown, total, label),
    }


def _expected(answer: Answer, expectation: Any) -> dict[str, Any]:
    found = answer.measured(expectation.indicator, expectation.public)
    entry, decimals = INDICATORS[expectation.indicator], found.decimals
    came = direction(found.low, found.high)
    who = "" if expectation.public == "all" else f", {answer.label(expectation.public)}"
    bounds = interval(found.low, found.high, decimals, sign=True)
    return {
        "claim": f"{entry.label}{who}: {_DIRECTIONS[expectation.change]}",
        "because": expectation.because,
        "came": f"Here: {_DIRECTIONS[came]}, {signed(found.difference, decimals)} ({bounds})",
        "agrees": came == expectation.change,
    }


def _figure(found: Measured) -> dict[str, str]:
    entry, decimals = INDICATORS[found.indicator], found.decimals
    usual = decimals_for(entry.unit)
    return {
        "indicator": found.indicator,
        "label": entry.label,
        "meaning": entry.meaning,
        "text": signed(found.difference, decimals),
        "unit": unit_of_change(entry.unit),
        "interval": interval(found.low, found.high, decimals, sign=True),
        "levels": f"{number(found.base, usual)} → {number(found.other, usual)}",
        "verdict": found.verdict,
        "words": _in_words(found),
        "value": repr(found.difference),
    }


def _in_words(found: Measured) -> str:
    """What a difference means, in a word or two."""
    slightly = "slightly " if found.verdict in (BETTER, WORSE) and found.slight else ""
    return slightly + VERDICTS[found.verdict]


def _row(answer: Answer, public: str) -> dict[str, Any]:
    results = answer.comparison.base
    found = [answer.measured(indicator, public) for indicator in FOR_WHOM]
    losses = [
        INDICATORS[each.indicator].label.lower()
        for each in found
        if each.verdict == WORSE and not each.slight
    ]
    people = float(results.sizes[public])
    return {
        "public": public,
        "label": answer.label(public),
        "share": f"{100 * people / float(results.sizes['all']):.0f} %",
        "small": people < measures.TOO_FEW,
        "losses": losses,
        "cells": [_figure(each) for each in found],
    }


def _shown_unit(indicator: str) -> str:
    return unit_of_change(INDICATORS[indicator].unit)


def _trust_sentence(trust: Measured) -> str:
    if trust.verdict == SAME:
        return "The two policies give exactly the same trust."
    if trust.verdict == MISSING:
        return "Trust could not be measured."
    if not trust.clear:
        return (
            f"No clear change in trust: {signed(trust.difference)} points "
            f"({interval(trust.low, trust.high, sign=True)})."
        )
    side = "higher" if trust.difference > 0 else "lower"
    return (
        f"Trust ends {number(abs(trust.difference), trust.decimals)} points {side} "
        f"({size(trust.low, trust.high, trust.decimals)})."
    )


def _worst_sentence(answer: Answer) -> str:
    found = [answer.measured("trust", key) for key in measures.groups(answer.comparison.base)]
    if not found or all(each.verdict in (SAME, MISSING) for each in found):
        return ""
    worst = min(found, key=lambda each: each.difference)
    who, bounds = answer.label(worst.public), size(worst.low, worst.high, worst.decimals)
    by = number(abs(worst.difference), worst.decimals)
    if worst.verdict == WORSE:
        return f"{who} fare worst: their trust ends {by} points lower ({bounds})."
    if worst.verdict == BETTER:
        return f"{who} gain least: their trust ends {by} points higher ({bounds})."
    return (
        f"{who} gain least: no clear change in their trust, "
        f"{signed(worst.difference, worst.decimals)} points ({bounds})."
    )


def _gap_sentence(answer: Answer) -> str:
    gap = answer.measured("expectation_gap")
    subject = "The gap between what people expect and what they get"
    if gap.verdict in (SAME, MISSING):
        return ""
    if not gap.clear:
        return (
            f"{subject} does not clearly change: {signed(gap.difference)} points "
            f"({interval(gap.low, gap.high, sign=True)})."
        )
    verb = "widens" if gap.difference > 0 else "narrows"
    by, bounds = number(abs(gap.difference), gap.decimals), size(gap.low, gap.high, gap.decimals)
    return f"{subject} {verb} by {by} points ({bounds})."


def _warning(answer: Answer) -> str:
    """What an average hides: a public that clearly loses trust while the whole area gains."""
    if answer.measured("trust").verdict != BETTER:
        return ""
    keys = [*measures.groups(answer.comparison.base), "most-affected", "usual-suspects"]
    found = [answer.measured("trust", key) for key in keys if key in answer.comparison.base.publics]
    losers = [
        f"{answer.label(each.public)} ({signed(each.difference, each.decimals)})"
        for each in found
        if each.verdict == WORSE
    ]
    return f"The average rises, but trust falls for {listed(losers)}." if losers else ""


def _why_sentence(found: list[measures.CausePoints], total: Measured, label: str) -> str:
    if not found:
        return f"No cause makes a difference to {label} here."
    along = [each for each in found if each.points * total.difference > 0][:2]
    against = [each for each in found if each.points * total.difference < 0][:2]
    says = (
        f"Of {signed(total.difference, 2)} points, most comes from {_named(along)}" if along else ""
    )
    turns = f"; pulling the other way: {_named(against)}" if against else ""
    return f"{says}{turns}." if says else f"Pulling both ways: {_named(found[:3])}."


def _named(found: list[measures.CausePoints]) -> str:
    return listed([f"{CAUSES[each.cause].label} ({signed(each.points, 2)})" for each in found])
