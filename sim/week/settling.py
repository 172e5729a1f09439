"""Steps 8 and 9: people talk, lines move, recent events fade or settle.

One pass over all residents does both, because each touches every attitude once.
"""

from __future__ import annotations

from sim import purposes as for_
from sim import world as w_
from sim.agents import columns as col
from sim.core import dice
from sim.core.jit import rule
from sim.ledger import (
    BLAME_OR_PASSED_OVER,
    CONFIDENCE,
    DRIFT,
    EXPECTATION,
    FADING,
    FOLLOWS_CONFIDENCE,
    FOLLOWS_IMPARTIALITY,
    FOLLOWS_TRUST,
    FRIENDS_STORIES,
    LEGITIMACY,
    PATROL_OR_LEAFLET_SEEN,
    TIES_PULL,
    TRUST,
)
from sim.rules import attitudes as of_attitudes
from sim.rules import lines as of_lines
from sim.rules import problems as of_problems
from sim.week import posting as book

YEAR = 52
STORY_FORGOTTEN = 0.001  # a story that moves less than this is no longer told


@rule
def speak(w):
    """Keep what everybody would say this week, before anyone has listened; stories then fade."""
    r, spoken, a = w.residents, w.scratch.spoken, w.a[0]
    keep = 1.0 - a.story_fades
    for i in range(r.key.size):
        spoken[i, 0] = r.total[TRUST, i]
        spoken[i, 1] = r.total[CONFIDENCE, i]
        trust, confidence = r.story[i, 0], r.story[i, 1]
        spoken[i, 2] = trust
        spoken[i, 3] = confidence
        if trust != 0.0 or confidence != 0.0:
            trust *= keep
            confidence *= keep
            r.story[i, 0] = trust if abs(trust) > STORY_FORGOTTEN else 0.0
            r.story[i, 1] = confidence if abs(confidence) > STORY_FORGOTTEN else 0.0


@rule
def hear_story(w, t, i, j, weight, a):
    """A resident hears a tie's story."""
    spoken = w.scratch.spoken
    trust = of_attitudes.bounded(a.hearsay * weight * spoken[j, 2])
    confidence = of_attitudes.bounded(a.hearsay * weight * spoken[j, 3])
    book.post(w, t, i, TRUST, FRIENDS_STORIES, trust, a.settles_story)
    book.post(w, t, i, CONFIDENCE, FRIENDS_STORIES, confidence, a.settles_story)
    book.note(w, t, i, book.N_STORY, trust, confidence, j, 0.0)


@rule
def see_patrol(w, t, i, a):
    """A resident sees foot patrol."""
    book.post(w, t, i, CONFIDENCE, PATROL_OR_LEAFLET_SEEN, a.patrol_moves_confidence, a.settles_message)
    book.post(w, t, i, TRUST, PATROL_OR_LEAFLET_SEEN, a.patrol_moves_trust, a.settles_message)
    book.note(w, t, i, book.N_PATROL, 0.0, 0.0, 0.0, 0.0)


