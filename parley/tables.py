"""Reports as tables for a terminal, narrow and colourless ones too, for people who decide.

Every table is a `rich` table; what colour says is always said in words as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from parley import figures
from parley.screen import plain
from sim.assumptions import ASSUMPTIONS
from sim.doubtful import MARK
from sim.headline import direction, reading
from sim.indicators.table import INDICATORS
from sim.ledger import CAUSES
from sim.theories import Theory

KINDS = {
    "outcome": "Outcomes: what people feel",
    "process": "Process: who is reached",
    "output": "Outputs: what comes of it",
    "risk": "Risks: who pays",
    "police": "Police: what it takes",
}
BY_PUBLIC = ("trust", "confidence", "legitimacy", "expectation_gap", "reach", "stops")
_FIRST_IN_NARROW = ("trust", "expectation_gap", "stops", "confidence", "reach", "legitimacy")
WIDE, NARROW = 96, 76
_STYLES = {"better": "green", "worse": "red", "rises": "bold", "falls": "bold"}
_TINY = 0.005

Report = Mapping[str, Any]
Labels = Mapping[str, str]
Findings = Collection[str]


def indicator_table(indicators: Report, width: int, leaning: Findings = frozenset()) -> Table:
    """How each indicator of the whole area moved over the weeks, grouped by kind."""

    def cells(name: str, entry: Report) -> dict[str, str]:
        return {
            "Start": figures.level(name, entry["start"]),
            "End": figures.level(name, entry["end"]),
            "Change": figures.change(name, entry).rstrip("*"),
            "95 % interval": figures.interval(name, entry),
        }

    dropped = () if width >= NARROW else ("Start", "95 % interval")
    return _by_kind(
        "All residents: from the start to the end", indicators, cells, dropped, width, leaning
    )


def difference_table(
    base: Report,
    other: Report,
    differences: Report,
    width: int,
    leaning: Findings = frozenset(),
) -> Table:
    """How each indicator of the whole area differs from the base at the end, grouped by kind.

    Args:
        base: the base's own indicators, for their levels at the end.
        other: those of the other scenario.
        differences: the paired differences.
        width: columns of the terminal.
        leaning: findings that lean on untested numbers.
    """

    def cells(name: str, entry: Report) -> dict[str, str]:
        return {
            "Base": figures.level(name, base[name]["end"]),
            "Here": figures.level(name, other[name]["end"]),
            "Difference": figures.change(name, entry).rstrip("*"),
            "95 % interval": figures.interval(name, entry),
        }

    dropped = (
        ()
        if width >= WIDE
        else ("Base", "Here")
        if width >= NARROW
        else ("Base", "Here", "95 % interval")
    )
    return _by_kind(
        "All residents: difference from the base at the end",
        differences,
        cells,
        dropped,
        width,
        leaning,
    )


def public_table(
    report: Report,
    labels: Labels,
    sizes: Mapping[str, float],
    width: int,
    leaning: Findings = frozenset(),
) -> Table:
    """The main indicators of each public at the end, with their change since the start."""

    def cell(name: str, entry: Report) -> Text:
        return _with_change(name, entry["end"], entry)

    title = "By public: level at the end, and change (* where chance alone does not explain it)"
    return _by_public(title, report, labels, sizes, width, 16, cell, leaning)


def public_difference_table(
    report: Report,
    labels: Labels,
    sizes: Mapping[str, float],
    width: int,
    leaning: Findings = frozenset(),
) -> Table:
    """The main indicators of each public as differences from the base at the end."""

    def cell(name: str, entry: Report) -> Text:
        return Text(
            figures.change(name, entry),
            style=_STYLES.get(reading(name, entry["lo"], entry["hi"]), ""),
        )

    title = (
        "By public: difference from the base at the end (* where chance alone does not explain it)"
    )
    return _by_public(title, report, labels, sizes, width, 12, cell, leaning)


def ledger_table(
    title: str,
    everyone: Report,
    most_affected: Report,
    width: int,
    leaning: Findings = frozenset(),
) -> Table:
    """What moved trust, largest cause first, with the total that it adds up to.

    Args:
        title: heading.
        everyone, most_affected: points by cause.
        width: columns of the terminal.
        leaning: findings that lean on untested numbers.
    """
    table = _table(title)
    table.add_column("Cause", ratio=1)
    if width >= NARROW:
        table.add_column("Kind of benefit")
    table.add_column("Everyone", justify="right", no_wrap=True)
    table.add_column("Most affected", justify="right")
    both = (everyone, most_affected)
    for cause in sorted(CAUSES, key=lambda name: -abs(everyone[name] or 0)):
        if any(abs(entry[cause] or 0) >= _TINY for entry in both):
            kind = [CAUSES[cause].kind] if width >= NARROW else []
            table.add_row(
                _marked(CAUSES[cause].label, f"trust:{cause}" in leaning),
                *kind,
                *(figures.points(entry[cause]) for entry in both),
            )
    table.add_section()
    table.add_row(
        "total",
        *([""] if width >= NARROW else []),
        *(figures.points(entry["total"]) for entry in both),
        style="bold",
    )
    return table


def expectation_table(
    title: str,
    rows: Sequence[tuple[Any, Report]],
    labels: Labels,
    width: int,
    leaning: Findings = frozenset(),
) -> Table:
    """What a scenario's author expected beside what is found here.

    Args:
        title: heading.
        rows: each expectation with the difference found here.
        labels: name of each public for readers.
        width: columns of the terminal.
        leaning: findings that lean on untested numbers.
    """
    table = _table(title)
    table.add_column("Indicator", ratio=3)
    table.add_column("Expected", min_width=8)
    table.add_column("Found here", min_width=8)
    table.add_column("As expected", min_width=8)
    if width >= WIDE:
        table.add_column("Because", ratio=4)
    for expectation, entry in rows:
        found = direction(entry["lo"], entry["hi"])
        agrees = found == expectation.change
        public = labels.get(expectation.public, expectation.public).lower()
        table.add_row(
            f"{_label(expectation.indicator, leaning)}, {plain(public)}",
            _spoken(expectation.change),
            _spoken(found),
            Text("yes" if agrees else "no", style="green" if agrees else "yellow"),
            *([plain(expectation.because)] if width >= WIDE else []),
        )
    return table


def scenario_table(scenarios: Iterable[Any]) -> Table:
    """Shipped scenarios with the question each asks."""
    table = _table(None)
    table.add_column("Scenario", no_wrap=True, style="bold")
    table.add_column("Question", ratio=1)
    for scenario in scenarios:
        table.add_row(scenario.key, plain(scenario.question or scenario.title))
    return table


def departure_table(theory: Theory) -> Table:
    """The numbers that an account of trust sets, beside those in force otherwise, each argued."""
    table = _table(None)
    table.add_column("Number", ratio=2, overflow="fold")
    table.add_column("Usually", justify="right", no_wrap=True)
    table.add_column("Here", justify="right", no_wrap=True)
    table.add_column("Because", ratio=3)
    for name, departure in theory.departures.items():
        usual = ASSUMPTIONS[name].default
        table.add_row(name, f"{usual:g}", f"{departure.value:g}", departure.because)
    return table


def _by_kind(
    title: str,
    entries: Report,
    cells: Any,
    dropped: Sequence[str],
    width: int,
    leaning: Findings,
) -> Table:
    """One row for each indicator, with a heading for each kind."""
    table = _table(title)
    table.add_column("Indicator", ratio=1, min_width=16)
    columns = [column for column in cells(*next(iter(entries.items()))) if column not in dropped]
    for column in columns:
        table.add_column(column, justify="right", no_wrap=width >= NARROW)
    table.add_column("Reading", no_wrap=width >= NARROW)
    for kind, heading in KINDS.items():
        names = [name for name in entries if INDICATORS[name].kind == kind]
        if names:
            table.add_row(Text(heading, style="bold"))
        for name in names:
            row, entry = cells(name, entries[name]), entries[name]
            said = reading(name, entry["lo"], entry["hi"]) if entry["lo"] is not None else "-"
            table.add_row(
                _indicator(name, width, leaning),
                *(row[column] for column in columns),
                _styled(said),
            )
        table.add_section()
    return table


def _indicator(name: str, width: int, leaning: Findings) -> Text:
    """Name of an indicator, with its unit where that is not points, per cent or a plain ratio."""
    entry = INDICATORS[name]
    plain_unit = entry.unit in ("points", "%", "ratio", "concentration index") or width < WIDE
    unit = "" if plain_unit else f", {entry.unit.replace('people ', '').replace('hours ', '')}"
    return Text.assemble("  ", _label(name, leaning), (unit, "dim"))


def _label(indicator: str, leaning: Findings) -> str:
    """Name of an indicator, marked where it leans on untested numbers."""
    return _marked(INDICATORS[indicator].label, indicator in leaning)


def _marked(label: str, leans: bool) -> str:
    return f"{label} {MARK}" if leans else label


def _by_public(
    title: str,
    report: Report,
    labels: Labels,
    sizes: Mapping[str, float],
    width: int,
    cell_width: int,
    cell: Any,
    leaning: Findings,
) -> Table:
    names = _that_fit(width - 36, cell_width)
    table = _table(title)
    table.add_column("Public", ratio=1, min_width=14)
    if width >= NARROW:
        table.add_column("Share", justify="right", no_wrap=True)
    for name in names:
        table.add_column(_label(name, leaning), justify="right", max_width=max(11, cell_width - 2))
    for public, entries in {"all": report["indicators"], **report["groups"]}.items():
        if public == "most-affected":
            table.add_section()
        share = [f"{100 * sizes[public] / sizes['all']:.0f} %"] if width >= NARROW else []
        table.add_row(plain(labels[public]), *share, *(cell(name, entries[name]) for name in names))
        if public == "all":
            table.add_section()
    return table


def _that_fit(width: int, cell_width: int) -> list[str]:
    """As many of the main indicators as there is room for, in their usual order."""
    kept = _FIRST_IN_NARROW[: max(2, width // cell_width)]
    return [name for name in BY_PUBLIC if name in kept]


def _with_change(name: str, end: float | None, entry: Report) -> Text:
    if end is None:
        return Text("-")
    said = reading(name, entry["lo"], entry["hi"])
    change = f" ({figures.change(name, entry)})"
    return Text.assemble(figures.level(name, end), (change, _STYLES.get(said, "")))


def _table(title: str | None) -> Table:
    heading = Text(plain(title), style="bold") if title else None
    return Table(
        title=heading, title_justify="left", box=box.SIMPLE_HEAD, expand=True, pad_edge=False
    )


def _styled(said: str) -> Text:
    return Text(said, style=_STYLES.get(said, ""))


def _spoken(change: str) -> str:
    return change.replace("-", " ")
