"""Step 2: whom officers go to, who comes to them, and who is in the way of events."""

from __future__ import annotations

import math

import numpy as np

from sim import purposes as for_
from sim import world as w_
from sim.agents import columns as col
from sim.core import dice
from sim.core.jit import rule
from sim.rules import reach as of_reach
from sim.rules import stops as of_stops
from sim.week.posting import calendar, policy_of, tally

PLAN_WEEKS = 13  # outreach is planned once a quarter
REPEAT_WEEKS = 52
# places in Scratch.used
OUTREACH_FOUND, DOOR_FOUND, MET, INCIDENTS, WAITING_NOW, STOPPED = range(6)
CAME = 8  # set in Scratch.taken for those who came through the open door


@rule
def familiarity_of_cells(w, part):
    """Familiarity of those who engage with each public in each beat, by share of specialists."""
    o, places = w.officers, w.places
    publics, beats = w.publics.people.size, places.people.size
    for p in range(publics):
        team = 0.0
        for n in o.specialists:
            team += o.familiarity[n, p]
        team /= o.specialists.size
        for b in range(beats):
            known = 0.0
            for n in o.of_beat[b]:
                known += o.familiarity[n, p]
            known /= o.of_beat.shape[1]
            places.familiarity_cell[p * beats + b] = (1.0 - part) * known + part * team


@rule
def outreach_factors(w, levers, a):
    """Factor on outreach weights by public and beat: familiarity, and publics met too little so far."""
    places, table = w.places, w.publics
    publics, beats = table.people.size, places.people.size
    familiarity_of_cells(w, w.police.state[w_.SPECIALIST_PART])
    past = 0.0
    for p in range(publics):
        past += table.contact_past[p]
    for p in range(publics):
        ratio = (
            table.share[p] / (table.contact_past[p] / past) if table.contact_past[p] > 0.0 else 10.0
        )
        correct = min(10.0, max(0.1, ratio)) ** levers[w_.REACH_PROPORTION]
        for b in range(beats):
            c = p * beats + b
            places.outreach_cell[c] = correct * math.exp(
                a.familiar_faces * places.familiarity_cell[c]
            )


@rule
def draw_up_plan(w, t, levers, a):
    """Once a quarter, and when the policy changes, officers plan whom to go to."""
    s, r, places = w.police.state, w.residents, w.places
    policy = w.schedule.of_week[t]
    if (t - 1) % PLAN_WEEKS != 0 and s[w_.PLAN_POLICY] == policy:
        return
    s[w_.PLAN_POLICY] = policy
    norms = w.schedule.norms
    beats = places.people.size
    part = s[w_.SPECIALIST_PART]
    team = 0.0
    for n in w.officers.specialists:
        team += w.officers.openness[n]
    team /= w.officers.specialists.size
    whole = 0.0
    for c in range(places.need_cell.size):
        own = 0.0
        for n in w.officers.of_beat[c % beats]:
            own += w.officers.openness[n]
        openness = (1.0 - part) * own / w.officers.of_beat.shape[1] + part * team
        for i in range(places.cell_start[c], places.cell_start[c + 1]):
            need = of_reach.standard(r.need[i], norms[0, 0], norms[0, 1])
            ease = of_reach.standard(r.ease[i], norms[1, 0], norms[1, 1])
            voice = of_reach.standard(r.voice[i], norms[2, 0], norms[2, 1])
            weight = of_reach.outreach_weight(
                need,
                ease,
                voice,
                levers[w_.REACH_NEED],
                levers[w_.REACH_EASE],
                levers[w_.REACH_VOICE],
                openness,
                a,
            )
            r.outreach[i] = np.float32(weight)
            whole += r.outreach[i] * places.outreach_cell[c]
    s[w_.OUTREACH_SUM] = whole


@rule
def member_factor(w, p, a):
    """How far an association raises its members' turnout; an association that withdrew does not."""
    if w.groups.withdrawn[p]:
        return 1.0
    return 1.0 + a.mobilising * w.groups.energy[p] * w.groups.strength[p]


