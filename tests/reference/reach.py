"""Step 2: who is met, and who is in the way of events."""

from __future__ import annotations

import math

from sim import purposes
from sim.core import dice
from tests.reference.arithmetic import clip, mean, single
from tests.reference.officers import mean_familiarity


def choose(model):
    """Find who is met in which way, and who meets with an incident, a search, a traffic stop."""
    _look_around(model)
    levers = model.policy.levels()
    if (model.lived - 1) % 13 == 0 or levers != model.planned_under:
        _plan_outreach(model)
        model.planned_under = levers
    model.met = _kinds(model, _met(model))
    _put_in_the_way(model)


def _look_around(model):
    """Familiarity of cells, and how much outreach turns to each (E10), (E11)."""
    part, assumed = model.plan.part, model.assumed
    past = sum(group.contact_past for group in model.groups)
    for group in model.groups:
        team = mean_familiarity(model.specialists, group)
        ratio = group.share / (group.contact_past / past) if group.contact_past else 10.0
        correct = clip(ratio, 0.1, 10.0) ** model.policy.reach.proportion
        for cell in group.cells:
            known = mean_familiarity(cell.beat.places, group)
            cell.familiarity = (1.0 - part) * known + part * team
            cell.outreach = correct * math.exp(assumed.familiar_faces * cell.familiarity)


def _plan_outreach(model):
    """Whom officers set out to see for a quarter (E12)."""
    part, reach = model.plan.part, model.policy.reach
    team = mean(officer.openness for officer in model.specialists)
    for beat in model.beats:
        generalists = mean(officer.openness for officer in beat.places)
        openness = (1.0 - part) * generalists + part * team
        lean = reach.ease + model.assumed.drift_to_ease * (1.0 - openness)
        for one in beat.residents:
            score = one.score
            pull = reach.need * score["need"] + lean * score["ease"] + reach.voice * score["voice"]
            one.outreach = single(math.exp(pull))


def _met(model):
    """Everybody met: the front of the outreach queue, then of the door queue (E13), (E14)."""
    number = sum(model.plan.numbers.values())
    drawn = model.luck.share(purposes.DOOR_COUNT, model.week, 0)
    by_door = min(number, math.floor(number * model.policy.reach.door + drawn))
    outreach, door = {}, {}
    for one in model.residents:
        word = one.word(purposes.DOORS)
        weight = one.outreach * one.cell.outreach
        outreach[one] = -math.log1p(-dice.upper_share(word)) / weight
        door[one] = -math.log1p(-dice.lower_share(word)) / _door_weight(one)
    met = sorted(model.residents, key=outreach.get)[: number - by_door]
    others = set(model.residents) - set(met)
    return met + sorted(others, key=door.get)[:by_door]


def _door_weight(one):
    """How readily somebody comes through the open door."""
    assumed, group = one.model.assumed, one.group
    mobilised = 1.0
    if one.member and not group.withdrawn:
        mobilised += assumed.mobilising * group.energy * group.strength
    return one.door_weight * (assumed.door_floor + one.belief) * mobilised


def _kinds(model, met):
    """In which way each is met (E15), in the order of rows."""
    numbers = model.plan.numbers
    two_way = numbers["collaborate"] + numbers["consult"]
    cost = model.assumed.cost_selects
    ordered = sorted(
        met,
        key=lambda one: (
            -math.log1p(-one.share(purposes.KIND)) / math.exp(cost * one.score["voice"])
        ),
    )
    kinds = {
        one: "collaborate"
        if place < numbers["collaborate"]
        else "consult"
        if place < two_way
        else "inform"
        for place, one in enumerate(ordered)
    }
    return sorted(kinds.items(), key=lambda pair: pair[0].row)


def search_hazards(model, searches):
    """The chance of a search by what it follows: looks and labels, or evidence (E20) to (E22).

    Returns:
        Two functions of a resident's cell.
    """
    assumed, policy = model.assumed, model.policy
    cells = [cell for group in model.groups for cell in group.cells]
    kept = assumed.detachment * (1.0 - policy.lay_weight)
    temper = 1.0 - assumed.openness_tempers_suspicion * (model.mean_openness - 0.5)
    stands_out = {
        group: group.table.suspicion**temper
        * (1.0 + assumed.blame_draws_stops * policy.lay_weight * group.blame_intensity)
        for group in model.groups
    }
    all_lay = max(1e-12, sum(cell.lay * stands_out[cell.group] for cell in cells))
    all_involvement = max(1e-12, sum(cell.involvement for cell in cells))

    def evidence(cell):
        return kept + (1.0 - kept) * cell.beat.care

    searches /= max(
        1e-12,
        sum(
            (1.0 - evidence(cell)) * cell.lay * stands_out[cell.group] / all_lay
            + evidence(cell) * cell.involvement / all_involvement
            for cell in cells
        ),
    )

    def by_lay(cell):
        return searches * (1.0 - evidence(cell)) * stands_out[cell.group] / all_lay

    def by_evidence(cell):
        return searches * evidence(cell) / all_involvement

    return by_lay, by_evidence


def search_hazard(one, by_lay, by_evidence):
    """Somebody's chance of being searched (E23)."""
    visible = one.street * (1.0 + one.model.assumed.known_draws_stops * one.known)
    return by_lay * visible + by_evidence * one.involvement


def _put_in_the_way(model):
    """Who suffers an incident, who is searched, who is stopped in traffic (E24)."""
    by_lay, by_evidence = search_hazards(model, model.plan.planned)
    street = sum(group.g * max(0.002, group.table.street) for group in model.groups)
    traffic = model.area.demand.traffic_stops / 1000 / 52 / max(1e-9, street)
    model.incidents, model.stops = [], []
    for group in model.groups:
        for cell in group.cells:
            lay, evidence = by_lay(cell), by_evidence(cell)
            for one in cell.residents:
                one.hazard = search_hazard(one, lay, evidence)
                one.risk = one.need * cell.beat.incident_factor
                _draw_events(model, one, traffic)
                _sum_hazards(one)


def _sum_hazards(one):
    for row in (*one.rows, one.model.everybody):
        row.risk += one.risk
        row.hazard += one.hazard
        if one.model.lived - one.last_search <= 52:
            row.hazard_again += one.hazard
        if one.usual_suspect:
            row.suspects_hazard += one.hazard


def _draw_events(model, one, traffic):
    word = one.word(purposes.STREET_EVENTS)
    if dice.upper_share(word) < one.risk:
        model.incidents.append(one)
    stop = dice.lower_share(word)
    if stop < one.hazard:
        model.stops.append((one, "search"))
    elif stop < one.hazard + traffic * one.street:
        model.stops.append((one, "traffic"))
