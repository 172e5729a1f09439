"""Tables of the pages on evidence, calibration and London, read from what runs have left.

Every function gives the heads of a table and its rows; nothing is run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from sim.assumptions import ASSUMPTIONS
from sim.scenario import SHIPPED
from sim.theories import THEORIES

Rows = tuple[Sequence[str], list[Sequence[str]]]
WHO = ("model", "last value", "London trend", "composition")


@cache
def left(name: str) -> dict[str, Any]:
    """What a run has left in `scenarios/evidence`."""
    return dict(json.loads((SHIPPED / "evidence" / name).read_text(encoding="utf-8")))


def figure(value: float | None, digits: int = 2) -> str:
    """A number for a table, a dash where there is none."""
    if value is None:
        return "–"
    digits = 1 if abs(value) >= 10 else digits
    return f"{value:.{digits}f}".replace("-", "−")


def span(low: float | None, high: float | None) -> str:
    """A range in words, open at an end that does not exist."""
    if low is None:
        return f"below {figure(high)}"
    return f"above {figure(low)}" if high is None else f"{figure(low)} to {figure(high)}"


def score() -> Rows:
    """How many patterns are hit, by role."""
    entries = left("evidence.json")["patterns"]
    rows = []
    for label, roles in (
        ("all but inputs", ("fit", "check")),
        ("the half fitted first", ("fit",)),
        ("the half first kept back", ("check",)),
        ("inputs, counted apart", ("input",)),
        ("all", ("fit", "check", "input")),
    ):
        chosen = [entry for entry in entries if entry["fit"] in roles]
        rows.append((label, str(sum(entry["hit"] for entry in chosen)), str(len(chosen))))
    return ("Patterns", "Hit", "Of"), rows


def patterns() -> Rows:
    """Every part of every pattern."""
    rows: list[Sequence[str]] = []
    for entry in left("evidence.json")["patterns"]:
        for place, part in enumerate(entry["parts"]):
            verdict = "hit" if part["hit"] else "**miss**"
            if "instead" in part:
                verdict += f" (by {part['instead']['name']} {figure(part['instead']['value'])})"
            first = (
                entry["id"],
                "**hit**" if entry["hit"] else "**miss**",
                entry["claim"],
            )
            rows.append(
                (
                    *(first if place == 0 else ("", "", "")),
                    f"{part['means']}, {part['unit']}",
                    figure(part["value"]),
                    span(part["lo"], part["hi"]) if part["lo"] is not None else "–",
                    span(*part["accepted"]),
                    verdict,
                )
            )
    return ("Id", "", "Finding", "Part", "Model", "95 % interval", "Accepted", ""), rows


def misses() -> Rows:
    """What each miss means for a user."""
    rows = [
        (entry["id"], entry["claim"], entry["means"], f"{entry['source']} ({entry['read']})")
        for entry in left("evidence.json")["patterns"]
        if not entry["hit"]
    ]
    return ("Id", "Finding", "What the miss means", "Source"), rows


def measured() -> Rows:
    """How each pattern is measured."""
    rows = [
        (entry["id"], entry["numbers"], entry["note"], f"{entry['source']} ({entry['read']})")
        for entry in left("evidence.json")["patterns"]
    ]
    return ("Id", "Published", "In the model", "Source"), rows


def by_chance() -> Rows:
    """Share of the prior and of accepted sets that hits each pattern."""
    found = left("calibration.json")
    rows = [
        (
            name,
            found["roles"][name],
            f"{100 * share:.0f} %",
            f"{100 * found['share_of_accepted_that_hits'][name]:.0f} %",
        )
        for name, share in found["share_of_prior_that_hits"].items()
    ]
    return ("Pattern", "Role", "Of the prior", "Of accepted sets"), rows


def pinned(wanted: bool) -> Rows:
    """Numbers that the patterns pin down, or leave open."""
    rows = [
        (
            f"`{entry['name']}`",
            f"{entry['argued']:.3g}",
            f"{ASSUMPTIONS[entry['name']].default:.3g}",
            " / ".join(f"{x:.2g}" for x in entry["prior"]),
            " / ".join(f"{x:.2g}" for x in entry["left"]),
            f"{entry['spread_left']:.2f}",
        )
        for entry in left("calibration.json")["numbers"]
        if entry["pinned"] is wanted
    ]
    heads = (
        "Number",
        "Argued",
        "Default",
        "Prior (5, 50, 95 %)",
        "Left (5, 50, 95 %)",
        "Spread left",
    )
    return heads, rows


def pulls() -> Rows:
    """Patterns that pull against each other."""
    rows = [
        (pair["one"], pair["other"], figure(pair["rank_correlation"]))
        for pair in left("calibration.json")["pulls"]
    ]
    return ("Pattern", "Pattern", "Rank correlation of misses"), rows


def theories() -> Rows:
    """Each account of trust: patterns hit by itself and at its best."""
    found = left("calibration.json")["theories"]
    usual = {e["id"]: e["hit"] for e in left("evidence.json")["patterns"]}
    rows = []
    for name, entry in found.items():
        lost = [one for one, hit in entry["best"].items() if usual.get(one) and not hit]
        won = [one for one, hit in entry["best"].items() if hit and not usual.get(one)]
        rows.append(
            (
                THEORIES[name].label,
                str(entry["hits"]),
                str(entry["best_hits"]),
                ", ".join(won) or "none",
                ", ".join(lost) or "none",
            )
        )
    heads = ("Account", "Hit with today's other numbers", "Hit at best", "Hit here, missed by the defaults",
             "Missed here, hit by the defaults")  # fmt: skip
    return heads, rows


def held_out() -> Rows:
    """Scores on the fitted and on the checking half, and their difference."""
    half = left("calibration.json")["held_out"]
    apart = half["difference"]
    rows: list[Sequence[str]] = [
        (label, f"{half[role]['hits']} of {half[role]['of']}")
        for label, role in (("fitted half", "fit"), ("half kept back", "check"))
    ]
    between = f"{figure(apart['value'])} ({figure(apart['lo'])} to {figure(apart['hi'])})"
    return ("", "Hit"), [*rows, ("difference of shares, with 95 % interval", between)]


def calibration() -> Rows:
    """The calibration in figures."""
    found = left("calibration.json")
    rows = [
        ("sets of assumptions lived in small worlds", str(found["sets_run"])),
        ("accepted", str(found["accepted"])),
        ("rule of acceptance", found["rule"]),
        ("targets out of every set's reach", ", ".join(found["unreachable"]) or "none"),
    ]
    return ("", ""), rows


def london() -> Rows:
    """Error by measure: the model and three baselines."""
    rows = []
    for entry in left("london.json")["measures"]:
        who = entry["who"]
        cells = [
            f"{who[one]['error']:.1f} ({who[one]['bias']:+.1f})".replace("-", "−") for one in WHO
        ]
        rows.append((entry["question"], f"{entry['mean_found']:.0f} %", *cells, entry["best"]))
    return ("Measure", "Found", *WHO, "Smallest error"), rows


def across() -> Rows:
    """Patterns across boroughs."""
    found = left("london.json")["across"]
    trust, informed = found["hours_with_trust"], found["hours_with_informed"]
    rows = [
        ("ward-officer hours with trust", figure(trust[0]), "0.05"),
        ("ward-officer hours with feeling informed", figure(informed[0]), "0.35"),
        (
            "starting trust with share of Black residents",
            figure(found["trust_with_share_black"]),
            "−0.61",
        ),
        ("starting trust with deprivation", figure(found["trust_with_deprivation"]), "−0.42"),
    ]
    return ("Correlation over boroughs", "Model", "Counted"), rows


TABLES: dict[str, Callable[[], Rows]] = {
    "evidence-score": score,
    "evidence-patterns": patterns,
    "evidence-misses": misses,
    "evidence-measures": measured,
    "calibration": calibration,
    "calibration-held-out": held_out,
    "calibration-by-chance": by_chance,
    "calibration-pinned": partial(pinned, True),
    "calibration-open": partial(pinned, False),
    "calibration-pulls": pulls,
    "theories-patterns": theories,
    "london-errors": london,
    "london-across": across,
}
