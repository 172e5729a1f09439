"""Who gains and who loses: every public beside the others, with small numbers guarded."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.indicators.table import INDICATORS
from sim.report import LIMITS
from sim.results import ALL, MOST_AFFECTED, USUAL_SUSPECTS
from sim.tidy import spreadsheet_safe
from sim.version import VERSION
from web import measures
from web.answer import Answer, figure, mark
from web.desk import Runs
from web.measures import BETTER, WORSE
from web.question import Question
from web.words import listed, unit_of_change

FOR_WHOM = ("trust", "confidence", "expectation_gap", "stops")
TABLES = {
    "Outcomes": (
        "trust",
        "confidence",
        "legitimacy",
        "voice_belief",
        "perceived_impartiality",
        "expectation_gap",
    ),
    "Contacts, for each person": ("reach", "informed", "deliberation", "engagement_hours"),
    "Stops and lines, for each person": ("stops", "stop_ratio", "repeat_stops", "hardening"),
}
"""Every outcome by public, in tables narrow enough to be read."""
HIDDEN_BELOW = 10
"""Simulated residents below which a public's figures are not shown at all."""
MOVED_BY = 1.0
"""Points of trust by which a resident has to move to count as a winner or loser."""
_PAIRS = 4
_TRAITS: dict[str, Callable[[str], str]] = {
    "age": lambda ages: f"aged {ages.replace('-', ' to ')}",
    "tenure": lambda tenures: f"tenure: {tenures}",
    "ethnic": lambda groups: f"ethnic group: {groups}",
}
"""How a rule about a trait is said."""
_NAMED_AT_MOST = 4
"""Publics that a sentence names; more are counted."""


def for_whom(answer: Answer, indicators: tuple[str, ...] = FOR_WHOM) -> dict[str, Any]:
    """Who gains and who loses: a row for each public, those who fare worst first.

    Args:
        answer: results and their question.
        indicators: the columns.
    """
    rows = [_row(answer, public, indicators) for public in order(answer)]
    losers = [row["label"] for row in rows[1:] if row["losses"]]
    return {
        "columns": [
            {"label": f"{INDICATORS[name].label} {mark(name)}".strip(), "unit": _shown_unit(name)}
            for name in indicators
        ],
        "rows": rows,
        "summary": _who_loses(losers, len(rows) - 1)
        if losers
        else "Nobody loses on any of these counts, slight changes aside.",
    }


def _who_loses(losers: list[str], of: int) -> str:
    """Those who lose by name while they are few; else how many, for their rows are marked."""
    if len(losers) == of > 1:
        return f"All {of} publics lose on at least one count."
    if len(losers) > _NAMED_AT_MOST:
        return f"{len(losers)} of these {of} publics lose on at least one count, and are marked."
    return f"{listed(losers)} lose on at least one count."


def order(answer: Answer) -> list[str]:
    """Everybody, then the publics from the one whose trust fares worst, then those followed."""
    results = answer.comparison.base
    worst_first = sorted(
        measures.groups(results), key=lambda key: answer.measured("trust", key).difference
    )
    every = [ALL, *worst_first, MOST_AFFECTED, USUAL_SUSPECTS]
    return [public for public in every if public in results.publics]


def flags(answer: Answer) -> list[str]:
    """One line for each outcome whose mean gets better while some public loses."""
    found = []
    for indicator in dict.fromkeys(name for names in TABLES.values() for name in names):
        if answer.measured(indicator).verdict != BETTER:
            continue
        losers = [
            answer.label(public)
            for public in order(answer)[1:]
            if (one := answer.measured(indicator, public)).verdict == WORSE and not one.slight
        ]
        if losers:
            label = INDICATORS[indicator].label
            found.append(f"{label} gets better on average, but worse for {listed(losers)}.")
    return found


def equality(answer: Answer) -> dict[str, Any]:
    """A table for an equality assessment: who they are, how many, and what the policy does to them."""
    area = answer.question.where().today.load().area
    rows = []
    for public in order(answer):
        trust, stops = answer.measured("trust", public), answer.measured("stops", public)
        reach = answer.measured("reach", public)
        few = _few(answer, public)
        shown = [figure(one) for one in (trust, stops, reach)]
        adverse = [one for one in (trust, stops, reach) if one.verdict == WORSE and not one.slight]
        rows.append(
            [
                answer.label(public),
                _who(area, public),
                f"{_people(answer, public):,.0f}",
                *(
                    "too few" if few == "hidden" else f"{one['text']} ({one['interval']})"
                    for one in shown
                ),
                _impact(adverse, few),
            ]
        )
    columns = [
        "Public",
        "Who they are",
        "People, about",
        "Trust, points",
        "Searches per 1,000 people a year",
        "Reach, % points",
        "Possible adverse impact",
    ]
    name = "-".join(each.policy for each in answer.question.tried)
    made = _made(answer)
    table = [[*columns, *made], *([*row, *made.values()] for row in rows)]
    cells = [[spreadsheet_safe(cell) for cell in row] for row in table]
    return {
        "columns": columns,
        "rows": rows,
        "csv": "\r\n".join(",".join(_quoted(cell) for cell in row) for row in cells) + "\r\n",
        "file": f"equality-{answer.question.where().stem}-{name}.csv",
        "note": "Who belongs to a public: the first rule that fits, in the order of the area file. "
        "Protected characteristics that the area file does not describe (such as sex, "
        "disability or faith) are not here; this table does not show that they are unaffected.",
    }