@rule
def settle(w, t):
    """Talk, lines, patrol seen, legitimacy, everyday life, fading and drift; then sums of the week."""
    a, r, books, table, places = w.a[0], w.residents, w.books, w.publics, w.places
    ties_start, ties_other, spoken = w.ties.start, w.ties.other, w.scratch.spoken
    total, settled, disposition = r.total, r.settled, r.disposition
    sums = books.sums
    publics, beats = table.people.size, places.people.size
    week = book.calendar(w, t)
    everyday = dice.stream(w.seed[0], for_.EVERYDAY, week)
    meeting = dice.stream(w.seed[0], for_.MEETING, week)
    capture = w.police.state[w_.CAPTURE]
    patrol = w.police.state[w_.PATROL_PER_1000]
    traced = books.traced[0]
    clear_sums(sums)
    speak(w)
    fade, rate, wander = a.fade, a.drift_rate, a.wander
    label_kept = 1.0 - a.label_fades
    stay, come = 1.0 - a.expectation_follows, a.expectation_follows
    for c in range(publics * beats):
        first, last = places.cell_start[c], places.cell_start[c + 1]
        if first == last:
            continue
        p = c // beats
        blamed = -a.blame_moves_trust * min(5.0, table.blame_intensity[p])
        passed = -a.passed_over_moves_confidence * table.passed_over[p]
        hardening = of_lines.weekly_hardening(
            min(5.0, table.blame_intensity[p]), table.stop_excess[p], table.passed_over[p], a
        )
        partial = of_lines.impartiality_push(
            min(5.0, table.blame_intensity[p]), table.stop_excess[p], table.passed_over[p], capture, a
        )
        fading0, fading1, fading2, fading3 = 0.0, 0.0, 0.0, 0.0
        drift0, drift1, drift2, drift3 = 0.0, 0.0, 0.0, 0.0
        pull0, pull1, blame0, passed1 = 0.0, 0.0, 0.0, 0.0
        follow0, follow1, follow2 = 0.0, 0.0, 0.0
        flow5, flow6 = 0.0, 0.0
        s0, s1, s2, s3, s4, s5, s6, s7 = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        reached, informed, seen, reached_rank, lay = 0.0, 0.0, 0.0, 0.0, 0.0
        for i in range(first, last):
            key = r.key[i]
            word = dice.bits(meeting, key)
            hardness = r.hardness[i]
            begin = ties_start[i]
            degree = ties_start[i + 1] - begin
            pulled0, pulled1 = 0.0, 0.0
            if degree > 0:
                j = ties_other[begin + int(dice.upper_share(word) * degree)]
                same = r.public[j] == p
                weight = of_lines.closeness(same, hardness)
                if spoken[j, 2] != 0.0 or spoken[j, 3] != 0.0:
                    hear_story(w, t, i, j, weight, a)
                pull = a.ties_pull * weight
                pulled0 = pull * (spoken[j, 0] - total[0, i])
                pulled1 = pull * (spoken[j, 1] - total[1, i])
                settled[0, i] += pull * (spoken[j, 0] - settled[0, i])
                settled[1, i] += pull * (spoken[j, 1] - settled[1, i])
                if not same:
                    softening = a.meeting_softens * (
                        1.0 if r.ethnic[j] == r.ethnic[i] else a.ethnic_lines_soften_less
                    )
                    flow5 -= softening * hardness
                    hardness -= softening * hardness
            total[0, i] += pulled0
            total[1, i] += pulled1
            sees = dice.lower_share(word) < of_problems.chance_seen(r.street[i], patrol, a)
            if sees:
                see_patrol(w, t, i, a)
                seen += 1.0
            trust, confidence, legitimacy, expectation = total[0, i], total[1, i], total[2, i], total[3, i]
            set0, set1, set2, set3 = settled[0, i], settled[1, i], settled[2, i], settled[3, i]
            pull0 += pulled0
            pull1 += pulled1
            # lines: blamed or passed over
            by_blame = blamed * trust
            trust += by_blame
            set0 += a.settles_concern * blamed * set0
            blame0 += by_blame
            by_passing = passed * confidence
            confidence += by_passing
            set1 += a.settles_concern * passed * set1
            passed1 += by_passing
            harder = hardening * (1.0 - hardness)
            flow5 += harder
            hardness += harder
            hardness += a.lines_return * (r.hardness_home[i] - hardness)
            r.hardness[i] = hardness
            impartiality = r.impartiality[i]
            less = partial * impartiality
            flow6 += less
            impartiality += less
            # legitimacy follows, all of it settled
            by_trust = of_attitudes.move(legitimacy, a.legitimacy_follows_trust * (trust - disposition[0, i]))
            by_confidence = of_attitudes.move(
                legitimacy, a.legitimacy_follows_confidence * (confidence - disposition[1, i])
            )
            by_fairness = of_attitudes.move(
                legitimacy, a.legitimacy_follows_impartiality * (impartiality - r.impartiality_home[i])
            )
            set2 += (
                of_attitudes.move(set2, a.legitimacy_follows_trust * (trust - disposition[0, i]))
                + of_attitudes.move(set2, a.legitimacy_follows_confidence * (confidence - disposition[1, i]))
                + of_attitudes.move(set2, a.legitimacy_follows_impartiality * (impartiality - r.impartiality_home[i]))
            )
            legitimacy += by_trust + by_confidence + by_fairness
            follow0 += by_trust
            follow1 += by_confidence
            follow2 += by_fairness
            impartiality += a.impartiality_returns * (r.impartiality_home[i] - impartiality)
            r.impartiality[i] = impartiality
            # everyday life, fading of the recent part, drift of the settled part
            word = dice.bits(everyday, key)
            luck = dice.centred(word, 0)
            life0 = of_attitudes.everyday(trust, luck, wander)
            set0 += of_attitudes.everyday(set0, luck, wander)
            luck = dice.centred(word, 1)
            life1 = of_attitudes.everyday(confidence, luck, wander)
            set1 += of_attitudes.everyday(set1, luck, wander)
            luck = dice.centred(word, 2)
            life2 = of_attitudes.everyday(legitimacy, luck, wander)
            set2 += of_attitudes.everyday(set2, luck, wander)
            luck = dice.centred(word, 3)
            life3 = of_attitudes.everyday(expectation, luck, wander)
            set3 += of_attitudes.everyday(set3, luck, wander)
            trust += life0
            confidence += life1
            legitimacy += life2
            expectation += life3
            fades0 = of_attitudes.fading(trust, set0, fade)
            fades1 = of_attitudes.fading(confidence, set1, fade)
            fades2 = of_attitudes.fading(legitimacy, set2, fade)
            fades3 = of_attitudes.fading(expectation, set3, fade)
            back0 = of_attitudes.drift(set0, disposition[0, i], rate)
            back1 = of_attitudes.drift(set1, disposition[1, i], rate)
            back2 = of_attitudes.drift(set2, disposition[2, i], rate)
            back3 = of_attitudes.drift(set3, stay * disposition[3, i] + come * r.foreseen[i], rate)
            trust += fades0 + back0
            confidence += fades1 + back1
            legitimacy += fades2 + back2
            expectation += fades3 + back3
            total[0, i], total[1, i], total[2, i], total[3, i] = trust, confidence, legitimacy, expectation
            settled[0, i], settled[1, i] = set0 + back0, set1 + back1
            settled[2, i], settled[3, i] = set2 + back2, set3 + back3
            fading0 += fades0
            fading1 += fades1
            fading2 += fades2
            fading3 += fades3
            drift0 += back0 + life0
            drift1 += back1 + life1
            drift2 += back2 + life2
            drift3 += back3 + life3
            belief = r.belief[i] + a.belief_returns * (r.belief_home[i] - r.belief[i])
            r.belief[i] = belief
            known = r.known[i] * label_kept
            r.known[i] = known
            lay += r.street[i] * (1.0 + a.known_draws_stops * known)
            # sums of the week
            s0 += trust
            s1 += confidence
            s2 += legitimacy
            s3 += expectation
            s4 += belief
            s5 += impartiality
            s6 += hardness
            s7 += trust * trust
            met = t - r.last_contact[i] < YEAR
            if met:
                reached += 1.0
                reached_rank += r.need_rank[i]
            knows = t - r.last_informed[i] < YEAR
            if knows:
                informed += 1.0
            marks = r.marks[i]
            if marks & (col.MOST_AFFECTED | col.USUAL_SUSPECT):
                add_marked(w, i, marks, met, knows, sees)
            if i == traced:
                trace(w, t, i, pulled0, pulled1, by_blame, by_passing, by_trust, by_confidence, by_fairness)
                trace_rest(w, t, fades0, fades1, fades2, fades3, back0 + life0, back1 + life1, back2 + life2, back3 + life3)
        ledger = books.ledger[t, p]
        ledger[TRUST, TIES_PULL] += pull0
        ledger[CONFIDENCE, TIES_PULL] += pull1
        ledger[TRUST, BLAME_OR_PASSED_OVER] += blame0
        ledger[CONFIDENCE, BLAME_OR_PASSED_OVER] += passed1
        ledger[LEGITIMACY, FOLLOWS_TRUST] += follow0
        ledger[LEGITIMACY, FOLLOWS_CONFIDENCE] += follow1
        ledger[LEGITIMACY, FOLLOWS_IMPARTIALITY] += follow2
        ledger[TRUST, FADING] += fading0
        ledger[CONFIDENCE, FADING] += fading1
        ledger[LEGITIMACY, FADING] += fading2
        ledger[EXPECTATION, FADING] += fading3
        ledger[TRUST, DRIFT] += drift0
        ledger[CONFIDENCE, DRIFT] += drift1
        ledger[LEGITIMACY, DRIFT] += drift2
        ledger[EXPECTATION, DRIFT] += drift3
        books.flow[p, 5] += flow5
        books.flow[p, 6] += flow6
        places.lay_cell[c] = lay
        for q in (p, publics):
            sums[q, w_.S_TRUST] += s0
            sums[q, w_.S_CONFIDENCE] += s1
            sums[q, w_.S_LEGITIMACY] += s2
            sums[q, w_.S_EXPECTATION] += s3
            sums[q, w_.S_BELIEF] += s4
            sums[q, w_.S_IMPARTIALITY] += s5
            sums[q, w_.S_HARDNESS] += s6
            sums[q, w_.S_TRUST_SQUARED] += s7
            sums[q, w_.S_REACHED] += reached
            sums[q, w_.S_INFORMED] += informed
            sums[q, w_.S_SEEN] += seen
            sums[q, w_.S_REACHED_RANK] += reached_rank


