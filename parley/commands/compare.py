"""`parley compare`: a base and others, replicate by replicate with the same dice."""

from __future__ import annotations

from typing import Annotated

import typer

from parley import options
from parley.commands.results import Request, deliver, under_theory
from parley.commands.worlds import Set
from parley.faults import UserFault
from parley.plan import made_plan, refuse_what_does_not_fit

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
    was_set = Set(settings or (), base_settings or (), other_settings or ())
    found = was_set.scenarios(base, others, faults)
    if faults:
        raise UserFault(*faults)
    refuse_what_does_not_fit(plan, scenarios=len(found))
    words = ["parley", "compare", base, *others, *was_set.as_options()]
    deliver(Request(plan, under_theory(found, plan.theory), words, as_json=json))
