"""Figures of robustness: SVG with words that stay words, told apart by shape as well as colour."""

from __future__ import annotations

import io
import re
from typing import Any

import numpy as np
import pandas as pd

from analysis.report.section import Figure, Table
from analysis.robustness.harm import by_public
from analysis.robustness.intervals import mean_of
from analysis.robustness.pairs import WORST_OFF, Pairs, better
from analysis.robustness.words import counted, outcome_name, rounded, subject_name
from sim.indicators.table import INDICATORS
from sim.results import ALL

# Okabe and Ito's palette, safe for every common kind of colour-blindness; each with its own shape.
_MARKS = (("#0072B2", "o"), ("#D55E00", "s"), ("#009E73", "^"), ("#CC79A7", "D"))
_GREY, _LINE = "#4d4d4d", "#9a9a9a"
MOST_ROWS = 24  # policies in one figure
MOST_POLICIES = 4  # told apart by shape in one figure
_MOST_DOTS = 80  # worlds of one public that are drawn one by one
_INCHES = 7.6
_STYLE: Any = {
    "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 9.0, "axes.edgecolor": _LINE,
    "axes.spines.top": False, "axes.spines.right": False, "axes.titlesize": 10.0,
    "axes.titlelocation": "left", "xtick.color": _GREY, "ytick.color": _GREY,
}  # fmt: skip


def share_figure(pairs: Pairs, table: pd.DataFrame) -> Figure:
    """The share of worlds in which each policy beats the base, a panel for each outcome."""
    outcomes = [name for name in pairs.outcomes if (table["outcome"] == name).any()]
    shown = _shown(pairs, table)
    own = table[table["policy"].isin(shown)]
    places = {policy: row for row, policy in enumerate(reversed(shown))}

    def draw(axes: Any, outcome: str) -> None:
        for step, subject in enumerate((ALL, WORST_OFF)):
            rows = own[(own["outcome"] == outcome) & (own["subject"] == subject)]
            colour, mark = _MARKS[step]
            y = rows["policy"].map(places).to_numpy(float) + (0.14 if step == 0 else -0.14)
            x = 100 * rows["share_better"].to_numpy()
            reach = 100 * np.abs(
                rows[["low", "high"]].to_numpy().T - rows["share_better"].to_numpy()
            )
            name = "everybody" if subject == ALL else "worst-off public"
            axes.errorbar(
                x, y, xerr=reach, fmt=mark, color=colour, label=name, markersize=5, linewidth=1.2
            )
        axes.axvline(50, color=_LINE, linewidth=0.8, linestyle=":")
        axes.set_xlim(-3, 103)
        axes.set_title(INDICATORS[outcome].label)

    svg = _panels("robustness-shares", outcomes, shown, draw, "per cent of worlds")
    told = [
        f"{outcome_name(row.outcome)}, {row.policy}, "
        f"{'everybody' if row.subject == ALL else 'worst-off public'}: {100 * row.share_better:.0f} %"
        for row in own.head(12).itertuples()
    ]
    more = f" {len(own) - 12} more are in the table." if len(own) > 12 else ""
    alternative = (
        f"Dots with intervals: per cent of worlds in which each policy beats {pairs.base}."
        f" {'; '.join(told)}.{more}"
    )
    caption = f"Share of worlds in which a policy beats {pairs.base}"
    return Figure(svg, alternative, Table("robustness-shares", caption, own.reset_index(drop=True)))


