"""Figures as SVG: the same bytes every time, no address but the name of the format, words as text."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import matplotlib
import numpy as np
from matplotlib.figure import Figure as Canvas

INK, FAINT = "#16202e", "#e3ded2"
LOOKS = {
    "lever": ("#0a5a94", "o"),
    "uncertainty": ("#8a5a00", "s"),
    "area": ("#7a3b8f", "^"),
    "event": ("#a03030", "D"),
    "base scenario": ("#3d6b35", "P"),
}
"""Colour and shape of each kind of factor."""
LINES = (
    ("#0a5a94", "-", "o"),
    ("#8a5a00", "--", "s"),
    ("#7a3b8f", "-.", "^"),
    ("#3d6b35", ":", "D"),
    ("#a03030", (0, (5, 1)), "P"),
)
"""Colour, dash and mark of each line of one picture."""
_STYLE = {
    "svg.hashsalt": "parley",
    "svg.fonttype": "none",
    "font.size": 9.5,
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial", "sans-serif"],
    "axes.edgecolor": "#66707c",
    "text.color": INK,
    "axes.labelcolor": INK,
}
_WIDE = 7.4  # inches
_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


@dataclass(frozen=True)
class Bar:
    """A value with its interval."""

    label: str
    value: float
    low: float
    high: float
    role: str


def intervals(title: str, unit: str, bars: Sequence[Bar], description: str) -> str:
    """Values with their intervals, one line each, against a line at zero."""
    with matplotlib.rc_context(_STYLE):
        rows = [
            label if len(label) <= 38 else _in_lines(label, 38)
            for label in (_plain(bar.label) for bar in bars)
        ]
        lines = sum(1 + row.count("\n") for row in rows)
        canvas = Canvas(figsize=(_WIDE, 1.15 + 0.23 * lines + 0.06 * len(rows)))
        axes = canvas.add_subplot()
        _draw_intervals(axes, bars)
        axes.set_yticks(range(len(bars)), rows)
        axes.set_ylim(len(bars) - 0.4, -0.6)
        axes.set_xlabel(_plain(unit))
        _legend_of_roles(axes, bars)
        return _finished(canvas, title, description)


def heat_map(
    title: str, rows: Sequence[str], columns: Sequence[str], cells: np.ndarray, description: str,
    *, sides: tuple[str, str] = ("", ""), marked: np.ndarray | None = None, around_zero: bool = True,
) -> str:  # fmt: skip
    """Numbers in coloured cells; every cell says its number, so that colour only underlines.

    Args:
        title, description: the text alternative.
        rows, columns: labels.
        cells: [row, column]; empty where there is no number.
        sides: what rows and columns are.
        marked: cells that get a star: their interval leaves zero out.
        around_zero: colours part at zero; otherwise they run from the lowest to the highest.
    """
    with matplotlib.rc_context(_STYLE):
        width = max(11, 72 // len(columns))
        heads = [_in_lines(_plain(column), width) for column in columns]
        tall = 1.0 + 0.33 * len(rows) + 0.17 * max(1 + head.count("\n") for head in heads)
        slanted = len(columns) > 4 or any(
            len(line) > width for head in heads for line in head.split("\n")
        )
        canvas = Canvas(figsize=(_WIDE, tall + (0.9 if slanted else 0)))
        axes = canvas.add_subplot()
        finite = cells[np.isfinite(cells)]
        most = float(np.abs(finite).max()) if finite.size else 1.0
        low, high = (-most, most) if around_zero else _ends(finite)
        colours = matplotlib.colormaps["PuOr_r" if around_zero else "cividis"]
        grid = np.ma.masked_invalid(cells)
        x, y = np.arange(len(columns) + 1) - 0.5, np.arange(len(rows) + 1) - 0.5
        axes.pcolormesh(x, y, grid, cmap=colours, vmin=low, vmax=high, edgecolors="white", lw=1.2)
        _numbers_in_cells(axes, cells, marked, colours, (low, high))
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_yticks(range(len(rows)), [_plain(row) for row in rows])
        turned = {"rotation": 35, "ha": "right", "rotation_mode": "anchor"} if slanted else {}
        axes.set_xticks(range(len(columns)), heads, fontsize=8.5, **turned)
        axes.set_ylabel(_plain(sides[0]))
        axes.set_xlabel(_plain(sides[1]))
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0)
        return _finished(canvas, title, description)


def lines(
    title: str, sides: tuple[str, str], x: Sequence[float],
    series: Sequence[tuple[str, Sequence[float], Sequence[float] | None]], description: str,
    *, doubling: bool = False, bound: float | None = None, below: bool = False,
) -> str:  # fmt: skip
    """Lines over numbers, each with a dash and a mark of its own, and a band where one is given.

    Args:
        title, description: the text alternative.
        sides: what runs along the bottom, and what is measured.
        x: where values were taken.
        series: name, values and half-widths of each line.
        doubling: whether the bottom runs by doublings.
        bound: a level to be drawn across.
        below: whether the names of the lines stand below, for they are long.
    """
    with matplotlib.rc_context(_STYLE):
        canvas = Canvas(figsize=(_WIDE, 3.3))
        axes = canvas.add_subplot()
        every = max(1, len(x) // 8)
        for place, (name, values, half) in enumerate(series):
            colour, dash, mark = LINES[place % len(LINES)]
            middle = np.asarray(values, dtype=float)
            axes.plot(x, middle, color=colour, linestyle=dash, marker=mark,
                      markevery=(place * every // len(LINES), every),
                      markersize=5, linewidth=1.7, label=_plain(name))  # fmt: skip
            if half is not None:
                reach = np.asarray(half, dtype=float)
                axes.fill_between(x, middle - reach, middle + reach, color=colour, alpha=0.13, lw=0)
                for edge in (middle - reach, middle + reach):
                    axes.plot(x, edge, color=colour, linestyle=dash, linewidth=0.6, alpha=0.7)
        if bound is not None:
            axes.axhline(bound, color=INK, linewidth=1)
        if doubling:
            axes.set_xscale("log", base=2)
            axes.set_xticks(list(x), [f"{value:g}" for value in x])
            axes.minorticks_off()
        _tidy(axes, "y")
        axes.set_xlabel(_plain(sides[0]))
        axes.set_ylabel(_plain(sides[1]))
        where = (0.0, -0.15) if below else (1.0, 1.0)
        axes.legend(frameon=False, fontsize=8.5, loc="upper left", bbox_to_anchor=where,
                    handlelength=4 if below else 2)  # fmt: skip
        return _finished(canvas, title, description)


def _draw_intervals(axes: Any, bars: Sequence[Bar]) -> None:
    axes.axvline(0, color=INK, linewidth=1)
    for place, bar in enumerate(bars):
        colour, mark = LOOKS.get(bar.role, (INK, "o"))
        known = bool(np.isfinite([bar.low, bar.high]).all())
        hollow = known and not (bar.low > 0 or bar.high < 0)
        if known:
            axes.plot([bar.low, bar.high], [place, place], color=colour, linewidth=2)
        axes.plot([bar.value], [place], color=colour, marker=mark if known else "x", markersize=7,
                  linestyle="none", markerfacecolor="white" if hollow else colour,
                  markeredgewidth=1.6)  # fmt: skip
    _tidy(axes, "x")


def _legend_of_roles(axes: Any, bars: Sequence[Bar]) -> None:
    from matplotlib.lines import Line2D

    roles = [role for role in LOOKS if role in {bar.role for bar in bars}]
    marks: list[Any] = [
        Line2D([], [], color=LOOKS[role][0], marker=LOOKS[role][1], linestyle="none", label=role)
        for role in roles
    ]
    known = [bool(np.isfinite([bar.low, bar.high]).all()) for bar in bars]
    if any(known):
        marks.append(_sign("o", "hollow: interval holds zero", face="white"))
    if not all(known):
        marks.append(_sign("x", "cross: no interval"))
    axes.legend(handles=marks, frameon=False, fontsize=8, ncols=len(marks), loc="lower left",
                bbox_to_anchor=(0, 1.0), borderaxespad=0.2, handletextpad=0.3, columnspacing=1.2)  # fmt: skip


def _sign(mark: str, label: str, face: str = INK) -> Any:
    from matplotlib.lines import Line2D

    return Line2D(
        [], [], color=INK, marker=mark, markerfacecolor=face, linestyle="none", label=label
    )


def _numbers_in_cells(
    axes: Any, cells: np.ndarray, marked: np.ndarray | None, colours: Any, ends: tuple[float, float]
) -> None:
    low, high = ends
    biggest = np.nanmax(np.abs(cells)) if np.isfinite(cells).any() else 0.0
    decimals = 1 if biggest >= 10 and np.nanmax(cells) - np.nanmin(cells) >= 1 else 2
    for row, column in np.ndindex(*cells.shape):
        value = cells[row, column]
        if not np.isfinite(value):
            axes.text(column, row, "–", ha="center", va="center")
            continue
        shade = colours((value - low) / (high - low) if high > low else 0.5)
        star = "*" if marked is not None and marked[row, column] else ""
        text = f"{value:.{decimals}f}"
        text = text.lstrip("-") if float(text) == 0 else text.replace("-", "−")
        axes.text(column, row, text + star, ha="center", va="center", fontsize=8.5,
                  fontweight="bold" if star else "normal", color=readable_on(shade[:3]))  # fmt: skip


def readable_on(shade: Sequence[float]) -> str:
    """Black or white, whichever stands out more on a colour (relative luminance of WCAG)."""
    line = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in shade]
    luminance = 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2]
    return "#000000" if (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) else "#ffffff"


def _ends(values: np.ndarray) -> tuple[float, float]:
    if not values.size:
        return 0.0, 1.0
    low, high = float(values.min()), float(values.max())
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _tidy(axes: Any, grid: str) -> None:
    axes.grid(axis=grid, color=FAINT)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def _in_lines(text: str, width: int) -> str:
    """A label in lines, what is varied on lines of its own; no word is torn."""
    return "\n".join(
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
        for line in text.replace(": ", ":\n").splitlines()
    )


def _plain(text: str) -> str:
    """Text without the sign that Matplotlib takes for mathematics."""
    return str(text).replace("$", r"\$")


def _finished(canvas: Canvas, title: str, description: str) -> str:
    stream = io.BytesIO()
    canvas.savefig(
        stream, format="svg", bbox_inches="tight", pad_inches=0.06, metadata=_NO_METADATA
    )
    svg = stream.getvalue().decode()
    svg = svg[svg.index("<svg") :].replace("xlink:href", "href")
    svg = re.sub(r'\s+xmlns:xlink="[^"]*"', "", svg)
    svg = re.sub(r"<style[^>]*>.*?</style>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    end = svg.index(">") + 1
    words = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return f'{svg[: end - 1]} role="img">{words}{svg[end:]}'.strip()
