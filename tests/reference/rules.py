"""How a meeting with an officer feels, and what that does."""

from __future__ import annotations

from sim.ledger import CONFIDENCE, PATROL_OR_LEAFLET_SEEN, TRUST
from tests.reference.arithmetic import bounded, squash


def felt(officer, resident, strain, chance):
    """The quality of a meeting as the resident feels it (E30)."""
    assumed = resident.model.assumed
    brought = (
        assumed.felt_base
        + assumed.officer_matters * (0.5 * (officer.skill + officer.openness) - 0.5)
        + assumed.familiarity_matters * officer.familiarity[resident.group.number]
        + assumed.training_matters * officer.training
        - assumed.tired_costs * officer.tiredness
    )
    seen = (
        brought
        + assumed.prior_colours_contact * (resident.trust - 0.5)
        - assumed.hard_to_reach * (1.0 - resident.ease)
        - strain
    )
    return squash(seen + assumed.contact_noise * chance)


def effect(assumed, quality, trust, weight):
    """The push of a meeting of some quality on somebody with this trust before it (E31)."""
    neutral = assumed.neutral_quality + assumed.judged_against_prior * (trust - 0.5)
    return bounded(weight * (quality - neutral))


def inform(resident):
    """The resident gets word of local policing."""
    assumed = resident.model.assumed
    settles = assumed.settles_message
    resident.post(CONFIDENCE, PATROL_OR_LEAFLET_SEEN, assumed.leaflet_moves_confidence, settles)
    resident.post(TRUST, PATROL_OR_LEAFLET_SEEN, assumed.leaflet_moves_trust, settles)
    resident.last_informed = resident.model.lived


def notice(officer, quality):
    """What a meeting leaves with the officer."""
    officer.reward += quality - officer.model.assumed.neutral_quality
