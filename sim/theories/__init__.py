"""Rival accounts of trust: four named sets of assumptions over the same engine.

A conclusion that holds under all of them hangs on none. An account changes numbers of
`sim/assumptions.py` and nothing else: no lever, no attitude, no rule.
"""

from sim.theories.chosen import THEORIES, UnknownTheory, theory_named, with_theory
from sim.theories.declared import Departure, Theory

__all__ = ["THEORIES", "Departure", "Theory", "UnknownTheory", "theory_named", "with_theory"]
