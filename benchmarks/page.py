"""What a run leaves: a table on the terminal, a page of the docs, figures for machines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.row import Row

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
LATEST = ROOT / "benchmarks" / "latest.json"
VERDICT = {True: "yes", False: "no", None: ""}
COLOUR = {True: "green", False: "bold red", None: "dim"}
INTRODUCTION = """# Benchmarks

Written by `make bench`; do not edit. Every ratio comes from one run on one machine, in which what
is compared took turns; the best of several turns counts. Work on one core is timed in processor
time, so that other programs distort it less; commands and workers are timed by the clock. Weeks are
those of the baseline scenario, with all rules, the ledger and every indicator on.
"""
MEANINGS = """## What is compared

- **The reference model** (`tests/reference/`) is the same week written plainly, agent by agent, in
  ordinary Mesa.
- **The limit** is one compiled pass that reads and writes every column of residents once and
  gathers one column across every tie (`benchmarks/limit.py`).
- **Starsim** is an established simulator of epidemics whose inner loops are compiled. Its SIS
  epidemic lives on a random network with as many ties. It has far fewer rules than a week here, so
  the same epidemic is also written in our way and timed beside it (`benchmarks/epidemic.py`).
- **Two bare processes** are two programs started beforehand, each living half of the replicates.
"""


def on_terminal(rows: Sequence[Row], console: Console) -> None:
    """Show the table."""
    table = Table(title="Benchmarks", show_lines=True)
    for head in ("what", "target", "measured", "met", "figures"):
        table.add_column(head)
    for row in rows:
        measured = f"[{COLOUR[row.met]}]{row.measured}[/]"
        table.add_row(row.what, row.target, measured, VERDICT[row.met], row.detail)
    console.print(table)


def in_words(
    rows: Sequence[Row], facts: dict[str, str], load: str, introduction: str = INTRODUCTION,
    meanings: str = MEANINGS,
) -> str:  # fmt: skip
    """The page of the docs."""
    lines = [
        introduction,
        "| What | Target | Measured | Met | Figures |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {row.what} | {row.target or '–'} | {row.measured}"
        f" | {VERDICT[row.met] or '–'} | {row.detail} |"
        for row in rows
    ]
    lines += ["", *([meanings] if meanings else []), "## The machine", ""]
    lines += [f"- {name}: {value}" for name, value in facts.items()]
    return "\n".join([*lines, f"- Other programs at work: {load}", f"- Date: {date.today()}", ""])


def for_machines(rows: Sequence[Row], facts: dict[str, str], load: str) -> str:
    """The same as JSON."""
    whole = {"machine": facts, "load": load, "rows": [row.to_dict() for row in rows]}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"
