"""`parley list`: the shipped scenarios with their questions, or the rival accounts of trust."""

from __future__ import annotations

from typing import Annotated

import typer

from parley.screen import put_page

Theories = Annotated[
    bool, typer.Option("--theories", help="List the accounts of trust that --theory takes.")
]


def list_scenarios(theories: Theories = False) -> None:
    """List the shipped scenarios with their questions."""
    if theories:
        from parley.show_theories import theories_page

        put_page(*theories_page())
        return
    from parley.tables import scenario_table
    from sim.scenario import shipped

    put_page(scenario_table(shipped()))
