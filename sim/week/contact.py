"""Step 3: meetings with officers, what they leave behind, and the concerns that are raised."""

from __future__ import annotations

from sim import purposes as for_
from sim import world as w_
from sim.agents import columns as col
from sim.core import dice
from sim.core.jit import rule
from sim.ledger import (
    CONFIDENCE,
    EXPECTATION,
    OWN_CONTACT,
    PATROL_OR_LEAFLET_SEEN,
    PLAN_SHARED,
    PROMISE_MADE,
    TRUST,
)
from sim.rules import contact as of_contact
from sim.rules import lines as of_lines
from sim.rules import promises as of_promises
from sim.rules.reach import standard
from sim.topics import OVERPOLICED
from sim.week import posting as book
from sim.week.plan import purses
from sim.week.reach import MET, WAITING_NOW

INFORM, CONSULT, COLLABORATE = 0, 1, 2
TRAFFIC_TOPIC = 3


@rule
def officer_met(w, t, i):
    """The officer a resident meets: one of the specialist team, or a generalist of the beat."""
    o = w.officers
    week = book.calendar(w, t)
    which = dice.draw(w.seed[0], for_.WHICH_OFFICER, week, w.residents.key[i])
    if (
        dice.draw(w.seed[0], for_.SPECIALIST, week, w.residents.key[i])
        < w.police.state[w_.SPECIALIST_PART]
    ):
        return o.specialists[int(which * o.specialists.size)]
    own = o.of_beat[w.residents.beat[i]]
    return own[int(which * own.size)]


@rule
def felt_by(w, t, i, officer, strain, purpose, a):
    """Draw how a meeting feels to a resident."""
    r, o = w.residents, w.officers
    chance = dice.normal(dice.draw(w.seed[0], purpose, book.calendar(w, t), r.key[i]))
    return of_contact.felt_fairness(
        o.skill[officer], o.openness[officer], o.familiarity[officer, r.public[i]], o.trained[officer],
        o.tired[officer], r.ease[i], r.total[TRUST, i], strain, chance, a,
    )  # fmt: skip


@rule
def tell(w, i, trust, confidence):
    """Give a resident something to tell: pushes on trust and confidence."""
    w.residents.story[i, 0] += trust
    w.residents.story[i, 1] += confidence


@rule
def inform(w, t, i, a):
    """A resident gets information about local policing."""
    book.post(
        w, t, i, CONFIDENCE, PATROL_OR_LEAFLET_SEEN, a.leaflet_moves_confidence, a.settles_message
    )
    book.post(w, t, i, TRUST, PATROL_OR_LEAFLET_SEEN, a.leaflet_moves_trust, a.settles_message)
    w.residents.last_informed[i] = t
    book.tally(w, i, col.INFORMED)


@rule
def pass_the_word(w, t, i, a):
    """A member of an association may pass on what they learned to one tie."""
    r, g = w.residents, w.groups
    p = r.public[i]
    degree = w.ties.start[i + 1] - w.ties.start[i]
    if not r.member[i] or g.withdrawn[p] or degree == 0:
        return
    word = dice.bits(dice.stream(w.seed[0], for_.PASS_WORD, book.calendar(w, t)), r.key[i])
    if dice.upper_share(word) < a.passes_word * g.energy[p] * g.strength[p]:
        j = w.ties.other[w.ties.start[i] + int(dice.lower_share(word) * degree)]
        inform(w, t, j, a)
        book.note(w, t, i, book.N_WORD, j, 0.0, 0.0, 0.0)
        book.note(w, t, j, book.N_INFORMED, 0.0, 1.0, 0.0, 0.0)


@rule
def topic_raised(w, t, i):
    """The topic of a new concern: own concerns, weighted by disorder where one lives."""
    r, places = w.residents, w.places
    whole = 0.0
    for topic in range(col.TOPIC_COUNT):
        whole += r.concerns[i, topic] * places.disorder[r.beat[i], topic]
    left = whole * dice.draw(w.seed[0], for_.CONCERN_TOPIC, book.calendar(w, t), r.key[i])
    for topic in range(col.TOPIC_COUNT):
        left -= r.concerns[i, topic] * places.disorder[r.beat[i], topic]
        if left < 0.0:
            return topic
    return col.TOPIC_COUNT - 1


