"""Choosing an account by name, and living a scenario under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.scenario.faults import plain, suggestion
from sim.theories.declared import Theory
from sim.theories.effectiveness import EFFECTIVENESS
from sim.theories.fair_treatment import FAIR_TREATMENT
from sim.theories.memory_of_contact import MEMORY_OF_CONTACT
from sim.theories.shared_identity import SHARED_IDENTITY

if TYPE_CHECKING:
    from sim.scenario import Scenario

THEORIES: dict[str, Theory] = {
    theory.name: theory
    for theory in (FAIR_TREATMENT, EFFECTIVENESS, SHARED_IDENTITY, MEMORY_OF_CONTACT)
}


class UnknownTheory(ValueError):
    """No account has this name.

    Args:
        name: as it was given.
    """

    def __init__(self, name: str) -> None:
        message = f"there is no theory {plain(name)}. {suggestion(name, THEORIES)}"
        super().__init__(message)
        self.faults = [message]


def theory_named(name: str) -> Theory:
    """The account of this name.

    Raises:
        UnknownTheory: there is none; the message names the nearest.
    """
    if name not in THEORIES:
        raise UnknownTheory(name)
    return THEORIES[name]


def with_theory(scenario: Scenario, name: str) -> Scenario:
    """The same scenario under another account of trust.

    What the scenario's files or settings say of an assumption wins over the theory, the theory wins
    over parameter sets and declared defaults. The scenario's root lives under the theory as well, so
    that `changed_assumptions` goes on to show what its author changed.

    Args:
        scenario: any scenario that is not under another theory yet.
        name: a name of `THEORIES`.

    Raises:
        UnknownTheory: no account has this name.
        ValueError: the scenario is under another theory.
    """
    theory = theory_named(name)
    if scenario.theory not in (None, name):
        raise ValueError(f"{scenario.key} is under the theory {scenario.theory} already")
    return scenario.with_assumptions(theory.assumptions, theory=name)
