"""Step 1: hours are divided. Everything that one thing takes, another loses."""

from __future__ import annotations

import math

from sim import purposes as for_
from sim import world as w_
from sim.agents import columns as col
from sim.core import dice
from sim.core.jit import rule
from sim.rules import officers as of_officers
from sim.week.posting import calendar, policy_of

SERVICE_KEPT = 0.96  # share of last week's memory of service that is kept (26-week memory)


@rule
def engaging_openness(w):
    """Mean openness of the generalists."""
    whole, number = 0.0, 0
    o = w.officers
    for n in range(o.role.size):
        if o.role[n] == col.GENERALIST:
            whole += o.openness[n]
            number += 1
    return whole / number


@rule
def answer_is_due(w, t, i, feedback):
    """Whether officers set out to answer this resident's waiting concern by now."""
    r = w.residents
    raised = calendar(w, r.concern_week[i])
    if r.concern_state[i] & col.ANSWERED:
        return False
    if dice.draw(w.seed[0], for_.TO_ANSWER, raised, r.key[i]) >= feedback:
        return False
    wait = 1 + int(10.0 * dice.draw(w.seed[0], for_.ANSWER_WEEK, raised, r.key[i]))
    return t >= r.concern_week[i] + wait


@rule
def passing_is_due(w, i, partnership):
    """Whether officers set out to pass this resident's waiting concern to a partner."""
    r = w.residents
    state = r.concern_state[i]
    if not state & col.FOR_PARTNER or state & col.PASSED_ON:
        return False
    raised = calendar(w, r.concern_week[i])
    return dice.draw(w.seed[0], for_.PASSED_ON, raised, r.key[i]) < partnership


@rule
def draw_from_purse(s, purse, hours, each, wanted):
    """Fill a purse with hours, allow as many pieces of work as it pays for, keep at most one piece's worth.

    Returns (pieces allowed, hours left over for other work).
    """
    full = s[purse] + hours
    pieces = min(float(wanted), math.floor(full / each)) if hours > 0.0 else 0.0
    left = full - pieces * each
    s[purse] = min(left, each)
    return pieces, left - s[purse]


@rule
def plan_response(w, t, a):
    """Demand comes first; what is left over is spare."""
    s = w.police.state
    expected = 0.0
    publics, beats = w.publics.people.size, w.places.people.size
    for p in range(publics):
        for b in range(beats):
            expected += w.places.need_cell[p * beats + b] * w.places.incident_factor[b]
    s[w_.DEMAND] = expected * a.report_base * s[w_.CALL_HOURS]
    s[w_.RESPONSE_IN] = s[w_.OFFICER_HOURS] * s[w_.CUT]
    have = s[w_.RESPONSE_IN] + w.books.hours[t, w_.H_GIVEN_UP]
    s[w_.CAPACITY] = min(1.0, have / s[w_.DEMAND]) if s[w_.DEMAND] > 0.0 else 1.0
    s[w_.SPARE] = max(0.0, have - s[w_.DEMAND])
    s[w_.RESPONSE_STOP_HOURS] = s[w_.SPARE] * a.spare_response_stops
    w.books.hours[t, w_.H_RESPONSE_IN] = s[w_.RESPONSE_IN]


@rule
def plan_searches(w, t, levers, a):
    """Searches intended, or as many as the hours allow; returns neighbourhood hours left for patrol."""
    s, book = w.police.state, w.books.hours
    scale = w.residents.key.size / 1000.0
    have = s[w_.STOP_HOURS] + s[w_.RESPONSE_STOP_HOURS]
    s[w_.SEARCHES_PLANNED] = min(levers[w_.STOPS_SET] * scale / 52.0, have / a.search_hours)
    # hours are set aside for what is expected; what chance drew more or less is carried
    needed = min(have, s[w_.SEARCHES_PLANNED] * a.search_hours)
    from_neighbourhood = min(s[w_.STOP_HOURS], needed)
    s[w_.SEARCHES_NEEDED] = needed
    s[w_.NEIGHBOURHOOD_SEARCHES] = from_neighbourhood / needed if needed > 0.0 else 0.0
    book[t, w_.H_SEARCHES] = from_neighbourhood
    book[t, w_.H_RESPONSE_SEARCHES] = needed - from_neighbourhood
    s[w_.RESPONSE_LEFT] = (
        s[w_.RESPONSE_IN] + book[t, w_.H_GIVEN_UP] - book[t, w_.H_RESPONSE_SEARCHES]
    )
    return s[w_.STOP_HOURS] - from_neighbourhood


