"""From `[[events]]` to what happens in which week, with every fault on the way."""

from __future__ import annotations

from typing import Any

from sim.scenario.event_tables import (
    EVENT_KINDS,
    CriticalIncident,
    Dated,
    Event,
    PolicySwitch,
    PolicySwitchTable,
)
from sim.scenario.faults import one_of, shown
from sim.scenario.inspection import Inspection
from sim.scenario.layers import Place, Tree
from sim.scenario.read_policy import check_partial_policy, read_policy

MOST_EVENTS = 500


def read_events(inspection: Inspection, groups: list[str] | None) -> tuple[Event, ...] | None:
    """Check the dated events.

    Args:
        inspection: where faults go.
        groups: keys of the publics; None where they are not known.

    Returns:
        The events in the order of the file, or None where one has a fault.
    """
    rows = inspection.rows("events", "[[events]] with week and kind")
    if rows is None:
        return None
    if len(rows) > MOST_EVENTS:
        said = f"there are {len(rows):,} events; {MOST_EVENTS} at most. Remove some."
        inspection.fault(("events",), said)
        return None
    read = [_event(inspection, ("events", at), row, groups) for at, row in enumerate(rows)]
    events = [event for event in read if event is not None]
    return _with_policies(inspection, events) if len(events) == len(rows) else None


def _event(
    inspection: Inspection, place: Place, row: dict[str, Any], groups: list[str] | None
) -> Event | None:
    kind = row.get("kind")
    if not isinstance(kind, str) or kind not in EVENT_KINDS:
        said = "kind is missing." if kind is None else f"kind = {shown(kind)} is no kind of event."
        hint = f"Use {one_of(EVENT_KINDS)}." if kind is None else inspection.hint(kind, EVENT_KINDS)
        inspection.fault((*place, "kind"), f"{said} {hint}")
        inspection.read(Dated, place, tables=[key for key in row if key != "week"])
        return None
    event = inspection.read(EVENT_KINDS[kind], place)
    group = row.get("group", "") if EVENT_KINDS[kind] is CriticalIncident else ""
    if groups is not None and isinstance(group, str) and group and group not in groups:
        said = f"group = {shown(group)} is no public of this area."
        inspection.fault((*place, "group"), f"{said} {inspection.hint(group, groups)}")
        return None
    switch = EVENT_KINDS[kind] is PolicySwitchTable and isinstance(row.get("policy"), dict)
    if switch and not check_partial_policy(inspection, (*place, "policy")):
        return None
    return event


def _with_policies(inspection: Inspection, events: list[Event]) -> tuple[Event, ...] | None:
    """The same events; each switch of policy with the whole policy that holds from then on."""
    switches = [at for at, event in enumerate(events) if isinstance(event, PolicySwitchTable)]
    tree = Tree({"policy": inspection.tree.get("policy") or {}}, inspection.tree.sources).copy()
    complete: dict[int, Event] = {}
    for at in sorted(switches, key=lambda at: events[at].week):
        place: Place = ("events", at)
        source = inspection.tree.source(place)
        assert source is not None
        tree.merge({"policy": inspection.tree.get(*place, "policy")}, source)
        policy = read_policy(inspection.of(tree, switch=place))
        if policy is None:
            return None
        row = dict(events[at])
        complete[at] = PolicySwitch.model_construct(
            **{**row, "changes": row["policy"], "policy": policy}
        )
    return tuple(complete.get(at, event) for at, event in enumerate(events))
