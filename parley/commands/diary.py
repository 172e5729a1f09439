"""`parley diary`: one resident's weeks, alone or in two worlds."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from parley import options
from parley.commands.results import under_theory
from parley.commands.worlds import Set
from parley.faults import UserFault
from parley.plan import number_faults, theory_faults
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
    base_settings: options.BaseSettings = None,
    other_settings: options.OtherSettings = None,
    weeks: options.Weeks = options.WEEKS,
    residents: options.Residents = options.RESIDENTS,
    replicate: Replicate = 0,
    seed: options.Seed = options.SEED,
    theory: options.Theory = None,
) -> None:
    """Read one resident's weeks in plain English.

    With --against, the same resident in two worlds, marked where they part.
    """
    faults = number_faults(weeks=weeks, residents=residents, seed=seed, replicate=replicate)
    faults += theory_faults(theory)
    was_set = Set(settings or (), base_settings or (), other_settings or ())
    found = was_set.scenarios(scenario, [against] if against else [], faults)
    if faults:
        raise UserFault(*faults)
    found = under_theory(found, theory)
    compile_once()
    diaries = _diaries(found, resident, replicate, seed, weeks, residents)
    from parley.screen import put_page
    from parley.show_diary import diary_page, two_diaries_page
    from parley.show_theories import theory_of

    titles = [_told_apart(each.title, alone) for each, alone in zip(found, was_set.alone())]
    if len(diaries) == 1:
        put_page(*diary_page(titles[0], diaries[0], theory_of(found[0])))
    else:
        put_page(*two_diaries_page(titles, diaries, theory_of(found[0])))


def _told_apart(title: str, alone: list[str]) -> str:
    """The title of a world with what was set in it alone: the other may have the same title."""
    if not alone:
        return title
    return f"{title} with {alone[0] if len(alone) == 1 else f'{len(alone)} values set'}"


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
