"""The answer in sentences, above everything else: trust, who fares worst, the gaps, a warning."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.doubtful import MARK, MEANING
from sim.theories import THEORIES
from web import measures
from web.answer import Answer
from web.desk import half_width
from web.measures import BETTER, MISSING, SAME, UNCLEAR, WORSE, Measured
from web.question import ALL_PAIRS, Question, letters
from web.words import interval, lasting, listed, month, number, quoted, signed, size

_NAMED_AT_MOST = 3
_GAP = "The gap between what people expect and what they get"


def headline(answer: Answer) -> dict[str, Any]:
    """The answer in sentences: trust, who fares worst, the gaps, and a warning where one is due."""
    trust = answer.measured("trust")
    place = answer.question.where().name
    base, other = answer.names()
    lines = (
        _worst_sentence(answer),
        _trust_gap_sentence(answer),
        _gap_sentence(answer),
        _unmoved_sentence(answer),
    )
    return {
        "context": f"{place}, after {lasting(answer.question.weeks)}: {quoted(other)} against "
        f"{quoted(base)}{under(answer.question)}",
        "main": _trust_sentence(trust),
        "lines": [line for line in lines if line],
        "warning": _warning(answer),
        "assumed": _assumed_sentence(answer),
        "pairs": pairs_sentence(answer),
        "policies": _every_policy(answer),
        "dagger": f"{MARK} {MEANING}.",
    }


def under(question: Question) -> str:
    """Under which rival theory of trust, for the end of a sentence; nothing where there is none."""
    if not question.theory:
        return ""
    return f", under the theory {quoted(THEORIES[question.theory].label)}"


def pairs_sentence(answer: Answer) -> str:
    """How the numbers were made, how many pairs it took, and how closely the headline is known."""
    count = f"{answer.pairs} pair{'s' if answer.pairs != 1 else ''} of simulated histories"
    return (
        f"{_precision_sentence(answer, count)} All policies meet the same people and the same "
        "chances in each pair. In brackets: the range that holds the average with 95 % "
        "confidence, as far as chance goes."
    )


def _precision_sentence(answer: Answer, count: str) -> str:
    wanted, reached = answer.question.within, half_width(answer.comparison)
    if wanted == ALL_PAIRS:
        more = "" if answer.finished else f" so far, of {answer.question.pairs} asked for"
        return f"From {count}{more}."
    if not np.isfinite(reached):
        return f"From {count} so far." if not answer.finished else f"From {count}."
    known = f"trust is known to within {reached:.2f} points either way"
    if reached <= wanted and answer.finished:
        return f"It took {count}: {known}, and {wanted:g} was asked for."
    if answer.finished:
        return f"After {count}, the most that was allowed, {known}; {wanted:g} was asked for."
    return f"From {count} so far: {known}. More are added until it is {wanted:g}."


def _every_policy(answer: Answer) -> list[dict[str, Any]]:
    """One line for each policy but the base, where there are several."""
    if len(answer.others) < 2:
        return []
    names = answer.all_names()[1:]
    rows = []
    for which, name in enumerate(names):
        trust = answer.measured("trust", which=which)
        looked = answer.looking_at(which)
        rows.append(
            {
                "letter": letters(answer.question)[1 + which],
                "name": name,
                "trust": signed(trust.difference, trust.decimals),
                "interval": interval(trust.low, trust.high, trust.decimals, sign=True),
                "verdict": trust.verdict,
                "worst": _worst_sentence(looked) or "Every public stays exactly where it is.",
                "warning": _warning(looked),
                "focus": which == answer.focus,
            }
        )
    return rows


def _assumed_sentence(answer: Answer) -> str:
    """What the moved assumptions alone did to the base."""
    if answer.before is None:
        return ""
    moved = len(answer.question.assumed)
    there = f"{moved} assumption{'s were' if moved > 1 else ' was'} moved"
    now = measures.end(answer.comparison.base, "trust", "all")
    before = measures.end(answer.before, "trust", "all")
    under_base = quoted(answer.names()[0])
    if number(before) == number(now):
        does = f"That alone leaves trust under {under_base} at {number(now)}"
    else:
        does = f"That alone takes trust under {under_base} from {number(before)} to {number(now)}"
    return (
        f"{there}, for all policies alike. {does}: the moved baseline, drawn in grey where it was. "
        "It is no effect of a policy."
    )


def _trust_gap_sentence(answer: Answer) -> str:
    """What becomes of the distance between the most affected and everybody else."""
    gap = answer.measured("trust_gap")
    if gap.verdict in (SAME, MISSING, UNCLEAR):
        return ""
    by, bounds = number(abs(gap.difference), gap.decimals), size(gap.low, gap.high, gap.decimals)
    if min(gap.base, gap.other) > 0:
        verb = "widens" if gap.difference > 0 else "narrows"
        return (
            f"The gap in trust between the most affected and everybody else {verb} by {by} points "
            f"({bounds})."
        )
    verb = "loses" if gap.difference > 0 else "gains"
    return (
        f"Against everybody else's, the trust of the most affected {verb} {by} points ({bounds})."
    )


def _unmoved_sentence(answer: Answer) -> str:
    """For whom nothing clearly changes."""
    found = [answer.measured("trust", key) for key in measures.groups(answer.comparison.base)]
    still = [answer.label(each.public) for each in found if each.verdict == UNCLEAR]
    if not still or len(still) == len(found):
        return ""
    if len(still) > _NAMED_AT_MOST:
        moved = [answer.label(each.public) for each in found if each.verdict != UNCLEAR]
        others = f", all but {listed(moved)}" if len(moved) <= _NAMED_AT_MOST else ""
        return (
            f"Trust does not clearly change for {len(still)} of the {len(found)} publics{others}."
        )
    return f"Trust does not clearly change for {listed(still)}."


def runs_ahead_from(answer: Answer) -> int | None:
    """The first week from which expectation runs clearly further ahead of delivery, to the end."""
    _, low, _ = answer.comparison.difference_series(answer.name, "expectation_gap", "all")
    clear = np.nan_to_num(low, nan=-1.0) > 0
    if not clear.size or not clear[-1]:
        return None
    held = np.flatnonzero(~clear)
    return int(held[-1] + 1) if held.size else 0


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
    if gap.verdict in (SAME, MISSING):
        return ""
    if not gap.clear:
        return (
            f"{_GAP} does not clearly change: {signed(gap.difference)} points "
            f"({interval(gap.low, gap.high, sign=True)})."
        )
    by, bounds = number(abs(gap.difference), gap.decimals), size(gap.low, gap.high, gap.decimals)
    since = runs_ahead_from(answer)
    if min(gap.base, gap.other) > 0:
        verb = "widens" if gap.difference > 0 else "narrows"
        changed = f"{_GAP} {verb} by {by} points ({bounds})"
        ahead = "expectation runs further ahead of delivery"
    else:
        verb = "rises" if gap.difference > 0 else "falls"
        side = "above" if gap.other > 0 else "below"
        changed = (
            f"Expectation {verb} by {by} points against what people get ({bounds}), and ends "
            f"{number(abs(gap.other), gap.decimals)} {side} it"
        )
        ahead = "clearly so"
    return f"{changed}; {ahead} from month {month(since)} on." if since else f"{changed}."


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
