"""Why: the ledger's causes of a change or of a difference."""

from __future__ import annotations

from typing import Any

from sim.ledger import CAUSES
from web import measures
from web.answer import ATTITUDE_LABELS, Answer
from web.measures import Measured
from web.words import interval, listed, signed


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
