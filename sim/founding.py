"""Compiled loops that found an area: who lives where, what they are like, who talks with whom."""

from __future__ import annotations

import math

import numpy as np

from sim import purposes as for_
from sim.core import dice
from sim.core.jit import rule
from sim.rules.reach import door_weight, standard

# rows of the table of log-odds that belong to a public
(
    L_NEED,
    L_EASE,
    L_VOICE,
    L_STREET,
    L_ENFORCEMENT,
    L_TRUST,
    L_CONFIDENCE,
    L_LEGITIMACY,
    L_EXPECTATION,
    L_BELIEF,
    L_HARDNESS,
    L_IMPARTIALITY,
    L_MEMBER,
) = range(13)
TOPIC_SPREAD = 0.8  # standard deviation of the log weight of one concern between residents


@rule
def logistic(x):
    """Return the share that belongs to log-odds."""
    return 1.0 / (1.0 + math.exp(-x))


@rule
def place_residents(seed, keys, beats_cumulative, beat, position):
    """Draw beat and position within the beat (0-1) of each resident of one public."""
    beats = dice.stream(seed, for_.BEAT, 0)
    positions = dice.stream(seed, for_.POSITION, 0)
    for i in range(keys.size):
        beat[i] = dice.pick(beats_cumulative, dice.share(dice.bits(beats, keys[i])))
        position[i] = dice.share(dice.bits(positions, keys[i]))


@rule
def _normal(seed, purpose, part, key):
    return dice.normal(dice.share(dice.bits(dice.stream(seed, purpose, part), key)))


@rule
def _trait(address, key, log_odds, spread):
    return np.float32(
        logistic(log_odds + spread * dice.normal(dice.share(dice.bits(address, key))))
    )


@rule
def fill_traits(r, seed, first, last, p, levels, cells, concerns, involvement, suspicion, norms, a):
    """Draw the fixed traits and starting levels of the residents of one public (rows first to last).

    Args:
        levels: log-odds of the public's means, in the order of the `L_` constants.
        cells: cumulative shares [cells] and codes [cells, 3] of age, tenure, ethnic group.
        concerns: the public's mix [T].
        involvement: mean, below 1.
        norms: mean and spread of need, ease, voice in the area [3, 2].
    """
    s_cell = dice.stream(seed, for_.CELL, 0)
    s_need = dice.stream(seed, for_.NEED, 0)
    s_ease = dice.stream(seed, for_.EASE, 0)
    s_voice = dice.stream(seed, for_.VOICE, 0)
    s_street = dice.stream(seed, for_.STREET, 0)
    s_enforcement = dice.stream(seed, for_.ENFORCEMENT, 0)
    s_involvement = dice.stream(seed, for_.INVOLVEMENT, 0)
    s_known = dice.stream(seed, for_.KNOWN, 0)
    s_member = dice.stream(seed, for_.MEMBER, 0)
    scale = involvement / max(1e-9, 1.0 - involvement)
    cumulative, codes = cells
    for i in range(first, last):
        key = r.key[i]
        cell = dice.pick(cumulative, dice.share(dice.bits(s_cell, key)))
        r.age[i], r.tenure[i], r.ethnic[i] = codes[cell, 0], codes[cell, 1], codes[cell, 2]
        r.need[i] = _trait(s_need, key, levels[L_NEED], a.trait_spread)
        r.ease[i] = _trait(s_ease, key, levels[L_EASE], a.trait_spread)
        r.voice[i] = _trait(s_voice, key, levels[L_VOICE], a.trait_spread)
        r.street[i] = _trait(s_street, key, levels[L_STREET], a.trait_spread)
        r.enforcement[i] = _trait(s_enforcement, key, levels[L_ENFORCEMENT], a.trait_spread)
        chance = dice.share(dice.bits(s_involvement, key))
        r.involvement[i] = np.float32(1.0 - math.exp(scale * math.log(chance)))
        luck = -math.log(dice.share(dice.bits(s_known, key)))
        relative = 0.5 + 0.5 * r.involvement[i] / involvement if involvement > 0.0 else 1.0
        seen = a.known_at_start * luck * r.street[i] * suspicion * relative
        r.known[i] = 1.0 - math.exp(-seen)
        voice = standard(r.voice[i], norms[2, 0], norms[2, 1])
        r.door[i] = np.float32(door_weight(voice, a))
        joins = logistic(levels[L_MEMBER] + a.members_by_voice * voice)
        r.member[i] = 1 if dice.share(dice.bits(s_member, key)) < joins else 0
    fill_concerns(r, seed, first, last, concerns)
    fill_levels(r, seed, first, last, p, levels, a)


