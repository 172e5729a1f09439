"""`parley diary`: one resident's weeks, alone or in two worlds."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from parley import options
from parley.commands.results import scenario_of
from parley.faults import UserFault
from parley.plan import number_faults
from parley.running import compile_once

Resident = Annotated[
    str, typer.Option("--resident", metavar="KEY", help="Key of the resident, as in snapshots.")
]
Against = Annotated[
    str | None,
    typer.Option("--against", metavar="OTHER", help="The same resident under another scenario."),
]
Replicate = Annotated[
    int, options.number("--replicate", "R", help="Which replicate, counted from 0.")
]


def diary(
    scenario: options.ScenarioName,
    resident: Resident,
    against: Against = None,
    settings: options.Settings = None,
    weeks: options.Weeks = options.WEEKS,
    residents: options.Residents = options.RESIDENTS,
    replicate: Replicate = 0,
    seed: options.Seed = options.SEED,
) -> None:
    """Read one resident's weeks in plain English.

    With --against, the same resident in two worlds, marked where they part.
    """
    faults = number_faults(weeks=weeks, residents=residents, seed=seed, replicate=replicate)
    names = [scenario, *([against] if against else [])]
    found = [scenario_of(name, settings or [], faults) for name in names]
    if faults:
        raise UserFault(*faults)
    compile_once()
    diaries = _diaries(found, resident, replicate, seed, weeks, residents)
    from parley.screen import put_page
    from parley.show_diary import diary_page, two_diaries_page

    titles = [each.title for each in found]
    if len(diaries) == 1:
        put_page(*diary_page(titles[0], diaries[0]))
    else:
        put_page(*two_diaries_page(titles, diaries))


def _diaries(
    scenarios: list[Any], key: str, replicate: int, seed: int, weeks: int, residents: int
) -> list[Any]:
    from sim.diary import diary as diary_of

    size = {"seed": seed, "replicate": replicate, "weeks": weeks, "residents": residents}
    first, *others = scenarios
    return [
        diary_of(first, key, **size),
        *(diary_of(other, key, **size, before=first) for other in others),
    ]
