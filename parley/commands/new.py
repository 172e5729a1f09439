"""`parley new`: a commented scenario to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parley.faults import UserFault
from parley.screen import put

Name = Annotated[str, typer.Argument(metavar="NAME.toml", help="The file to be made.")]


def new(name: Name) -> None:
    """Make a commented scenario file to start from."""
    from sim.place import write_file
    from sim.scenario import SHIPPED

    if Path(name).suffix != ".toml":
        raise UserFault(f"{name} is no name for a scenario file: it should end in .toml.")
    write_file(name, (SHIPPED / "templates" / "new.toml").read_text(encoding="utf-8"))
    put(f"{name} is there. Change it, then: parley check {name}")
