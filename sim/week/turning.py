"""The turn of the warm-up: marks are set, levels are anchored to what the survey found, counts begin."""

from __future__ import annotations

import numpy as np

from sim import world as w_
from sim.agents import columns as col
from sim.core.jit import rule
from sim.ledger import DRIFT
from sim.rules import stops as of_stops
from sim.week.agenda import expect_incidents
from sim.week.posting import policy_of
from sim.week.reach import public_weight
from sim.world import World

ANCHOR_EVERY = 52  # weeks of the warm-up between two anchorings
FLOOR, CEILING = 0.005, 0.995


@rule
def held(level):
    """Hold a level inside what an attitude can be."""
    return min(CEILING, max(FLOOR, level))


@rule
def mean_of(column, first, last):
    """Mean of a column over rows."""
    whole = 0.0
    for i in range(first, last):
        whole += column[i]
    return whole / (last - first)


@rule
def anchor_attitude(w, k, p, first, last, weekly, a):
    """Bring one attitude of one public to its surveyed mean, and the disposition to where it keeps it there.

    Args:
        weekly: mean change a week by everything but drift.
    """
    r = w.residents
    offset = w.publics.start[p, k] - mean_of(r.total[k], first, last)
    for i in range(first, last):
        r.total[k, i] = held(r.total[k, i] + offset)
        r.settled[k, i] = held(r.settled[k, i] + offset)
    home = mean_of(r.settled[k], first, last) - weekly / a.drift_rate
    if k == 3:
        follows = a.expectation_follows
        home = (home - follows * mean_of(r.foreseen, first, last)) / (1.0 - follows)
    offset = home - mean_of(r.disposition[k], first, last)
    for i in range(first, last):
        r.disposition[k, i] = np.float32(held(r.disposition[k, i] + offset))


@rule
def anchor_level(w, level, home, k, p, first, last, weekly, rate):
    """The same for belief, hardness and perceived impartiality, which have one part only."""
    offset = w.publics.start[p, k] - mean_of(level, first, last)
    for i in range(first, last):
        level[i] = held(level[i] + offset)
    offset = mean_of(level, first, last) - weekly / rate - mean_of(home, first, last)
    for i in range(first, last):
        home[i] = np.float32(held(home[i] + offset))


@rule
def anchor_demand(w):
    """Scale incidents so that the area's stated rate is what it has under today's practice."""
    places = w.places
    beats = places.people.size
    expected = 0.0
    for c in range(places.need_cell.size):
        expected += places.need_cell[c] * places.incident_factor[c % beats]
    stated = w.schedule.demand[0] / 1000.0 / 52.0 * w.residents.key.size
    if expected > 0.0:
        w.police.state[w_.DEMAND_SCALE] *= stated / expected
        for q in range(w.books.sums.shape[0]):
            w.books.sums[q, w_.S_INCIDENTS] *= stated / expected
    expect_incidents(w)


@rule
def anchor(w, t):
    """Hold each public at its surveyed levels: what the past year did is balanced by disposition.

    The survey found these levels under today's practice, so dispositions are what keeps them there.
    """
    a, r, books, places = w.a[0], w.residents, w.books, w.places
    beats = places.people.size
    weeks = float(min(t, ANCHOR_EVERY))
    for p in range(w.publics.people.size):
        first, last = places.cell_start[p * beats], places.cell_start[(p + 1) * beats]
        if first == last:
            continue
        for k in range(4):
            weekly = 0.0
            for past in range(int(t - weeks) + 1, t + 1):
                for cause in range(books.ledger.shape[3]):
                    if cause != DRIFT:
                        weekly += books.ledger[past, p, k, cause]
            anchor_attitude(w, k, p, first, last, weekly / weeks / (last - first), a)
        per = weeks * (last - first)
        anchor_level(
            w, r.belief, r.belief_home, 4, p, first, last, books.flow[p, 4] / per, a.belief_returns
        )
        anchor_level(
            w,
            r.hardness,
            r.hardness_home,
            5,
            p,
            first,
            last,
            books.flow[p, 5] / per,
            a.lines_return,
        )
        anchor_level(
            w,
            r.impartiality,
            r.impartiality_home,
            6,
            p,
            first,
            last,
            books.flow[p, 6] / per,
            a.impartiality_returns,
        )
        for k in range(7):
            books.flow[p, k] = 0.0
    anchor_demand(w)


