"""What one meeting with an officer feels like, and what it leaves behind."""

from __future__ import annotations

from sim.core.jit import rule
from sim.rules.attitudes import bounded, squash


@rule
def felt_fairness(skill, openness, familiarity, trained, tired, ease, trust, strain, chance, a):
    """How fair and attentive one meeting feels to the resident, 0 to 1.

    What the officer brings is seen through what the resident already believes; what makes the
    resident hard to reach, and the strain of the occasion, get in the way.

    Args:
        skill, openness, familiarity, trained, tired: officer's, shares 0-1 (familiarity with this
            resident's public).
        ease, trust: resident's, shares 0-1.
        strain: what the occasion takes away (0 for a friendly contact), share.
        chance: a draw, standard normal.
        a: assumptions.

    Source: Rosenbaum et al. 2005 for the colouring by prior trust; Wheller et al. 2013 for training.
    """
    brought = a.felt_base + a.officer_matters * (0.5 * (skill + openness) - 0.5)
    brought += (
        a.familiarity_matters * familiarity + a.training_matters * trained - a.tired_costs * tired
    )
    seen = (
        brought + a.prior_colours_contact * (trust - 0.5) - a.hard_to_reach * (1.0 - ease) - strain
    )
    return squash(seen + a.contact_noise * chance)


@rule
def push_of_contact(felt, trust, weight, a):
    """How far a felt quality pushes an attitude: nothing at the neutral quality, symmetric around it.

    What is neutral moves with what the resident already believes: an ordinary contact is good news
    to those who expected little of the police, and no news to those who trusted them.

    Args:
        felt: quality of the meeting, share 0-1.
        trust: the resident's, before the meeting, share 0-1.
        weight: push per unit of quality.
        a: assumptions; uses `neutral_quality`, `judged_against_prior`.

    Source: Peyton, Sierra-Arévalo & Rand 2019, who gained most from a visit; decision 0011.
    """
    return bounded(weight * (felt - a.neutral_quality - a.judged_against_prior * (trust - 0.5)))


@rule
def one_sided(push, asymmetry):
    """Weigh bad news more than good where an asymmetry is declared (1 = symmetric)."""
    return bounded(push * asymmetry if push < 0.0 else push)


@rule
def satisfaction(felt, resolved, expectation, a):
    """How satisfied a caller is, 0 to 1: treatment and result, judged against what they expected.

    Source: Reisig & Chandek 2001 for the gap between expected and received service.
    """
    received = 0.5 * felt + 0.5 * resolved
    seen = 0.5 + a.treatment_satisfies * (felt - 0.5) + a.result_satisfies * (resolved - 0.4)
    return squash(seen - a.gap_bites * (expectation - received))


@rule
def loudness(voice_score, a):
    """How loudly a concern is put, for a standard score of voice; 1 for an average voice."""
    return 2.718281828459045 ** (a.loudness_by_voice * min(3.0, max(-3.0, voice_score)))
