"""The evidence as a page for a terminal: one line a part, what a miss means, the score."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from parley.screen import page_width, plain, put_page

Report = Mapping[str, Any]


def show_evidence(report: Report) -> None:
    """Show every pattern of a report."""
    width = page_width()
    parts = [_pattern(entry, width) for entry in report["patterns"]]
    put_page(*parts, _score(report))


def _pattern(entry: Report, width: int) -> Group:
    said = "HIT " if entry["hit"] else "MISS"
    style = "bold green" if entry["hit"] else "bold red"
    head = Text.assemble(
        (said, style), "  ", (f"{entry['id']}  {plain(entry['question'])}", "bold")
    )
    if entry["input"]:
        head.append("  (an input: counted apart)", "italic")
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False)
    for title, where in (("Part", "left"), ("Model", "right"), ("95 % interval", "right"),
                         ("Accepted", "right"), ("", "left")):  # fmt: skip
        table.add_column(title, justify=where, overflow="fold")  # type: ignore[arg-type]
    for part in entry["parts"]:
        table.add_row(*_row(part))
    lines = [head, Padding(table, (0, 0, 0, 6))]
    if not entry["hit"]:
        lines.append(Padding(Text(plain(entry["means"])), (0, 0, 0, 6)))
    source = f"{entry['source']} ({entry['read']})"
    lines.append(Padding(Text(plain(source), style="dim"), (0, 0, 1, 6)))
    return Group(*lines)


def _row(part: Report) -> tuple[str, str, str, str, str]:
    accepted = _range(part["accepted"])
    if part.get("clear_of_zero"):
        accepted += ", clear of 0"
    verdict = "hit" if part["hit"] else "miss"
    if "instead" in part:
        other = part["instead"]
        verdict += f" (by {other['name']} {figure(other['value'])} in {_range(other['accepted'])})"
    between = f"{figure(part['lo'])} to {figure(part['hi'])}"
    return f"{part['name']} ({part['unit']})", figure(part["value"]), between, accepted, verdict


def figure(number: float | None) -> str:
    """A number with as many digits as it deserves; a dash where there is none."""
    if number is None:
        return "–"
    return f"{number:.1f}" if abs(number) >= 10 else f"{number:.2f}"


def _range(accepted: list[float | None]) -> str:
    low, high = accepted
    if low is None:
        return f"below {figure(high)}"
    return f"above {figure(low)}" if high is None else f"{figure(low)} to {figure(high)}"


def _score(report: Report) -> Text:
    text = Text(style="bold")
    text.append(f"{report['hits']} of {report['of']} patterns hit")
    if report["of"] != report["of_without_inputs"]:
        text.append(
            f"; inputs counted apart: {report['hits_without_inputs']} of"
            f" {report['of_without_inputs']}"
        )
    text.append(". A miss is information: it says what not to rest a decision on.")
    return text
