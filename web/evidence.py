"""The published patterns as a page shows them: value, accepted range, hit or miss, and why it counts.

What is shown is what `parley evidence --json` wrote, kept as `scenarios/evidence/evidence.json`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from sim.scenario import SHIPPED
from web.words import MINUS, number, quoted

KEPT = SHIPPED / "evidence" / "evidence.json"
HOW_TO_MAKE = "parley evidence --json"
_MOST_BYTES = 2_000_000
_AIR = 0.12
"""Part of a picture's width that is left free on both sides."""


class _Record(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


class Part(_Record):
    """One number of a pattern.

    Args:
        name: what was measured.
        value: what the model gives; None where it gives nothing.
        lo, hi: its interval, where there is one.
        accepted: both ends of the accepted range; None where it is open.
        hit: whether the value lies inside.
        means: what it means for a user, in plain English.
    """

    name: str
    value: float | None
    lo: float | None = None
    hi: float | None = None
    accepted: tuple[float | None, float | None]
    hit: bool
    means: str = ""


class Pattern(_Record):
    """One published pattern; it hits when every part does.

    Args:
        id: its name in the list, such as "E13".
        claim: what studies found.
        parts: what the model gives.
        hit: whether every part hits.
        source: who found it.
        seen: whether the figure was read in a public record, not recalled.
        question: what the pattern asks of the model.
        note: what a reader has to know about how it was measured.
        means: what this hit or miss means for a user.
        input: whether it feeds the building of areas, so that it does not count as found.
        fit: "fit" in the half that was fitted first, "check" in the half first kept back.
    """

    id: str
    claim: str
    parts: tuple[Part, ...]
    hit: bool
    source: str = ""
    seen: bool = False
    question: str = ""
    note: str = ""
    means: str = ""
    input: bool = False
    fit: str = ""


class _Kept(_Record):
    patterns: tuple[Pattern, ...]


def read(path: Path = KEPT) -> tuple[tuple[Pattern, ...], str]:
    """The patterns that were kept.

    Returns:
        The patterns, and why there are none: empty where there are.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return (), "The published patterns have not been measured on this machine yet."
    except OSError as fault:
        return (), f"The kept results cannot be read ({fault.strerror or fault})."
    try:
        if len(content) > _MOST_BYTES:
            raise ValueError
        return _Kept.model_validate_json(content).patterns, ""
    except (ValueError, ValidationError):
        return (), "The kept results are not what `parley evidence --json` writes."


def page(path: Path = KEPT) -> str:
    """Everything the page shows, as a JSON string."""
    patterns, missing = read(path)
    found = [each for each in patterns if not each.input]
    fed = [each for each in patterns if each.input]
    return json.dumps(
        {
            "missing": missing,
            "command": HOW_TO_MAKE,
            "file": f"scenarios/{KEPT.relative_to(SHIPPED).as_posix()}",
            "headline": _headline(found),
            "more": _more(found, fed),
            "patterns": [_shown(each) for each in patterns],
        },
        allow_nan=False,
    )


def _headline(found: Sequence[Pattern]) -> str:
    if not found:
        return "How the model does against what studies found"
    hits = sum(each.hit for each in found)
    return f"The model reproduces {hits} of {len(found)} published patterns"


def _more(found: Sequence[Pattern], fed: Sequence[Pattern]) -> list[str]:
    """What the count leaves out: kinds of patterns, inputs, sources from memory."""
    lines = []
    if kinds := {each.fit for each in found if each.fit}:
        parts = [
            f"{sum(each.hit for each in found if each.fit == kind)} of "
            f"{sum(each.fit == kind for each in found)} {_KINDS.get(kind, kind)}"
            for kind in sorted(kinds, reverse=True)
        ]
        lines.append(f"Of these: {'; '.join(parts)}.")
    if fed:
        hits = sum(each.hit for each in fed)
        lines.append(
            f"{len(fed)} more, {hits} of them reproduced, feed the building of areas and are "
            "counted apart."
        )
    recalled = sum(not each.seen for each in (*found, *fed))
    if recalled:
        lines.append(f"For {recalled} the published figure was quoted from memory and not checked.")
    return lines


_KINDS = {
    "fit": "in the half that was fitted first",
    "check": "in the half first kept back, fitted in the end as well",
}


def _shown(pattern: Pattern) -> dict[str, Any]:
    return {
        "id": pattern.id,
        "question": pattern.question,
        "claim": pattern.claim,
        "hit": pattern.hit,
        "verdict": "Reproduced" if pattern.hit else "Missed",
        "means": _worded(pattern.means),
        "note": _worded(pattern.note),
        "source": pattern.source,
        "read": "read in a public record" if pattern.seen else "quoted from memory, not checked",
        "seen": pattern.seen,
        "input": pattern.input,
        "kind": "input to areas" if pattern.input else pattern.fit,
        "kind_words": "Feeds the building of areas: not counted as found"
        if pattern.input
        else _KIND_WORDS.get(pattern.fit, ""),
        "parts": [_part(each) for each in pattern.parts],
    }


_KIND_WORDS = {
    "fit": "Fitted from the first",
    "check": "First kept back as a check; fitted in the end as well",
}


def _worded(text: str) -> str:
    """Text with the names that it sets between backticks in quotation marks, as readers know them."""
    return re.sub(r"`([^`]*)`", lambda found: quoted(found[1]), text)


def _part(part: Part) -> dict[str, Any]:
    decimals = _decimals(part)
    low, high = part.accepted
    value = "no value" if part.value is None else number(part.value, decimals)
    bounds = (
        f"{number(part.lo, decimals)} to {number(part.hi, decimals)}"
        if part.lo is not None and part.hi is not None and not math.isclose(part.lo, part.hi)
        else ""
    )
    accepted = _range(low, high)
    return {
        "name": part.name,
        "hit": part.hit,
        "value": value,
        "interval": bounds,
        "accepted": accepted,
        "means": part.means,
        "picture": _picture(part),
        "says": f"{part.name}: {value}{f' ({bounds})' if bounds else ''}; accepted {accepted}. "
        f"{'Inside' if part.hit else 'Outside'}.",
    }


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return "any value" if high is None else f"{_end(high)} or less"
    return f"{_end(low)} or more" if high is None else f"{_end(low)} to {_end(high)}"


def _decimals(part: Part) -> int:
    """Enough decimals to tell values inside the range from each other, and from its ends."""
    known = [each for each in (*part.accepted, part.lo, part.hi, part.value) if each is not None]
    span = (max(known) - min(known)) if known else 0.0
    usual = min(3, max(0, 1 - math.floor(math.log10(span)))) if span > 0 else 1
    if part.value is None:
        return usual
    value = part.value
    ends = [each for each in part.accepted if each is not None and not math.isclose(each, value)]
    return next(
        (
            decimals
            for decimals in range(usual, 6)
            if all(round(value, decimals) != round(end, decimals) for end in ends)
        ),
        6,
    )


def _end(value: float) -> str:
    """An end of a range, as it was stated."""
    return f"{value:g}".replace("-", MINUS)


def _picture(part: Part) -> dict[str, float | None] | None:
    """Where range, value and interval lie in a picture of width 100; None where nothing is known."""
    known = [each for each in (*part.accepted, part.value, part.lo, part.hi) if each is not None]
    if part.value is None or not known:
        return None
    least, most = min(known), max(known)
    span = (most - least) or max(abs(most), 1.0)
    left, width = least - _AIR * span, span * (1 + 2 * _AIR)

    def at(value: float | None) -> float | None:
        return None if value is None else round(100 * (value - left) / width, 2)

    low, high = part.accepted
    return {
        "low": at(low),
        "high": at(high),
        "value": at(part.value),
        "from": at(part.lo),
        "to": at(part.hi),
        "zero": at(0.0) if left < 0 < left + width else None,
    }
