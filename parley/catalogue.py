"""Which commands there are."""

from __future__ import annotations

from typing import Annotated

import typer

from parley.commands.analyse import analyse
from parley.commands.app import app as open_app
from parley.commands.area import area
from parley.commands.check import check
from parley.commands.compare import compare
from parley.commands.diary import diary
from parley.commands.evidence import evidence
from parley.commands.list import list_scenarios
from parley.commands.new import new
from parley.commands.run import run
from parley.commands.sweep import sweep
from parley.faults import DONE
from parley.screen import put

commands = typer.Typer(
    name="parley",
    help=(
        "What does a way of engaging with the public do to expectations, to who gets"
        " marginalised, and to trust?"
    ),
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
commands.command("run")(run)
commands.command("compare")(compare)
commands.command("check")(check)
commands.command("list")(list_scenarios)
commands.command("diary")(diary)
commands.command("area")(area)
commands.command("new")(new)
commands.command("app")(open_app)
commands.command("sweep")(sweep)
commands.command("analyse")(analyse)
commands.command("evidence")(evidence)


def _say_version(wanted: bool) -> None:
    if wanted:
        from sim.version import VERSION

        put(f"parley {VERSION}")
        raise typer.Exit()


@commands.callback()
def _parley(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_say_version, is_eager=True, help="Say the version and stop."
        ),
    ] = False,
) -> None:
    """What does a way of engaging do to expectations, to who gets marginalised, and to trust?"""


def obey(arguments: list[str]) -> int:
    """Carry out one command; faults are raised, not reported.

    Args:
        arguments: its words.

    Returns:
        The exit code of a command that came to its end.
    """
    command = typer.main.get_command(commands)
    try:
        with command.make_context("parley", arguments) as context:
            command.invoke(context)
    except typer.Exit as leaving:
        return leaving.exit_code
    return DONE
