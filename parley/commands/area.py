"""`parley area`: an area file from the London tables or from a table of publics."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Annotated

import typer

from parley import options
from parley.faults import UserFault
from parley.screen import plain, put

Source = Annotated[
    str,
    typer.Argument(
        metavar="SOURCE", help="The folder of London tables, or a CSV with a row for each public."
    ),
]
Out = Annotated[str, typer.Option("--out", metavar="AREA.toml", help="The file to be made.")]
Borough = Annotated[
    str | None, typer.Option("--borough", metavar="NAME", help="London tables: which borough.")
]
Date = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar="YYYY-MM-DD",
        help="London tables: quarter's end of the survey that attitudes start from.",
    ),
]
ScenarioOut = Annotated[
    str | None,
    typer.Option(
        "--scenario",
        metavar="NAME.toml",
        help="London tables: also make a scenario with the borough's own hours and searches.",
    ),
]
Name = Annotated[
    str | None, typer.Option("--name", metavar="NAME", help="Table of publics: the area's name.")
]
People = Annotated[
    int | None, options.number("--people", "N", help="Table of publics: people who live there.")
]
Beats = Annotated[
    int | None, options.number("--beats", "N", help="Table of publics: beats of the area.")
]


def area(
    source: Source,
    out: Out,
    borough: Borough = None,
    date: Date = None,
    scenario: ScenarioOut = None,
    name: Name = None,
    people: People = None,
    beats: Beats = None,
    force: options.Force = False,
) -> None:
    """Make an area file from tables.

    Says what the file rests on and what had to be assumed.
    """
    if not Path(source).exists():
        raise UserFault(f"{source}: there is no such file or folder. Check the path.")
    if Path(source).is_dir():
        _refuse({"--name": name, "--people": people, "--beats": beats}, "a table of publics")
        _from_london(source, borough, date, Path(out), scenario, force)
        return
    only_london = {"--borough": borough, "--date": date, "--scenario": scenario}
    _refuse(only_london, "a folder of London tables")
    from sim.areas import area_from_table

    _write(Path(out), area_from_table(source, name, people, beats), force)


def _from_london(
    folder: str, borough: str | None, date: str | None, out: Path, scenario: str | None, force: bool
) -> None:
    if borough is None:
        raise UserFault(f"{folder} is a folder of tables: say which borough with --borough NAME.")
    if scenario is not None and Path(scenario).resolve() == out.resolve():
        raise UserFault("--out and --scenario name the same file. Give two names.")
    from sim.areas import DATE, area_text, borough_from_london, scenario_text
    from sim.place import free_file

    for path in filter(None, (out, scenario)):
        free_file(path, force=force)
    found = borough_from_london(folder, borough, date or DATE)
    _write(out, area_text(found), force)
    if scenario is not None:
        where = os.path.relpath(out.resolve(), Path(scenario).resolve().parent)
        _write(Path(scenario), scenario_text(found, Path(where).as_posix()), force)


def _refuse(given: dict[str, object], needed: str) -> None:
    """Refuse options that the kind of source has no use for."""
    faults = [
        f"{option} goes with {needed}." for option, value in given.items() if value is not None
    ]
    if faults:
        raise UserFault(*faults)


def _write(path: Path, text: str, force: bool) -> None:
    """Write the file, then say what the file itself says it had to assume."""
    from sim.place import write_file

    write_file(path, text, force=force)
    notes = tomllib.loads(text).get("notes", [])
    put(f"{path} is there." + (" What it rests on, and what had to be assumed:" if notes else ""))
    for note in notes:
        put(f"- {plain(note)}")
