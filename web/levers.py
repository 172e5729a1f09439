"""The levers that the page offers, in the words of the field.

Range, unit and meaning come from the one table of levers; only the short label and the step are the
page's. A share is shown in per cent; shares that have to sum to 1 give way in proportion.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.policy.levers import LEVERS, REACH_PRESETS
from web.places import SHARES
from web.words import sentence

REACH = "reach"
REACH_WORDS = {
    "open-door": "Whoever comes through the door",
    "easy-first": "Those easiest to reach first",
    "representative": "All publics in proportion",
    "most-affected": "Those most affected first",
}
REACH_SOURCE = "a decision of the police, not a finding"
_LABELS = {
    "hours": ("Neighbourhood hours", 0.25),
    "time.engage": ("Time for engagement", 0.01),
    REACH: ("Whom officers go to", 0.0),
    "mix.collaborate": ("Working together in depth", 0.01),
    "feedback": ("Answers to concerns", 0.01),
    "forward": ("Talking about plans", 0.01),
    "promise": ("How much is promised", 0.01),
    "lay_weight": ("Weight of residents' priorities", 0.01),
    "specialists": ("Left to a specialist team", 0.01),
    "leadership": ("Leaders' effort on fairness", 0.01),
    "stops": ("Searches", 0.5),
}
_MORE_LABELS = {
    "time.patrol": ("Time for foot patrol", 0.01),
    "time.solve": ("Time for problem solving", 0.01),
    "time.stop": ("Time for proactive stops", 0.01),
    "mix.inform": ("Informing", 0.01),
    "mix.consult": ("Consulting", 0.01),
    "mixed_forums": ("Forums that mix publics", 0.01),
    "fairness_training": ("Training in fairness", 0.01),
    "partnership": ("Following up with partners", 0.01),
    "tenure_weeks": ("Weeks an officer stays", 13.0),
    "abstraction": ("Hours taken for other duties", 0.01),
}
_ALL_LABELS = {**_LABELS, **_MORE_LABELS}
_MEANINGS = {
    REACH: "A rule for whom officers seek out, and for how much is left to the open door.",
    "promise": "How much is promised: at 0 % only what can be done, at 100 % everything asked for.",
}
_WIDEST = {"hours": 20.0, "stops": 60.0, "tenure_weeks": 260.0}


@dataclass(frozen=True)
class Lever:
    """One control: numbers as people read them.

    Args:
        name: dotted name below "policy.".
        label, unit, meaning: words.
        low, high, step: range of the slider in the unit shown.
        most: the largest value that the number box takes.
        scale: what a value in files is multiplied by to be shown.
        source, strength: where the number comes from.
    """

    name: str
    label: str
    unit: str
    meaning: str
    low: float
    high: float
    most: float
    step: float
    scale: float
    source: str = ""
    strength: str = ""


def _lever(name: str) -> Lever:
    label, step = _ALL_LABELS[name]
    if name == REACH:
        return Lever(name, label, "", _MEANINGS[name], 0.0, 0.0, 0.0, 0.0, 1.0)
    entry = LEVERS[name]
    share = entry.unit.startswith("share") and entry.high <= 1.0
    scale = 100.0 if share else 1.0
    unit = entry.unit.removeprefix("share").strip()
    return Lever(
        name,
        label,
        f"% {unit}".strip() if share else entry.unit,
        _MEANINGS.get(name) or sentence(entry.meaning),
        entry.low * scale,
        min(entry.high, _WIDEST.get(name, entry.high)) * scale,
        entry.high * scale,
        step * scale,
        scale,
        entry.source,
        entry.strength,
    )


OFFERED: dict[str, Lever] = {name: _lever(name) for name in _ALL_LABELS}
MORE = frozenset(_MORE_LABELS)
"""Levers that stand behind the others, to be opened."""


def accepted(name: str, value: Any) -> float | str | None:
    """A value in the unit of files, or None where the lever or the value is not on offer."""
    if name == REACH:
        return value if isinstance(value, str) and value in REACH_PRESETS else None
    if name not in OFFERED or isinstance(value, bool):
        return None
    try:
        wanted = float(value)
    except (TypeError, ValueError):
        return None
    entry = LEVERS[name]
    return round(wanted, 6) if entry.low <= wanted <= entry.high else None


def laid_over(policy: dict[str, Any], moved: dict[str, float | str]) -> dict[str, Any]:
    """The levers that change when some are moved, with the shares that give way to them.

    Args:
        policy: the policy they are moved in, by dotted name.
        moved: levers and their new values.

    Returns:
        Every lever whose value is now another, by dotted name.
    """
    changed: dict[str, Any] = {}
    for name, value in moved.items():
        head, _, last = name.partition(".")
        if head in SHARES:
            changed |= _shares({**policy, **changed}, head, last, float(value))
        else:
            changed[name] = value
    return {name: value for name, value in changed.items() if policy.get(name) != value}


def _shares(policy: dict[str, Any], head: str, last: str, value: float) -> dict[str, float]:
    """A table of shares in which one is set and the rest keep their proportions; they sum to 1."""
    prefix = f"{head}."
    shares = {
        name.removeprefix(prefix): float(policy[name]) for name in policy if name.startswith(prefix)
    }
    rest = [name for name in shares if name != last]
    left, before = 1.0 - value, sum(shares[name] for name in rest)
    new = {last: round(value, 6)}
    for name in rest:
        share = shares[name] / before if before > 0 else 1.0 / len(rest)
        new[name] = round(left * share, 6)
    largest = max(rest, key=lambda name: new[name])
    new[largest] = round(1.0 - sum(share for name, share in new.items() if name != largest), 6)
    return {f"{prefix}{name}": share for name, share in new.items()}