@rule
def clear_sums(sums):
    """Empty the sums that this pass makes anew (hazards and fixed sums stay)."""
    for q in range(sums.shape[0]):
        for k in range(w_.S_TRUST, w_.S_REACHED_RANK + 1):
            sums[q, k] = 0.0


@rule
def add_marked(w, i, marks, met, knows, sees):
    """Add one resident to the sums of the people followed since week 0."""
    r, sums = w.residents, w.books.sums
    publics = w.publics.people.size
    for mark in range(2):
        if marks & (1 << mark):
            q = publics + 1 + mark
            sums[q, w_.S_TRUST] += r.total[0, i]
            sums[q, w_.S_CONFIDENCE] += r.total[1, i]
            sums[q, w_.S_LEGITIMACY] += r.total[2, i]
            sums[q, w_.S_EXPECTATION] += r.total[3, i]
            sums[q, w_.S_BELIEF] += r.belief[i]
            sums[q, w_.S_IMPARTIALITY] += r.impartiality[i]
            sums[q, w_.S_HARDNESS] += r.hardness[i]
            sums[q, w_.S_TRUST_SQUARED] += r.total[0, i] * r.total[0, i]
            if met:
                sums[q, w_.S_REACHED] += 1.0
                sums[q, w_.S_REACHED_RANK] += r.need_rank[i]
            if knows:
                sums[q, w_.S_INFORMED] += 1.0
            if sees:
                sums[q, w_.S_SEEN] += 1.0


