"""Step 10: officers and associations change; what each public was given is worked out."""

from __future__ import annotations

from sim import purposes as for_
from sim import world as w_
from sim.agents import columns as col
from sim.core import dice
from sim.core.jit import rule
from sim.rules import groups as of_groups
from sim.rules import officers as of_officers
from sim.rules.attitudes import move
from sim.rules.service import cooperation
from sim.week import posting as book

NEIGHBOURHOOD_LOAD = 0.6  # load of a neighbourhood officer who is never abstracted


@rule
def mean_openness(w):
    """Mean openness of all officers, each counted for the officers it stands for."""
    o = w.officers
    whole, posts = 0.0, 0.0
    for n in range(o.role.size):
        whole += o.weight[n] * o.openness[n]
        posts += o.weight[n]
    return whole / posts


@rule
def replace(w, t, n, norm):
    """An officer leaves; the newcomer knows nobody here and takes after the station."""
    o, s, a = w.officers, w.police.state, w.a[0]
    week, seed = book.calendar(w, t), w.seed[0]
    skill = dice.normal(dice.draw(seed, for_.NEWCOMER_SKILL, week, o.key[n]))
    openness = dice.normal(dice.draw(seed, for_.NEWCOMER_OPENNESS, week, o.key[n]))
    o.skill[n] = min(0.98, max(0.02, s[w_.SKILL] + a.officer_spread * skill))
    o.openness[n] = min(0.98, max(0.02, norm + a.officer_spread * openness))
    o.tired[n], o.trained[n], o.tenure[n] = 0.0, 0.0, 0
    for p in range(w.publics.people.size):
        o.familiarity[n, p] = 0.0


@rule
def change_officers(w, t, levers, a):
    """Openness, skill, training, tiredness, familiarity and turnover of every officer."""
    o, s = w.officers, w.police.state
    norm = mean_openness(w)
    goal = of_officers.openness_goal(
        s[w_.OPENNESS], s[w_.INTERNAL_FAIRNESS], levers[w_.LEADERSHIP], a
    )
    have = s[w_.RESPONSE_IN] + w.books.hours[t, w_.H_GIVEN_UP]
    response_load = s[w_.DEMAND] / have if have > 0.0 else 2.0
    address = dice.stream(w.seed[0], for_.LEAVING, book.calendar(w, t))
    for n in range(o.role.size):
        load = (
            response_load
            if o.role[n] == col.RESPONSE
            else NEIGHBOURHOOD_LOAD + 0.5 * levers[w_.ABSTRACTION]
        )
        o.tired[n] += a.tiring * (of_officers.tiredness_goal(load) - o.tired[n])
        o.openness[n] += of_officers.openness_change(
            o.openness[n], norm, goal, o.reward[n] / o.weight[n], a
        )
        o.skill[n] += move(o.skill[n], min(0.2, a.learning * o.met[n] / o.weight[n]))
        o.trained[n] += (
            levers[w_.FAIRNESS_TRAINING] / 26.0 * (1.0 - o.trained[n])
            - a.training_holds * o.trained[n]
        )
        for p in range(w.publics.people.size):
            gain = min(0.5, a.familiarity_by_contact * o.met_public[n, p] / o.weight[n])
            known = o.familiarity[n, p] + gain * (1.0 - o.familiarity[n, p])
            o.familiarity[n, p] = known * (1.0 - a.familiarity_fades)
            o.met_public[n, p] = 0.0
        o.reward[n], o.met[n] = 0.0, 0.0
        o.tenure[n] += 1
        if dice.share(dice.bits(address, o.key[n])) < 1.0 / levers[w_.TENURE_WEEKS]:
            replace(w, t, n, norm)
    s[w_.MEAN_OPENNESS] = mean_openness(w)


@rule
def delivered_to(w, q):
    """Resolved share of calls and raised concerns over 26 weeks for a row of publics; -1 where there were none."""
    window = w.books.window26
    asked = window[q, w_.C_CALLS] + window[q, w_.C_CLOSED]
    if asked <= 0.0:
        return -1.0
    return (window[q, w_.C_RESOLVED] + window[q, w_.C_ACTED]) / asked


