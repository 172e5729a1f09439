"""Step 1: hours are divided; what one thing takes, another loses."""

from __future__ import annotations

import math
from types import SimpleNamespace

from sim import purposes
from tests.reference.arithmetic import mean

KINDS = ("inform", "consult", "collaborate")


def divide_hours(model):
    """Make this week's plan."""
    for group in model.groups:
        group.service *= 0.96
    model.plan = SimpleNamespace()
    _plan_engagement(model, model.plan)
    _plan_response(model, model.plan)
    _plan_searches(model, model.plan)
    _plan_follow_up(model, model.plan)
    _plan_contacts(model, model.plan)


def _plan_engagement(model, plan):
    """Neighbourhood hours, and what generalists give up of them (E1) to (E3)."""
    assumed, policy = model.assumed, model.policy
    hours = policy.hours * model.cut * model.size / 1000
    abstracted = hours * policy.abstraction
    training = hours * policy.fairness_training * assumed.training_cost
    leading = hours * policy.leadership * assumed.leadership_cost
    plan.free = hours - abstracted - training - leading
    engage = plan.free * policy.time.engage
    plan.by_team = engage * policy.specialists
    plan.offered = engage - plan.by_team
    openness = mean(officer.openness for officer in model.generalists)
    absolved = assumed.absolve * policy.specialists
    effort = (1.0 - absolved) * (1.0 - assumed.reluctance * (1.0 - openness))
    plan.given = plan.offered * effort
    plan.given_up = plan.offered - plan.given
    plan.engaged = plan.by_team + plan.given
    plan.part = plan.by_team / plan.engaged if plan.engaged else 0.0


def _plan_response(model, plan):
    """Demand comes first in response (E4)."""
    incidents = sum(
        cell.need * cell.beat.incident_factor for group in model.groups for cell in group.cells
    )
    plan.demand = incidents * (model.assumed.report_base * model.call_hours)
    plan.response_in = model.officer_hours * model.cut
    have = plan.response_in + plan.given_up
    plan.capacity = min(1.0, have / plan.demand) if plan.demand > 0.0 else 1.0
    plan.spare = max(0.0, have - plan.demand)


def _plan_searches(model, plan):
    """Searches, and the patrol and problem solving that they leave (E5), (E6)."""
    assumed, policy, thousands = model.assumed, model.policy, model.size / 1000
    stop = plan.free * policy.time.stop
    have = stop + plan.spare * assumed.spare_response_stops
    plan.planned = min(policy.stops * thousands / 52, have / assumed.search_hours)
    plan.needed = min(have, plan.planned * assumed.search_hours)
    from_neighbourhood = min(stop, plan.needed)
    plan.response_searches = plan.needed - from_neighbourhood
    plan.neighbourhood_part = from_neighbourhood / plan.needed if plan.needed else 0.0
    plan.patrol = plan.free * policy.time.patrol + (stop - from_neighbourhood)
    plan.patrol_per_1000 = plan.patrol / thousands
    plan.solve = plan.free * policy.time.solve


def _plan_follow_up(model, plan):
    """Answers and passing on come out of engagement first (E7), (E8)."""
    assumed = model.assumed
    answers = assumed.answers_at_most * plan.engaged
    passing = assumed.passing_on_at_most * (plan.engaged - answers)
    due = sum(answer_is_due(model, concern) for concern in model.waiting)
    to_pass = sum(passing_is_due(model, concern) for concern in model.waiting)
    plan.answers_allowed, spare_answers = draw(
        model.purses, "answers", answers, assumed.answer_hours, due
    )
    plan.passing_allowed, spare_passing = draw(
        model.purses, "passing", passing, assumed.pass_on_hours, to_pass
    )
    left = plan.engaged - answers - passing
    plan.contact_hours = left + spare_answers + spare_passing


def answer_is_due(model, concern):
    """Whether officers have set out to answer, and the week has come."""
    if concern.answered or concern.share(purposes.TO_ANSWER) >= model.policy.feedback:
        return False
    return model.lived >= concern.raised + 1 + int(10 * concern.share(purposes.ANSWER_WEEK))


def passing_is_due(model, concern):
    """Whether officers have set out to pass it to a partner."""
    if not concern.for_partner or concern.passed_on:
        return False
    return concern.share(purposes.PASSED_ON) < model.policy.partnership


def draw(purses, name, hours, each, wanted):
    """Pay for pieces of work from a purse, which keeps at most one piece's worth (E7).

    Returns:
        The number of pieces, and the hours left over.
    """
    full = purses[name] + hours
    pieces = min(wanted, math.floor(full / each)) if hours > 0.0 else 0
    left = full - pieces * each
    purses[name] = min(left, each)
    return pieces, left - purses[name]


def _plan_contacts(model, plan):
    """How many are to be met in each way (E9)."""
    plan.numbers = {}
    for kind in KINDS:
        model.purses[kind] += plan.contact_hours * getattr(model.policy.mix, kind)
        each = getattr(model.assumed, f"{kind}_hours")
        plan.numbers[kind] = max(0, math.floor(model.purses[kind] / each)) if plan.engaged else 0