@rule
def fill_concerns(r, seed, first, last, concerns):
    """Draw each resident's mix of concerns around the public's mix; shares sum to 1."""
    topics = concerns.size
    weight = np.empty(topics)
    address = np.empty(topics, np.uint64)
    for t in range(topics):
        address[t] = dice.stream(seed, for_.CONCERNS, t)
    for i in range(first, last):
        whole = 0.0
        for t in range(topics):
            z = dice.normal(dice.share(dice.bits(address[t], r.key[i])))
            weight[t] = concerns[t] * math.exp(TOPIC_SPREAD * z)
            whole += weight[t]
        for t in range(topics):
            r.concerns[i, t] = np.float32(weight[t] / whole)


@rule
def fill_levels(r, seed, first, last, p, levels, a):
    """Draw lasting dispositions and starting levels; one common person factor ties them together."""
    common = math.sqrt(a.person_common)
    own = math.sqrt(1.0 - a.person_common)
    s_person = dice.stream(seed, for_.PERSON, 0)
    address = np.empty(7, np.uint64)
    for k in range(4):
        address[k] = dice.stream(seed, for_.DISPOSITIONS, k)
    address[4] = dice.stream(seed, for_.BELIEF, 0)
    address[5] = dice.stream(seed, for_.HARDNESS, 0)
    address[6] = dice.stream(seed, for_.IMPARTIALITY, 0)
    for i in range(first, last):
        key = r.key[i]
        person = dice.normal(dice.share(dice.bits(s_person, key)))
        for k in range(7):
            z = dice.normal(dice.share(dice.bits(address[k], key)))
            # a resident who thinks well of the police expects no less of them and feels no harder lines
            tied = k != 3 and k != 5
            z = common * person + own * z if tied else z
            level = np.float32(logistic(levels[L_TRUST + k] + a.person_spread * z))
            if k < 4:
                r.disposition[k, i] = level
                r.total[k, i] = level
                r.settled[k, i] = level
            elif k == 4:
                r.belief_home[i] = level
                r.belief[i] = level
            elif k == 5:
                r.hardness_home[i] = level
                r.hardness[i] = level
            else:
                r.impartiality_home[i] = level
                r.impartiality[i] = level
        r.foreseen[i] = r.total[1, i]


@rule
def _find(position, first, last, x):
    """Return the first row of a sorted stretch whose position is at least x, or its first row."""
    low, high = first, last
    # positions are spread evenly: start where x should be
    guess = first + int(x * (last - first))
    reach = 8
    if guess - reach > low and position[guess - reach] < x:
        low = guess - reach
    if guess + reach < high and position[guess + reach] >= x:
        high = guess + reach
    while low < high:
        middle = (low + high) // 2
        if position[middle] < x:
            low = middle + 1
        else:
            high = middle
    return low if low < last else first


NEIGHBOURS = 8.0  # mean distance in rank of a local tie


@rule
def propose_ties(
    r,
    seed,
    position,
    cell_start,
    share_cumulative,
    beats_cumulative,
    mean,
    proposals,
    homophily,
    local,
    target,
):
    """Let each resident propose `mean` ties; `target[i * proposals + n]` is a row, or -1.

    Where `mean` is not whole, the last proposal is made by as many residents as the part says.

    The public is the resident's own with chance `homophily`, else drawn by share of people; the beat
    is the own one with chance `local`, else drawn by where that public lives. Within one's own cell
    the tie is a near neighbour; elsewhere anyone.
    """
    beats = beats_cumulative.shape[1]
    more = dice.stream(seed, for_.TIE_COUNT, 0)
    for i in range(r.key.size):
        p, b = np.int64(r.public[i]), np.int64(r.beat[i])
        own = proposals
        if own > mean and dice.share(dice.bits(more, r.key[i])) >= mean - (proposals - 1):
            own -= 1
            target[i * proposals + own] = -1
        for n in range(own):
            word = dice.bits(dice.stream(seed, for_.TIES, n), r.key[i])
            spot = dice.bits(dice.stream(seed, for_.TIE_TARGET, n), r.key[i])
            q, c = p, b
            u = dice.upper_share(word)
            if u >= homophily:
                q = dice.pick(share_cumulative, (u - homophily) / (1.0 - homophily))
            v = dice.lower_share(word)
            if v >= local:
                c = dice.pick(beats_cumulative[q], (v - local) / (1.0 - local))
            first, last = cell_start[q * beats + c], cell_start[q * beats + c + 1]
            if first == last:
                q, c = p, b
                first, last = cell_start[q * beats + c], cell_start[q * beats + c + 1]
            x = dice.upper_share(spot)
            if q == p and c == b:
                side = 1.0 if spot & np.uint64(1) else -1.0
                x = position[i] - side * math.log(x) * NEIGHBOURS / (last - first)
                x -= math.floor(x)
            found = _find(position, first, last, x)
            if found == i:
                found = found + 1 if found + 1 < last else first
            target[i * proposals + n] = found if found != i else -1