@rule
def raise_concern(w, t, i, levers, a):
    """A resident raises a concern (or presses one that waits); it is heard, and may be met with a promise."""
    r, x = w.residents, w.scratch
    week, key, seed = book.calendar(w, t), r.key[i], w.seed[0]
    if not r.concern_state[i] & col.WAITING:
        topic = topic_raised(w, t, i)
        r.concern_topic[i], r.concern_week[i], r.concern_state[i] = topic, t, col.WAITING
        if dice.draw(seed, for_.PARTNER, week, key) < w.places.partner_share[topic]:
            r.concern_state[i] |= col.FOR_PARTNER
        x.waiting[x.used[WAITING_NOW]] = i
        x.used[WAITING_NOW] += 1
        book.count(w, t, i, w_.C_RAISED, 1.0)
        book.note(w, t, i, book.N_RAISED, topic, 0.0, 0.0, 0.0)
        chance = of_promises.chance_promised(
            w.places.act_chance[r.beat[i], topic], levers[w_.PROMISE]
        )
        if dice.draw(seed, for_.PROMISED, week, key) < chance:
            r.concern_state[i] |= col.PROMISED
            book.post(w, t, i, EXPECTATION, PROMISE_MADE, a.promise_lifts, a.settles_concern)
            book.note(w, t, i, book.N_PROMISE, topic, 0.0, 0.0, 0.0)
    hear(w, t, i, r.concern_topic[i], a)


@rule
def hear(w, t, i, topic, a):
    """Write down what was heard, by loudness; some concerns name people of another public."""
    r, places, table = w.residents, w.places, w.publics
    voice = standard(r.voice[i], w.schedule.norms[2, 0], w.schedule.norms[2, 1])
    weight = of_contact.loudness(voice, a)
    places.heard_topic_new[topic] += weight
    places.heard_beat_new[r.beat[i]] += weight
    book.count(w, t, i, w_.C_HEARD, weight)
    if r.marks[i] & col.LOUDEST:
        book.count(w, t, i, w_.C_LOUD, weight)
    if (
        topic == OVERPOLICED
        or topic == TRAFFIC_TOPIC
        or table.naming[0, -1] + table.naming[-1, -1] <= 0.0
    ):
        return
    word = dice.bits(dice.stream(w.seed[0], for_.NAMED, book.calendar(w, t)), r.key[i])
    if dice.upper_share(word) < of_lines.chance_named(r.hardness[i], r.enforcement[i], a):
        named = dice.pick(table.naming[r.public[i]], dice.lower_share(word))
        table.blame_new[named] += weight
        book.note(w, t, i, book.N_NAMED, named, 0.0, 0.0, 0.0)


@rule
def share_plan(w, t, i, a):
    """Plans are discussed: what a resident expects comes nearer to what is delivered."""
    r = w.residents
    level = r.total[EXPECTATION, i]
    gap = level - w.publics.delivered[r.public[i]]
    push = -a.plan_corrects * gap / level if gap > 0.0 else -a.plan_corrects * gap / (1.0 - level)
    book.post(w, t, i, EXPECTATION, PLAN_SHARED, push, a.settles_concern)
    book.post(w, t, i, TRUST, PLAN_SHARED, a.plan_moves_trust, a.settles_concern)
    r.last_informed[i] = t
    book.note(w, t, i, book.N_PLAN, gap, 0.0, 0.0, 0.0)


@rule
def willing_hosts(w, p, a):
    """Whether the association of a public, and at least one other, would hold a mixed forum."""
    own, others = False, False
    sums = w.books.sums
    for q in range(w.publics.people.size):
        hardness = sums[q, w_.S_HARDNESS] / max(1.0, sums[q, w_.S_PEOPLE])
        lives = sums[q, w_.S_PEOPLE] > 0.0
        if (
            lives
            and not w.groups.withdrawn[q]
            and w.groups.energy[q] - hardness / 4.0 > a.host_above
        ):
            if q == p:
                own = True
            else:
                others = True
    return own and others