def _made(answer: Answer) -> dict[str, str]:
    """What has to be known to judge and to repeat a table, for columns of its file."""
    base, other = answer.names()
    worlds = (answer.comparison.base, answer.comparison.others[answer.name])
    return {
        "Compared": f"{other} against {base}",
        "Interval": "95 %, over pairs (play of chance only)",
        "Pairs": str(answer.pairs),
        "Made with": f"Parley {VERSION}",
        "Scenario hash": ", ".join(results.scenario.hash for results in worlds),
        "Command": answer.question.command(answer.pairs),
        "Limits of use": " ".join(LIMITS),
    }


@dataclass(frozen=True)
class WinnersAndLosers:
    """How many residents of each public gain and lose trust, in % of its simulated residents.

    Args:
        found: by public, % who gain, % who lose, % who hardly move, number of residents looked at.
        pairs: pairs of histories looked at.
    """

    found: dict[str, tuple[float, float, float, int]]
    pairs: int


def winners_and_losers(question: Question, which: int) -> Any:
    """The errand that compares residents one by one at the end, in a few pairs."""

    def errand(runs: Runs) -> Generator[tuple[int, int], None, WinnersAndLosers]:
        scenarios = question.scenarios()
        base, other = scenarios[0], scenarios[1 + which]
        moved, groups = [], []
        for pair in range(_PAIRS):
            options = {**question.options(), "replicates": 1, "first": pair}
            found = runs.compare(base, [other], snapshots=(question.weeks,), **options)
            ours, theirs = found.base.snapshots, next(iter(found.others.values())).snapshots
            change, who = _moved(ours, theirs)
            moved.append(change)
            groups.append(who)
            yield pair + 1, _PAIRS
        return _counted(np.concatenate(moved), np.concatenate(groups))

    return errand


def told(answer: Answer, found: WinnersAndLosers | None) -> dict[str, Any]:
    """Winners and losers as a table, or nothing where they were not asked for."""
    rows = []
    for public in order(answer):
        if found is None or public not in found.found:
            continue
        gains, loses, still, count = found.found[public]
        hidden = count < HIDDEN_BELOW * found.pairs
        rows.append(
            {
                "label": answer.label(public),
                "hidden": hidden,
                "parts": [] if hidden else [round(gains, 1), round(still, 1), round(loses, 1)],
            }
        )
    return {"asked": found is not None, "rows": rows, "by": f"{MOVED_BY:g}", "pairs": _PAIRS}


def _moved(ours: Any, theirs: Any) -> tuple[np.ndarray, np.ndarray]:
    """Difference in trust of each resident who is there at the end in both worlds, and their public."""
    _, at, where = np.intersect1d(ours["resident"], theirs["resident"], return_indices=True)
    return theirs["trust"][where] - ours["trust"][at], ours["group"][at]


def _counted(moved: np.ndarray, groups: np.ndarray) -> WinnersAndLosers:
    found = {}
    for public in (ALL, *np.unique(groups).tolist()):
        inside = moved if public == ALL else moved[groups == public]
        gains = 100 * float((inside > MOVED_BY).mean())
        loses = 100 * float((inside < -MOVED_BY).mean())
        found[public] = (gains, loses, 100 - gains - loses, int(inside.size))
    return WinnersAndLosers(found, _PAIRS)


def _row(answer: Answer, public: str, indicators: tuple[str, ...]) -> dict[str, Any]:
    results = answer.comparison.base
    found = [answer.measured(indicator, public) for indicator in indicators]
    losses = [
        INDICATORS[each.indicator].label.lower()
        for each in found
        if each.verdict == WORSE and not each.slight
    ]
    few = _few(answer, public)
    return {
        "public": public,
        "label": answer.label(public),
        "share": f"{100 * float(results.sizes[public]) / float(results.sizes[ALL]):.0f} %",
        "small": few == "small",
        "hidden": few == "hidden",
        "losses": [] if few == "hidden" else losses,
        "cells": [] if few == "hidden" else [figure(each) for each in found],
    }


def _few(answer: Answer, public: str) -> str:
    """Whether a public has too few simulated residents to be shown, or to be read lightly."""
    people = float(answer.comparison.base.sizes[public])
    if people < HIDDEN_BELOW:
        return "hidden"
    return "small" if people < measures.TOO_FEW else ""


def _people(answer: Answer, public: str) -> float:
    """How many people a public stands for in the area."""
    results = answer.comparison.base
    share = float(results.sizes[public]) / float(results.sizes[ALL])
    return share * float(results.scenario.area.people)


def _who(area: Any, public: str) -> str:
    """The rule by which somebody belongs to a public, in words."""
    if public == ALL:
        return "everybody"
    if public == MOST_AFFECTED:
        return "the quarter with most need and most risk of being searched at the start"
    if public == USUAL_SUSPECTS:
        return "the tenth best known to the police at the start"
    rule = area.groups[public].where or {}
    parts = [_TRAITS[name](" or ".join(rule[name])) for name in _TRAITS if name in rule]
    return ", ".join(parts) if parts else "everybody who belongs to no other public"


def _impact(adverse: list[measures.Measured], few: str) -> str:
    if few == "hidden":
        return "cannot be judged: too few"
    if not adverse:
        return "none found"
    found = [f"{INDICATORS[each.indicator].label.lower()}" for each in adverse]
    return f"yes: {listed(found)}{', few people: read with care' if few else ''}"


def _quoted(cell: str) -> str:
    escaped = cell.replace('"', '""')
    return f'"{escaped}"'


def _shown_unit(indicator: str) -> str:
    return unit_of_change(INDICATORS[indicator].unit)
