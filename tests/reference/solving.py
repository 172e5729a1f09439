"""Step 5: problem solving."""

from __future__ import annotations

import math

from sim.topics import CRIME_TOPICS, OVERPOLICED, TOPICS


def solve(model):
    """Work on priorities: disorder, service, and the chances that concerns are acted on."""
    stretched = len(model.waiting) / (model.size / 1000) / model.assumed.waiting_that_stretches
    for beat in model.beats:
        for k in range(len(TOPICS)):
            hours = model.plan.solve * beat.priorities[k]
            density = hours / (len(beat.residents) / 1000) if beat.residents else 0.0
            eased = density * (2.0 / (1.0 + stretched))
            beat.act_chance[k] = 1.0 - math.exp(-model.assumed.hours_reach_concern * eased)
            _serve(model, beat, k, hours)
            if k == OVERPOLICED:
                beat.care = min(0.9, model.assumed.care_from_work * density)
            else:
                _lower_disorder(model, beat, k, density)
    find_incident_factors(model)


def _serve(model, beat, k, hours):
    """The hours serve those who have the need and the concern (E50)."""
    needs = [group.cells[beat.number].concern_need[k] for group in model.groups]
    if sum(needs) > 0.0:
        for group, need in zip(model.groups, needs):
            group.service += hours * need / sum(needs)


def _lower_disorder(model, beat, k, density):
    """What police, residents and partners solve together (E51)."""
    assumed = model.assumed
    brought_in = model.policy.partnership * model.partners_capacity
    police_part = 1.0 - model.area.demand.partner_share[TOPICS[k]] * (1.0 - brought_in)
    further = 1.0 + assumed.cooperation_helps * (model.cooperation - 0.5)
    solved = police_part * (1.0 - math.exp(-assumed.solving_power * density * further))
    deterred = 1.0 - math.exp(-assumed.patrol_deters * model.plan.patrol_per_1000)
    returned = assumed.disorder_returns * (beat.home[k] - beat.disorder[k])
    beat.disorder[k] = (beat.disorder[k] + returned) * (1.0 - solved) * (1.0 - deterred)


def find_incident_factors(model):
    """Incidents by unit of need in each beat (F23)."""
    need = max(1e-9, model.norms["need"].mean)
    rate = model.area.demand.incidents / 1000 / 52 / need * model.demand_scale
    for beat in model.beats:
        crime = range(len(CRIME_TOPICS))
        beat.incident_factor = rate * sum(model.topic_rate[k] * beat.disorder[k] for k in crime)
