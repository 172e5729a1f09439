"""Steps 8 and 9: people talk, lines move, recent events fade or settle.

One pass over all residents does both, because each touches every attitude once.
"""

from __future__ import annotations

import numpy as np

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
from sim.week import posting as book

YEAR = 52
STORY_FORGOTTEN = 0.001  # a story that moves less than this is no longer told


@rule
def speak(w):
    """Keep what everybody would say this week, before anyone has listened; stories then fade."""
    r, spoken, a = w.residents, w.scratch.spoken, w.a[0]
    trusts, confidences, stories = r.total[TRUST], r.total[CONFIDENCE], r.story
    keep = 1.0 - a.story_fades
    for row in range(r.key.size):
        i = np.uint64(row)
        spoken[i, 0] = trusts[i]
        spoken[i, 1] = confidences[i]
        trust, confidence = stories[i, 0], stories[i, 1]
        spoken[i, 2] = trust
        spoken[i, 3] = confidence
        trust *= keep
        confidence *= keep
        stories[i, 0] = trust if abs(trust) > STORY_FORGOTTEN else 0.0
        stories[i, 1] = confidence if abs(confidence) > STORY_FORGOTTEN else 0.0


@rule
def settle(w, t):
    """Talk, lines, patrol seen, legitimacy, everyday life, fading and drift; then sums of the week."""
    a, r, books, table, places = w.a[0], w.residents, w.books, w.publics, w.places
    ties_start, ties_other, spoken = w.ties.start, w.ties.other, w.scratch.spoken
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
    # columns and numbers by short names: one look-up a week instead of one a resident
    keys, publics_of, ethnic_of, marks_of = r.key, r.public, r.ethnic, r.marks
    trusts, confidences, legitimacies, expectations = r.total[0], r.total[1], r.total[2], r.total[3]
    settled0, settled1, settled2, settled3 = r.settled[0], r.settled[1], r.settled[2], r.settled[3]
    home0, home1, home2, home3 = (
        r.disposition[0],
        r.disposition[1],
        r.disposition[2],
        r.disposition[3],
    )
    beliefs, belief_homes = r.belief, r.belief_home
    hardnesses, hardness_homes = r.hardness, r.hardness_home
    impartialities, impartiality_homes = r.impartiality, r.impartiality_home
    knowns, foreseens, streets = r.known, r.foreseen, r.street
    last_contacts, last_informeds, need_ranks = r.last_contact, r.last_informed, r.need_rank
    fade, rate, wander, pull_rate, hearsay = a.fade, a.drift_rate, a.wander, a.ties_pull, a.hearsay
    settles_story, settles_patrol, settles_concern = (
        a.settles_story,
        a.settles_patrol,
        a.settles_concern,
    )
    seen_trust, seen_confidence = a.patrol_moves_trust, a.patrol_moves_confidence
    seen_rate, softens, softens_less = (
        a.patrol_seen * patrol,
        a.meeting_softens,
        a.ethnic_lines_soften_less,
    )
    lines_return, impartiality_returns, belief_returns = (
        a.lines_return,
        a.impartiality_returns,
        a.belief_returns,
    )
    follow_trust, follow_confidence = a.legitimacy_follows_trust, a.legitimacy_follows_confidence
    follow_fairness = a.legitimacy_follows_impartiality
    label_kept, known_draws = 1.0 - a.label_fades, a.known_draws_stops
    stay, come = 1.0 - a.expectation_follows, a.expectation_follows
    followed = col.MOST_AFFECTED | col.USUAL_SUSPECT
    one = np.uint64(1)
    for c in range(publics * beats):
        first, last = places.cell_start[c], places.cell_start[c + 1]
        if first == last:
            continue
        p = c // beats
        blame = min(5.0, table.blame_intensity[p])
        blamed = -a.blame_moves_trust * blame
        passed = -a.passed_over_moves_confidence * table.passed_over[p]
        hardening = of_lines.weekly_hardening(blame, table.stop_excess[p], table.passed_over[p], a)
        partial = of_lines.impartiality_push(
            blame, table.stop_excess[p], table.passed_over[p], capture, a
        )
        story0, story1, seen0, seen1 = 0.0, 0.0, 0.0, 0.0
        pull0, pull1, blame0, passed1 = 0.0, 0.0, 0.0, 0.0
        follow0, follow1, follow2 = 0.0, 0.0, 0.0
        fading0, fading1, fading2, fading3 = 0.0, 0.0, 0.0, 0.0
        drift0, drift1, drift2, drift3 = 0.0, 0.0, 0.0, 0.0
        flow5, flow6 = 0.0, 0.0
        sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7 = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        reached, informed, seen, reached_rank, lay = 0.0, 0.0, 0.0, 0.0, 0.0
        for row in range(first, last):
            # an unsigned index spares the compiler the question whether it counts from the end
            i = np.uint64(row)
            key = keys[i]
            word = dice.bits(meeting, key)
            trust, confidence, legitimacy, expectation = (
                trusts[i],
                confidences[i],
                legitimacies[i],
                expectations[i],
            )
            set0, set1, set2, set3 = settled0[i], settled1[i], settled2[i], settled3[i]
            hardness, impartiality = hardnesses[i], impartialities[i]
            told0, told1, pulled0, pulled1 = 0.0, 0.0, 0.0, 0.0
            # talk: one tie is met; their story is heard, their view pulls, another public comes closer
            begin = ties_start[i]
            degree = ties_start[i + one] - begin
            if degree > 0:
                j = np.uint64(ties_other[np.uint64(begin + dice.place(word, degree))])
                same = publics_of[j] == p
                weight = of_lines.closeness(same, hardness)
                said0, said1, heard0, heard1 = (
                    spoken[j, 0],
                    spoken[j, 1],
                    spoken[j, 2],
                    spoken[j, 3],
                )
                push = of_attitudes.bounded(hearsay * weight * heard0)
                told0 = of_attitudes.move(trust, push)
                set0 += settles_story * of_attitudes.move(set0, push)
                push = of_attitudes.bounded(hearsay * weight * heard1)
                told1 = of_attitudes.move(confidence, push)
                set1 += settles_story * of_attitudes.move(set1, push)
                trust += told0
                confidence += told1
                story0 += told0
                story1 += told1
                pull = pull_rate * weight
                pulled0 = pull * (said0 - trust)
                pulled1 = pull * (said1 - confidence)
                set0 += pull * (said0 - set0)
                set1 += pull * (said1 - set1)
                trust += pulled0
                confidence += pulled1
                pull0 += pulled0
                pull1 += pulled1
                softer = (
                    softens * hardness * (1.0 if ethnic_of[j] == ethnic_of[i] else softens_less)
                )
                softer = 0.0 if same else softer
                flow5 -= softer
                hardness -= softer
                if heard0 + heard1 > 0.0:
                    book.tally(w, i, col.GOOD_STORIES)
                elif heard0 + heard1 < 0.0:
                    book.tally(w, i, col.BAD_STORIES)
                if row == traced and (heard0 != 0.0 or heard1 != 0.0):
                    book.note(w, t, row, book.N_STORY, told0, told1, float(j), 0.0)
            # patrol
            street = streets[i]
            likely = seen_rate * street
            sees = dice.lower_share(word) * (1.0 + likely) < likely
            saw = 1.0 if sees else 0.0
            saw1 = saw * seen_confidence * (1.0 - confidence)
            saw0 = saw * seen_trust * (1.0 - trust)
            confidence += saw1
            trust += saw0
            set1 += saw * settles_patrol * seen_confidence * (1.0 - set1)
            set0 += saw * settles_patrol * seen_trust * (1.0 - set0)
            seen1 += saw1
            seen0 += saw0
            seen += saw
            if sees:
                book.tally(w, i, col.PATROLS_SEEN)
            if row == traced and sees:
                book.note(w, t, row, book.N_PATROL, 0.0, 0.0, 0.0, 0.0)
            # lines: blamed or passed over
            by_blame = blamed * trust
            trust += by_blame
            set0 += settles_concern * blamed * set0
            blame0 += by_blame
            by_passing = passed * confidence
            confidence += by_passing
            set1 += settles_concern * passed * set1
            passed1 += by_passing
            harder = hardening * (1.0 - hardness)
            flow5 += harder
            hardness += harder
            hardness += lines_return * (hardness_homes[i] - hardness)
            less = partial * impartiality
            flow6 += less
            impartiality += less
            # legitimacy follows, all of it settled
            push0 = follow_trust * (trust - home0[i])
            push1 = follow_confidence * (confidence - home1[i])
            push2 = follow_fairness * (impartiality - impartiality_homes[i])
            by_trust = of_attitudes.move(legitimacy, push0)
            by_confidence = of_attitudes.move(legitimacy, push1)
            by_fairness = of_attitudes.move(legitimacy, push2)
            set2 += (
                of_attitudes.move(set2, push0)
                + of_attitudes.move(set2, push1)
                + of_attitudes.move(set2, push2)
            )
            legitimacy += by_trust + by_confidence + by_fairness
            follow0 += by_trust
            follow1 += by_confidence
            follow2 += by_fairness
            impartiality += impartiality_returns * (impartiality_homes[i] - impartiality)
            # everyday life, fading of the recent part, drift of the settled part
            word = dice.bits(everyday, key)
            luck0, luck1 = dice.centred(word, 0), dice.centred(word, 1)
            luck2, luck3 = dice.centred(word, 2), dice.centred(word, 3)
            life0 = of_attitudes.everyday(trust, luck0, wander)
            life1 = of_attitudes.everyday(confidence, luck1, wander)
            life2 = of_attitudes.everyday(legitimacy, luck2, wander)
            life3 = of_attitudes.everyday(expectation, luck3, wander)
            set0 += of_attitudes.everyday(set0, luck0, wander)
            set1 += of_attitudes.everyday(set1, luck1, wander)
            set2 += of_attitudes.everyday(set2, luck2, wander)
            set3 += of_attitudes.everyday(set3, luck3, wander)
            trust += life0
            confidence += life1
            legitimacy += life2
            expectation += life3
            fades0 = of_attitudes.fading(trust, set0, fade)
            fades1 = of_attitudes.fading(confidence, set1, fade)
            fades2 = of_attitudes.fading(legitimacy, set2, fade)
            fades3 = of_attitudes.fading(expectation, set3, fade)
            back0 = of_attitudes.drift(set0, home0[i], rate)
            back1 = of_attitudes.drift(set1, home1[i], rate)
            back2 = of_attitudes.drift(set2, home2[i], rate)
            back3 = of_attitudes.drift(set3, stay * home3[i] + come * foreseens[i], rate)
            trust += fades0 + back0
            confidence += fades1 + back1
            legitimacy += fades2 + back2
            expectation += fades3 + back3
            trusts[i], confidences[i], legitimacies[i], expectations[i] = (
                trust,
                confidence,
                legitimacy,
                expectation,
            )
            settled0[i], settled1[i], settled2[i], settled3[i] = (
                set0 + back0,
                set1 + back1,
                set2 + back2,
                set3 + back3,
            )
            life0 += back0
            life1 += back1
            life2 += back2
            life3 += back3
            fading0 += fades0
            fading1 += fades1
            fading2 += fades2
            fading3 += fades3
            drift0 += life0
            drift1 += life1
            drift2 += life2
            drift3 += life3
            hardnesses[i], impartialities[i] = hardness, impartiality
            belief = beliefs[i] + belief_returns * (belief_homes[i] - beliefs[i])
            beliefs[i] = belief
            known = knowns[i] * label_kept
            knowns[i] = known
            lay += street * (1.0 + known_draws * known)
            # sums of the week
            sum0 += trust
            sum1 += confidence
            sum2 += legitimacy
            sum3 += expectation
            sum4 += belief
            sum5 += impartiality
            sum6 += hardness
            sum7 += trust * trust
            met, knows = t - last_contacts[i] < YEAR, t - last_informeds[i] < YEAR
            reached += 1.0 if met else 0.0
            reached_rank += need_ranks[i] if met else 0.0
            informed += 1.0 if knows else 0.0
            marks = marks_of[i]
            if marks & followed:
                for mark in range(2):
                    if marks & (1 << mark):
                        add_levels(
                            sums[publics + 1 + mark], trust, confidence, legitimacy, expectation, belief,
                            impartiality, hardness, met, knows, sees, need_ranks[i],
                        )  # fmt: skip
                        add_posts(
                            books.ledger[t, publics + mark], told0, told1, saw0, saw1, pulled0, pulled1, by_blame,
                            by_passing, by_trust, by_confidence, by_fairness, fades0, fades1, fades2, fades3,
                            life0, life1, life2, life3,
                        )  # fmt: skip
            if row == traced:
                add_posts(
                    books.trace_posts[t], told0, told1, saw0, saw1, pulled0, pulled1, by_blame, by_passing, by_trust,
                    by_confidence, by_fairness, fades0, fades1, fades2, fades3, life0, life1, life2, life3,
                )  # fmt: skip
                for k in range(4):
                    books.trace_levels[t, k] = r.total[k, row]
        add_posts(
            books.ledger[t, p], story0, story1, seen0, seen1, pull0, pull1, blame0, passed1, follow0, follow1, follow2,
            fading0, fading1, fading2, fading3, drift0, drift1, drift2, drift3,
        )  # fmt: skip
        books.flow[p, 5] += flow5
        books.flow[p, 6] += flow6
        places.lay_cell[c] = lay
        for q in (p, publics):
            row = sums[q]
            row[w_.S_TRUST] += sum0
            row[w_.S_CONFIDENCE] += sum1
            row[w_.S_LEGITIMACY] += sum2
            row[w_.S_EXPECTATION] += sum3
            row[w_.S_BELIEF] += sum4
            row[w_.S_IMPARTIALITY] += sum5
            row[w_.S_HARDNESS] += sum6
            row[w_.S_TRUST_SQUARED] += sum7
            row[w_.S_REACHED] += reached
            row[w_.S_INFORMED] += informed
            row[w_.S_SEEN] += seen
            row[w_.S_REACHED_RANK] += reached_rank