@rule
def two_way(w, t, i, kind, officer, levers, a):
    """One resident is consulted or collaborates; returns hours taken beyond the usual."""
    r, o = w.residents, w.officers
    depth = a.collaboration_deepens if kind == COLLABORATE else 1.0
    felt = felt_by(w, t, i, officer, 0.0, for_.FELT, a)
    prior = r.total[TRUST, i]
    trust = of_contact.one_sided(
        of_contact.push_of_contact(felt, prior, a.contact_moves_trust * depth, a),
        a.bad_contact_weighs_more,
    )
    confidence = of_contact.push_of_contact(felt, prior, a.contact_moves_confidence * depth, a)
    book.post(w, t, i, TRUST, OWN_CONTACT, trust, a.settles_contact)
    book.post(w, t, i, CONFIDENCE, OWN_CONTACT, confidence, a.settles_contact)
    tell(w, i, trust, confidence)
    book.shift(w, i, r.belief, 4, min(0.95, a.contact_moves_belief * depth * felt))
    book.shift(
        w,
        i,
        r.impartiality,
        6,
        of_contact.push_of_contact(felt, prior, a.contact_seen_impartial * depth, a),
    )
    r.last_contact_fairness[i] = felt
    o.reward[officer] += felt - a.neutral_quality
    o.met_public[officer, r.public[i]] += depth
    book.tally(w, i, col.CONSULTED)
    book.count(w, t, i, w_.C_TWO_WAY, 1.0)
    book.note(
        w,
        t,
        i,
        book.N_COLLABORATED if kind == COLLABORATE else book.N_CONSULTED,
        felt,
        officer,
        trust,
        0.0,
    )
    raise_concern(w, t, i, levers, a)
    week, extra = book.calendar(w, t), 0.0
    if dice.draw(w.seed[0], for_.FORWARD, week, r.key[i]) < levers[w_.FORWARD]:
        share_plan(w, t, i, a)
        extra += a.plan_hours
    if (
        kind == COLLABORATE
        and dice.draw(w.seed[0], for_.MIXED, week, r.key[i]) < levers[w_.MIXED_FORUMS]
    ):
        if willing_hosts(w, r.public[i], a):
            book.shift(w, i, r.hardness, 5, -min(0.95, a.forum_softens * felt))
            extra += a.mixed_forum_hours
            book.note(w, t, i, book.N_FORUM, felt, 0.0, 0.0, 0.0)
    return extra


@rule
def contact(w, t):
    """Hold this week's meetings, in order of rows, and close the account of neighbourhood hours."""
    a, x, s, r = w.a[0], w.scratch, w.police.state, w.residents
    levers = book.policy_of(w, t)
    used = 0.0
    for n in range(x.used[MET]):
        i, kind = x.chosen[n], x.chosen_kind[n]
        officer = officer_met(w, t, i)
        w.officers.met[officer] += 1.0
        hours = a.inform_hours
        if kind == INFORM:
            inform(w, t, i, a)
            book.note(w, t, i, book.N_INFORMED, 0.0, 0.0, 0.0, 0.0)
        else:
            hours = a.consult_hours if kind == CONSULT else a.collaborate_hours
            hours += two_way(w, t, i, kind, officer, levers, a)
        pass_the_word(w, t, i, a)
        r.last_contact[i] = t
        book.tally(w, i, col.CONTACTS)
        book.count(w, t, i, w_.C_CONTACTS, 1.0)
        book.count(w, t, i, w_.C_ENGAGED, hours)
        w.publics.service[r.public[i]] += hours
        s[w_.PURSE_INFORM + kind] -= hours
        used += hours
    w.books.hours[t, w_.H_CONTACTS] = used
    w.books.hours[t, w_.H_CARRIED] += purses(s)
