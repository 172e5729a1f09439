"""Step 7: incidents, calls for service, searches and traffic stops."""

from __future__ import annotations

from sim import purposes as for_
from sim import world as w_
from sim.agents import columns as col
from sim.core import dice
from sim.core.jit import rule
from sim.ledger import CONFIDENCE, EXPECTATION, LEGITIMACY, OWN_CALL, OWN_STOP, TRUST
from sim.rules import contact as of_contact
from sim.rules import service as of_service
from sim.rules import stops as of_stops
from sim.rules.attitudes import bounded, move
from sim.week import posting as book
from sim.week.contact import felt_by, tell
from sim.week.feedback import foresee
from sim.week.reach import INCIDENTS, STOPPED

SEVERE_MIDDLE = 1.6  # severe searches: share times (1.6 less the officer's openness)


@rule
def responder(w, t, i):
    """The response officer who comes."""
    o = w.officers
    which = dice.draw(w.seed[0], for_.WHICH_OFFICER, book.calendar(w, t), w.residents.key[i])
    return o.responders[int(which * o.responders.size)]


@rule
def call(w, t, i, a):
    """A resident reports an incident; the encounter is judged against what they expected."""
    r, o, s = w.residents, w.officers, w.police.state
    week, key, seed = book.calendar(w, t), r.key[i], w.seed[0]
    officer = responder(w, t, i)
    felt = felt_by(w, t, i, officer, a.call_strain, for_.CALL_FELT, a)
    prior = r.total[TRUST, i]
    chance = of_service.chance_resolved(s[w_.CAPACITY], w.publics.cooperation[r.public[i]], a)
    resolved = 1.0 if dice.draw(seed, for_.RESOLVED, week, key) < chance else 0.0
    satisfied = of_contact.satisfaction(felt, resolved, r.total[EXPECTATION, i], a)
    trust = of_contact.one_sided(
        of_contact.push_of_contact(felt, prior, a.call_moves_trust, a), a.bad_contact_weighs_more
    )
    confidence = of_contact.one_sided(
        bounded(a.call_moves_confidence * (satisfied - a.neutral_satisfaction)),
        a.bad_calls_weigh_more,
    )
    book.post(w, t, i, TRUST, OWN_CALL, trust, a.settles_contact)
    book.post(w, t, i, CONFIDENCE, OWN_CALL, confidence, a.settles_contact)
    book.shift(
        w,
        i,
        r.impartiality,
        6,
        of_contact.push_of_contact(felt, prior, a.contact_seen_impartial, a),
    )
    tell(w, i, trust, confidence)
    foresee(w, i, resolved, a)
    r.last_call_satisfaction[i] = satisfied
    r.last_call_fairness[i] = felt
    o.reward[officer] += felt - a.neutral_quality
    o.met[officer] += 1.0
    hours = min(s[w_.CALL_HOURS] * s[w_.CAPACITY], s[w_.RESPONSE_LEFT])
    s[w_.RESPONSE_LEFT] -= hours
    w.publics.service[r.public[i]] += hours
    book.tally(w, i, col.CALLS)
    book.count(w, t, i, w_.C_CALLS, 1.0)
    book.count(w, t, i, w_.C_RESPONDED, hours)
    w.books.hours[t, w_.H_RESPONSE_CALLS] += hours
    if resolved > 0.0:
        book.tally(w, i, col.CALLS_RESOLVED)
        book.count(w, t, i, w_.C_RESOLVED, 1.0)
    book.note(w, t, i, book.N_CALL, felt, resolved, satisfied, officer)