@rule
def trace(w, t, i, pulled0, pulled1, by_blame, by_passing, by_trust, by_confidence, by_fairness):
    """Post the weekly changes of the followed resident."""
    posts = w.books.trace_posts[t]
    posts[TRUST, TIES_PULL] += pulled0
    posts[CONFIDENCE, TIES_PULL] += pulled1
    posts[TRUST, BLAME_OR_PASSED_OVER] += by_blame
    posts[CONFIDENCE, BLAME_OR_PASSED_OVER] += by_passing
    posts[LEGITIMACY, FOLLOWS_TRUST] += by_trust
    posts[LEGITIMACY, FOLLOWS_CONFIDENCE] += by_confidence
    posts[LEGITIMACY, FOLLOWS_IMPARTIALITY] += by_fairness
    for k in range(4):
        w.books.trace_levels[t, k] = w.residents.total[k, i]


@rule
def trace_rest(w, t, fades0, fades1, fades2, fades3, back0, back1, back2, back3):
    """Post fading and drift of the followed resident."""
    posts = w.books.trace_posts[t]
    posts[0, FADING] += fades0
    posts[1, FADING] += fades1
    posts[2, FADING] += fades2
    posts[3, FADING] += fades3
    posts[0, DRIFT] += back0
    posts[1, DRIFT] += back1
    posts[2, DRIFT] += back2
    posts[3, DRIFT] += back3
