"""For every outcome: what moves it, for whom, and which factors change what others do."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.effects.findings import Findings
from analysis.effects.gathered import END, MEAN
from analysis.effects.together import LARGE, maps
from analysis.report import drawing, words
from analysis.report.section import Figure, Section, Table
from analysis.robustness.words import labels_of_publics
from sim.doubtful import MARK, MEANING, doubts
from sim.indicators.table import INDICATORS
from sim.influence import CONTRAST

_MOST_BARS, _MOST_COLUMNS, _MOST_TOLD, _MOST_LEVELS = 18, 8, 4, 12
_SHOWN = ["factor", "level", "base_level", "difference", "low", "high"]


def sections(findings: Findings) -> list[Section]:
    """One section for each outcome that was kept."""
    effects = findings.tables.get("effects")
    if effects is None:
        return []
    names = list(dict.fromkeys(outcome.indicator for outcome in findings.grid.gathered.outcomes))
    return [_section(findings, effects, name) for name in names]


def headline(findings: Findings, most: int = 6) -> list[str]:
    """The strongest clear effect of a lever on each outcome for everybody, as sentences."""
    effects = findings.tables.get("effects")
    if effects is None:
        return []
    table = effects[(effects["public"] == "all") & (effects["when"] == END)]
    said = []
    for name, own in table.groupby("indicator", sort=False):
        said.append(_headline(own, str(name)))
    said = said[:most]
    if any(MARK in line for line in said):
        said.append(f"{MARK} {MEANING}.")
    return said


def _headline(own: pd.DataFrame, name: str) -> str:
    """The strongest effect of a lever, and of what is not decided where that is stronger."""
    levers = own[own["role"].isin(words.DECIDED)]
    every = words.strongest(own).iloc[0]
    first = words.strongest(levers).iloc[0] if len(levers) else every
    mark = f" {MARK}" if leans(name) else ""
    if not words.clear(first):
        roles = set(levers["role"])
        kind = "lever" if "lever" in roles else "scenario" if roles else "factor"
        said = f"No {kind} of this sweep clearly moves {words.outcome(name)}: every interval holds zero."
    else:
        said = words.effect(first) + mark
    if every["role"] not in words.DECIDED and len(levers) and words.clear(every):
        if not words.clear(first) or abs(every["difference"]) > abs(first["difference"]):
            sentence = words.effect(every)
            said += f" What is not decided matters more: {sentence[0].lower()}{sentence[1:]}"
    return said


def leans(name: str) -> bool:
    """Whether differences in an outcome lean on untested numbers, as the model measured it."""
    doubt = doubts(CONTRAST).get(name)
    return doubt is not None and doubt.leans


def _section(findings: Findings, effects: pd.DataFrame, name: str) -> Section:
    entry = INDICATORS[name]
    own = effects[effects["indicator"] == name]
    everybody = words.strongest(own[(own["public"] == "all") & (own["when"] == END)])
    sentences = [f"{entry.meaning} Unit: {entry.unit}; {_better(entry.better)}."]
    sentences += _told(everybody)
    if leans(name):
        sentences.append(f"{MARK} It {MEANING}.")
    parts: list[Figure | Table] = []
    if len(everybody):
        parts.append(_bars(everybody, name))
    over_time = own[(own["public"] == "all") & (own["when"] == MEAN)]
    if len(over_time):
        sentences += _over_time(words.strongest(over_time))
    labels = labels_of_publics(findings.grid.experiment)
    if (whom := _for_whom(own, everybody, name, labels)) is not None:
        sentences += _worst_off(own, everybody, labels)
        parts.append(whom)
    sentences += _together(findings, name)
    if (both := _map(findings, everybody, name)) is not None:
        parts.append(both)
    title = f"{entry.label} {MARK}" if leans(name) else entry.label
    return Section(f"outcome-{name}", title, tuple(sentences), tuple(parts))


def _better(better: str) -> str:
    return "neither direction is better" if better == "neither" else f"{better} is better"


def _told(table: pd.DataFrame) -> list[str]:
    told = [words.effect(row) for _, row in table.head(_MOST_TOLD).iterrows() if words.clear(row)]
    unclear = [row for _, row in table.iterrows() if not words.clear(row)]
    if not told:
        told = ["No factor moves it clearly: every interval holds zero."]
    elif unclear:
        names = list(dict.fromkeys(words.moved(row) for row in unclear))[:6]
        told.append(f"No clear change: {'; '.join(names)}.")
    return told + _scatter(table)


def _scatter(table: pd.DataFrame) -> list[str]:
    """What is said where a straight line describes the points poorly."""
    if "explained_by_the_line" not in table:
        return []
    share = table["explained_by_the_line"].dropna()
    if share.empty or share.iloc[0] >= 0.5:
        return []
    return [
        f"Straight lines account for only {100 * share.iloc[0]:.0f} % of the differences between the"
        " points: effects bend, depend on one another or drown in chance. levels.csv has the means by"
        " stretches of each range."
    ]


def _over_time(table: pd.DataFrame) -> list[str]:
    first = table.iloc[0]
    if not words.clear(first):
        return ["Taken as the mean over all weeks, nothing moves it clearly."]
    return [f"Mean over all weeks instead of the end: {words.effect(first)}"]


def _bars(table: pd.DataFrame, name: str) -> Figure:
    entry = INDICATORS[name]
    shown = table[np.isfinite(table["difference"])].head(_MOST_BARS)
    bars = [
        drawing.Bar(words.short(row), row["difference"], row["low"], row["high"], row["role"])
        for _, row in shown.iterrows()
    ]
    best = words.effect(shown.iloc[0]) if len(shown) else "There is no value."
    alternative = f"{len(bars)} effects on {words.outcome(name)}, largest first. {best}"
    unit = words.unit_of_change(name).strip() or entry.unit
    svg = drawing.intervals(
        f"What moves {words.outcome(name)}", f"difference at the end, {unit}", bars, alternative
    )
    left = len(table) - len(shown)
    note = f"{left} smaller effects are in effects.csv." if left > 0 else ""
    twin = Table("effects", f"{entry.label}, everybody, at the end: differences with 95 % intervals",
                 shown[[column for column in [*_SHOWN, "pairs", "cells", "lowest_cell", "highest_cell"]
                        if column in shown and shown[column].notna().any()]], note)  # fmt: skip
    return Figure(svg, alternative, twin)


def _for_whom(
    own: pd.DataFrame, everybody: pd.DataFrame, name: str, labels: Mapping[str, str]
) -> Figure | None:
    """The strongest effects by public."""
    table = own[own["when"] == END]
    publics = list(dict.fromkeys(table["public"]))
    if len(publics) < 2 or not len(everybody):
        return None
    keys = ["factor", "level", "base_level"]
    levers = everybody[everybody["role"].isin(words.DECIDED)]
    shown = pd.concat([levers, everybody.drop(levers.index)]).head(_MOST_COLUMNS)
    cells = np.full((len(publics), len(shown)), np.nan)
    marked = np.zeros(cells.shape, dtype=bool)
    rows = []
    by_key = {tuple(row[[*keys, "public"]]): row for _, row in table.iterrows()}
    for column, (_, effect) in enumerate(shown.iterrows()):
        for place, public in enumerate(publics):
            row = by_key[(*effect[keys], public)]
            cells[place, column] = row["difference"]
            marked[place, column] = words.clear(row)
            rows.append(row)
    entry = INDICATORS[name]
    alternative = (
        f"Difference in {words.outcome(name)} at the end for each public. Orange is up,"
        " purple down; a star marks intervals that leave zero out."
        f" {_widest([words.public(key, labels) for key in publics], cells[:, 0], words.short(shown.iloc[0]), name)}"
    )
    svg = drawing.heat_map(
        f"{entry.label}: for whom", [words.public(public, labels) for public in publics],
        [words.short(row) for _, row in shown.iterrows()], cells, alternative, marked=marked,
    )  # fmt: skip
    table = pd.DataFrame(rows)[["public", *_SHOWN]]
    twin = Table("effects", f"{entry.label} by public, at the end", table)
    return Figure(svg, alternative, twin)


def _widest(publics: list[str], values: np.ndarray, what: str, name: str) -> str:
    if not np.isfinite(values).any():
        return ""
    low, high = int(np.nanargmin(values)), int(np.nanargmax(values))
    unit = words.unit_of_change(name)
    return (
        f"{what}: from {words.figure(float(values[low]), 2)}{unit} for {publics[low]} to"
        f" {words.figure(float(values[high]), 2)}{unit} for {publics[high]}."
    )


def _worst_off(own: pd.DataFrame, everybody: pd.DataFrame, labels: Mapping[str, str]) -> list[str]:
    """Where the strongest clear effect on everybody goes the other way for a public."""
    told = []
    for _, effect in everybody.head(_MOST_TOLD).iterrows():
        if not words.clear(effect):
            continue
        same = own[(own["when"] == END) & (own["public"] != "all")]
        for key in ("factor", "level", "base_level"):
            same = same[same[key] == effect[key]]
        turned = same[np.sign(same["difference"]) == -np.sign(effect["difference"])]
        turned = turned[[words.clear(row) for _, row in turned.iterrows()]]
        for _, row in turned.iterrows():
            told.append(f"Against the trend: {words.effect(row, labels)}")
    return told[:_MOST_TOLD]


def _together(findings: Findings, name: str) -> list[str]:
    table = findings.tables.get("interactions")
    if table is None:
        return []
    own = table[(table["indicator"] == name) & (table["public"] == "all") & (table["when"] == END)]
    large = [row for _, row in own.iterrows() if words.clear(row) and _is_large(findings, row)]
    large.sort(key=lambda row: -abs(row["interaction"]))
    if not large:
        return [
            "No two factors change each other's effect by much: effects can be read one by one."
            if np.isfinite(own["low"]).any()
            else "Too few replicates or points to say whether factors change each other's effects."
        ]
    return [_interaction(row) for row in large[:2]]


def _interaction(row: pd.Series) -> str:
    decimals = words.decimals_for(row["high"] - row["interaction"])
    return (
        f"Two factors together: the effect of {words.moved(row)} is"
        f" {words.figure(row['interaction'], decimals)}{words.unit_of_change(row['indicator'])}"
        f" different ({words.between(row['low'], row['high'], decimals)}) after"
        f" {words.moved(row, before='other_')}. Neither should be read alone."
    )


def _is_large(findings: Findings, row: pd.Series) -> bool:
    """Whether an interaction is at least half of the larger of the two effects it changes."""
    effects = findings.tables["effects"]
    own = effects[
        (effects["indicator"] == row["indicator"]) & (effects["public"] == row["public"])
        & (effects["when"] == row["when"])
    ]  # fmt: skip
    sizes = [
        own[(own["factor"] == row[f"{before}factor"]) & (own["level"] == row[f"{before}level"])][
            "difference"
        ].abs()
        for before in ("", "other_")
    ]
    largest = max((float(size.max()) for size in sizes if len(size)), default=np.nan)
    return bool(abs(row["interaction"]) >= LARGE * largest)


def _map(findings: Findings, everybody: pd.DataFrame, name: str) -> Figure | None:
    """The map of the two factors that move an outcome most."""
    order = list(dict.fromkeys(everybody["factor"]))
    outcomes = findings.grid.gathered.outcomes
    at = next(
        (place for place, one in enumerate(outcomes)
         if (one.indicator, one.public, one.when) == (name, "all", END)), None)  # fmt: skip
    if at is None:
        return None
    ranked = [
        (order.index(one.factor) + order.index(one.other), one)
        for one in maps(findings.grid)
        if one.factor in order and one.other in order
        and max(len(one.levels), len(one.other_levels)) <= _MOST_LEVELS
    ]  # fmt: skip
    if not ranked:
        return None
    chosen = min(ranked, key=lambda pair: pair[0])[1]
    cells = chosen.cells[:, :, at]
    if not np.isfinite(cells).any():
        return None
    entry = INDICATORS[name]
    low, high = (
        np.unravel_index(np.nanargmin(cells), cells.shape),
        np.unravel_index(np.nanargmax(cells), cells.shape),
    )
    how = "mean of every combination" if chosen.exact else "mean of the points in each stretch"
    alternative = (
        f"{entry.label} at the end by {chosen.factor} and {chosen.other} ({how}). Lowest"
        f" {words.figure(cells[low], 2)} at {chosen.levels[low[0]]} and {chosen.other_levels[low[1]]};"
        f" highest {words.figure(cells[high], 2)} at {chosen.levels[high[0]]} and"
        f" {chosen.other_levels[high[1]]}."
    )
    svg = drawing.heat_map(
        f"{entry.label} by two factors", chosen.levels, chosen.other_levels, cells, alternative,
        sides=(chosen.factor, chosen.other), around_zero=False,
    )  # fmt: skip
    rows = pd.DataFrame(
        cells, columns=[f"{chosen.other} = {level}" for level in chosen.other_levels]
    )
    rows.insert(0, chosen.factor, chosen.levels)
    note = "" if chosen.exact else "Stretches hold few points each; chance is part of every cell."
    return Figure(svg, alternative, Table("maps", f"{entry.label} at the end, {how}", rows, note))
