"""Steps 4 and 5: what is heard, what is assessed, what is worked on."""

from __future__ import annotations

from sim import world as w_
from sim.agents import columns as col
from sim.core.jit import rule
from sim.rules import problems as of_problems
from sim.rules import promises as of_promises
from sim.topics import OVERPOLICED
from sim.week import posting as book
from sim.week.reach import WAITING_NOW

FAINTEST = 1e-12  # what is heard, per 1,000 people, below which it is as if nothing were


@rule
def lobby(w, t, a):
    """Associations put their agenda to the police, as far as they have strength, energy and access."""
    g, places, table, books = w.groups, w.places, w.publics, w.books
    publics = table.people.size
    for p in range(publics):
        if g.withdrawn[p]:
            continue
        weight = a.lobbying * g.strength[p] * g.energy[p] * g.access[p] * table.people[p] / 1000.0
        for topic in range(col.TOPIC_COUNT):
            places.heard_topic_new[topic] += weight * g.agenda[p, topic]
        for b in range(places.people.size):
            places.heard_beat_new[b] += weight * g.agenda_beats[p, b]
        for q in (p, publics):
            books.counts[t, q, w_.C_HEARD] += book.countable(weight)
            books.counts[t, q, w_.C_LOUD] += book.countable(weight * g.loud_share[p])


@rule
def remember_heard(w, a):
    """What was heard fades, and this week's is added; blame is what part of it names a public."""
    places, table, s = w.places, w.publics, w.police.state
    keep = 1.0 - a.heard_fades
    per_1000 = 1000.0 / w.residents.key.size
    total = 0.0
    for topic in range(col.TOPIC_COUNT):
        new = places.heard_topic_new[topic] * per_1000
        places.heard_topic[topic] = keep * places.heard_topic[topic] + new
        places.heard_topic_new[topic] = 0.0
        total += places.heard_topic[topic]
    for b in range(places.people.size):
        places.heard_beat[b] = keep * places.heard_beat[b] + places.heard_beat_new[b] * per_1000
        places.heard_beat_new[b] = 0.0
    s[w_.HEARD_TOTAL] = total
    for p in range(table.people.size):
        table.blame[p] = keep * table.blame[p] + table.blame_new[p] * per_1000
        table.blame_new[p] = 0.0
        heard = table.blame[p] / total if total > 0.0 else 0.0
        table.blame_intensity[p] = heard / table.share[p] if table.share[p] > 0.0 else 0.0


@rule
def need_of_beat(w, b):
    """Sum of need over the residents of a beat."""
    beats = w.places.people.size
    whole = 0.0
    for p in range(w.publics.people.size):
        whole += w.places.need_cell[p * beats + b]
    return whole


@rule
def set_priorities(w, lay_weight):
    """Priorities by beat and topic: what is heard and what is assessed, by lay weight; they sum to 1."""
    places, s = w.places, w.police.state
    beats = places.people.size
    assessed = 0.0
    for b in range(beats):
        need = need_of_beat(w, b)
        for topic in range(OVERPOLICED):
            places.priorities[b, topic] = (
                need * places.topic_rate[topic] * places.disorder[b, topic]
            )
            assessed += places.priorities[b, topic]
        places.priorities[b, OVERPOLICED] = 0.0
    heard_beats = 0.0
    for b in range(beats):
        heard_beats += places.heard_beat[b]
    from_all, from_loud = 0.0, 0.0
    for topic in range(col.TOPIC_COUNT):
        column = 0.0
        for b in range(beats):
            seen = places.priorities[b, topic] / assessed
            share = seen  # where nothing is heard, the assessment stands alone
            if heard_beats > FAINTEST and s[w_.HEARD_TOTAL] > FAINTEST:
                share = (
                    places.heard_topic[topic]
                    / s[w_.HEARD_TOTAL]
                    * places.heard_beat[b]
                    / heard_beats
                )
            places.priorities[b, topic] = lay_weight * share + (1.0 - lay_weight) * seen
            column += places.priorities[b, topic]
        from_all += abs(column - places.public_topics[topic])
        from_loud += abs(column - places.loud_topics[topic])
    s[w_.CAPTURE] = 0.5 * (from_all - from_loud)


@rule
def agenda(w, t):
    """Form the heard agenda, blame, and the week's priorities."""
    a = w.a[0]
    lobby(w, t, a)
    remember_heard(w, a)
    set_priorities(w, book.policy_of(w, t)[w_.LAY_WEIGHT])


@rule
def expect_incidents(w):
    """Set expected incidents per unit of need and week, by beat, from disorder as it stands."""
    places = w.places
    rate = w.schedule.demand[0] / 1000.0 / 52.0 / max(1e-9, w.schedule.norms[0, 0])
    rate *= w.police.state[w_.DEMAND_SCALE]
    for b in range(places.people.size):
        disorder = 0.0
        for topic in range(OVERPOLICED):
            disorder += places.topic_rate[topic] * places.disorder[b, topic]
        places.incident_factor[b] = rate * disorder


@rule
def solve(w, t):
    """Spend problem-solving hours by priority: disorder falls, concerns come within reach, publics are served."""
    a, s, places, table = w.a[0], w.police.state, w.places, w.publics
    levers = book.policy_of(w, t)
    waiting = w.scratch.used[WAITING_NOW] / (w.residents.key.size / 1000.0)
    brought_in = levers[w_.PARTNERSHIP] * s[w_.PARTNER_CAPACITY]
    for b in range(places.people.size):
        thousands = places.people[b] / 1000.0
        for topic in range(col.TOPIC_COUNT):
            hours = s[w_.SOLVE_HOURS] * places.priorities[b, topic]
            density = hours / thousands if thousands > 0.0 else 0.0
            places.hours_topic[b, topic] = density
            places.act_chance[b, topic] = of_promises.chance_acted_on(density, waiting, a)
            whole = 0.0
            for p in range(table.people.size):
                whole += places.concern_need[p, b, topic]
            if whole > 0.0:
                for p in range(table.people.size):
                    table.service[p] += hours * places.concern_need[p, b, topic] / whole
            if topic != OVERPOLICED:
                police_part = 1.0 - places.partner_share[topic] * (1.0 - brought_in)
                places.disorder[b, topic] = of_problems.disorder_next(
                    places.disorder[b, topic], places.disorder_home[b, topic], density,
                    s[w_.PATROL_PER_1000], police_part, s[w_.COOPERATION], a,
                )  # fmt: skip
        places.care[b] = min(0.9, a.care_from_work * places.hours_topic[b, OVERPOLICED])
    expect_incidents(w)
