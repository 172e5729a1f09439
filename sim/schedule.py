"""Policies and dated events laid out week by week for the compiled loop."""

from __future__ import annotations

import numpy as np

from sim import world as w


def policy_row(policy) -> np.ndarray:
    """Return the levers of a policy in the order of `LEVER_ORDER`."""
    row = np.empty(len(w.LEVER_ORDER))
    for place, name in enumerate(w.LEVER_ORDER):
        value = policy
        for part in name.split("."):
            value = value[part] if isinstance(value, dict) else getattr(value, part)
        row[place] = value
    return row


def _from(policies: list[np.ndarray], of_week: np.ndarray, week: int, row: np.ndarray) -> None:
    """Put a policy in force from a week on; the same levers have one place, so that a switch to them is none."""
    for place, known in enumerate(policies):
        if np.array_equal(known, row):
            of_week[week:] = place
            return
    policies.append(row)
    of_week[week:] = len(policies) - 1


def schedule(scenario, weeks: int, norms: np.ndarray) -> w.Schedule:
    """Return policies by week (warm-up under the policy before), events, and demand.

    Args:
        scenario: a complete scenario.
        weeks: all weeks, warm-up included.
        norms: mean and spread of need, ease and voice in the area.
    """
    warm = int(scenario.area.warmup_weeks)
    names = list(scenario.area.groups)
    publics = scenario.area.groups.values()
    street = sum(public.share * max(0.002, public.street) for public in publics) / sum(
        public.share for public in publics
    )
    policies: list[np.ndarray] = []
    of_week = np.zeros(weeks + 1, np.int32)
    _from(policies, of_week, 0, policy_row(scenario.before.policy))
    _from(policies, of_week, warm + 1, policy_row(scenario.policy))
    events = []
    for event in sorted(scenario.events, key=lambda event: event.week):
        at = warm + event.week
        if at > weeks:
            continue
        kind = w.EVENT_KINDS.index(event.kind)
        public, size = -1, (0.0, 0.0)
        if kind == w.CRITICAL_INCIDENT:
            public, size = names.index(event.group), (event.severity, 0.0)
        elif kind in (w.BUDGET_CUT, w.ROTATION):
            size = (event.share, 0.0)
        elif kind == w.MEDIA_CAMPAIGN:
            size = (event.tone, event.reach)
        else:
            _from(policies, of_week, at, policy_row(event.policy))
        events.append((at, kind, public, size))
    return w.Schedule(
        policies=np.array(policies), of_week=of_week,
        event_week=np.array([e[0] for e in events], np.int32),
        event_kind=np.array([e[1] for e in events], np.int32),
        event_public=np.array([e[2] for e in events], np.int32),
        event_size=np.array([e[3] for e in events], float).reshape(-1, 2),
        demand=np.array([scenario.area.demand.incidents, scenario.area.demand.traffic_stops, street]),
        norms=norms,
    )  # fmt: skip