@rule
def clear_sums(sums):
    """Empty the sums that this pass makes anew (hazards and fixed sums stay)."""
    for q in range(sums.shape[0]):
        for k in range(w_.S_TRUST, w_.S_REACHED_RANK + 1):
            sums[q, k] = 0.0


@rule
def add_levels(
    row,
    trust,
    confidence,
    legitimacy,
    expectation,
    belief,
    impartiality,
    hardness,
    met,
    knows,
    sees,
    need_rank,
):
    """Add one resident's levels to the sums of a row of people followed since week 0."""
    row[w_.S_TRUST] += trust
    row[w_.S_CONFIDENCE] += confidence
    row[w_.S_LEGITIMACY] += legitimacy
    row[w_.S_EXPECTATION] += expectation
    row[w_.S_BELIEF] += belief
    row[w_.S_IMPARTIALITY] += impartiality
    row[w_.S_HARDNESS] += hardness
    row[w_.S_TRUST_SQUARED] += trust * trust
    if met:
        row[w_.S_REACHED] += 1.0
        row[w_.S_REACHED_RANK] += need_rank
    if knows:
        row[w_.S_INFORMED] += 1.0
    if sees:
        row[w_.S_SEEN] += 1.0


@rule
def add_posts(
    posts, told0, told1, saw0, saw1, pulled0, pulled1, by_blame, by_passing, by_trust, by_confidence, by_fairness,
    fades0, fades1, fades2, fades3, drifts0, drifts1, drifts2, drifts3,
):  # fmt: skip
    """Post the changes of this step under their causes; numbers at the end are places of attitudes."""
    posts[TRUST, FRIENDS_STORIES] += told0
    posts[CONFIDENCE, FRIENDS_STORIES] += told1
    posts[TRUST, PATROL_OR_LEAFLET_SEEN] += saw0
    posts[CONFIDENCE, PATROL_OR_LEAFLET_SEEN] += saw1
    posts[TRUST, TIES_PULL] += pulled0
    posts[CONFIDENCE, TIES_PULL] += pulled1
    posts[TRUST, BLAME_OR_PASSED_OVER] += by_blame
    posts[CONFIDENCE, BLAME_OR_PASSED_OVER] += by_passing
    posts[LEGITIMACY, FOLLOWS_TRUST] += by_trust
    posts[LEGITIMACY, FOLLOWS_CONFIDENCE] += by_confidence
    posts[LEGITIMACY, FOLLOWS_IMPARTIALITY] += by_fairness
    posts[TRUST, FADING] += fades0
    posts[CONFIDENCE, FADING] += fades1
    posts[LEGITIMACY, FADING] += fades2
    posts[EXPECTATION, FADING] += fades3
    posts[TRUST, DRIFT] += drifts0
    posts[CONFIDENCE, DRIFT] += drifts1
    posts[LEGITIMACY, DRIFT] += drifts2
    posts[EXPECTATION, DRIFT] += drifts3
