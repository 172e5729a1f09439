"""Step 11: the indicators of the week, from sums and counts. What has no denominator is empty."""

from __future__ import annotations

import numpy as np

from sim import world as w_
from sim.core.jit import rule
from sim.indicators.table import INDICATORS
from sim.week.people_change import delivered_to

(
    TRUST, CONFIDENCE, LEGITIMACY, EXPECTATION, VOICE_BELIEF, PERCEIVED_IMPARTIALITY, EXPECTATION_GAP, TRUST_GAP,
    REACH, INFORMED, VISIBILITY, ACCESSIBILITY, FAMILIARITY, DELIBERATION, INCLUSION, REACH_BY_NEED,
    VOICE_CONCENTRATION, REPRESENTATIVENESS, COOPERATION, ACCOUNTABILITY, RESPONSIVENESS, EFFECTIVENESS,
    PROMISES_KEPT, MARGINALISATION, REPEAT_STOPS, STOP_RATIO, HARDENING, POLARISATION, IMPARTIALITY,
    EQUITY_OF_SERVICE, AGENDA_CAPTURE, SPECIALIST_SHARE, GENERALIST_EFFORT, OFFICER_OPENNESS, ENGAGEMENT_HOURS,
    RESPONSE_HOURS, STOPS, INCIDENTS,
) = range(len(INDICATORS))  # fmt: skip
EMPTY = np.nan
MONTH = 4.345  # weeks


@rule
def ratio(part, whole, scale):
    """Return scale times part over whole, empty where there is nothing to divide by."""
    return scale * part / whole if whole > 0.0 else EMPTY


@rule
def attitudes_of(w, q, out):
    """Means of attitudes and what stands beside them, for one row of publics."""
    sums = w.books.sums
    people = sums[q, w_.S_PEOPLE]
    out[TRUST] = ratio(sums[q, w_.S_TRUST], people, 100.0)
    out[CONFIDENCE] = ratio(sums[q, w_.S_CONFIDENCE], people, 100.0)
    out[LEGITIMACY] = ratio(sums[q, w_.S_LEGITIMACY], people, 100.0)
    out[EXPECTATION] = ratio(sums[q, w_.S_EXPECTATION], people, 100.0)
    out[VOICE_BELIEF] = ratio(sums[q, w_.S_BELIEF], people, 100.0)
    out[PERCEIVED_IMPARTIALITY] = ratio(sums[q, w_.S_IMPARTIALITY], people, 100.0)
    out[HARDENING] = ratio(sums[q, w_.S_HARDNESS], people, 100.0)
    delivered = delivered_to(w, q)
    out[EXPECTATION_GAP] = out[EXPECTATION] - 100.0 * delivered if delivered >= 0.0 else EMPTY
    out[REACH] = ratio(sums[q, w_.S_REACHED], people, 100.0)
    out[INFORMED] = ratio(sums[q, w_.S_INFORMED], people, 100.0)
    out[VISIBILITY] = ratio(sums[q, w_.S_SEEN], people, 100.0)


@rule
def concentration(sums, q):
    """Concentration index of contact by rank of need (Wagstaff, Paci & van Doorslaer 1991)."""
    people, reached = sums[q, w_.S_PEOPLE], sums[q, w_.S_REACHED]
    if people <= 0.0 or reached <= 0.0:
        return EMPTY
    return 2.0 * (sums[q, w_.S_REACHED_RANK] / reached - sums[q, w_.S_RANK] / people)


@rule
def work_of(w, q, out):
    """What the police did for one row of publics, from counts of the last 52 weeks."""
    year, half = w.books.window52, w.books.window26
    people = w.books.sums[q, w_.S_PEOPLE]
    out[DELIBERATION] = ratio(year[q, w_.C_TWO_WAY], year[q, w_.C_CONTACTS], 100.0)
    out[REACH_BY_NEED] = concentration(w.books.sums, q)
    out[ACCOUNTABILITY] = ratio(year[q, w_.C_ANSWERED], year[q, w_.C_CLOSED], 100.0)
    out[RESPONSIVENESS] = ratio(year[q, w_.C_ACTED], year[q, w_.C_CLOSED], 100.0)
    out[EFFECTIVENESS] = ratio(year[q, w_.C_RESOLVED], year[q, w_.C_CALLS], 100.0)
    out[PROMISES_KEPT] = ratio(year[q, w_.C_KEPT], year[q, w_.C_DUE], 100.0)
    out[ENGAGEMENT_HOURS] = ratio(half[q, w_.C_ENGAGED] / 26.0, people, 1000.0)
    out[RESPONSE_HOURS] = ratio(half[q, w_.C_RESPONDED] / 26.0, people, 1000.0)


