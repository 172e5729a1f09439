"""Hours and money beside outcomes: what each policy takes, at a price that the visitor names."""

from __future__ import annotations

import math
from typing import Any

from web.answer import Answer
from web.measures import end
from web.question import letters
from web.words import number, signed

WEEKS_A_YEAR = 52
DEAREST = 1000.0
"""Pounds an officer-hour may be said to cost at most."""


def price(text: Any) -> float | None:
    """What an officer-hour costs, in pounds; None where nothing sensible was given."""
    given = str(text).strip().lstrip("£")
    try:  # float() also reads the digits of other scripts
        wanted = float(given) if given.isascii() else 0.0
    except ValueError:
        return None
    return round(wanted, 2) if math.isfinite(wanted) and 0 < wanted <= DEAREST else None


def hours_and_money(answer: Answer, cost: float | None) -> dict[str, Any]:
    """Neighbourhood hours of each policy in the whole area, what they cost, and what they bring.

    Args:
        answer: results and their question.
        cost: pounds an officer-hour; None to leave money out.
    """
    results = answer.results()
    thousands = float(results[0].scenario.area.people) / 1000.0
    planned = [float(each.scenario.policy.hours) * thousands for each in results]
    met = [end(each, "engagement_hours", "all") * thousands for each in results]
    rows = [
        ["Neighbourhood hours a week, as planned", *(f"{hours:,.0f}" for hours in planned)],
        ["of these on engagement at the end, a week", *(f"{hours:,.0f}" for hours in met)],
    ]
    if cost is not None:
        yearly = [hours * WEEKS_A_YEAR * cost for hours in planned]
        rows.append(["Neighbourhood hours a year, £", *(f"{pounds:,.0f}" for pounds in yearly)])
        more = [pounds - yearly[0] for pounds in yearly]
        rows.append(["More than under A, a year, £", "", *(_pounds(each) for each in more[1:])])
    trust = [answer.measured("trust", which=which) for which in range(len(answer.others))]
    rows.append(
        ["Difference in trust, points", "", *(signed(each.difference, 2) for each in trust)]
    )
    return {
        "columns": ["", *answer.lettered()],
        "rows": rows,
        "note": _note(answer, cost, planned),
    }


def _pounds(value: float) -> str:
    return f"{signed(value, 0)}" if abs(value) >= 0.5 else "0"


def _note(answer: Answer, cost: float | None, planned: list[float]) -> str:
    same = all(abs(hours - planned[0]) < 0.5 for hours in planned)
    marks = letters(answer.question)
    said = (
        "Every policy is given the same hours: what differs is how they are spent."
        if same
        else f"Planned hours range from {number(min(planned), 0)} to {number(max(planned), 0)} a "
        f"week between {marks[0]} and {marks[-1]}."
    )
    if cost is None:
        return f"{said} Name the cost of an officer-hour to see money beside it."
    return f"{said} At £{cost:,.2f} an officer-hour, a figure you gave; nothing else is priced."