@rule
def count_ties(target, proposals, start):
    """Count ties of each row (both ends of each proposal) into `start[1:]`, then cumulate."""
    n = start.size - 1
    for at in range(target.size):
        j = target[at]
        if j >= 0:
            start[at // proposals + 1] += 1
            start[j + 1] += 1
    for i in range(n):
        start[i + 1] += start[i]


@rule
def lay_ties(target, proposals, start, filled, other):
    """Write both ends of each proposal, sort each row, drop doubles; returns the number kept."""
    for at in range(target.size):
        j = target[at]
        if j >= 0:
            i = at // proposals
            other[start[i] + filled[i]] = j
            filled[i] += 1
            other[start[j] + filled[j]] = i
            filled[j] += 1
    kept = 0
    for i in range(start.size - 1):
        first, last = start[i], start[i + 1]
        for x in range(first + 1, last):
            value = other[x]
            y = x - 1
            while y >= first and other[y] > value:
                other[y + 1] = other[y]
                y -= 1
            other[y + 1] = value
        begin = kept
        for x in range(first, last):
            if kept == begin or other[x] != other[kept - 1]:
                other[kept] = other[x]
                kept += 1
        start[i] = begin
    start[start.size - 1] = kept
    return kept


@rule
def tabulate(
    r,
    cell_start,
    need_cell,
    involvement_cell,
    lay_cell,
    ease,
    concern_need,
    topics,
    loud_topics,
    bins,
    a,
):
    """Fill the tables of the area that are sums over residents, and the grouped rank of need."""
    beats = concern_need.shape[1]
    loud = 0
    everyone = r.key.size
    for c in range(need_cell.size):
        p, b = c // beats, c % beats
        for i in range(cell_start[c], cell_start[c + 1]):
            need_cell[c] += r.need[i]
            involvement_cell[c] += r.involvement[i]
            lay_cell[c] += r.street[i] * (1.0 + a.known_draws_stops * r.known[i])
            ease[p] += r.ease[i]
            bins[min(bins.size - 1, int(r.need[i] * bins.size))] += 1
            is_loud = (r.marks[i] & 4) != 0
            if is_loud:
                loud += 1
            for t in range(topics.size):
                concern_need[p, b, t] += r.need[i] * r.concerns[i, t]
                topics[t] += r.concerns[i, t]
                if is_loud:
                    loud_topics[t] += r.concerns[i, t]
    for t in range(topics.size):
        topics[t] /= everyone
        loud_topics[t] /= max(1, loud)
    below = 0
    for x in range(bins.size):
        here = bins[x]
        bins[x] = 2 * below + here
        below += here
    for i in range(everyone):
        at = min(bins.size - 1, int(r.need[i] * bins.size))
        r.need_rank[i] = np.float32(0.5 * bins[at] / everyone)


@rule
def form_agendas(r, cell_start, agenda, agenda_beats, loud_share, norms, a):
    """Form each association's agenda: its members' concerns, weighted by how loudly they speak."""
    publics, beats = agenda_beats.shape
    for p in range(publics):
        whole = 0.0
        loud = 0.0
        for b in range(beats):
            c = p * beats + b
            for i in range(cell_start[c], cell_start[c + 1]):
                if r.member[i]:
                    score = standard(r.voice[i], norms[2, 0], norms[2, 1])
                    weight = math.exp(a.loudness_by_voice * score)
                    whole += weight
                    agenda_beats[p, b] += weight
                    if r.marks[i] & 4:
                        loud += weight
                    for t in range(agenda.shape[1]):
                        agenda[p, t] += weight * r.concerns[i, t]
        if whole > 0.0:
            loud_share[p] = loud / whole
            agenda[p] /= whole
            agenda_beats[p] /= whole


@rule
def fill_keys(name, keys):
    """Write the key of each member of a named public, by ordinal."""
    for ordinal in range(keys.size):
        keys[ordinal] = dice.member_key(name, ordinal)