@rule
def count_people(w):
    """Sums over residents that do not change while marks stand."""
    r, sums = w.residents, w.books.sums
    publics = w.publics.people.size
    fixed = (
        w_.S_PEOPLE,
        w_.S_RANK,
        w_.S_SUSPECTS,
        w_.S_SUSPECT_INVOLVEMENT,
        w_.S_INVOLVEMENT,
        w_.S_EASE,
    )
    for q in range(publics + 3):
        for k in fixed:
            sums[q, k] = 0.0
    for i in range(r.key.size):
        marks = r.marks[i]
        suspect = 1.0 if marks & col.USUAL_SUSPECT else 0.0
        for q in range(publics + 3):
            inside = q == r.public[i] or q == publics
            inside = inside or (q == publics + 1 and marks & col.MOST_AFFECTED != 0)
            inside = inside or (q == publics + 2 and suspect > 0.0)
            if inside:
                sums[q, w_.S_PEOPLE] += 1.0
                sums[q, w_.S_RANK] += r.need_rank[i]
                sums[q, w_.S_SUSPECTS] += suspect
                sums[q, w_.S_SUSPECT_INVOLVEMENT] += suspect * r.involvement[i]
                sums[q, w_.S_INVOLVEMENT] += r.involvement[i]
                sums[q, w_.S_EASE] += r.ease[i]


@rule
def sum_levels(w):
    """Sums of attitudes as they stand, after levels were anchored or before any week was lived."""
    r, sums = w.residents, w.books.sums
    publics = w.publics.people.size
    for q in range(publics + 3):
        for k in range(w_.S_TRUST, w_.S_TRUST_SQUARED + 1):
            sums[q, k] = 0.0
    for i in range(r.key.size):
        for q in range(publics + 3):
            inside = q == r.public[i] or q == publics
            if inside or (q > publics and r.marks[i] & (1 << (q - publics - 1)) != 0):
                for k in range(4):
                    sums[q, w_.S_TRUST + k] += r.total[k, i]
                sums[q, w_.S_BELIEF] += r.belief[i]
                sums[q, w_.S_IMPARTIALITY] += r.impartiality[i]
                sums[q, w_.S_HARDNESS] += r.hardness[i]
                sums[q, w_.S_TRUST_SQUARED] += r.total[0, i] * r.total[0, i]


@rule
def search_hazards(w, t, out):
    """Write each resident's expected share of searches (per search made) under the policy in force."""
    r, places, a = w.residents, w.places, w.a[0]
    levers = policy_of(w, t)
    beats = places.people.size
    lay_whole, involved_whole = 0.0, 0.0
    for c in range(places.need_cell.size):
        lay_whole += places.lay_cell[c] * public_weight(w, c // beats, levers, a)
        involved_whole += places.involvement_cell[c]
    for c in range(places.need_cell.size):
        evidence = of_stops.pull_of_evidence(levers[w_.LAY_WEIGHT], places.care[c % beats], a)
        by_lay = (1.0 - evidence) * public_weight(w, c // beats, levers, a) / max(1e-12, lay_whole)
        by_evidence = evidence / max(1e-12, involved_whole)
        for i in range(places.cell_start[c], places.cell_start[c + 1]):
            stands_out = of_stops.lay_weight_of_resident(r.street[i], r.known[i], a)
            out[i] = by_lay * stands_out + by_evidence * r.involvement[i]


def mark(w: World, held, t: int) -> None:
    """Fix whom to follow: the quarter most affected (rank of need plus rank of search hazard), the best known tenth."""
    r = w.residents
    people = r.key.size
    hazard = np.empty(people)
    search_hazards(held, t, hazard)
    place = np.empty(people)
    place[np.argsort(hazard, kind="stable")] = np.arange(people)
    need = np.empty(people)
    need[np.argsort(r.need, kind="stable")] = np.arange(people)
    affected = np.argsort(-(need + place), kind="stable")[: max(1, -(-people // 4))]
    suspects = np.argsort(-r.known, kind="stable")[: max(1, -(-people // 10))]
    r.marks[affected] |= np.uint8(col.MOST_AFFECTED)
    r.marks[suspects] |= np.uint8(col.USUAL_SUSPECT)
    count_people(held)
    replay_early(held, t)


@rule
def replay_early(w, t):
    """Count what happened to the newly marked in the last 52 weeks."""
    books, r = w.books, w.residents
    publics = w.publics.people.size
    for n in range(books.early_used[0]):
        marks = r.marks[books.early_row[n]]
        week, what, amount = books.early_week[n], books.early_what[n], books.early_weight[n]
        for mark in range(2):
            if marks & (1 << mark):
                q = publics + 1 + mark
                books.counts[week, q, what] += amount
                books.window52[q, what] += amount
                if week > t - 26:
                    books.window26[q, what] += amount
