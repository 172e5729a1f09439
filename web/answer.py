"""Results together with the question they answer, and the figures that are read off them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sim.doubtful import MARK, doubts
from sim.headline import NO_CLEAR_CHANGE, direction
from sim.indicators.table import INDICATORS
from sim.ledger import ATTITUDES
from web.measures import BETTER, VERDICT_WORDS, WORSE, Measured, measured
from web.question import Question, letters
from web.words import decimals_for, interval, number, signed, unit_of_change

FIGURES = (
    "trust",
    "confidence",
    "legitimacy",
    "expectation_gap",
    "marginalisation",
    "repeat_stops",
)
_DIRECTIONS = {"rises": "rises", "falls": "falls", NO_CLEAR_CHANGE: "no clear change"}
ATTITUDE_LABELS = {name: INDICATORS[name].label for name in ATTITUDES}


@dataclass(frozen=True, eq=False)
class Answer:
    """Results together with the question they answer; equal only to itself.

    Args:
        question: what was asked.
        comparison: what the engine found.
        finished: whether no more pairs will come.
        before: results of the base before its assumptions were moved; None where none was.
        focus: which of the other policies is looked at in detail, from 0.
    """

    question: Question
    comparison: Any
    finished: bool
    before: Any = None
    focus: int = 0

    @property
    def name(self) -> str:
        """The name in the comparison of the policy that is looked at."""
        return self.others[self.focus]

    @property
    def others(self) -> list[str]:
        """The names in the comparison of every policy but the base."""
        return list(self.comparison.others)

    @property
    def pairs(self) -> int:
        """How many pairs there are so far."""
        return int(self.comparison.base.replicates)

    @property
    def publics(self) -> dict[str, str]:
        """Everyone whose experience can be looked at, label by key."""
        return {key: self.label(key) for key in self.comparison.base.publics}

    def looking_at(self, which: int) -> Answer:
        """The same answer with another policy looked at; the last there is, where there are fewer."""
        return replace(self, focus=max(0, min(which, len(self.others) - 1)))

    def results(self) -> list[Any]:
        """Results of every policy, the base first."""
        return [self.comparison.base, *self.comparison.others.values()]

    def label(self, public: str) -> str:
        """How a public is called."""
        return str(self.comparison.base.labels[public])

    def measured(self, indicator: str, public: str = "all", which: int | None = None) -> Measured:
        """One difference at the end, of the policy that is looked at or of another."""
        name = self.name if which is None else self.others[which]
        return measured(self.comparison, name, indicator, public)

    def names(self) -> tuple[str, str]:
        """What base and the policy that is looked at are called in sentences."""
        every = self.all_names()
        return every[0], every[1 + self.focus]

    def all_names(self) -> list[str]:
        """What all policies are called, the base first."""
        return called(self.question)

    def lettered(self) -> list[str]:
        """The same with a letter before each, for legends and tables."""
        pairs = zip(letters(self.question), self.all_names(), strict=True)
        return [f"{letter}: {name}" for letter, name in pairs]


def called(question: Question) -> list[str]:
    """What the policies of a question are called, with how many levers were moved in each."""
    base, *others = question.policies()
    names = [base.title]
    for tried, policy in zip(question.tried, others, strict=True):
        moved = len(tried.moved)
        more = f", {moved} lever{'s' if moved > 1 else ''} moved" if moved else ""
        names.append(policy.title + more)
    return names


def figures(answer: Answer) -> list[dict[str, str]]:
    """The key figures for everybody."""
    return [figure(answer.measured(indicator)) for indicator in FIGURES]


def expected(answer: Answer) -> list[dict[str, Any]]:
    """What the authors of this policy expected of it against this base, beside what came out.

    Empty where a lever or an assumption was moved or another theory holds: then nobody has written
    down what to expect.
    """
    question = answer.question
    base, other = question.policies()[0], question.policies()[1 + answer.focus]
    as_written = not (question.tried[answer.focus].moved or question.assumed or question.theory)
    if not as_written or other.scenario != other.key:
        return []
    results = answer.comparison.base
    return [
        _expected(answer, each)
        for each in other.load().expectations
        if each.compared == base.key and each.public in results.publics
    ]


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


def mark(indicator: str) -> str:
    """A dagger where the difference in a measure leans on untested numbers; else nothing."""
    return MARK if _leans()[indicator] else ""


@cache
def _leans() -> dict[str, bool]:
    """Whether each measure leans on untested numbers; read once, for a page asks a hundred times."""
    found = doubts()
    return {indicator: found[indicator].leans for indicator in INDICATORS}


def figure(found: Measured) -> dict[str, str]:
    """One difference with its words, as tables and headlines show it."""
    entry, decimals = INDICATORS[found.indicator], found.decimals
    usual = decimals_for(entry.unit)
    return {
        "indicator": found.indicator,
        "label": entry.label,
        "mark": mark(found.indicator),
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
    return slightly + VERDICT_WORDS[found.verdict]
