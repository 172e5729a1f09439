"""Charts as files: drawn with Matplotlib, with the question, the numbers and the limits below."""

from __future__ import annotations

import io
import textwrap
from html import escape
from typing import Any

import matplotlib
from matplotlib.figure import Figure

from sim.indicators.table import INDICATORS
from web.files.brief import Brief

COLOURS = {
    "base": "#6b5a45",
    "other": "#0a5a94",
    "third": "#7a3b8f",
    "fourth": "#b87500",
    "before": "#66707c",
}
_MARKS = {"square": "s", "circle": "o", "triangle": "^", "diamond": "D", "cross": "P"}
_STYLE = {"svg.hashsalt": "parley", "svg.fonttype": "none", "font.size": 10.0}
_WIDE = 112
_HEAD, _PLOT, _SECOND, _AXIS, _LINE = 0.4, 2.7, 1.7, 0.55, 0.1275
"""Inches: for the title, the plot, one under it, the axis of each, and a line of small print."""
_NAMES, _SHORT_NAME = 0.17, 44
"""Inches for a row of names of lines; letters of a name beside which another has room."""


def picture(
    chart: dict[str, Any], brief: Brief | None, kind: str, under: dict[str, Any] | None = None
) -> bytes:
    """One chart as SVG or PNG.

    Args:
        chart: data of a chart, as the page draws it.
        brief: what is said below the picture; None for a picture that stands in a briefing.
        kind: svg or png.
        under: a second chart to be drawn under the first, such as the difference; None for none.
    """
    with matplotlib.rc_context(_STYLE):
        said_below = _below(brief, chart) if brief is not None else ""
        below = _as_drawn(said_below)
        foot = _LINE * (below.count("\n") + 1) + 0.1 if below else 0.0
        below_it = _head(under) + _SECOND + _AXIS if under is not None else 0.0
        tall = _head(chart) + _PLOT + _AXIS + below_it + foot
        figure = Figure(figsize=(7.6, tall))
        _draw(figure, chart, ((_AXIS + below_it + foot) / tall, _PLOT / tall))
        if under is not None:
            _draw(figure, under, ((_AXIS + foot) / tall, _SECOND / tall))
        if below:
            figure.text(0.02, 0.06 / tall, below, fontsize=7.5, va="bottom", color="#37414f")
        stream = io.BytesIO()
        metadata = {"Title": chart["title"], "Description": chart["summary"], "Date": None}
        if kind == "png":
            metadata = {"Title": chart["title"], "Description": chart["summary"]}
            if brief is not None:
                metadata["Comment"] = said_below
        figure.savefig(stream, format=kind, dpi=150, metadata=metadata)
    drawn = stream.getvalue()
    return _named(drawn.decode(), chart).encode() if kind == "svg" else drawn


def _draw(figure: Figure, chart: dict[str, Any], place: tuple[float, float]) -> None:
    """Draw a chart; its bottom and its height are given as parts of the whole picture."""
    axes = figure.add_axes((0.09, place[0], 0.88, place[1]))
    for line in chart["series"]:
        weeks, mean, low, high = _drawn(line)
        colour = COLOURS[line["colour"]]
        dash = tuple(float(part) / 2.5 for part in line["dash"].split()) if line["dash"] else ()
        axes.fill_between(weeks, low, high, color=colour, alpha=0.17, linewidth=0)
        axes.plot(
            weeks,
            mean,
            color=colour,
            linewidth=1.8,
            linestyle=(0, dash) if dash else "-",
            marker=_MARKS[line["shape"]],
            markevery=max(4, len(weeks) // 6),
            markersize=5,
            label=_as_drawn(line["name"]),
        )
    if chart["difference"]:
        axes.axhline(0, color="#16202e", linewidth=1)
    _enough_room(axes, chart["span"])
    axes.set_title(
        _as_drawn(_title(chart)),
        loc="left",
        fontsize=11,
        fontweight="bold",
        pad=6 + 72 * _head(chart) - 72 * _HEAD,
    )
    axes.set_xlabel("Week")
    axes.set_xlim(0, chart["weeks"])
    axes.grid(axis="y", color="#e3ded2")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(
        frameon=False,
        fontsize=8,
        ncols=_names_a_row(chart),
        loc="lower left",
        bbox_to_anchor=(0, 1),
        borderaxespad=0.2,
        borderpad=0,
    )


def _names_a_row(chart: dict[str, Any]) -> int:
    """How many names of lines stand side by side between the title and the plot."""
    return 2 if max(len(line["name"]) for line in chart["series"]) <= _SHORT_NAME else 1


def _head(chart: dict[str, Any]) -> float:
    """Height of the title and the names of the lines, which hide no line from above."""
    return _HEAD + _NAMES * -(-len(chart["series"]) // _names_a_row(chart))


def _title(chart: dict[str, Any]) -> str:
    what = "Difference, with its 95 % interval: " if chart["difference"] else ""
    title = chart["title"].lower() if what else chart["title"]
    return f"{what}{title}, {chart['who']} ({chart['unit'] or INDICATORS[chart['id']].unit})"


def _drawn(line: dict[str, Any]) -> tuple[list[int], list[float], list[float], list[float]]:
    """Weeks that have a value, with mean and band; without an interval the band is the mean."""
    rows = [
        (week, mean, mean if low is None else low, mean if high is None else high)
        for week, (mean, low, high) in enumerate(zip(line["mean"], line["low"], line["high"]))
        if mean is not None
    ]
    weeks, mean, low, high = (list(column) for column in zip(*rows)) if rows else ([], [], [], [])
    return weeks, mean, low, high


def _enough_room(axes: Any, span: float) -> None:
    low, high = axes.get_ylim()
    if (lack := span - (high - low)) > 0:
        axes.set_ylim(low - lack / 2, high + lack / 2)


def _below(brief: Brief, chart: dict[str, Any]) -> str:
    """What has to be known of a picture that travels alone."""
    facts = brief.facts
    parts = [
        brief.marking,
        brief.context,
        *brief.questions,
        chart["summary"],
        *(_changed(table) for table in brief.tables if "changed" in table.title),
        f"{facts['Pairs of histories']} pairs; bands: {facts['Interval']}. {facts['Made with']}. "
        f"Scenario hash: {facts['Scenario hash']}.",
        facts["Command"],
        *brief.limits,
        facts.get("Licence", ""),
    ]
    wrapped = [textwrap.fill(part, _WIDE) for part in parts if part]
    return "\n".join(wrapped)


def _as_drawn(words: str) -> str:
    """Words as Matplotlib has to be given them, so that it takes none for a formula."""
    return words.replace("$", r"\$")


def _changed(table: Any) -> str:
    if not table.rows:
        return f"{table.title}: none."
    if table.title == "Levers changed":
        rows = [f"{policy[0]}, {lever}: {now}" for lever, policy, _, now, *_ in table.rows]
    else:
        rows = [f"{what}: {now} instead of {before}" for what, before, now, *_ in table.rows]
    return f"{table.title}: {'; '.join(rows)}."


def _named(svg: str, chart: dict[str, Any]) -> str:
    """The same SVG with a name and a description for those who hear it."""
    start = svg.index("<svg")
    end = svg.index(">", start) + 1
    words = f"<title>{escape(chart['title'])}</title><desc>{escape(chart['summary'])}</desc>"
    head = svg[start : end - 1] + ' role="img">'
    return f"{svg[:start]}{head}{words}{svg[end:]}"
