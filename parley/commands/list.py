"""`parley list`: the shipped scenarios with their questions."""

from __future__ import annotations

from parley.screen import put_page


def list_scenarios() -> None:
    """List the shipped scenarios with their questions."""
    from parley.tables import scenario_table
    from sim.scenario import shipped

    put_page(scenario_table(shipped()))