@rule
def stops_of(w, q, out):
    """Stops of one row of publics, from what is expected for each person."""
    sums, publics = w.books.sums, w.publics.people.size
    people, hazard = sums[q, w_.S_PEOPLE], sums[q, w_.S_HAZARD]
    out[STOPS] = ratio(hazard, people, 52000.0)
    out[INCIDENTS] = ratio(sums[q, w_.S_INCIDENTS], people, 52000.0)
    out[REPEAT_STOPS] = ratio(sums[q, w_.S_REPEAT], hazard, 100.0)
    everyone = ratio(sums[publics, w_.S_HAZARD], sums[publics, w_.S_PEOPLE], 1.0)
    out[STOP_RATIO] = ratio(hazard / people, everyone, 1.0) if people > 0.0 else EMPTY
    suspects, others = sums[q, w_.S_SUSPECTS], people - sums[q, w_.S_SUSPECTS]
    out[MARGINALISATION] = EMPTY
    if suspects > 0.0 and others > 0.0 and hazard > sums[q, w_.S_SUSPECT_HAZARD]:
        stopped = (
            sums[q, w_.S_SUSPECT_HAZARD]
            / suspects
            / ((hazard - sums[q, w_.S_SUSPECT_HAZARD]) / others)
        )
        left = sums[q, w_.S_INVOLVEMENT] - sums[q, w_.S_SUSPECT_INVOLVEMENT]
        involved = ratio(sums[q, w_.S_SUSPECT_INVOLVEMENT] / suspects, left / others, 1.0)
        out[MARGINALISATION] = ratio(stopped, involved, 1.0)


@rule
def access_of(w, familiarity, ease, a):
    """Chance in a month that somebody of this ease who wants to talk to an officer can."""
    s = w.police.state
    hours = (s[w_.PATROL_HOURS] + s[w_.CONTACT_HOURS]) / (w.residents.key.size / 1000.0)
    chance = a.contact_opens_doors * hours * MONTH * (0.25 + ease) * (0.5 + familiarity)
    return 100.0 * (1.0 - np.exp(-chance))


@rule
def familiarity_of_posts(w, p, b, a):
    """How well the officers who serve a beat know a public: its generalists and the team, by posts."""
    o = w.officers
    own, team = 0.0, 0.0
    for n in o.of_beat[b]:
        own += o.familiarity[n, p]
    for n in o.specialists:
        team += o.familiarity[n, p]
    return (1.0 - a.team_part) * own / o.of_beat.shape[1] + a.team_part * team / o.specialists.size


@rule
def by_public(w, out, a):
    """Familiarity, accessibility and cooperation of each public, and of the whole as their mean."""
    table, places = w.publics, w.places
    publics, beats = table.people.size, places.people.size
    whole = np.zeros(3)
    for p in range(publics):
        known, lives = 0.0, 0.0
        for b in range(beats):
            here = float(places.cell_start[p * beats + b + 1] - places.cell_start[p * beats + b])
            known += here * familiarity_of_posts(w, p, b, a)
            lives += here
        if lives <= 0.0:
            continue
        table.familiarity[p] = known / lives
        out[p, FAMILIARITY] = 100.0 * known / lives
        out[p, ACCESSIBILITY] = access_of(w, known / lives, table.ease[p], a)
        out[p, COOPERATION] = 100.0 * table.cooperation[p]
        whole[0] += table.share[p] * out[p, FAMILIARITY]
        whole[1] += table.share[p] * out[p, ACCESSIBILITY]
        whole[2] += table.share[p] * out[p, COOPERATION]
    out[publics, FAMILIARITY], out[publics, ACCESSIBILITY], out[publics, COOPERATION] = whole


@rule
def half_distance(w, column):
    """Half the sum of differences between publics' shares of something and their shares of people or need."""
    table = w.publics
    publics = table.people.size
    year = w.books.window52
    mine, theirs = 0.0, 0.0
    for p in range(publics):
        mine += year[p, w_.C_HEARD] if column == 0 else table.service[p]
        theirs += table.share[p] if column == 0 else table.need[p]
    if mine <= 0.0 or theirs <= 0.0:
        return EMPTY
    distance = 0.0
    for p in range(publics):
        have = year[p, w_.C_HEARD] if column == 0 else table.service[p]
        due = table.share[p] if column == 0 else table.need[p]
        distance += abs(have / mine - due / theirs)
    return 0.5 * distance


