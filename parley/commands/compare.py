"""`parley compare`: a base and others, replicate by replicate with the same dice."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from parley import options
from parley.commands.results import Request, deliver, scenario_of, under_theory
from parley.faults import UserFault
from parley.plan import made_plan, refuse_what_does_not_fit

_NUMBERED = re.compile(r"(\d{1,3}):")
Base = Annotated[
    str, typer.Argument(metavar="BASE", help="The scenario that the others are held against.")
]
Others = Annotated[list[str], typer.Argument(metavar="OTHER...", help="One or more scenarios.")]


def compare(
    base: Base,
    others: Others,
    settings: options.Settings = None,
    base_settings: options.BaseSettings = None,
    other_settings: options.OtherSettings = None,
    weeks: options.Weeks = options.WEEKS,
    residents: options.Residents = options.RESIDENTS,
    replicates: options.Replicates = options.REPLICATES,
    seed: options.Seed = options.SEED,
    workers: options.Workers = None,
    snapshots: options.Snapshots = None,
    theory: options.Theory = None,
    out: options.Out = None,
    force: options.Force = False,
    marking: options.Marking = "",
    json: options.AsJson = False,
) -> None:
    """Hold scenarios against a base.

    The same people and the same dice under another policy, replicate by replicate.
    """
    plan, faults = made_plan(
        snapshots,
        theory,
        weeks=weeks,
        residents=residents,
        replicates=replicates,
        seed=seed,
        workers=workers,
        out=out,
        force=force,
        marking=marking,
    )
    everywhere, in_base, in_others = settings or [], base_settings or [], other_settings or []
    found = [scenario_of(base, [*everywhere, *in_base], faults)]
    found += [
        scenario_of(other, [*everywhere, *_for_other(number, in_others)], faults)
        for number, other in enumerate(others, start=1)
    ]
    faults += _faults_of_numbers(in_others, len(others))
    if faults:
        raise UserFault(*faults)
    refuse_what_does_not_fit(plan, scenarios=len(found))
    words = ["parley", "compare", base, *others]
    for option, given in (
        ("--set", everywhere),
        ("--set-base", in_base),
        ("--set-other", in_others),
    ):
        words += [word for setting in given for word in (option, setting)]
    deliver(Request(plan, under_theory(found, plan), words, as_json=json))


def _for_other(number: int, settings: list[str]) -> list[str]:
    """The settings that hold for one of the others: those without a number, and those with its own."""
    found = []
    for setting in settings:
        numbered = _NUMBERED.match(setting)
        if numbered is None or int(numbered[1]) == number:
            found.append(setting[numbered.end() :] if numbered else setting)
    return found


def _faults_of_numbers(settings: list[str], others: int) -> list[str]:
    return [
        f"--set-other {setting}: there is no other scenario number {numbered[1]}; they go from 1 to {others}."
        for setting in settings
        if (numbered := _NUMBERED.match(setting)) and not 1 <= int(numbered[1]) <= others
    ]
