"""From a merged `[policy]` table to a `Policy`, with every fault on the way."""

from __future__ import annotations

from typing import Any

from sim.policy.levers import REACH_PRESETS
from sim.scenario import publics
from sim.scenario.faults import number, shown
from sim.scenario.inspection import Inspection
from sim.scenario.layers import Place
from sim.scenario.policy_tables import (
    LEVER_TABLES,
    Levers,
    Policy,
    lever_table,
    policy_model,
    reach_name,
)

_DIVIDED = ("time", "mix")


def read_policy(inspection: Inspection) -> Policy | None:
    """Check a complete policy: levers that a file leaves out have their declared defaults.

    Returns:
        The policy, or None where it has a fault.
    """
    place: Place = ("policy",)
    flat = inspection.read(lever_table(), place, tables=LEVER_TABLES)
    divided: dict[str, Any] = {name: _divided(inspection, (*place, name)) for name in _DIVIDED}
    reach = _reach(inspection, (*place, "reach"))
    if flat is None or reach is None or any(table is None for table in divided.values()):
        return None
    named = reach_name(dict(reach))
    return policy_model().model_construct(**dict(flat), **divided, reach=reach, reach_name=named)


def check_partial_policy(inspection: Inspection, place: Place) -> bool:
    """Whether the levers that an event names are in order; their sums are seen with the rest."""
    tables: list[Levers | None] = [inspection.read(lever_table(), place, tables=LEVER_TABLES)]
    tables += [inspection.read(lever_table(name), (*place, name)) for name in _DIVIDED]
    tables.append(_reach(inspection, (*place, "reach")))
    return all(table is not None for table in tables)


def _divided(inspection: Inspection, place: Place) -> Levers | None:
    """A table of shares that sum to 1. Those it leaves out count 0; without it, defaults hold."""
    model = lever_table(str(place[-1]))
    table = inspection.read(model, place)
    if table is None or inspection.tree.get(*place) is None:
        return table
    given = table.model_fields_set
    shares = {name: getattr(table, name) if name in given else 0.0 for name in model.model_fields}
    if not inspection.sums_to_one(place, shares):
        return None
    values: dict[str, Any] = dict(zip(shares, publics.normalised(list(shares.values()))))
    return model.model_construct(**values)


def _reach(inspection: Inspection, place: Place) -> Levers | None:
    model = lever_table("reach")
    given = inspection.tree.get(*place)
    if given is None or isinstance(given, dict):
        return inspection.read(model, place)
    if isinstance(given, str) and given in REACH_PRESETS:
        preset: dict[str, Any] = dict(REACH_PRESETS[given])
        return model.model_construct(**preset)
    weights = [f"{name} = {number(field.default)}" for name, field in model.model_fields.items()]
    said = f"reach = {shown(given)} is no way of reaching people."
    hint = inspection.hint(given, REACH_PRESETS)
    inspection.fault(place, f"{said} {hint} Or give weights: {{{', '.join(weights)}}}.")
    return None
