"""Tables of the log of assumptions: what each number is, and what it was measured to do.

Every function gives the heads of a table and its rows; nothing is run, `scenarios/evidence/influence.csv`
is read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from sim.assumptions import ASSUMPTIONS
from sim.doubtful import LEANS_ABOVE, MARK, Doubt, doubts
from sim.indicators.table import INDICATORS
from sim.influence import (
    CONTRAST,
    LEVEL,
    MAIN_FINDINGS,
    Influence,
    about,
    clear,
    influences,
)
from sim.ledger import CAUSES
from sim.scenario import load

Rows = tuple[Sequence[str], list[Sequence[str]]]
HIDDEN, NONE = "·", "–"
_STRONGEST = 12
_DECIMALS = 2


def figure(value: float | None) -> str:
    """A measured value with its sign, as many digits as are worth it."""
    if value is None:
        return NONE
    return f"{value + 0.0:+.{_DECIMALS}f}".replace("-", "−")


def size(value: float | None) -> str:
    """A measured value without a sign."""
    return NONE if value is None else f"{value:.{_DECIMALS}f}"


def log() -> Rows:
    """Every number: meaning, unit, default, range, source, strength."""
    heads = ("Number", "It is", "Unit", "Default", "Range", "Source", "Evidence")
    return heads, [
        (
            f"`{x.name}`",
            x.meaning,
            x.unit,
            f"{x.default:g}",
            f"{x.low:g} to {x.high:g}",
            x.source,
            x.strength,
        )
        for x in ASSUMPTIONS.values()
    ]


def influence(subject: str) -> Rows:
    """What each number does to the four main findings of a subject, one at a time and by Morris."""
    found = {(one.assumption, one.finding): one for one in influences() if one.subject == subject}
    dice = about()["dice"][subject]
    heads = ["Number", "Evidence"]
    for name in MAIN_FINDINGS:
        heads += [f"{INDICATORS[name].label}: low, high, across", "μ* (σ)"]
    rows = []
    for name, declared in ASSUMPTIONS.items():
        row = [f"`{name}`", declared.strength]
        for finding in MAIN_FINDINGS:
            one = found.get((name, finding))
            row += [NONE, NONE] if one is None else [_ends(one), _screened(one, dice.get(finding))]
        rows.append(row)
    return heads, rows


def strongest(subject: str) -> Rows:
    """The numbers that move each main finding of a subject most, by their swing alone."""
    columns = []
    for finding in MAIN_FINDINGS:
        those = [one for one in influences() if (one.subject, one.finding) == (subject, finding)]
        those.sort(key=lambda one: -one.swing)
        columns.append([_ranked(one) for one in those if one.swing > 0.0][:_STRONGEST])
    longest = max(map(len, columns))
    padded = [column + [""] * (longest - len(column)) for column in columns]
    heads = [INDICATORS[name].label for name in MAIN_FINDINGS]
    return heads, [list(row) for row in zip(*padded)]


def measured() -> Rows:
    """The main findings at the defaults, and how much of an influence chance can make up."""
    told = about()
    rows = []
    for subject in (LEVEL, CONTRAST):
        for finding in MAIN_FINDINGS:
            value, half = told["defaults"][subject][finding]
            rows.append(
                (
                    f"{subject} of {INDICATORS[finding].label.lower()}",
                    f"{figure(value)} ± {size(half)}",
                    size(told["noise"][subject][finding]),
                    size(told["dice"][subject].get(finding)),
                )
            )
    heads = ("Finding", "At the defaults", "One at a time, below", "Morris's μ*, below")
    return heads, rows


def sizes() -> Rows:
    """How the influence was measured."""
    told = about()
    names = {
        "version": "version of Parley",
        "base": "level of",
        "other": "contrast with it",
        "weeks": "weeks of every world",
        "residents": "residents of every world",
        "replicates": "pairs at each end of a range",
        "trajectories": "trajectories of Morris's screening",
        "screening_replicates": "pairs at each of their worlds",
        "seed": "seed",
        "elapsed_s": "seconds it took",
    }
    rows = [(label, str(told[key])) for key, label in names.items()]
    now = [load(told[part]).hash for part in ("base", "other")]
    same = "yes" if now == told["scenario_hashes"] else "no: a default has changed since"
    return ("Measured with", ""), [*rows, ("the scenarios and defaults of today", same)]


def doubt_of_indicators() -> Rows:
    """Which indicators lean on untested numbers: as levels, and as differences between policies."""
    return _doubt({name: one.label for name, one in INDICATORS.items()}, "Indicator")


def doubt_of_causes() -> Rows:
    """The same for the causes of the ledger, where some number was seen to move them."""
    names = {
        name: f"{attitude}: {CAUSES[cause].label}"
        for name in doubts(LEVEL)
        if ":" in name
        for attitude, cause in [name.split(":")]
    }
    heads, rows = _doubt(names, "Points of the ledger")
    return heads, [row for row in rows if row[1:3] != (NONE, NONE)]


TABLES: dict[str, Callable[[], Rows]] = {
    "log": log,
    "influence-level": partial(influence, LEVEL),
    "influence-contrast": partial(influence, CONTRAST),
    "strongest-level": partial(strongest, LEVEL),
    "strongest-contrast": partial(strongest, CONTRAST),
    "measured": measured,
    "measured-with": sizes,
    "doubt-indicators": doubt_of_indicators,
    "doubt-causes": doubt_of_causes,
}


def _ends(one: Influence) -> str:
    """Both ends of a range and the way between them, what chance may explain hidden."""
    moves = (
        (one.low, one.noise_low),
        (one.high, one.noise_high),
        (one.across, one.noise_across),
    )
    said = [figure(move) if move is None or clear(move, noise) else HIDDEN for move, noise in moves]
    return HIDDEN if set(said) == {HIDDEN} else ", ".join(said)


def _screened(one: Influence, dice: float | None) -> str:
    if one.mu_star is None or dice is None:
        return NONE
    return f"{size(one.mu_star)} ({size(one.sigma)})" if one.mu_star > dice else HIDDEN


def _ranked(one: Influence) -> str:
    return f"`{one.assumption}` {size(one.swing)}, {ASSUMPTIONS[one.assumption].strength}"


def _doubt(names: dict[str, str], head: str) -> Rows:
    levels, contrasts = doubts(LEVEL), doubts(CONTRAST)
    heads = (head, "Level", "Difference", "Untested numbers that move the difference most")
    return heads, [
        (
            label,
            _share(levels[name]),
            _share(contrasts[name]),
            ", ".join(f"`{number}`" for number in contrasts[name].numbers[:3]),
        )
        for name, label in names.items()
    ]


def _share(doubt: Doubt) -> str:
    if doubt.share is None:
        return NONE
    leans = f" {MARK}" if doubt.share > LEANS_ABOVE else ""
    return f"{100 * doubt.share:.0f} %{leans}"
