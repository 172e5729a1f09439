"""Scenario discovery in plain sentences: in which worlds a policy does worse than the base."""

from __future__ import annotations

import pandas as pd

from analysis.report.section import Section, Table
from analysis.robustness.discovery import Box, boxes_table, discovered
from analysis.robustness.pairs import Pairs
from analysis.robustness.words import condition, counted, listed, outcome_name, percent, policy_name
from sim.results import ALL

_TITLE = "Scenario discovery: where a policy does worse"
_MOST_TOLD = 12


def section(pairs: Pairs) -> Section:
    """The boxes of a sweep as a section of a report."""
    boxes = discovered(pairs)
    if not boxes:
        return Section("robustness-discovery", _TITLE, (
            "No policy does worse than the base in some worlds and not in others: there is nothing to"
            " tell apart.",
        ))  # fmt: skip
    held = [box for box in boxes if box.holds]
    known: set[str] = set()
    said = [sentence(box, pairs, known) for box in held[:_MOST_TOLD]]
    if len(held) > _MOST_TOLD:
        said.append(f"{len(held) - _MOST_TOLD} more are in the table.")
    said += _what_failed([box for box in boxes if not box.holds], bool(held))
    said.append(
        "Coverage is how many of the worlds that do worse lie in the box; density how many worlds of the"
        " box do worse. Boxes are found by PRIM in half of the draws and checked in the other half."
    )
    parts = [
        Table("robustness-discovery", "Boxes, training beside held-out worlds", boxes_table(boxes))
    ]
    limits = _limits(boxes)
    if len(limits):
        parts.append(Table("robustness-discovery-limits", "What each box is limited to", limits))
    return Section("robustness-discovery", _TITLE, tuple(said), tuple(parts))


def sentence(box: Box, pairs: Pairs, told: set[str]) -> str:
    """A box in plain words, with what it does on held-out and on training worlds.

    Args:
        box: one that holds.
        pairs: what it was found in.
        told: uncertainties whose meaning has been given already.
    """
    whom = "" if box.subject == ALL else " of the worst-off public"
    where = listed([condition(limit, told) for limit in box.limits])
    weaker = " It does less well there than in training." if box.weaker else ""
    return (
        f"{policy_name(box.policy)} does worse than {policy_name(pairs.base)} on"
        f" {outcome_name(box.outcome)}{whom} where {where}."
        f" Of {counted(box.held_out, 'held-out world')}, the box has {box.held_inside}: {percent(box.held_density)}"
        f" of them do worse (density; {percent(box.usual)} of all), and {percent(box.held_coverage)} of all"
        f" that do worse are in it (coverage). On training worlds density was {percent(box.density)} and"
        f" coverage {percent(box.coverage)}.{weaker}"
    )


def _what_failed(boxes: list[Box], some_held: bool) -> list[str]:
    """Why nothing is told of the others, each reason once."""
    found = []
    for why in dict.fromkeys(box.why for box in boxes):
        own = [box for box in boxes if box.why == why]
        whose = listed(list(dict.fromkeys(policy_name(box.policy) for box in own[:4])))
        more = "" if len({box.policy for box in own}) <= 4 else " and others"
        found.append(f"{counted(len(own), 'question')} left open ({whose}{more}): {why}.")
    if boxes and not some_held:
        found.insert(0, "No set of worlds was found in which a policy reliably does worse.")
    return found


def _limits(boxes: list[Box]) -> pd.DataFrame:
    rows = [
        {
            "policy": box.policy, "outcome": box.outcome, "subject": box.subject, "uncertainty": limit.name,
            "low": limit.low, "high": limit.high, "kinds": ", ".join(limit.kinds),
            "quasi_p": limit.chance, "holds": box.holds,
        }
        for box in boxes
        for limit in box.limits
    ]  # fmt: skip
    return pd.DataFrame(rows)