@rule
def change_groups(w, a):
    """Energy, access and withdrawal of each association."""
    g, table, window = w.groups, w.publics, w.books.window26
    publics = table.people.size
    two_way = window[publics, w_.C_TWO_WAY]
    for p in range(publics):
        closed = window[p, w_.C_CLOSED]
        success = 0.0
        if closed > 0.0:
            success = (window[p, w_.C_ACTED] + 0.5 * window[p, w_.C_ONLY_ANSWERED]) / closed
        g.energy[p] = of_groups.energy_next(g.energy[p], closed, min(1.0, success), a)
        ratio = 0.0
        if two_way > 0.0 and table.share[p] > 0.0:
            ratio = min(1.0, max(-1.0, window[p, w_.C_TWO_WAY] / two_way / table.share[p] - 1.0))
        g.access[p] = of_groups.access_next(g.access[p], g.access_start[p], ratio, a)
        g.withdrawn[p] = 1 if of_groups.withdraws(g.energy[p], g.withdrawn[p] == 1, a) else 0


@rule
def set_cooperation(w, a):
    """How far each public, and the whole area, would pass information on."""
    table, sums = w.publics, w.books.sums
    together = 0.0
    for p in range(table.people.size):
        people = float(table.people[p])
        if people > 0.0:
            table.cooperation[p] = cooperation(
                sums[p, w_.S_TRUST] / people, sums[p, w_.S_LEGITIMACY] / people, a
            )
            together += table.share[p] * table.cooperation[p]
    w.police.state[w_.COOPERATION] = together


@rule
def size_up_publics(w, t, a):
    """What each public was given, how it stands out, and how far it would cooperate."""
    table, sums, books = w.publics, w.books.sums, w.books
    publics = table.people.size
    served, needed = 0.0, 0.0
    for p in range(publics):
        served += table.service[p]
        needed += table.need[p]
    everyone = sums[publics, w_.S_HAZARD] / max(1.0, sums[publics, w_.S_PEOPLE])
    overall = delivered_to(w, publics)
    set_cooperation(w, a)
    for p in range(publics):
        people = float(table.people[p])
        table.contact_past[p] *= 51.0 / 52.0
        table.contact_past[p] += books.counts[t, p, w_.C_CONTACTS] / (w.residents.key.size / 1000.0)
        if people == 0.0:
            continue
        share = table.need[p] / needed if needed > 0.0 else 0.0
        given = table.service[p] / served if served > 0.0 else share
        table.passed_over[p] = min(1.0, max(0.0, 1.0 - given / share)) if share > 0.0 else 0.0
        table.hazard[p] = sums[p, w_.S_HAZARD]
        excess = sums[p, w_.S_HAZARD] / people / everyone - 1.0 if everyone > 0.0 else 0.0
        table.stop_excess[p] = max(0.0, excess)
        delivered = delivered_to(w, p)
        if delivered < 0.0:
            delivered = overall if overall >= 0.0 else table.delivered[p]
        table.delivered[p] = delivered


@rule
def roll_windows(w, t):
    """Keep sums over the last 52 and 26 weeks of everything that is counted."""
    books = w.books
    for q in range(books.counts.shape[1]):
        for k in range(books.counts.shape[2]):
            books.window52[q, k] += books.counts[t, q, k]
            books.window26[q, k] += books.counts[t, q, k]
            if t > 52:
                books.window52[q, k] -= books.counts[t - 52, q, k]
            if t > 26:
                books.window26[q, k] -= books.counts[t - 26, q, k]


@rule
def people_change(w, t):
    """Change officers, associations and what is known of each public, after the week's events."""
    a = w.a[0]
    roll_windows(w, t)
    size_up_publics(w, t, a)
    change_officers(w, t, book.policy_of(w, t), a)
    change_groups(w, a)
