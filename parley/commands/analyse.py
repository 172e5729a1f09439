"""`parley analyse`: tables, plots and a report from the folder of a sweep."""

from __future__ import annotations

from typing import Annotated

import typer

from parley import options
from parley.commands.sweep import EXTRA
from parley.faults import UserFault
from parley.screen import put, say


def analyse(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder of a sweep.")],
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="DIR", help="Folder to be made; DIR/report if not given."),
    ] = None,
    base: Annotated[
        int | None,
        options.number(
            "--base",
            "POLICY",
            help="Number of the policy that others are compared with, as in policies.csv.",
            show_default=False,
        ),
    ] = None,
    force: options.Force = False,
    marking: options.Marking = "",
) -> None:
    """Tables, plots, sensitivity and robustness of a sweep, in one report."""
    from sim.place import PlaceFault

    try:
        from analysis.reading.report import write_report
        from analysis.reading.sweep import SweepFaults, load
    except ModuleNotFoundError as absent:
        raise UserFault(f"parley analyse: {absent.name} is not installed. {EXTRA}") from None
    try:
        found = load(folder)
        for note in found.notes:
            say(note)
        place, first = write_report(found, out, base=base, force=force, marking=marking)
    except (SweepFaults, PlaceFault) as fault:
        raise UserFault(*fault.faults) from fault
    put("\n".join(first))
    say(f"The report is {place / 'report.html'}.")