@rule
def priority(chance, weight):
    """Place in the queue of someone with this weight: the smaller the sooner (exponential priority)."""
    return -math.log1p(-chance) / weight


@rule
def collect(w, t, door, bound, a):
    """List everyone whose priority lies below a bound; returns how many.

    Args:
        door: whether the open door (else outreach) is meant.
    """
    r, places, x = w.residents, w.places, w.scratch
    address = dice.stream(w.seed[0], for_.DOORS, calendar(w, t))
    found = 0
    beats = places.people.size
    for c in range(places.need_cell.size):
        members = member_factor(w, c // beats, a)
        for i in range(places.cell_start[c], places.cell_start[c + 1]):
            word = dice.bits(address, r.key[i])
            if door:
                weight = (
                    r.door[i] * of_reach.turnout(r.belief[i], a) * (members if r.member[i] else 1.0)
                )
                chance = dice.lower_share(word)
            else:
                weight = r.outreach[i] * places.outreach_cell[c]
                chance = dice.upper_share(word)
            if weight > 0.0 and chance < bound * weight and priority(chance, weight) < bound:
                if door:
                    x.door_rows[found] = i
                    x.door_order[found] = priority(chance, weight)
                else:
                    x.rows[found] = i
                    x.order[found] = priority(chance, weight)
                found += 1
    return found


@rule
def first_bound(number, weights):
    """A bound on priorities that, as a rule, lets somewhat more than `number` people through."""
    if number <= 0.0:
        return 0.0
    if weights <= 0.0:
        return 1e-9
    return (number + 4.0 * math.sqrt(number) + 8.0) / weights


@rule
def screen(w, t, outreach_bound, door_bound, a):
    """One pass over all residents: who may be met, who suffers an incident, who may be stopped."""
    r, places, x, s, books = w.residents, w.places, w.scratch, w.police.state, w.books
    publics, beats = w.publics.people.size, places.people.size
    week = calendar(w, t)
    levers = policy_of(w, t)
    doors = dice.stream(w.seed[0], for_.DOORS, week)
    street = dice.stream(w.seed[0], for_.STREET_EVENTS, week)
    lay_whole, involved_whole = 0.0, 0.0
    for c in range(publics * beats):
        p = c // beats
        lay_whole += places.lay_cell[c] * public_weight(w, p, levers, a)
        involved_whole += places.involvement_cell[c]
    # care differs by beat, so the parts are scaled to make up the searches planned
    parts = 0.0
    for c in range(publics * beats):
        p = c // beats
        evidence = of_stops.pull_of_evidence(levers[w_.LAY_WEIGHT], places.care[c % beats], a)
        lay = places.lay_cell[c] * public_weight(w, p, levers, a) / max(1e-12, lay_whole)
        parts += (1.0 - evidence) * lay + evidence * places.involvement_cell[c] / max(
            1e-12, involved_whole
        )
    searches = s[w_.SEARCHES_PLANNED] / parts if parts > 0.0 else 0.0
    traffic_rate = w.schedule.demand[1] / 1000.0 / 52.0 / max(1e-9, w.schedule.demand[2])
    found, came, hurt, stopped = 0, 0, 0, 0
    # columns by short names: one look-up a week instead of one a resident
    keys, outreaches, door_weights, beliefs, members_of = (
        r.key,
        r.outreach,
        r.door,
        r.belief,
        r.member,
    )
    needs, streets, knowns, involvements = r.need, r.street, r.known, r.involvement
    last_searches, marks_of = r.last_search, r.marks
    rows, orders, door_rows, door_orders = x.rows, x.order, x.door_rows, x.door_order
    incident_rows, stop_rows, sums = x.incident_rows, x.stop_rows, books.sums
    floor, known_draws = a.door_floor, a.known_draws_stops
    followed = col.MOST_AFFECTED | col.USUAL_SUSPECT
    door_whole, outreach_whole = 0.0, 0.0
    for q in range(publics + 3):
        books.sums[q, w_.S_HAZARD] = 0.0
        books.sums[q, w_.S_REPEAT] = 0.0
        books.sums[q, w_.S_SUSPECT_HAZARD] = 0.0
        books.sums[q, w_.S_INCIDENTS] = 0.0
    for c in range(publics * beats):
        p, b = c // beats, c % beats
        evidence = of_stops.pull_of_evidence(levers[w_.LAY_WEIGHT], places.care[b], a)
        by_lay = (
            searches * (1.0 - evidence) * public_weight(w, p, levers, a) / max(1e-12, lay_whole)
        )
        by_evidence = searches * evidence / max(1e-12, involved_whole)
        incident = places.incident_factor[b]
        factor = places.outreach_cell[c]
        members = member_factor(w, p, a)
        hazard, repeat, suspect, incidents, weights = 0.0, 0.0, 0.0, 0.0, 0.0
        for row in range(places.cell_start[c], places.cell_start[c + 1]):
            i = np.uint64(row)
            key = keys[i]
            word = dice.bits(doors, key)
            weight = outreaches[i] * factor
            weights += weight
            chance = dice.upper_share(word)
            if chance < outreach_bound * weight:
                order = priority(chance, weight)
                if order < outreach_bound:
                    rows[found] = row
                    orders[found] = order
                    found += 1
            weight = door_weights[i] * (floor + beliefs[i]) * (members if members_of[i] else 1.0)
            door_whole += weight
            chance = dice.lower_share(word)
            if chance < door_bound * weight:
                order = priority(chance, weight)
                if order < door_bound:
                    door_rows[came] = row
                    door_orders[came] = order
                    came += 1
            word = dice.bits(street, key)
            risk = needs[i] * incident
            incidents += risk
            if dice.upper_share(word) < risk:
                incident_rows[hurt] = row
                hurt += 1
            seen = streets[i]
            risk_of_search = (
                by_lay * (seen * (1.0 + known_draws * knowns[i])) + by_evidence * involvements[i]
            )
            hazard += risk_of_search
            recent = t - last_searches[i] <= REPEAT_WEEKS
            repeat += risk_of_search if recent else 0.0
            chance = dice.lower_share(word)
            if chance < risk_of_search + traffic_rate * seen:
                stop_rows[stopped] = row if chance < risk_of_search else -1 - row
                stopped += 1
            marks = marks_of[i]
            if marks & followed:
                if marks & col.USUAL_SUSPECT:
                    suspect += risk_of_search
                add_marked(sums, publics, marks, risk_of_search, recent, risk)
        outreach_whole += weights
        add_row(books.sums, p, hazard, repeat, suspect, incidents)
        add_row(books.sums, publics, hazard, repeat, suspect, incidents)
    s[w_.DOOR_SUM], s[w_.OUTREACH_SUM] = door_whole, outreach_whole
    x.used[OUTREACH_FOUND], x.used[DOOR_FOUND] = found, came
    x.used[INCIDENTS], x.used[STOPPED] = hurt, stopped


@rule
def add_row(sums, q, hazard, repeat, suspect, incidents):
    """Add a cell's hazards to the row of a public."""
    sums[q, w_.S_HAZARD] += hazard
    sums[q, w_.S_REPEAT] += repeat
    sums[q, w_.S_SUSPECT_HAZARD] += suspect
    sums[q, w_.S_INCIDENTS] += incidents


@rule
def add_marked(sums, publics, marks, hazard, recent, incidents):
    """Add one resident's hazards to the rows of the people followed since week 0."""
    for mark in range(2):
        if marks & (1 << mark):
            q = publics + 1 + mark
            suspect = hazard if marks & col.USUAL_SUSPECT else 0.0
            add_row(sums, q, hazard, hazard if recent else 0.0, suspect, incidents)


@rule
def public_weight(w, p, levers, a):
    """How much a public stands out to officers who search."""
    table = w.publics
    return of_stops.weight_of_public(
        table.suspicion[p],
        table.blame_intensity[p],
        levers[w_.LAY_WEIGHT],
        w.police.state[w_.MEAN_OPENNESS],
        a,
    )


@rule
def take(w, number, door):
    """Move the first `number` of a list, in order of priority, to those met; returns how many were met."""
    x = w.scratch
    found = x.used[DOOR_FOUND] if door else x.used[OUTREACH_FOUND]
    order = x.door_order[:found] if door else x.order[:found]
    rows = x.door_rows if door else x.rows
    taken = 0
    for n in np.argsort(order):
        if taken >= number:
            break
        i = rows[n]
        if not x.taken[i]:
            x.taken[i] = CAME + 1 if door else 1
            x.chosen[x.used[MET]] = i
            x.used[MET] += 1
            taken += 1
    return taken


@rule
def meet(w, t, number, door, bound, a):
    """Choose `number` people by keyed priorities; the bound is raised until enough are found."""
    x = w.scratch
    place = DOOR_FOUND if door else OUTREACH_FOUND
    taken = take(w, number, door)
    while taken < number and bound < 1e9 and x.used[MET] < w.residents.key.size:
        bound *= 4.0
        x.used[place] = collect(w, t, door, bound, a)
        taken += take(w, number - taken, door)


@rule
def give_kinds(w, t):
    """Say who of those met collaborates, is consulted or informed, by draws and voice; then order by row."""
    s, x = w.police.state, w.scratch
    number = x.used[MET]
    address = dice.stream(w.seed[0], for_.KIND, calendar(w, t))
    norms, cost = w.schedule.norms, w.a[0].cost_selects
    for n in range(number):
        i = x.chosen[n]
        voice = of_reach.standard(w.residents.voice[i], norms[2, 0], norms[2, 1])
        chance = dice.share(dice.bits(address, w.residents.key[i]))
        x.order[n] = priority(chance, of_reach.willing_to_spend(voice, cost))
    collaborate = int(s[w_.COLLABORATE_COUNT])
    consult = collaborate + int(s[w_.CONSULT_COUNT])
    for place, n in enumerate(np.argsort(x.order[:number])):
        i = x.chosen[n]
        # a kind (2, 1, 0) per resident, kept where `taken` was 1
        came = x.taken[i] & CAME
        x.taken[i] = came + (4 if place < collaborate else (3 if place < consult else 2))
        if came and place < consult:
            tally(w, i, col.MEETINGS)
    x.chosen[:number] = np.sort(x.chosen[:number])
    for n in range(number):
        i = x.chosen[n]
        x.chosen_kind[n] = (x.taken[i] & (CAME - 1)) - 2
        x.taken[i] = 0


@rule
def reach(w, t):
    """Choose whom officers meet this week through both doors, and list who is in the way of events."""
    a, s = w.a[0], w.police.state
    levers = policy_of(w, t)
    outreach_factors(w, levers, a)
    draw_up_plan(w, t, levers, a)
    number = s[w_.INFORM_COUNT] + s[w_.CONSULT_COUNT] + s[w_.COLLABORATE_COUNT]
    luck = dice.draw(w.seed[0], for_.DOOR_COUNT, calendar(w, t), 0)
    by_door = min(number, math.floor(number * levers[w_.REACH_DOOR] + luck))
    outreach_bound = first_bound(number - by_door, s[w_.OUTREACH_SUM])
    door_bound = first_bound(by_door, s[w_.DOOR_SUM])
    screen(w, t, outreach_bound, door_bound, a)
    w.scratch.used[MET] = 0
    meet(w, t, number - by_door, False, max(outreach_bound, 1e-9), a)
    meet(w, t, by_door, True, max(door_bound, 1e-9), a)
    give_kinds(w, t)
