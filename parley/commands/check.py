"""`parley check`: every fault of every file at once."""

from __future__ import annotations

from typing import Annotated

import typer

from parley.faults import UserFault
from parley.screen import plain, put

Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="Scenario or area files.")]


def check(files: Files) -> None:
    """Check scenario and area files.

    Every fault of every file is reported at once.
    """
    from sim.scenario import check as faults_of

    faults = []
    for file in files:
        found = [str(fault) for fault in faults_of(file)]
        if not found:
            put(f"{plain(file)}: fine")
        faults += found
    if faults:
        raise UserFault(*faults)