def public_figure(pairs: Pairs, outcome: str, labels: dict[str, str]) -> Figure:
    """Differences from the base across worlds, a row for each public."""
    policies = pairs.others[:MOST_POLICIES]
    publics = list(pairs.publics)
    rows = []
    names = [subject_name(key, labels) for key in publics]
    dice = np.random.default_rng(pairs.seed)

    def draw(axes: Any, _: str) -> None:
        for step, policy in enumerate(policies):
            colour, mark = _MARKS[step]
            away = 0.5 * ((step + 0.5) / len(policies) - 0.5)
            for place, public in enumerate(reversed(publics)):
                worlds = mean_of(pairs.gains(outcome, policy, public)) * better(outcome)
                worlds = worlds[~np.isnan(worlds)]
                if not worlds.size:
                    continue
                rows.append(_spread(policy, public, worlds, better(outcome)))
                y = place - away
                dots = worlds[:: max(1, -(-worlds.size // _MOST_DOTS))]
                around = y + 0.06 * (dice.random(dots.size) - 0.5)
                axes.scatter(dots, around, s=7, color=colour, marker=mark, alpha=0.35, linewidths=0)
                axes.plot(
                    [worlds.mean()], [y], mark, color=colour, markersize=7, markeredgecolor="black",
                    label=policy if place == len(publics) - 1 else None,
                )  # fmt: skip
        axes.axvline(0, color=_GREY, linewidth=0.9)
        way = INDICATORS[outcome].better
        axes.set_title(f"{INDICATORS[outcome].label}: {way} is better")

    svg = _panels(
        f"robustness-publics-{outcome}", [outcome], names, draw,
        f"difference from {pairs.base} [{INDICATORS[outcome].unit}]; small: worlds, large: their mean",
    )  # fmt: skip
    columns = ["policy", "public", "worlds", "worse", "lowest", "median", "highest", "mean"]
    twin = pd.DataFrame(rows, columns=columns)
    told = [
        f"{row.policy}, {subject_name(row.public, labels)}: mean {rounded(row.mean)},"
        f" from {rounded(row.lowest)} to {rounded(row.highest)}"
        for row in twin.head(12).itertuples()
    ]
    alternative = (
        f"Dot plot of the difference in {outcome_name(outcome)} from {pairs.base} in"
        f" {counted(pairs.paired_worlds, 'world')}, by public. {'; '.join(told)}."
    )
    table = Table(
        f"robustness-publics-{outcome}",
        f"Differences in {outcome_name(outcome)} across worlds, by public",
        twin,
        _left_out(pairs, len(policies)),
    )
    return Figure(svg, alternative, table)


def _left_out(pairs: Pairs, shown: int) -> str:
    """What a figure by public does not show."""
    found = []
    if left := len(pairs.others) - shown:
        found.append(
            f"The figure shows the first {shown} policies; {left} more are in the table of means."
        )
    if pairs.worlds > _MOST_DOTS:
        found.append(
            f"At most {_MOST_DOTS} worlds of a public are drawn, evenly taken; the numbers hold all."
        )
    return " ".join(found)


def public_table(pairs: Pairs) -> Table:
    """Mean differences of every policy, outcome and public."""
    caption = f"Differences from {pairs.base} by public, with their intervals over worlds and dice"
    return Table("robustness-by-public", caption, by_public(pairs))


def regret_figure(pairs: Pairs, table: pd.DataFrame) -> Figure:
    """Largest regret of each policy, a column for each outcome and subject: a heat map with numbers."""
    wide = table.assign(
        column=[
            f"{INDICATORS[row.outcome].label}{', worst-off' if row.subject == WORST_OFF else ''}"
            for row in table.itertuples()
        ]
    ).pivot(index="policy", columns="column", values="max_regret")
    wide = wide[list(dict.fromkeys(_columns(table)))]
    worst = wide.max()
    scaled = wide / worst.where(worst > 0, 1.0)
    order = scaled.mean(axis=1).sort_values(kind="stable").index[:MOST_ROWS]
    wide, scaled = wide.loc[order], scaled.loc[order]
    svg = _heat("robustness-regret", wide, scaled)
    best = [f"{name}: {wide[name].idxmin()}" for name in wide]
    alternative = (
        "Heat map of the largest regret of each policy, darker is less; the smallest of each column"
        f" is marked with a star. Smallest for {'; '.join(best)}."
    )
    left = len(scaled.index) < table["policy"].nunique()
    note = f"The figure shows the {MOST_ROWS} policies with the least regret." if left else ""
    caption = "Regret: what a policy falls short of the best policy in the same world"
    return Figure(svg, alternative, Table("robustness-regret", caption, table, note))


def _columns(table: pd.DataFrame) -> list[str]:
    return [
        f"{INDICATORS[row.outcome].label}{', worst-off' if row.subject == WORST_OFF else ''}"
        for row in table.itertuples()
    ]


def _shown(pairs: Pairs, table: pd.DataFrame) -> list[str]:
    """Policies in the order of the design; the strongest where there are too many."""
    if len(pairs.others) <= MOST_ROWS:
        return list(pairs.others)
    strength = table.groupby("policy")["share_better"].mean().sort_values(ascending=False)
    kept = set(strength.index[:MOST_ROWS])
    return [policy for policy in pairs.others if policy in kept]


def _spread(policy: str, public: str, worlds: np.ndarray, sign: float) -> dict[str, Any]:
    return {
        "policy": policy, "public": public, "worlds": worlds.size,
        "worse": int((sign * worlds < 0).sum()), "lowest": float(worlds.min()),
        "median": float(np.median(worlds)), "highest": float(worlds.max()), "mean": float(worlds.mean()),
    }  # fmt: skip


def _panels(name: str, panels: list[str], rows: list[str], draw: Any, along: str) -> str:
    """Panels side by side, two in a row, that share their rows of names."""
    import matplotlib as mpl
    from matplotlib.figure import Figure as Canvas

    with mpl.rc_context(_STYLE | {"svg.hashsalt": name}):
        across = min(2, len(panels))
        down = -(-len(panels) // across)
        height = down * (0.9 + 0.34 * len(rows)) + 0.5
        canvas = Canvas(figsize=(_INCHES, height), layout="constrained")
        grid = canvas.subplots(down, across, sharey=True, squeeze=False)
        for place, axes in enumerate(grid.flat):
            if place >= len(panels):
                axes.set_visible(False)
                continue
            draw(axes, panels[place])
            axes.set_ylim(-0.6, len(rows) - 0.4)
            axes.set_yticks(range(len(rows)), [_folded(row) for row in reversed(rows)])
            axes.tick_params(length=0, axis="y")
        canvas.supxlabel(along, fontsize=9, color=_GREY)
        marks, names = grid.flat[0].get_legend_handles_labels()
        if marks:
            across = 1 if max(map(len, names)) > 40 else min(len(names), 4)
            canvas.legend(marks, names, loc="outside upper left", ncols=across, frameon=False)
        return _svg(canvas, name)


def _heat(name: str, wide: pd.DataFrame, scaled: pd.DataFrame) -> str:
    import matplotlib as mpl
    from matplotlib.figure import Figure as Canvas

    with mpl.rc_context(_STYLE | {"svg.hashsalt": name}):
        height = 2.0 + 0.36 * len(wide)
        canvas = Canvas(figsize=(_INCHES, height), layout="constrained")
        axes = canvas.subplots()
        axes.imshow(scaled.to_numpy(), cmap="cividis", vmin=0, vmax=1, aspect="auto")
        least = wide.min()
        for row, policy in enumerate(wide.index):
            for column, outcome in enumerate(wide):
                value = wide.loc[policy, outcome]
                star = " ★" if value == least[outcome] else ""
                ink = "black" if scaled.loc[policy, outcome] > 0.46 else "white"
                axes.text(
                    column,
                    row,
                    f"{rounded(float(value))}{star}",
                    color=ink,
                    ha="center",
                    va="center",
                )
        axes.set_yticks(range(len(wide)), [_folded(policy) for policy in wide.index])
        slanted: Any = {"rotation": 40, "ha": "left", "rotation_mode": "anchor"}
        few = len(wide.columns) <= 4
        names: list[str] = [_folded(one, 14) if few else one for one in wide.columns]
        axes.set_xticks(range(len(wide.columns)), names, **({} if few else slanted))
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        return _svg(canvas, name)


def _folded(text: str, width: int = 30) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(text, width, break_on_hyphens=False)) or text


def _svg(canvas: Any, name: str) -> str:
    """The picture without the head of a file, its ids its own on a page with others."""
    stream = io.StringIO()
    canvas.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    text = stream.getvalue()
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text[text.index("<svg") :], flags=re.DOTALL)
    text = re.sub(r'\bid="', f'id="{name}-', text)
    text = re.sub(r'(href=")#', rf"\1#{name}-", text)
    return re.sub(r"url\(#", f"url(#{name}-", text)
