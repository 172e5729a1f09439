"""Step 11: every indicator, for every row of publics."""

from __future__ import annotations

from tests.reference.indicators import BY_PUBLIC
from tests.reference.indicators_of_all import OF_ALL

OF_A_WEEK = (
    *("visibility", "accessibility", "familiarity", "agenda_capture", "stops", "incidents"),
    *("repeat_stops", "stop_ratio", "marginalisation"),
)


def record(model):
    """Note where this week has left everybody: (indicator, public) → value, None where empty."""
    noted = {}
    for row in model.rows:
        if row.people:
            for name, indicator in BY_PUBLIC.items():
                noted[name, row.public] = indicator(model, row)
    for name, indicator in OF_ALL.items():
        noted[name, "all"] = indicator(model)
    if model.lived == 0:
        noted = {key: None if key[0] in OF_A_WEEK else value for key, value in noted.items()}
    model.indicators[model.week] = noted