@rule
def search(w, t, i, a):
    """A resident is searched; being searched makes a person better known."""
    r, o = w.residents, w.officers
    week, key, seed = book.calendar(w, t), r.key[i], w.seed[0]
    officer = responder(w, t, i)
    if dice.draw(seed, for_.SPECIALIST, week, key) < w.police.state[w_.NEIGHBOURHOOD_SEARCHES]:
        own = o.of_beat[r.beat[i]]
        officer = own[int(dice.draw(seed, for_.WHICH_OFFICER, week, key) * own.size)]
    felt = felt_by(w, t, i, officer, a.search_strain, for_.STOP_FELT, a)
    prior = r.total[TRUST, i]
    found = dice.draw(seed, for_.FOUND, week, key) < of_stops.chance_found(r.involvement[i], a)
    trust = of_contact.one_sided(
        of_contact.push_of_contact(felt, prior, a.search_moves_trust, a), a.bad_contact_weighs_more
    )
    confidence = of_contact.push_of_contact(felt, prior, a.search_moves_confidence, a)
    book.post(w, t, i, TRUST, OWN_STOP, trust, a.settles_stop)
    book.post(w, t, i, CONFIDENCE, OWN_STOP, confidence, a.settles_stop)
    severe = dice.draw(seed, for_.SEVERE, week, key) < a.severe_share * (
        SEVERE_MIDDLE - o.openness[officer]
    )
    if severe:
        book.post(w, t, i, TRUST, OWN_STOP, -a.severe_costs, a.settles_severe)
        book.post(w, t, i, LEGITIMACY, OWN_STOP, -0.5 * a.severe_costs, a.settles_severe)
        book.tally(w, i, col.SEVERE_STOPS)
        trust = bounded(trust - a.severe_costs)
    book.shift(
        w,
        i,
        r.impartiality,
        6,
        of_contact.push_of_contact(felt, prior, a.contact_seen_impartial, a),
    )
    tell(w, i, trust, confidence)
    r.known[i] += move(r.known[i], a.find_makes_known if found else a.search_makes_known)
    r.last_search[i] = t
    r.last_stop_fairness[i] = felt
    o.reward[officer] += felt - a.neutral_quality
    o.met[officer] += 1.0
    book.tally(w, i, col.STOPS)
    book.count(w, t, i, w_.C_SEARCHES, 1.0)
    if found:
        book.count(w, t, i, w_.C_FOUND, 1.0)
    book.note(
        w,
        t,
        i,
        book.N_SEVERE if severe else book.N_SEARCH,
        felt,
        1.0 if found else 0.0,
        officer,
        trust,
    )


@rule
def traffic_stop(w, t, i, a):
    """A resident is stopped in traffic: brief and mild."""
    officer = responder(w, t, i)
    felt = felt_by(w, t, i, officer, a.traffic_strain, for_.STOP_FELT, a)
    prior = w.residents.total[TRUST, i]
    trust = of_contact.one_sided(
        of_contact.push_of_contact(felt, prior, a.traffic_moves_trust, a), a.bad_contact_weighs_more
    )
    book.post(w, t, i, TRUST, OWN_STOP, trust, a.settles_stop)
    tell(w, i, trust, 0.0)
    w.residents.last_traffic_fairness[i] = felt
    book.tally(w, i, col.TRAFFIC_STOPS)
    book.note(w, t, i, book.N_TRAFFIC, felt, 0.0, officer, trust)


@rule
def encounters(w, t):
    """Calls for service and stops of the week; closes the accounts of response and search hours."""
    a, r, x, s, hours = w.a[0], w.residents, w.scratch, w.police.state, w.books.hours
    week, seed = book.calendar(w, t), w.seed[0]
    for n in range(x.used[INCIDENTS]):
        i = x.incident_rows[n]
        book.count(w, t, i, w_.C_INCIDENTS, 1.0)
        if dice.draw(seed, for_.REPORTED, week, r.key[i]) < of_service.chance_reported(
            r.total[TRUST, i], a
        ):
            call(w, t, i, a)
        else:
            book.note(w, t, i, book.N_UNREPORTED, 0.0, 0.0, 0.0, 0.0)
    made = 0.0
    for n in range(x.used[STOPPED]):
        i = x.stop_rows[n]
        if i >= 0:
            search(w, t, i, a)
            made += a.search_hours
        else:
            traffic_stop(w, t, -1 - i, a)
    s[w_.PURSE_SEARCHES] += s[w_.SEARCHES_NEEDED] - made
    hours[t, w_.H_SEARCHES_MADE] = made
    hours[t, w_.H_SEARCHES_CARRIED] = s[w_.SEARCHES_NEEDED] - made
    have = s[w_.RESPONSE_IN] + hours[t, w_.H_GIVEN_UP]
    hours[t, w_.H_RESPONSE_SPARE] = (
        have - hours[t, w_.H_RESPONSE_CALLS] - hours[t, w_.H_RESPONSE_SEARCHES]
    )
