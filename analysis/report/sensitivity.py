"""Sobol and Morris indices in words and figures, and whether they have settled."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.effects.findings import Findings
from analysis.effects.gathered import END
from analysis.effects.indices import FIRST, MEAN_STAR, SETTLED, SETTLED_SHARE, SPREAD, TOTAL
from analysis.experiment import form
from analysis.report import drawing, words
from analysis.report.page import MOST_ROWS
from analysis.report.section import Figure, Section, Table
from sim.indicators.table import INDICATORS

_MOST_PICTURES, _FEWEST_PAIRS = 4, 5


def sections(findings: Findings) -> list[Section]:
    """One section on indices, for Sobol and Morris designs."""
    table = findings.tables.get("indices-over-worlds")
    if table is None:
        return []
    sobol = findings.grid.experiment.design == form.SOBOL
    own = table[(table["public"] == "all") & (table["when"] == END)]
    sentences = [_what(sobol), *_settled(findings, sobol), *_worlds(own)]
    parts: list[Figure | Table] = []
    for name, part in own.groupby("indicator", sort=False):
        sentences.append(_ranked(str(name), part, sobol))
        if len(parts) < 2 * _MOST_PICTURES:
            parts.append(_picture(str(name), part, sobol))
    if (pairs := findings.tables.get("indices-of-pairs")) is not None:
        told, table_of_pairs = _pairs(pairs)
        sentences += told
        parts.append(table_of_pairs)
    if (growing := _growing(findings, sobol)) is not None:
        parts.append(growing)
    title = "How much each factor matters (Sobol)" if sobol else "Which factors matter (Morris)"
    return [Section("sensitivity", title, tuple(sentences), tuple(parts))]


def _what(sobol: bool) -> str:
    if sobol:
        return (
            "The first-order index is the share of an outcome's variance that goes when a factor is"
            " known; the total index adds what it does together with others. Indices say how much of"
            " the spread over these ranges a factor makes, not in which direction."
        )
    return (
        "μ* is the mean size of the change that a factor makes over its whole range, at many places; σ"
        " is how much that change differs from place to place. A large σ beside μ* means that the"
        " effect bends or depends on other factors."
    )


def _settled(findings: Findings, sobol: bool) -> list[str]:
    """Whether the indices have settled, over all outcomes of everybody and their worst case."""
    table = findings.tables["convergence"]
    own = table[(table["public"] == "all") & (table["when"] == END)]
    known = own[own["settled"].notna()]
    rule = (
        f"Settled means that no 95 % half-width and no change since half the sample is above {SETTLED:g}."
        if sobol
        else f"Settled means that no 95 % half-width of μ* and no change since half the sample is above"
        f" {100 * SETTLED_SHARE:.0f} % of the largest μ*."
    )
    what = "base samples" if sobol else "trajectories"
    if known.empty:
        return [f"There is too little to say whether the indices have settled. {rule}"]
    open_ones = known[known["settled"] == False]  # noqa: E712 (a column of objects)
    size = int(known["samples"].max())
    if open_ones.empty:
        return [f"With {size:,} {what} the indices have settled. {rule}"]
    names = words.listed(
        list(dict.fromkeys(words.outcome(name) for name in open_ones["indicator"]))
    )
    needed = float(open_ones["samples_needed"].max())
    return [
        f"The indices have NOT settled with {size:,} {what} for {names}: do not rank factors whose"
        f" intervals overlap. About samples = {needed:,.0f} would do, judged by how intervals shrink. {rule}"
    ]


def _worlds(own: pd.DataFrame) -> list[str]:
    worlds = int(own["worlds"].max()) if len(own) else 0
    if worlds < 2:
        return []
    return [
        f"The design is crossed with {worlds} worlds. Each has indices of its own; shown are their mean,"
        " the widest of their half-widths, and the lowest and highest world."
    ]


def _ranked(name: str, part: pd.DataFrame, sobol: bool) -> str:
    measure = TOTAL if sobol else MEAN_STAR
    own = part[part["measure"] == measure].sort_values("index", ascending=False)
    if not np.isfinite(own["index"]).any():
        return f"{INDICATORS[name].label} does not vary: it has no indices."
    said = [
        f"{row['factor']} {words.figure(row['index'])} ± {words.figure(row['half_width'])}"
        for _, row in own.iterrows()
    ]
    what = (
        "total index"
        if sobol
        else f"μ*{words.unit_of_change(name) and ','}{words.unit_of_change(name)}"
    )
    return f"{INDICATORS[name].label} ({what}): {', '.join(said[:8])}."


def _pairs(table: pd.DataFrame) -> tuple[list[str], Table]:
    """Which pairs of factors make more together than each alone, and the table of all pairs."""
    own = table[(table["public"] == "all") & (table["when"] == END)]
    said = [
        "The second-order index is the share of variance that two factors make together beyond what"
        " each makes alone. About one pair in forty would lie above its interval by chance."
    ]
    said += [_of_pairs(str(name), part) for name, part in own.groupby("indicator", sort=False)]
    names = list(dict.fromkeys(own["indicator"]))
    order = own.sort_values("index", ascending=False, kind="stable")
    shown = max(_FEWEST_PAIRS, MOST_ROWS // len(names))
    order = pd.concat([order[order["indicator"] == name].head(shown) for name in names])
    left = len(own) - len(order)
    note = f"Smaller ones, {left} in all, are in indices-of-pairs.csv." if left else ""
    columns = ["indicator", "factor", "other_factor", "index", "half_width"]
    if int(own["worlds"].max()) > 1:
        columns += ["lowest_world", "highest_world"]
    caption = "Second-order indices, everybody, at the end: largest first"
    return said, Table("indices-of-pairs", caption, order[[*columns, "samples"]], note)


def _of_pairs(name: str, part: pd.DataFrame) -> str:
    label = INDICATORS[name].label
    if not np.isfinite(part["index"]).any():
        return f"{label} does not vary: pairs have no indices."
    beyond = part[part["index"] > part["half_width"]].sort_values("index", ascending=False)
    if beyond.empty:
        widest = words.figure(part["half_width"].max())
        return (
            f"{label}: no pair of factors interacts beyond its interval (± {widest} at the widest)."
        )
    pairs = [
        f"{row['factor']} with {row['other_factor']} ({words.figure(row['index'])} ±"
        f" {words.figure(row['half_width'])})"
        for _, row in beyond.iterrows()
    ]
    return f"{label}: {words.listed(pairs)} {_interact(len(pairs))}."


def _interact(pairs: int) -> str:
    return "interacts beyond its interval" if pairs == 1 else "interact beyond their intervals"


def _picture(name: str, part: pd.DataFrame, sobol: bool) -> Figure:
    order = part[part["measure"] == (TOTAL if sobol else MEAN_STAR)].sort_values(
        "index", ascending=False
    )
    measures = ((FIRST, "first order"), (TOTAL, "total")) if sobol else ((MEAN_STAR, "μ*"), (SPREAD, "σ"))  # fmt: skip
    bars = []
    for factor in order["factor"]:
        for measure, label in measures:
            row = part[(part["factor"] == factor) & (part["measure"] == measure)].iloc[0]
            half = row["half_width"]
            bars.append(
                drawing.Bar(f"{factor}, {label}", row["index"], row["index"] - half,
                            row["index"] + half, row["role"])
            )  # fmt: skip
    alternative = _ranked(name, part, sobol)
    unit = "share of variance" if sobol else words.unit_of_change(name).strip() or "ratio"
    svg = drawing.intervals(f"Indices of {words.outcome(name)}", unit, bars, alternative)
    columns = [
        "factor",
        "measure",
        "index",
        "half_width",
        "lowest_world",
        "highest_world",
        "samples",
    ]
    twin = Table("indices-over-worlds", f"{INDICATORS[name].label}: indices", part[columns])
    return Figure(svg, alternative, twin)


def _growing(findings: Findings, sobol: bool) -> Figure | None:
    """The widest half-width of each outcome as the sample grows."""
    table = findings.tables["indices"]
    measure = TOTAL if sobol else MEAN_STAR
    own = table[
        (table["public"] == "all") & (table["when"] == END) & (table["measure"] == measure)
    ].copy()
    if not sobol:
        largest = own.groupby(["world", "indicator", "samples"])["index"].transform("max")
        own["half_width"] = own["half_width"] / largest.where(largest > 0)
    widest = own.groupby(["indicator", "samples"])["half_width"].max().unstack("indicator")
    if len(widest) < 2 or not np.isfinite(widest.to_numpy()).any():
        return None
    series = [
        (INDICATORS[str(name)].label, widest[name].tolist(), None) for name in widest.columns[:5]
    ]
    bound = SETTLED if sobol else SETTLED_SHARE
    alternative = (
        "The widest 95 % half-width as the sample grows; the line across is the bound below which indices"
        " count as settled. " + "; ".join(
            f"{label}: {words.figure(values[0], 2)} at first, {words.figure(values[-1], 2)} with all"
            for label, values, _ in series) + "."
    )  # fmt: skip
    what = "base samples" if sobol else "trajectories"
    side = "widest half-width" if sobol else "widest half-width, share of largest μ*"
    svg = drawing.lines("Convergence", (what, side), widest.index.tolist(), series, alternative,
                        doubling=True, bound=bound)  # fmt: skip
    caption = "Convergence: the widest half-width on growing parts of the sample"
    return Figure(svg, alternative, Table("convergence", caption, widest.reset_index()))
