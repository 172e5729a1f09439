"""Step 6: waiting concerns are passed on, acted on, answered, or lapse."""

from __future__ import annotations

from sim import purposes
from sim.ledger import (
    ANSWER_GIVEN,
    CONFIDENCE,
    PARTNER_FAILED,
    PROMISE_BROKEN,
    PROMISE_KEPT,
    TRUST,
)
from tests.reference.arithmetic import bounded
from tests.reference.plan import answer_is_due, passing_is_due

LONGEST = 12


def follow_up(model):
    """Go through waiting concerns, oldest first."""
    for concern in list(model.waiting):
        if concern.raised < model.lived:
            _follow_up(model, concern)
    model.waiting = [concern for concern in model.waiting if concern.resident.concern is concern]


def _follow_up(model, concern):
    plan, one, age = model.plan, concern.resident, model.lived - concern.raised
    chance = one.beat.act_chance[concern.topic]
    if plan.passing_allowed >= 1 and passing_is_due(model, concern):
        concern.passed_on = True
        plan.passing_allowed -= 1
    acted = _is_acted_on(model, concern, chance)
    if plan.answers_allowed >= 1 and answer_is_due(model, concern):
        plan.answers_allowed -= 1
        within = 1.0 - (1.0 - chance) ** (LONGEST - age + 1)
        says_when = acted or one.share(purposes.ANSWER_KIND) < within
        _answer(concern, 1.0 if says_when else model.assumed.why_not_counts)
    if acted:
        _keep(one)
        _close(concern, acted)
    elif age >= LONGEST:
        if not concern.answered:
            _disappoint(concern)
        _close(concern, acted)


def _is_acted_on(model, concern, chance):
    one = concern.resident
    if concern.for_partner:
        solves = 1.0 - (1.0 - model.partners_capacity) ** (1.0 / 13.0)
        return concern.passed_on and one.share(purposes.PARTNER_ACTS) < solves
    return one.share(purposes.ACTED) < chance


def _push(one, cause, trust, confidence, belief):
    """Move trust, confidence and belief by an outcome; the pushes on the first two (E60)."""
    settles = one.model.assumed.settles_concern
    trust, confidence = one.outcome(trust), one.outcome(confidence)
    one.post(TRUST, cause, trust, settles)
    one.post(CONFIDENCE, cause, confidence, settles)
    one.shift("belief", bounded(belief))
    return trust, confidence


def _answer(concern, weight):
    one, assumed = concern.resident, concern.resident.model.assumed
    concern.answered = True
    _push(
        one,
        ANSWER_GIVEN,
        assumed.answer_moves_trust * weight,
        assumed.answer_moves_confidence * weight,
        assumed.answer_moves_belief * weight,
    )


def _keep(one):
    assumed = one.model.assumed
    pushes = _push(
        one,
        PROMISE_KEPT,
        assumed.kept_moves_trust,
        assumed.kept_moves_confidence,
        assumed.kept_moves_belief,
    )
    one.tell(*pushes)
    one.foresee(1.0)


def _disappoint(concern):
    """A promise is broken, or a concern was never heard of again."""
    one, assumed = concern.resident, concern.resident.model.assumed
    size = 1.0 if concern.promised else assumed.ignored_counts
    cause = PROMISE_BROKEN
    if concern.passed_on:
        size, cause = size * assumed.partner_blame, PARTNER_FAILED
    pushes = _push(
        one,
        cause,
        -assumed.broken_moves_trust * size,
        -assumed.broken_moves_confidence * size,
        -assumed.broken_moves_belief * size,
    )
    one.tell(*pushes)
    one.foresee(0.0)


def _close(concern, acted):
    one = concern.resident
    one.concern = None
    one.count("closed")
    one.count("answered", concern.answered)
    one.count("only-answered", concern.answered and not acted)
    one.count("due", concern.promised)
    one.count("kept", concern.promised and acted)
    one.count("acted", acted)
