"""Steps 8 and 9: talk, lines, what follows, and settling."""

from __future__ import annotations

from types import SimpleNamespace

from sim import purposes
from sim.core import dice
from sim.ledger import (
    ATTITUDES,
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
from tests.reference.arithmetic import bounded, mean, move
from tests.reference.contact import sum_hardness
from tests.reference.tables import sum_lay_weights

FORGOTTEN = 0.001


def settle(model):
    """Everybody talks, sees, draws lines, and settles."""
    for one in model.residents:
        _speak(one)
    for group in model.groups:
        group.pushes = _pushes(group)
        for one in group.residents:
            word = one.word(purposes.MEETING)
            if one.ties:
                _meet_a_tie(one, one.ties[dice.place(word, len(one.ties))])
            _see_patrol(one, dice.lower_share(word))
            _feel_pushes(one, group.pushes)
            _follow(one)
            _live(one)
            _return(one)
    sum_attitudes(model)
    sum_lay_weights(model)


def _speak(one):
    """What somebody would say this week, before anyone listens."""
    one.spoken = SimpleNamespace(
        total=(one.trust, one.confidence), story=(one.story[0], one.story[1])
    )
    for k in range(2):
        one.story[k] *= 1.0 - one.model.assumed.story_fades
        if abs(one.story[k]) <= FORGOTTEN:
            one.story[k] = 0.0


def _pushes(group):
    """What blame, stops and being passed over do to a public this week (E80), (E81)."""
    assumed = group.model.assumed
    blame, stops = min(5.0, group.blame_intensity), min(group.stop_excess, 5.0)
    passed = group.passed_over
    hardening = (
        assumed.blame_hardens * blame
        + assumed.stops_harden * stops
        + assumed.passed_over_hardens * passed
    )
    partial = (
        blame * assumed.blame_seen_partial
        + stops * assumed.stops_seen_partial
        + passed * assumed.passed_over_seen_partial
        + max(0.0, group.model.capture) * assumed.capture_seen_partial
    )
    return SimpleNamespace(
        blamed=-assumed.blame_moves_trust * blame,
        passed=-assumed.passed_over_moves_confidence * passed,
        hardening=min(0.2, hardening),
        partial=-min(0.2, partial),
    )


def _meet_a_tie(one, other):
    """Hear a story, be drawn to a view, and perhaps soften (E82)."""
    assumed, across = one.model.assumed, one.group is not other.group
    close = 1.0 - one.hardness if across else 1.0
    for k, story in zip((TRUST, CONFIDENCE), other.spoken.story):
        heard = bounded(assumed.hearsay * close * story)
        one.post(k, FRIENDS_STORIES, heard, assumed.settles_story)
    pull = assumed.ties_pull * close
    for k, view in zip((TRUST, CONFIDENCE), other.spoken.total):
        one.add(k, TIES_PULL, pull * (view - one.total[k]), pull * (view - one.settled[k]))
    if across:
        softens = assumed.meeting_softens
        if one.ethnic != other.ethnic:
            softens *= assumed.ethnic_lines_soften_less
        one.flow("hardness", -softens * one.hardness)


def _see_patrol(one, drawn):
    """Foot patrol is seen, or not (E83)."""
    assumed = one.model.assumed
    x = assumed.patrol_seen * one.model.plan.patrol_per_1000 * one.street
    one.saw_patrol = drawn * (1.0 + x) < x
    if one.saw_patrol:
        settles = assumed.settles_patrol
        one.post(CONFIDENCE, PATROL_OR_LEAFLET_SEEN, assumed.patrol_moves_confidence, settles)
        one.post(TRUST, PATROL_OR_LEAFLET_SEEN, assumed.patrol_moves_trust, settles)


def _feel_pushes(one, pushes):
    """Being blamed and passed over, and what it does to lines (E84) to (E86)."""
    assumed = one.model.assumed
    for k, push in ((TRUST, pushes.blamed), (CONFIDENCE, pushes.passed)):
        settled = assumed.settles_concern * push * one.settled[k]
        one.add(k, BLAME_OR_PASSED_OVER, push * one.total[k], settled)
    one.flow("hardness", pushes.hardening * (1.0 - one.hardness))
    one.hardness += assumed.lines_return * (one.hardness_home - one.hardness)
    one.flow("impartiality", pushes.partial * one.impartiality)


def _follow(one):
    """Legitimacy follows trust, confidence and impartiality (E87)."""
    assumed = one.model.assumed
    pushes = {
        FOLLOWS_TRUST: assumed.legitimacy_follows_trust * (one.trust - one.disposition[TRUST]),
        FOLLOWS_CONFIDENCE: assumed.legitimacy_follows_confidence
        * (one.confidence - one.disposition[CONFIDENCE]),
        FOLLOWS_IMPARTIALITY: assumed.legitimacy_follows_impartiality
        * (one.impartiality - one.impartiality_home),
    }
    total, settled = one.legitimacy, one.settled[LEGITIMACY]
    for cause, push in pushes.items():
        one.add(LEGITIMACY, cause, move(total, push), move(settled, push))
    one.impartiality += assumed.impartiality_returns * (one.impartiality_home - one.impartiality)


def _live(one):
    """Everyday life moves attitudes for reasons outside the model (E88)."""
    word = one.word(purposes.EVERYDAY)
    for k in range(len(ATTITUDES)):
        step = one.model.assumed.wander * dice.centred(word, k) * 4.0
        total, settled = one.total[k], one.settled[k]
        one.add(k, DRIFT, step * total * (1.0 - total), step * settled * (1.0 - settled))


def _return(one):
    """What is recent fades, what is settled drifts home, labels fade (E89), (E90)."""
    assumed = one.model.assumed
    for k in range(len(ATTITUDES)):
        home = one.disposition[k]
        if k == EXPECTATION:
            follows = assumed.expectation_follows
            home = (1.0 - follows) * home + follows * one.foreseen
        fades = assumed.fade * (one.settled[k] - one.total[k])
        back = assumed.drift_rate * (home - one.settled[k])
        one.add(k, FADING, fades, 0.0)
        one.add(k, DRIFT, back, back)
    one.belief += assumed.belief_returns * (one.belief_home - one.belief)
    one.known *= 1.0 - assumed.label_fades


def sum_attitudes(model):
    """What is read of attitudes until the end of next week."""
    sum_hardness(model)
    for group in model.groups:
        group.mean_total = [mean(one.total[k] for one in group.residents) for k in range(4)]
