"""The plain-English sentences that stand above the tables, on every screen and in every export.

They say what happened to everyone, to the most affected and to whoever fares worst, and they do not
speak of a change that the play of chance could have made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.indicators.table import INDICATORS

Labels = Mapping[str, str]
NO_CLEAR_CHANGE = "no-clear-change"


def direction(lo: float | None, hi: float | None) -> str:
    """What an interval says: rises, falls, or no-clear-change where it holds zero or is missing."""
    if lo is not None and lo > 0:
        return "rises"
    if hi is not None and hi < 0:
        return "falls"
    return NO_CLEAR_CHANGE


def reading(indicator: str, lo: float | None, hi: float | None) -> str:
    """The same in words for a table: better, worse, rises, falls or no clear change."""
    found = direction(lo, hi)
    better = INDICATORS[indicator].better
    if found == NO_CLEAR_CHANGE:
        return "no clear change"
    if better == "neither":
        return found
    return "better" if (found == "rises") == (better == "higher") else "worse"


def run_headline(report: Mapping[str, Any], labels: Labels) -> list[str]:
    """What one scenario did, in a few sentences.

    Args:
        report: as `sim.report.run_report` gives it.
        labels: name of each public for readers.
    """
    weeks = report["weeks"]
    trust = report["indicators"]["trust"]
    sentences = [f"Over {weeks} weeks trust {_moved(trust)}."]
    if (most := report["groups"].get("most-affected")) is not None:
        sentences.append(f"Among the most affected it {_moved(most['trust'])}.")
    publics = _local_publics(report["groups"])
    worst = _lowest(publics, "trust", "change")
    if worst is not None:
        estimate = publics[worst]["trust"]
        sentences.append(f"{_last(labels[worst], estimate)}: there trust {_moved(estimate)}.")
    return sentences


def compare_headline(
    report: Mapping[str, Any], name: str, titles: Mapping[str, str], labels: Labels
) -> list[str]:
    """How one scenario differs from the base, in a few sentences.

    Args:
        report: as `sim.report.compare_report` gives it.
        name: the other scenario.
        titles: title of each scenario by key; `base` holds the base's.
        labels: name of each public for readers.
    """
    other = report["others"][name]
    if no_difference(other):
        same = f"{titles[name]} gives exactly what {titles['base']} gives"
        return [f"{same}: the same dice and the same decisions."]
    trust = other["indicators"]["trust"]
    after = f"After {report['weeks']} weeks of {titles[name]}"
    sentences = [f"{after}, trust is {_apart(trust)} {titles['base']}."]
    if (most := other["groups"].get("most-affected")) is not None:
        sentences.append(f"Among the most affected it is {_apart(most['trust'])} it.")
    publics = _local_publics(other["groups"])
    worst = _lowest(publics, "trust", "difference")
    if worst is not None:
        gap = publics[worst]["trust"]
        sentences.append(f"{_last(labels[worst], gap)}: there it is {_apart(gap)} it.")
    sentences += _hurt_in_spite_of_the_mean(trust, publics, labels)
    return sentences


def no_difference(other: Mapping[str, Any]) -> bool:
    """Whether two scenarios differ by exactly nothing, in every indicator and for every public."""
    tables = [other["indicators"], *other["groups"].values()]
    return all(
        entry[part] in (0, None)
        for table in tables
        for entry in table.values()
        for part in ("difference", "lo", "hi")
    )


def _last(label: str, entry: Mapping[str, Any]) -> str:
    verb = "gain least" if direction(entry["lo"], entry["hi"]) == "rises" else "fare worst"
    return f"Of the local publics, {label} {verb}"


def _hurt_in_spite_of_the_mean(
    trust: Mapping[str, Any], publics: Mapping[str, Any], labels: Labels
) -> list[str]:
    if direction(trust["lo"], trust["hi"]) != "rises":
        return []
    hurt = [
        labels[key]
        for key, table in publics.items()
        if direction(table["trust"]["lo"], table["trust"]["hi"]) == "falls"
    ]
    return [f"Take care: the mean rises while trust falls among {_listed(hurt)}."] if hurt else []


def _moved(estimate: Mapping[str, Any]) -> str:
    """The rest of "trust ..." for a change over time."""
    if estimate["change"] is None:
        return "has no value"
    ends = f"from {estimate['start']:.1f} to {estimate['end']:.1f}"
    interval = _interval(estimate)
    found = direction(estimate["lo"], estimate["hi"])
    if found == NO_CLEAR_CHANGE:
        return f"shows no clear change, {ends} ({interval})"
    return f"{found} by {abs(estimate['change']):.1f} points, {ends} ({interval})"


def _apart(difference: Mapping[str, Any]) -> str:
    """The words between "trust is" and the name of the base."""
    if difference["difference"] is None:
        return "without value here or under"
    interval = _interval(difference)
    found = direction(difference["lo"], difference["hi"])
    if found == NO_CLEAR_CHANGE:
        return f"not clearly different ({difference['difference']:+.1f} points, {interval}) from"
    side = "higher" if found == "rises" else "lower"
    return f"{abs(difference['difference']):.1f} points {side} ({interval}) than under"


def _interval(entry: Mapping[str, Any]) -> str:
    if entry["lo"] is None or entry["hi"] is None:
        return "no interval"
    small = max(abs(entry["lo"]), abs(entry["hi"])) < 1
    lo, hi = (f"{entry[end] + 0.0:+.{2 if small else 1}f}" for end in ("lo", "hi"))
    return f"95 % interval {lo} to {hi}"


def _local_publics(groups: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: table
        for key, table in groups.items()
        if key not in ("most-affected", "usual-suspects")
    }


def _lowest(publics: Mapping[str, Any], indicator: str, part: str) -> str | None:
    known = {
        key: table[indicator][part]
        for key, table in publics.items()
        if table[indicator][part] is not None
    }
    return min(known, key=known.__getitem__) if known else None


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
