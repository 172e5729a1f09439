"""Step 6: concerns that wait are acted on, answered, or lapse."""

from __future__ import annotations

from sim import purposes as for_
from sim import world as w_
from sim.agents import columns as col
from sim.core import dice
from sim.core.jit import rule
from sim.ledger import (
    ANSWER_GIVEN,
    CONFIDENCE,
    EXPECTATION,
    PARTNER_FAILED,
    PROMISE_BROKEN,
    PROMISE_KEPT,
    TRUST,
)
from sim.rules.attitudes import bounded
from sim.rules.promises import CONCERN_WEEKS, push_of_outcome
from sim.week import posting as book
from sim.week.contact import tell
from sim.week.plan import answer_is_due, passing_is_due
from sim.week.reach import WAITING_NOW

WEEKS_A_QUARTER = 13.0


@rule
def foresee(w, i, outcome, a):
    """What a resident foresees follows outcomes, bad news more than good."""
    r = w.residents
    rate = a.news_moves_foresight * (a.bad_news_moves_more if outcome < r.foreseen[i] else 1.0)
    r.foreseen[i] += min(0.95, rate) * (outcome - r.foreseen[i])


@rule
def answer(w, t, i, weight, a):
    """A resident gets an answer; one that says why not weighs less."""
    r = w.residents
    level = r.total[EXPECTATION, i]
    book.post(
        w,
        t,
        i,
        TRUST,
        ANSWER_GIVEN,
        push_of_outcome(a.answer_moves_trust * weight, level),
        a.settles_concern,
    )
    book.post(
        w,
        t,
        i,
        CONFIDENCE,
        ANSWER_GIVEN,
        push_of_outcome(a.answer_moves_confidence * weight, level),
        a.settles_concern,
    )
    book.shift(w, i, r.belief, 4, bounded(a.answer_moves_belief * weight))
    r.concern_state[i] |= col.ANSWERED
    book.tally(w, i, col.ANSWERS)
    book.note(w, t, i, book.N_ANSWERED, r.concern_topic[i], weight, 0.0, 0.0)


@rule
def acted_on(w, t, i):
    """Whether the police, or the partner a concern was passed to, act on it this week."""
    r = w.residents
    state = r.concern_state[i]
    week = book.calendar(w, t)
    if state & col.FOR_PARTNER:
        if not state & col.PASSED_ON:
            return False
        chance = 1.0 - (1.0 - w.police.state[w_.PARTNER_CAPACITY]) ** (1.0 / WEEKS_A_QUARTER)
        return dice.draw(w.seed[0], for_.PARTNER_ACTS, week, r.key[i]) < chance
    chance = w.places.act_chance[r.beat[i], r.concern_topic[i]]
    return dice.draw(w.seed[0], for_.ACTED, week, r.key[i]) < chance


@rule
def keep(w, t, i, a):
    """A concern was acted on."""
    r = w.residents
    level = r.total[EXPECTATION, i]
    trust = push_of_outcome(a.kept_moves_trust, level)
    confidence = push_of_outcome(a.kept_moves_confidence, level)
    book.post(w, t, i, TRUST, PROMISE_KEPT, trust, a.settles_concern)
    book.post(w, t, i, CONFIDENCE, PROMISE_KEPT, confidence, a.settles_concern)
    book.shift(w, i, r.belief, 4, bounded(a.kept_moves_belief))
    tell(w, i, trust, confidence)
    foresee(w, i, 1.0, a)
    book.count(w, t, i, w_.C_ACTED, 1.0)
    if r.concern_state[i] & col.PROMISED:
        book.tally(w, i, col.PROMISES_KEPT)
        book.count(w, t, i, w_.C_KEPT, 1.0)
    book.note(w, t, i, book.N_ACTED, r.concern_topic[i], 0.0, 0.0, 0.0)


@rule
def lapse(w, t, i, a):
    """Twelve weeks have passed and nothing was done; an answer at least spares the resident the silence."""
    r = w.residents
    state = r.concern_state[i]
    if state & col.PROMISED:
        book.tally(w, i, col.PROMISES_BROKEN)
    if state & col.ANSWERED:
        return
    size = 1.0 if state & col.PROMISED else a.ignored_counts
    partner = (state & col.PASSED_ON) != 0
    if partner:
        size *= a.partner_blame
    cause = PARTNER_FAILED if partner else PROMISE_BROKEN
    level = r.total[EXPECTATION, i]
    trust = push_of_outcome(-a.broken_moves_trust * size, level)
    confidence = push_of_outcome(-a.broken_moves_confidence * size, level)
    book.post(w, t, i, TRUST, cause, trust, a.settles_concern)
    book.post(w, t, i, CONFIDENCE, cause, confidence, a.settles_concern)
    book.shift(w, i, r.belief, 4, bounded(-a.broken_moves_belief * size))
    tell(w, i, trust, confidence)
    foresee(w, i, 0.0, a)
    promised = 1.0 if state & col.PROMISED else 0.0
    book.note(
        w,
        t,
        i,
        book.N_PARTNER if partner else book.N_BROKEN,
        r.concern_topic[i],
        promised,
        0.0,
        0.0,
    )


@rule
def close(w, t, i, acted):
    """Write down a concern that no longer waits."""
    state = w.residents.concern_state[i]
    book.count(w, t, i, w_.C_CLOSED, 1.0)
    if state & col.ANSWERED:
        book.count(w, t, i, w_.C_ANSWERED, 1.0)
        if not acted:
            book.count(w, t, i, w_.C_ONLY_ANSWERED, 1.0)
    if state & col.PROMISED:
        book.count(w, t, i, w_.C_DUE, 1.0)
    w.residents.concern_state[i] = 0


@rule
def feedback(w, t):
    """Go through waiting concerns, oldest first; the hours set aside bound answers and passing on."""
    a, r, x, s = w.a[0], w.residents, w.scratch, w.police.state
    levers = book.policy_of(w, t)
    answers, passing, still = s[w_.ANSWERS_ALLOWED], s[w_.PASSING_ALLOWED], 0
    for n in range(x.used[WAITING_NOW]):
        i = x.waiting[n]
        age = t - r.concern_week[i]
        if age > 0:
            if passing >= 1.0 and passing_is_due(w, i, levers[w_.PARTNERSHIP]):
                r.concern_state[i] |= col.PASSED_ON
                passing -= 1.0
            acted = acted_on(w, t, i)
            if answers >= 1.0 and answer_is_due(w, t, i, levers[w_.FEEDBACK]):
                soon = 1.0 - (1.0 - w.places.act_chance[r.beat[i], r.concern_topic[i]]) ** (
                    CONCERN_WEEKS - age + 1
                )
                says_when = (
                    dice.draw(w.seed[0], for_.ANSWER_KIND, book.calendar(w, t), r.key[i]) < soon
                )
                answer(w, t, i, 1.0 if acted or says_when else a.why_not_counts, a)
                answers -= 1.0
            if acted:
                keep(w, t, i, a)
                close(w, t, i, True)
                continue
            if age >= CONCERN_WEEKS:
                lapse(w, t, i, a)
                close(w, t, i, False)
                continue
        x.waiting[still] = i
        still += 1
    x.used[WAITING_NOW] = still
