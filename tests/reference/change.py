"""Step 10: publics are sized up; officers and associations change."""

from __future__ import annotations

import math

from sim import purposes
from sim.ledger import LEGITIMACY, TRUST
from tests.reference.arithmetic import clip, move
from tests.reference.officers import mean_openness, replace


def change(model):
    """Everything that changes slowly."""
    for group in model.groups:
        _size_up(model, group)
    find_cooperation(model)
    _change_officers(model)
    for group in model.groups:
        _change_association(model, group)


def _size_up(model, group):
    """Contact past, service, stops and delivery of a public (E91)."""
    contacts = group.counts[-1]["contacts"]
    group.contact_past = group.contact_past * 51 / 52 + contacts / (model.size / 1000)
    if not group.people:
        return
    service = sum(other.service for other in model.groups)
    need_share = group.need / sum(other.need for other in model.groups)
    given = group.service / service if service > 0.0 else need_share
    group.passed_over = clip(1.0 - given / need_share, 0.0, 1.0) if need_share > 0.0 else 0.0
    hazard = model.everybody.hazard / model.size
    relative = group.hazard / group.people / hazard if hazard > 0.0 else 0.0
    group.stop_excess = max(0.0, relative - 1.0)
    _find_delivered(model, group)


def _find_delivered(model, group):
    def over_26(what):
        return group.over(26, what), model.everybody.over(26, what)

    calls, closed, resolved, acted = map(over_26, ("calls", "closed", "resolved", "acted"))
    for own in (0, 1):
        asked = calls[own] + closed[own]
        if asked > 0:
            group.delivered = (resolved[own] + acted[own]) / asked
            return


def find_cooperation(model):
    """How many would pass information on, by public and overall (E91)."""
    assumed = model.assumed
    for group in model.groups:
        if group.people:
            held = 0.5 * (group.mean_total[TRUST] + group.mean_total[LEGITIMACY])
            s = (held - assumed.cooperation_threshold) / assumed.cooperation_spread
            group.cooperation = 0.5 * math.erfc(-s / math.sqrt(2.0))
    model.cooperation = sum(group.share * group.cooperation for group in model.groups)


def _change_officers(model):
    norm = mean_openness(model)
    goal = _cultural_goal(model)
    for officer in model.officers:
        _tire(model, officer)
        _open_up(model, officer, norm, goal)
        _learn(model, officer)
        officer.rest()
        if officer.share(purposes.LEAVING) < 1.0 / model.policy.tenure_weeks:
            replace(officer, norm)
    model.mean_openness = mean_openness(model)


def _cultural_goal(model):
    """How open the culture inside the force would have its officers be (E92)."""
    assumed, policy, force = model.assumed, model.policy, model.force
    lifted = policy.leadership * assumed.leadership_lifts_fairness
    fairness = force.internal_fairness + lifted * (1.0 - force.internal_fairness)
    return clip(
        force.openness
        + assumed.fairness_inside_matters * (fairness - 0.5)
        + policy.leadership * assumed.leadership_lifts_openness * (1.0 - force.openness),
        0.02,
        0.98,
    )


def _tire(model, officer):
    """Officers tire under load, and recover (E93)."""
    plan = model.plan
    load = 0.6 + 0.5 * model.policy.abstraction
    if officer.role == "response":
        have = plan.response_in + plan.given_up
        load = plan.demand / have if have > 0.0 else 2.0
    strain = clip((load - 0.6) / 0.4, 0.0, 1.0)
    officer.tiredness += model.assumed.tiring * (strain - officer.tiredness)


def _open_up(model, officer, norm, goal):
    """Colleagues, culture and good contacts change openness (E94)."""
    assumed, openness = model.assumed, officer.openness
    reward = clip(assumed.contacts_reward * officer.reward / officer.weight, -0.2, 0.2)
    officer.openness += (
        assumed.norm_pulls * (norm - openness)
        + assumed.culture_pulls * (goal - openness)
        + move(openness, reward)
    )


def _learn(model, officer):
    """Skill, training and familiarity (E95), (E96)."""
    assumed = model.assumed
    learned = min(0.2, assumed.learning * officer.met / officer.weight)
    officer.skill += move(officer.skill, learned)
    trained = model.policy.fairness_training / 26 * (1.0 - officer.training)
    officer.training += trained - assumed.training_holds * officer.training
    for p, two_way in enumerate(officer.two_way):
        known = officer.familiarity[p]
        met = min(0.5, assumed.familiarity_by_contact * two_way / officer.weight)
        known += met * (1.0 - known)
        officer.familiarity[p] = known * (1.0 - assumed.familiarity_fades)


def _change_association(model, group):
    """Energy follows success, access follows contact; it may withdraw (E97) to (E99)."""
    assumed = model.assumed
    closed = group.over(26, "closed")
    if closed > 0:
        success = (group.over(26, "acted") + 0.5 * group.over(26, "only-answered")) / closed
        group.energy += assumed.energy_follows_success * (success - group.energy)
    else:
        group.energy += assumed.energy_fades * (assumed.energy_at_rest - group.energy)
    two_way = model.everybody.over(26, "two-way")
    ratio = 0.0
    if two_way > 0 and group.share > 0.0:
        ratio = clip(group.over(26, "two-way") / two_way / group.share - 1.0, -1.0, 1.0)
    wanted = group.table.access + assumed.access_follows_contact * ratio
    group.access += assumed.access_rate * (clip(wanted, 0.0, 1.0) - group.access)
    limit = assumed.withdraw_below + (0.1 if group.withdrawn else 0.0)
    group.withdrawn = group.energy < limit
