"""Step 7: incidents and calls, searches, traffic stops."""

from __future__ import annotations

from sim import purposes
from sim.ledger import CONFIDENCE, LEGITIMACY, OWN_CALL, OWN_STOP, TRUST
from tests.reference.arithmetic import bounded, move, squash, worse
from tests.reference.rules import effect, felt, notice


def encounter(model):
    """First all incidents, then all stops, in the order of rows."""
    plan = model.plan
    plan.hours_left = plan.response_in + plan.given_up - plan.response_searches
    for one in model.incidents:
        trust_matters = model.assumed.report_by_trust * (one.trust - 0.5)
        if one.share(purposes.REPORTED) < model.assumed.report_base * (1.0 + trust_matters):
            _call(one)
    searches = 0
    for one, kind in model.stops:
        if kind == "search":
            _search(one)
            searches += 1
        else:
            _stop_in_traffic(one)
    model.purses["searches"] += plan.needed - model.assumed.search_hours * searches


def _response_officer(one):
    officers = one.model.response
    return officers[int(one.share(purposes.WHICH_OFFICER) * len(officers))]


def _call(one):
    """Police come to an incident (E62) to (E64)."""
    model, assumed = one.model, one.model.assumed
    officer = _response_officer(one)
    quality = felt(officer, one, assumed.call_strain, one.normal(purposes.CALL_FELT))
    prior = one.trust
    resolved = _is_resolved(one)
    satisfied = _satisfaction(one, quality, resolved)
    trust = worse(
        effect(assumed, quality, prior, assumed.call_moves_trust), assumed.bad_contact_weighs_more
    )
    above = satisfied - assumed.neutral_satisfaction
    confidence = worse(bounded(assumed.call_moves_confidence * above), assumed.bad_calls_weigh_more)
    one.post(TRUST, OWN_CALL, trust, assumed.settles_contact)
    one.post(CONFIDENCE, OWN_CALL, confidence, assumed.settles_contact)
    one.shift("impartiality", effect(assumed, quality, prior, assumed.contact_seen_impartial))
    one.tell(trust, confidence)
    one.foresee(resolved)
    notice(officer, quality)
    officer.met += 1
    plan = model.plan
    hours = min(model.call_hours * plan.capacity, plan.hours_left)
    plan.hours_left -= hours
    one.group.service += hours
    one.count("responded", hours)
    one.count("calls")
    one.count("resolved", resolved)


def _is_resolved(one):
    assumed, capacity = one.model.assumed, one.model.plan.capacity
    helps = 1.0 + assumed.cooperation_helps * (one.group.cooperation - 0.5)
    chance = min(0.95, assumed.resolve_base * capacity * helps)
    return 1.0 if one.share(purposes.RESOLVED) < chance else 0.0


def _satisfaction(one, quality, resolved):
    """Treatment and result, against what one held that police should do (E63)."""
    assumed = one.model.assumed
    gap = one.expectation - (0.5 * quality + 0.5 * resolved)
    return squash(
        0.5
        + assumed.treatment_satisfies * (quality - 0.5)
        + assumed.result_satisfies * (resolved - 0.4)
        - assumed.gap_bites * gap
    )


def _searching_officer(one):
    """A response officer, or a generalist for the neighbourhood's part of the searches."""
    if one.share(purposes.SPECIALIST) < one.model.plan.neighbourhood_part:
        places = one.beat.places
        return places[int(one.share(purposes.WHICH_OFFICER) * len(places))]
    return _response_officer(one)


def _search(one):
    """Somebody is searched (E65), (E66)."""
    assumed = one.model.assumed
    officer = _searching_officer(one)
    quality = felt(officer, one, assumed.search_strain, one.normal(purposes.STOP_FELT))
    prior = one.trust
    chance = assumed.found_by_chance + assumed.found_by_involvement * one.involvement
    found = one.share(purposes.FOUND) < min(0.95, chance)
    trust = worse(
        effect(assumed, quality, prior, assumed.search_moves_trust), assumed.bad_contact_weighs_more
    )
    confidence = effect(assumed, quality, prior, assumed.search_moves_confidence)
    one.post(TRUST, OWN_STOP, trust, assumed.settles_stop)
    one.post(CONFIDENCE, OWN_STOP, confidence, assumed.settles_stop)
    if one.share(purposes.SEVERE) < assumed.severe_share * (1.6 - officer.openness):
        one.post(TRUST, OWN_STOP, -assumed.severe_costs, assumed.settles_severe)
        one.post(LEGITIMACY, OWN_STOP, -0.5 * assumed.severe_costs, assumed.settles_severe)
        trust = bounded(trust - assumed.severe_costs)
    one.shift("impartiality", effect(assumed, quality, prior, assumed.contact_seen_impartial))
    one.tell(trust, confidence)
    one.known += move(one.known, assumed.find_makes_known if found else assumed.search_makes_known)
    one.last_search = one.model.lived
    notice(officer, quality)
    officer.met += 1


def _stop_in_traffic(one):
    """A brief, mild stop (E67)."""
    assumed = one.model.assumed
    drawn = one.normal(purposes.STOP_FELT)
    quality = felt(_response_officer(one), one, assumed.traffic_strain, drawn)
    prior = one.trust
    trust = worse(
        effect(assumed, quality, prior, assumed.traffic_moves_trust),
        assumed.bad_contact_weighs_more,
    )
    one.post(TRUST, OWN_STOP, trust, assumed.settles_stop)
    one.tell(trust, 0.0)
