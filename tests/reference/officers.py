"""Officers: how many, who they are, and who takes their place (F20), (E70), (E71)."""

from __future__ import annotations

import math

from sim import purposes
from tests.reference.agents import Officer
from tests.reference.arithmetic import clip, mean

LEAST = {"response": 3, "generalist": 3, "specialist": 2}


def found_officers(model):
    """Response officers, generalists and specialists of the force before week 0."""
    ordinal = 0
    for role, posts in _posts(model).items():
        number = max(LEAST[role], round(posts))
        weight = max(posts, 0.01) / number
        for _ in range(number):
            officer = Officer(model, ordinal, role, weight)
            luck = (
                officer.normal(purposes.OFFICER_SKILL, 0),
                officer.normal(purposes.OFFICER_OPENNESS, 0),
            )
            take_post(officer, model.force.skill, model.force.openness, luck)
            model.officers.append(officer)
            ordinal += 1
    model.response, model.generalists, model.specialists = (
        [officer for officer in model.officers if officer.role == role] for role in LEAST
    )
    _post_to_beats(model)


def _posts(model):
    """Posts by role (F20)."""
    assumed, before = model.assumed, model.own_scenario.before
    response = before.police.officers_per_1000 * model.size / 1000 * assumed.response_part
    neighbourhood = max(1.0, before.policy.hours) * model.size / 1000 / assumed.officer_week
    return {
        "response": response,
        "generalist": neighbourhood * (1.0 - assumed.team_part),
        "specialist": neighbourhood * assumed.team_part,
    }


def _post_to_beats(model):
    generalists, beats = model.generalists, len(model.beats)
    for beat in model.beats:
        for n in range(max(1, math.ceil(len(generalists) / beats))):
            place = beat.number + n * beats
            if place >= len(generalists):
                place = beat.number % len(generalists)
            beat.places.append(generalists[place])


def take_post(officer, skill, openness, luck):
    """Somebody new is the officer: skill and openness around those given."""
    spread = officer.model.assumed.officer_spread
    officer.skill = clip(skill + spread * luck[0], 0.02, 0.98)
    officer.openness = clip(openness + spread * luck[1], 0.02, 0.98)
    officer.forget()


def replace(officer, norm):
    """The officer leaves; a newcomer learns from colleagues how open one is (E70)."""
    luck = officer.normal(purposes.NEWCOMER_SKILL), officer.normal(purposes.NEWCOMER_OPENNESS)
    take_post(officer, officer.model.force.skill, norm, luck)


def mean_openness(model):
    """Openness of the force, every officer counted by the posts they stand for (E71)."""
    whole = sum(officer.weight for officer in model.officers)
    return sum(officer.weight * officer.openness for officer in model.officers) / whole


def mean_familiarity(officers, group):
    """How well some officers know a public."""
    return mean(officer.familiarity[group.number] for officer in officers)
