"""`parley run`: one scenario, many replicates."""

from __future__ import annotations

from parley import options
from parley.commands.results import Request, deliver, scenario_of, under_theory
from parley.faults import UserFault
from parley.plan import made_plan, refuse_what_does_not_fit


def run(
    scenario: options.ScenarioName,
    settings: options.Settings = None,
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
    """Follow one scenario over the weeks.

    Shows what becomes of trust, expectations and marginalisation, for whom, and why.
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
    found = scenario_of(scenario, settings or [], faults)
    if faults or found is None:
        raise UserFault(*faults)
    refuse_what_does_not_fit(plan, scenarios=1)
    words = [
        "parley",
        "run",
        scenario,
        *(word for setting in settings or [] for word in ("--set", setting)),
    ]
    deliver(Request(plan, under_theory([found], plan.theory), words, as_json=json))