@rule
def plan_contacts(w, t, levers, engage, a):
    """Answers and passing on come out of engagement hours first; the rest is divided over contacts."""
    s, book = w.police.state, w.books.hours
    due, to_pass = 0, 0
    for n in range(w.scratch.used[4]):
        i = w.scratch.waiting[n]
        if answer_is_due(w, t, i, levers[w_.FEEDBACK]):
            due += 1
        if passing_is_due(w, i, levers[w_.PARTNERSHIP]):
            to_pass += 1
    for_answers = a.answers_at_most * engage
    for_passing = a.passing_on_at_most * (engage - for_answers)
    answers, spare = draw_from_purse(s, w_.PURSE_ANSWERS, for_answers, a.answer_hours, due)
    passing, more = draw_from_purse(s, w_.PURSE_PASSING, for_passing, a.pass_on_hours, to_pass)
    s[w_.ANSWERS_ALLOWED], s[w_.PASSING_ALLOWED] = answers, passing
    book[t, w_.H_ANSWERS] = answers * a.answer_hours
    book[t, w_.H_PASSED_ON] = passing * a.pass_on_hours
    hours = engage - for_answers - for_passing + spare + more
    s[w_.CONTACT_HOURS] = hours
    for kind in range(3):
        purse = w_.PURSE_INFORM + kind
        s[purse] += hours * levers[w_.MIX_INFORM + kind]
        each = (
            a.inform_hours if kind == 0 else (a.consult_hours if kind == 1 else a.collaborate_hours)
        )
        number = math.floor(s[purse] / each) if engage > 0.0 else 0.0
        s[w_.INFORM_COUNT + kind] = max(0.0, number)


@rule
def purses(s):
    """Sum of neighbourhood hours carried from week to week."""
    whole = s[w_.PURSE_ANSWERS] + s[w_.PURSE_PASSING]
    return whole + s[w_.PURSE_INFORM] + s[w_.PURSE_CONSULT] + s[w_.PURSE_COLLABORATE]


@rule
def plan(w, t):
    """Divide the week's hours; books hours in and hours used so that they balance.

    Unused parts of purses are carried; `book_contacts` in `sim/week/contact.py` closes the account.
    """
    a, s, book = w.a[0], w.police.state, w.books.hours
    levers = policy_of(w, t)
    for p in range(w.publics.people.size):
        w.publics.service[p] *= SERVICE_KEPT
    hours = levers[w_.HOURS] * s[w_.CUT] * w.residents.key.size / 1000.0
    book[t, w_.H_IN] = hours
    book[t, w_.H_ABSTRACTED] = hours * levers[w_.ABSTRACTION]
    book[t, w_.H_TRAINING] = hours * levers[w_.FAIRNESS_TRAINING] * a.training_cost
    book[t, w_.H_LEADING] = hours * levers[w_.LEADERSHIP] * a.leadership_cost
    free = hours - book[t, w_.H_ABSTRACTED] - book[t, w_.H_TRAINING] - book[t, w_.H_LEADING]
    engage = free * levers[w_.TIME_ENGAGE]
    by_team = engage * levers[w_.SPECIALISTS]
    offered = engage - by_team
    given = offered * of_officers.effort(levers[w_.SPECIALISTS], engaging_openness(w), a)
    book[t, w_.H_OFFERED], book[t, w_.H_GIVEN_UP] = offered, offered - given
    book[t, w_.H_SPECIALISTS], book[t, w_.H_GENERALISTS] = by_team, given
    s[w_.ENGAGE_HOURS] = by_team + given
    s[w_.SPECIALIST_PART] = by_team / (by_team + given) if by_team + given > 0.0 else 0.0
    plan_response(w, t, a)
    s[w_.STOP_HOURS] = free * levers[w_.TIME_STOP]
    unneeded = plan_searches(w, t, levers, a)
    s[w_.PATROL_HOURS] = free * levers[w_.TIME_PATROL] + unneeded
    s[w_.SOLVE_HOURS] = free * levers[w_.TIME_SOLVE]
    s[w_.PATROL_PER_1000] = s[w_.PATROL_HOURS] / (w.residents.key.size / 1000.0)
    book[t, w_.H_PATROL], book[t, w_.H_SOLVING] = s[w_.PATROL_HOURS], s[w_.SOLVE_HOURS]
    book[t, w_.H_CARRIED] = -purses(s)
    plan_contacts(w, t, levers, s[w_.ENGAGE_HOURS], a)
