"""Which findings lean on numbers that nobody has tested.

Whatever could move a finding is added up as the model measured it (`sim/influence.py`): each number
by the square of the way the finding goes when the number alone goes through its range, as variances
add up. A finding leans on untested numbers where they make up more than `LEANS_ABOVE` of the sum.

Where the dice hide what the numbers do to a difference (all of it together is less than what chance
leaves open for one), what they do to the level stands in for it; where that is hidden too, nothing
is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sim.assumptions import ASSUMPTIONS
from sim.indicators.table import INDICATORS
from sim.influence import CONTRAST, LEVEL, SUBJECTS, Influence, about, influences
from sim.ledger import ATTITUDES, CAUSES

LEANS_ABOVE = 0.5
UNTESTED = "untested"
MARK = "†"
MEANING = (
    "leans on untested numbers: more than half of what the assumptions could do to it comes from"
    " numbers that no study supports"
)


@dataclass(frozen=True)
class Doubt:
    """How much of what could move a finding comes from untested numbers.

    Attributes:
        finding: an indicator, or "attitude:cause" for points of the ledger.
        subject: whether it was seen in the contrast or in the level.
        share: 0 to 1; None where no number was seen to move the finding.
        numbers: the untested numbers that move it, the most influential first.
    """

    finding: str
    subject: str
    share: float | None
    numbers: tuple[str, ...]

    @property
    def leans(self) -> bool:
        """Whether the share is above the declared bound."""
        return self.share is not None and self.share > LEANS_ABOVE


def doubts(subject: str = CONTRAST) -> Mapping[str, Doubt]:
    """The doubt about every finding, by its name.

    Args:
        subject: "contrast" for a difference that a policy makes, "level" for what one world comes
            to. The contrast measured is that of two-way conversation with today's practice; for
            other policies it stands in.

    Raises:
        InfluenceFault: the measured influence cannot be read.
    """
    if subject not in SUBJECTS:
        raise ValueError(f"subject {subject!r} is neither {LEVEL!r} nor {CONTRAST!r}")
    return _doubts(subject, influences())


def doubts_as_dict(subject: str = CONTRAST) -> dict[str, Any]:
    """The same for JSON: `bound`, then `indicators` and `ledger` by name, each with its share."""
    found = doubts(subject)
    return {
        "bound": LEANS_ABOVE,
        "indicators": {name: _as_dict(found[name]) for name in INDICATORS},
        "ledger": {
            attitude: {cause: _as_dict(found[f"{attitude}:{cause}"]) for cause in CAUSES}
            for attitude in ATTITUDES
        },
    }


def leaning(told: Mapping[str, Any]) -> frozenset[str]:
    """Names of the findings that lean on untested numbers.

    Args:
        told: as `doubts_as_dict` gives it.
    """
    tables = {"": told["indicators"], **{f"{name}:": told["ledger"][name] for name in ATTITUDES}}
    return frozenset(
        f"{prefix}{name}"
        for prefix, table in tables.items()
        for name, entry in table.items()
        if entry["leans_on_untested"]
    )


@lru_cache(maxsize=4)
def _doubts(subject: str, measured: tuple[Influence, ...]) -> Mapping[str, Doubt]:
    noise = about()["noise"]
    swings: dict[tuple[str, str], dict[str, float]] = {}
    for one in measured:
        if one.swing > 0.0 and one.assumption in ASSUMPTIONS:
            swings.setdefault((one.subject, one.finding), {})[one.assumption] = one.swing

    def doubt(finding: str) -> Doubt:
        for seen in (subject, LEVEL):
            squares = {name: x**2 for name, x in swings.get((seen, finding), {}).items()}
            if sum(squares.values()) > (noise[seen].get(finding) or 0.0) ** 2:
                return _doubt(finding, seen, squares)
        return Doubt(finding, subject, None, ())

    causes = (f"{attitude}:{cause}" for attitude in ATTITUDES for cause in CAUSES)
    return {finding: doubt(finding) for finding in (*INDICATORS, *causes)}


def _doubt(finding: str, subject: str, squares: Mapping[str, float]) -> Doubt:
    untested = {
        name: square for name, square in squares.items() if ASSUMPTIONS[name].strength == UNTESTED
    }
    share = sum(untested.values()) / sum(squares.values())
    first = tuple(sorted(untested, key=lambda name: -untested[name]))
    return Doubt(finding, subject, share, first)


def _as_dict(doubt: Doubt) -> dict[str, Any]:
    return {
        "untested_share": None if doubt.share is None else round(doubt.share, 3),
        "leans_on_untested": doubt.leans,
        "numbers": list(doubt.numbers[:3]),
    }
