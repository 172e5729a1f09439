"""The options that commands share, each said once."""

from __future__ import annotations

from typing import Annotated, Any

import typer


def _whole_number(text: str | int) -> int:
    """A whole number from the words of a command."""
    try:
        return int(text)
    except ValueError:
        raise typer.BadParameter(f"{text} is no whole number") from None


def number(option: str, metavar: str, **more: Any) -> Any:
    """An option that takes a whole number, and says so where it is given something else."""
    return typer.Option(option, metavar=metavar, parser=_whole_number, **more)


ScenarioName = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO", help="A shipped scenario (see parley list) or a scenario file."
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Change one value, as in policy.feedback=0.9. May be repeated.",
    ),
]
BaseSettings = Annotated[
    list[str] | None,
    typer.Option("--set-base", metavar="KEY=VALUE", help="The same, for the base alone."),
]
OtherSettings = Annotated[
    list[str] | None,
    typer.Option(
        "--set-other",
        metavar="KEY=VALUE",
        help="The same, for the others alone; 2:KEY=VALUE for the second of them.",
    ),
]
Weeks = Annotated[int, number("--weeks", "N", help="Weeks to follow after the warm-up.")]
Residents = Annotated[
    int,
    number("--residents", "N", help="Simulated residents: how finely the area is drawn."),
]
Replicates = Annotated[
    int, number("--replicates", "R", help="How often it is repeated with fresh dice.")
]
Seed = Annotated[int, number("--seed", "S", help="Number that all dice start from.")]
Workers = Annotated[
    int | None,
    number(
        "--workers",
        "W",
        help="Replicates at work at once; all cores if not given.",
        show_default=False,
    ),
]
Theory = Annotated[
    str | None,
    typer.Option(
        "--theory",
        metavar="NAME",
        help="A rival account of trust to live under (see parley list --theories).",
    ),
]
Out = Annotated[
    str | None,
    typer.Option(
        "--out", metavar="DIR", help="Folder to be made for CSV, Parquet and the manifest."
    ),
]
Force = Annotated[
    bool, typer.Option("--force", help="Replace what Parley itself wrote there before.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Snapshots = Annotated[
    str | None,
    typer.Option(
        "--snapshots",
        metavar="WEEKS",
        help="Weeks whose residents go into snapshots.parquet, as in 0,26,52.",
    ),
]
Marking = Annotated[
    str,
    typer.Option(
        "--marking",
        metavar="TEXT",
        help="Marking for every export, such as OFFICIAL.",
        show_default=False,
    ),
]

WEEKS, RESIDENTS, REPLICATES, SEED = 156, 3000, 20, 1