@rule
def service_gini(w):
    """Gini index over publics of service received per unit of need, each public counted by its people."""
    table = w.publics
    publics = table.people.size
    mean, people = 0.0, 0.0
    for p in range(publics):
        if table.need[p] > 0.0:
            mean += table.share[p] * table.service[p] / table.need[p]
            people += table.share[p]
    if mean <= 0.0:
        return EMPTY
    apart = 0.0
    for p in range(publics):
        for q in range(publics):
            if table.need[p] > 0.0 and table.need[q] > 0.0:
                difference = abs(
                    table.service[p] / table.need[p] - table.service[q] / table.need[q]
                )
                apart += table.share[p] * table.share[q] * difference
    return apart / (2.0 * people * mean)


@rule
def of_area(w, t, out, a):
    """Indicators that compare publics or belong to the police as a whole, in the row of all."""
    table, sums, books, s = w.publics, w.books.sums, w.books, w.police.state
    publics = table.people.size
    row = out[publics]
    least, mean_reach = np.inf, ratio(sums[publics, w_.S_REACHED], sums[publics, w_.S_PEOPLE], 1.0)
    most, fewest = 0.0, np.inf
    between = 0.0
    people = sums[publics, w_.S_PEOPLE]
    mean = sums[publics, w_.S_TRUST] / people
    for p in range(publics):
        here = sums[p, w_.S_PEOPLE]
        if here <= 0.0:
            continue
        least = min(least, sums[p, w_.S_REACHED] / here)
        most = max(most, sums[p, w_.S_HAZARD] / here)
        fewest = min(fewest, sums[p, w_.S_HAZARD] / here)
        between += here / people * (sums[p, w_.S_TRUST] / here - mean) ** 2
    variance = sums[publics, w_.S_TRUST_SQUARED] / people - mean * mean
    row[INCLUSION] = ratio(least, mean_reach, 100.0)
    row[STOP_RATIO] = ratio(most, fewest, 1.0)
    row[POLARISATION] = ratio(between, variance, 100.0)
    row[VOICE_CONCENTRATION] = ratio(
        books.window52[publics, w_.C_LOUD], books.window52[publics, w_.C_HEARD], 100.0
    )
    row[REPRESENTATIVENESS] = 100.0 * (1.0 - half_distance(w, 0))
    row[IMPARTIALITY] = 100.0 * (1.0 - half_distance(w, 1))
    row[EQUITY_OF_SERVICE] = 100.0 * (1.0 - service_gini(w))
    row[AGENDA_CAPTURE] = 100.0 * s[w_.CAPTURE]
    hours = books.hours
    row[SPECIALIST_SHARE] = ratio(hours[t, w_.H_SPECIALISTS], s[w_.ENGAGE_HOURS], 100.0)
    row[GENERALIST_EFFORT] = ratio(hours[t, w_.H_GENERALISTS], hours[t, w_.H_OFFERED], 100.0)
    row[OFFICER_OPENNESS] = 100.0 * s[w_.MEAN_OPENNESS]


@rule
def gaps(sums, out, publics):
    """Trust gap: everyone else less the people of the row (for all: less the most affected)."""
    people, trust = sums[publics, w_.S_PEOPLE], sums[publics, w_.S_TRUST]
    for q in range(publics + 3):
        mine = publics + 1 if q == publics else q
        here = sums[mine, w_.S_PEOPLE]
        if here > 0.0 and people > here:
            rest = (trust - sums[mine, w_.S_TRUST]) / (people - here)
            out[q, TRUST_GAP] = 100.0 * (rest - sums[mine, w_.S_TRUST] / here)


@rule
def record(w, t):
    """Write the indicators of the week for every public, all, most affected and usual suspects."""
    a, out = w.a[0], w.books.values[t]
    publics = w.publics.people.size
    for q in range(publics + 3):
        if w.books.sums[q, w_.S_PEOPLE] > 0.0:
            attitudes_of(w, q, out[q])
            work_of(w, q, out[q])
            stops_of(w, q, out[q])
    by_public(w, out, a)
    gaps(w.books.sums, out, publics)
    of_area(w, t, out, a)
