"""`python -m benchmarks`: times everything in one run and writes the page of the docs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from rich.console import Console

from benchmarks import (
    commands,
    machine,
    memory,
    page,
    reference,
    scale,
    stepping,
    workers,
    yardstick,
)
from benchmarks.row import Row
from benchmarks.sizes import FULL, QUICK, Sizes
from sim.runs import compile_engine, compiled

# in the order of the table
PARTS: dict[str, Callable[[Sizes], list[Row]]] = {
    "reference": reference.rows,
    "scale": scale.rows,
    "starsim": yardstick.rows,
    "memory": memory.rows,
    "workers": workers.rows,
    "commands": commands.rows,
    "mesa": stepping.rows,
}


def measured(names: Sequence[str], sizes: Sizes, console: Console) -> list[Row]:
    """Measure the named parts."""
    rows = []
    for name in names:
        with console.status(f"timing: {name}"):
            rows += PARTS[name](sizes)
    return rows


def asked_for(words: Sequence[str] | None) -> argparse.Namespace:
    """Read the options."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument(
        "--quick", action="store_true", help="smaller sizes, about a minute; writes no page"
    )
    asked.add_argument(
        "--only",
        action="append",
        choices=list(PARTS),
        help="one part; may be repeated; writes no page",
    )
    asked.add_argument(
        "--first-run",
        action="store_true",
        help="also compile everything anew, as after installation",
    )
    asked.add_argument("--no-page", action="store_true", help="do not write docs/benchmarks.md")
    return asked.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Time what is asked for, show it, and keep it; the exit code is 0 whatever was met."""
    asked = asked_for(words)
    console = Console()
    if not compiled():
        console.print("Compiling the model once; this takes a minute or two.")
        compile_engine()
    before = machine.load()
    rows = measured(asked.only or list(PARTS), QUICK if asked.quick else FULL, console)
    rows.append(commands.first_run(asked.first_run))
    load = f"{before} to {machine.load()} wanted a core, this benchmark among them"
    page.on_terminal(rows, console)
    console.print(load)
    page.LATEST.write_text(page.for_machines(rows, machine.facts(), load), encoding="utf-8")
    if not (asked.quick or asked.only or asked.no_page):
        page.PAGE.write_text(page.in_words(rows, machine.facts(), load), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
