"""The world before week 0: its force and policy, the warm-up, anchoring, marks, the turn."""

from __future__ import annotations

import math
from types import SimpleNamespace

from sim.ledger import ATTITUDES, DRIFT, EXPECTATION
from tests.reference import change, record, settling
from tests.reference.arithmetic import clip, held, mean, single
from tests.reference.books import Marked
from tests.reference.officers import mean_openness
from tests.reference.reach import search_hazard, search_hazards
from tests.reference.solving import find_incident_factors

YEAR = 52
PURSES = ("searches", "answers", "passing", "inform", "consult", "collaborate")


def policies(model):
    """Every policy with the first week in which it is in force, in order."""
    switches = [event for event in model.own_scenario.events if event.kind == "policy"]
    return [
        (0, model.own_scenario.before.policy),
        (model.warmup + 1, model.own_scenario.policy),
        *(
            (model.warmup + event.week, event.policy)
            for event in sorted(switches, key=lambda event: event.week)
        ),
    ]


def found_force(model):
    """The force before week 0 (F21), (F22)."""
    model.cut = model.demand_scale = 1.0
    model.cooperation = 0.5
    model.purses = dict.fromkeys(PURSES, 0.0)
    model.planned_under = None
    model.plan = SimpleNamespace(
        by_team=0.0, engaged=0.0, given=0.0, offered=0.0, patrol=0.0, contact_hours=0.0
    )
    _take_over(model, model.own_scenario.before.police, model.own_scenario.before.partners)


def _take_over(model, police, partners):
    """A force of this kind is in place."""
    assumed, demand = model.assumed, model.area.demand
    model.force, model.partners_capacity = police, partners.capacity

    def hours(force):
        return force.officers_per_1000 / 1000 * assumed.officer_week * assumed.response_part

    model.officer_hours = hours(police) * model.size
    reported = demand.incidents / 1000 / 52 * assumed.report_base
    before = hours(model.own_scenario.before.police)
    model.call_hours = before * police.demand_hours / max(1e-9, reported)


def live(model):
    """Live the warm-up and turn to week 0."""
    for t in range(1, model.warmup + 1):
        if t == model.warmup:
            mark(model)
        model.live_week()
        if (model.warmup - t) % YEAR == 0:
            anchor(model)
    if model.warmup == 0:
        mark(model)
    turn(model)


def mark(model):
    """Mark the most affected quarter and the usual suspects, a tenth."""
    model.policy = model.policy_in_force()
    by_lay, by_evidence = search_hazards(model, 1.0)
    searched = {
        one: search_hazard(one, by_lay(one.cell), by_evidence(one.cell)) for one in model.residents
    }
    by_search = {one: at for at, one in enumerate(sorted(model.residents, key=searched.get))}
    by_need = {one: at for at, one in enumerate(sorted(model.residents, key=lambda one: one.need))}
    affected = sorted(model.residents, key=lambda one: -(by_search[one] + by_need[one]))
    suspects = sorted(model.residents, key=lambda one: -one.known)
    model.marked = [
        Marked(model, "most-affected", affected[: max(1, math.ceil(model.size / 4))]),
        Marked(model, "usual-suspects", suspects[: max(1, math.ceil(model.size / 10))]),
    ]
    for one in model.marked[1].residents:
        one.usual_suspect = True


def anchor(model):
    """Put every public at its surveyed levels, in balance with the last year."""
    weeks = min(model.lived, YEAR)
    for group in model.groups:
        if group.people:
            for k in range(len(ATTITUDES)):
                _anchor_attitude(model, group, k, weeks)
            for column in group.flows:
                _anchor_column(model, group, column, weeks)
    _anchor_demand(model)


def _anchor_attitude(model, group, k, weeks):
    """Levels, then dispositions (A1), (A2)."""
    assumed, people = model.assumed, group.residents
    posted = sum(
        amount
        for week in group.ledger[-weeks:]
        for cause, amount in enumerate(week[k])
        if cause != DRIFT
    )
    weekly = posted / weeks / group.people
    offset = getattr(group.table, ATTITUDES[k]) / 100 - mean(one.total[k] for one in people)
    for one in people:
        one.total[k] = held(one.total[k] + offset)
        one.settled[k] = held(one.settled[k] + offset)
    goal = mean(one.settled[k] for one in people) - weekly / assumed.drift_rate
    if k == EXPECTATION:
        follows = assumed.expectation_follows
        goal = (goal - follows * mean(one.foreseen for one in people)) / (1.0 - follows)
    offset = goal - mean(one.disposition[k] for one in people)
    for one in people:
        one.disposition[k] = single(held(one.disposition[k] + offset))


def _anchor_column(model, group, column, weeks):
    """Belief, hardness, impartiality: levels, then homes (A3)."""
    assumed, people = model.assumed, group.residents
    stated, returns = {
        "belief": (group.table.voice_belief, assumed.belief_returns),
        "hardness": (group.table.hardness, assumed.lines_return),
        "impartiality": (group.table.impartiality, assumed.impartiality_returns),
    }[column]
    offset = stated / 100 - mean(getattr(one, column) for one in people)
    for one in people:
        setattr(one, column, held(getattr(one, column) + offset))
    level, home = mean(getattr(one, column) for one in people), f"{column}_home"
    weekly = group.flows[column] / (weeks * group.people)
    offset = level - weekly / returns - mean(getattr(one, home) for one in people)
    for one in people:
        setattr(one, home, single(held(getattr(one, home) + offset)))
    group.flows[column] = 0.0


def _anchor_demand(model):
    """Incidents are as many as the area states (A4)."""
    expected = sum(
        cell.need * cell.beat.incident_factor for group in model.groups for cell in group.cells
    )
    if expected > 0.0:
        stated = model.area.demand.incidents / 1000 / 52 * model.size
        model.demand_scale *= stated / expected
        for row in model.rows:
            row.risk *= stated / expected
    find_incident_factors(model)


def turn(model):
    """The scenario's own force takes over; week 0 is recorded."""
    before, own = model.own_scenario.before.police, model.area.police
    for officer in model.officers:
        for trait in ("openness", "skill"):
            change_by = getattr(own, trait) - getattr(before, trait)
            if change_by:
                level = clip(getattr(officer, trait) + change_by, 0.02, 0.98)
                setattr(officer, trait, level)
    _take_over(model, own, model.area.partners)
    model.mean_openness = mean_openness(model)
    settling.sum_attitudes(model)
    change.find_cooperation(model)
    record.record(model)
