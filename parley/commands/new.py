"""`parley new`: a commented scenario or lesson to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parley import options
from parley.faults import UserFault
from parley.screen import put

Name = Annotated[str, typer.Argument(metavar="NAME.toml", help="The file to be made.")]


ForALesson = Annotated[bool, typer.Option("--lesson", help="Make a lesson for the classroom.")]


def new(name: Name, lesson: ForALesson = False, force: options.Force = False) -> None:
    """Make a commented scenario file to start from, or a lesson."""
    from sim.place import write_file
    from sim.scenario import SHIPPED

    if Path(name).suffix != ".toml":
        what = "lesson" if lesson else "scenario"
        raise UserFault(f"{name} is no name for a {what} file: it should end in .toml.")
    template = "lesson.toml" if lesson else "new.toml"
    text = (SHIPPED / "templates" / template).read_text(encoding="utf-8")
    write_file(name, text, force=force)
    put(f"{name} is there. Change it, then: parley check {name}")
