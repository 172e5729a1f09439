"""Commands that have a name already and are not there yet."""

from __future__ import annotations

from typing import Annotated

import typer

from parley.faults import UserFault

ANYTHING = {"allow_extra_args": True, "ignore_unknown_options": True}
Words = Annotated[list[str] | None, typer.Argument(hidden=True)]


def analyse(words: Words = None) -> None:
    """Tables, plots and sensitivity of a sweep (not there yet)."""
    raise UserFault("parley analyse is not there yet in this version.")
