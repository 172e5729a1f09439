"""Step 3: meetings, concerns, promises."""

from __future__ import annotations

import math

from sim import purposes
from sim.core import dice
from sim.ledger import (
    CONFIDENCE,
    EXPECTATION,
    OWN_CONTACT,
    PLAN_SHARED,
    PROMISE_MADE,
    TRUST,
)
from sim.topics import OVERPOLICED, TOPICS
from tests.reference.agents import Concern
from tests.reference.arithmetic import mean, pick, worse
from tests.reference.rules import effect, felt, inform, notice

TRAFFIC = TOPICS.index("traffic")


def meet(model):
    """Hold this week's meetings in the order of rows."""
    for one, kind in model.met:
        officer = _officer(one)
        hours = getattr(model.assumed, f"{kind}_hours")
        if kind == "inform":
            inform(one)
        else:
            hours += _talk_both_ways(officer, one, kind)
        officer.met += 1
        _pass_word_on(one)
        one.last_contact = model.lived
        one.group.service += hours
        one.count("engaged", hours)
        one.count("contacts")
        model.purses[kind] -= hours


def _officer(one):
    """A specialist, or a generalist of the beat."""
    which, model = one.share(purposes.WHICH_OFFICER), one.model
    if one.share(purposes.SPECIALIST) < model.plan.part:
        return model.specialists[int(which * len(model.specialists))]
    return one.beat.places[int(which * len(one.beat.places))]


def _pass_word_on(one):
    """A member tells a tie what one learned."""
    group = one.group
    if not one.member or group.withdrawn or not one.ties:
        return
    word = one.word(purposes.PASS_WORD)
    chance = one.model.assumed.passes_word * group.energy * group.strength
    if dice.upper_share(word) < chance:
        inform(one.ties[int(dice.lower_share(word) * len(one.ties))])


def _talk_both_ways(officer, one, kind):
    """Consult or collaborate with somebody; further hours (E32)."""
    model, assumed, together = one.model, one.model.assumed, kind == "collaborate"
    depth = assumed.collaboration_deepens if together else 1.0
    quality = felt(officer, one, 0.0, one.normal(purposes.FELT))
    prior = one.trust
    trust = worse(
        effect(assumed, quality, prior, assumed.contact_moves_trust * depth),
        assumed.bad_contact_weighs_more,
    )
    confidence = effect(assumed, quality, prior, assumed.contact_moves_confidence * depth)
    one.post(TRUST, OWN_CONTACT, trust, assumed.settles_contact)
    one.post(CONFIDENCE, OWN_CONTACT, confidence, assumed.settles_contact)
    one.tell(trust, confidence)
    one.shift("belief", min(0.95, assumed.contact_moves_belief * depth * quality))
    one.shift(
        "impartiality", effect(assumed, quality, prior, assumed.contact_seen_impartial * depth)
    )
    notice(officer, quality)
    officer.two_way[one.group.number] += depth
    one.count("two-way")
    _speak_up(one)
    hours = 0.0
    if one.share(purposes.FORWARD) < model.policy.forward:
        _share_plan(one)
        hours += assumed.plan_hours
    if together and one.share(purposes.MIXED) < model.policy.mixed_forums and _hosts(one.group):
        one.shift("hardness", -min(0.95, assumed.forum_softens * quality))
        hours += assumed.mixed_forum_hours
    return hours


def _speak_up(one):
    """Raise a concern, or press the one that waits; it is heard, and may name people."""
    model, group = one.model, one.group
    if one.concern is None:
        _raise_concern(one)
    weight = math.e ** (model.assumed.loudness_by_voice * one.score["voice"])
    topic = one.concern.topic
    model.new_heard[topic] += weight
    model.new_heard_by_beat[one.beat.number] += weight
    one.count("heard", weight)
    one.count("loud", weight if one.loudest else 0.0)
    somebody = model.groups[0].names[-1] > 0.0 or model.groups[-1].names[-1] > 0.0
    if topic in (TRAFFIC, OVERPOLICED) or not somebody:
        return
    word = one.word(purposes.NAMED)
    chance = min(0.95, model.assumed.naming * one.hardness * (0.5 + one.enforcement))
    if dice.upper_share(word) < chance:
        model.groups[pick(group.names, dice.lower_share(word))].new_blame += weight


def _raise_concern(one):
    """A new concern joins those that wait, and may be promised (E33)."""
    model, beat = one.model, one.beat
    topic = _topic(one)
    share = model.area.demand.partner_share[TOPICS[topic]]
    concern = Concern(one, topic, model.lived, one.share(purposes.PARTNER) < share)
    one.concern = concern
    model.waiting.append(concern)
    realistic = 1.0 - (1.0 - beat.act_chance[topic]) ** 12
    chance = realistic + model.policy.promise * (1.0 - realistic)
    if one.share(purposes.PROMISED) < chance:
        concern.promised = True
        assumed = model.assumed
        one.post(EXPECTATION, PROMISE_MADE, assumed.promise_lifts, assumed.settles_concern)


def _topic(one):
    """What the concern is about: what one cares for, where there is much of it."""
    weights = [share * disorder for share, disorder in zip(one.concerns, one.beat.disorder)]
    upto, running = one.share(purposes.CONCERN_TOPIC) * sum(weights), 0.0
    for topic, weight in enumerate(weights):
        running += weight
        if running > upto:
            return topic
    return OVERPOLICED


def _share_plan(one):
    """Say what is planned: expectation comes nearer to what is delivered (E35)."""
    assumed, expectation = one.model.assumed, one.expectation
    gap = expectation - one.group.delivered
    room = expectation if gap > 0.0 else 1.0 - expectation
    push = -assumed.plan_corrects * gap / room
    one.post(EXPECTATION, PLAN_SHARED, push, assumed.settles_concern)
    one.post(TRUST, PLAN_SHARED, assumed.plan_moves_trust, assumed.settles_concern)
    one.last_informed = one.model.lived


def _hosts(group):
    """Whether this public's association and another are willing (E36)."""
    willing = [other for other in group.model.groups if _is_willing(other)]
    return group in willing and len(willing) > 1


def _is_willing(group):
    needed = group.model.assumed.host_above
    if not group.people:
        return False
    return not group.withdrawn and group.energy - group.mean_hardness / 4 > needed


def sum_hardness(model):
    """The mean hardness of each public as hosts know it."""
    for group in model.groups:
        group.mean_hardness = mean(one.hardness for one in group.residents)
