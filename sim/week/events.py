"""Dated events: what happens to the area from outside the weekly routine."""

from __future__ import annotations

from sim import purposes as for_
from sim import world as w_
from sim.core import dice
from sim.core.jit import rule
from sim.ledger import CONFIDENCE, LEGITIMACY, PUBLIC_EVENT, TRUST
from sim.rules.attitudes import bounded
from sim.week import posting as book
from sim.week.contact import tell
from sim.week.people_change import mean_openness, replace


@rule
def critical_incident(w, t, public, severity, a):
    """One public feels a critical incident, its members more or less; others hear of it from them."""
    places = w.places
    beats = places.people.size
    address = dice.stream(w.seed[0], for_.INCIDENT_HEARD, book.calendar(w, t))
    for i in range(places.cell_start[public * beats], places.cell_start[(public + 1) * beats]):
        felt = 0.5 + dice.share(dice.bits(address, w.residents.key[i]))
        push = bounded(-severity * a.incident_shocks * felt)
        book.post(w, t, i, TRUST, PUBLIC_EVENT, push, a.settles_severe)
        book.post(w, t, i, CONFIDENCE, PUBLIC_EVENT, 0.5 * push, a.settles_severe)
        book.post(w, t, i, LEGITIMACY, PUBLIC_EVENT, 0.5 * push, a.settles_severe)
        tell(w, i, push, 0.5 * push)
        book.note(w, t, i, book.N_EVENT, w_.CRITICAL_INCIDENT, push, 0.0, 0.0)


@rule
def media_campaign(w, t, tone, reach, a):
    """A campaign reaches some residents and moves them the way of its tone."""
    address = dice.stream(w.seed[0], for_.CAMPAIGN, book.calendar(w, t))
    push = bounded(tone * a.campaign_moves)
    for i in range(w.residents.key.size):
        if dice.share(dice.bits(address, w.residents.key[i])) < reach:
            book.post(w, t, i, TRUST, PUBLIC_EVENT, push, a.settles_message)
            book.post(w, t, i, CONFIDENCE, PUBLIC_EVENT, push, a.settles_message)
            book.note(w, t, i, book.N_EVENT, w_.MEDIA_CAMPAIGN, push, 0.0, 0.0)


@rule
def rotation(w, t, share):
    """A wave of officers moves on."""
    norm = mean_openness(w)
    address = dice.stream(w.seed[0], for_.ROTATION, book.calendar(w, t))
    for n in range(w.officers.role.size):
        if dice.share(dice.bits(address, w.officers.key[n])) < share:
            replace(w, t, n, norm)


@rule
def dated_events(w, t):
    """Let happen what is dated for this week (a switch of policy is in the schedule itself)."""
    a, plan = w.a[0], w.schedule
    for n in range(plan.event_week.size):
        if plan.event_week[n] != t:
            continue
        kind, size = plan.event_kind[n], plan.event_size[n]
        if kind == w_.CRITICAL_INCIDENT:
            critical_incident(w, t, plan.event_public[n], size[0], a)
        elif kind == w_.BUDGET_CUT:
            w.police.state[w_.CUT] *= 1.0 - size[0]
        elif kind == w_.ROTATION:
            rotation(w, t, size[0])
        elif kind == w_.MEDIA_CAMPAIGN:
            media_campaign(w, t, size[0], size[1], a)
