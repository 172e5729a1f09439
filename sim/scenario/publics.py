"""Which residents belong to which public: rules over their traits, first match wins.

Sums are exact (`fsum`): plain sums of floats differ between versions of Python.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import fsum

from sim.scenario.area_fields import AGES, ETHNICS, TENURES, TRAITS

Cell = tuple[str, str, str, float]
Rule = Mapping[str, Sequence[str]]
Members = tuple[float, tuple[Cell, ...]]


def every_cell() -> Iterator[tuple[str, str, str]]:
    """Every combination of age, tenure and ethnic group, always in the same order."""
    return product(AGES, TENURES, ETHNICS)


def independent(shares: Mapping[str, Mapping[str, float]]) -> list[Cell]:
    """Share of people in every cell, traits taken as independent of each other."""
    by_age, by_tenure, by_ethnic = (shares[trait] for trait in TRAITS)
    return [
        (age, tenure, ethnic, by_age[age] * by_tenure[tenure] * by_ethnic[ethnic])
        for age, tenure, ethnic in every_cell()
    ]


def sums_over(cells: Sequence[Cell]) -> dict[str, dict[str, float]]:
    """Share of people by each trait alone."""
    return {
        trait: {value: fsum(cell[3] for cell in cells if cell[at] == value) for value in values}
        for at, (trait, values) in enumerate(TRAITS.items())
    }


def matches(rule: Rule, cell: Cell) -> bool:
    """Whether a rule takes the people of a cell; a trait it does not name does not matter."""
    return all(value in rule[trait] for trait, value in zip(TRAITS, cell[:3]) if trait in rule)


def divide(
    cells: Sequence[Cell], rules: Mapping[str, Rule]
) -> tuple[dict[str, list[Cell]], list[Cell]]:
    """Give every cell to the first public whose rule takes it.

    Args:
        cells: (age, tenure, ethnic group, share of people), without empty ones.
        rules: public → rule, in the order in which they apply.

    Returns:
        The cells of each public, and those that no public takes.
    """
    taken: dict[str, list[Cell]] = {key: [] for key in rules}
    left: list[Cell] = []
    for cell in cells:
        first = next((key for key, rule in rules.items() if matches(rule, cell)), None)
        (left if first is None else taken[first]).append(cell)
    return taken, left


def members(cells: Sequence[Cell]) -> Members:
    """Share of people in some cells together, and the cells with their shares of that."""
    total = fsum(cell[3] for cell in cells)
    within = tuple((age, tenure, ethnic, share / total) for age, tenure, ethnic, share in cells)
    return total, within


def redrawn(profile: Sequence[float], beats: int) -> list[float]:
    """A profile along the beats, drawn again over another number of beats; its sum is kept."""
    width = len(profile) / beats
    return [
        fsum(
            share * _overlap(at, at + 1, beat * width, (beat + 1) * width)
            for at, share in enumerate(profile)
        )
        for beat in range(beats)
    ]


def evenly_spread(beats: int, low: float = 0.6, high: float = 1.4) -> list[float]:
    """Values from low to high with mean in the middle; the middle where there is one beat."""
    if beats == 1:
        return [(low + high) / 2]
    return [low + (high - low) * beat / (beats - 1) for beat in range(beats)]


def normalised(shares: Sequence[float]) -> list[float]:
    """Shares that sum to 1 but for rounding in the file, made to sum to 1."""
    total = fsum(shares)
    return list(shares) if abs(total - 1) < 1e-12 else [share / total for share in shares]


def _overlap(low: float, high: float, other_low: float, other_high: float) -> float:
    return max(0.0, min(high, other_high) - max(low, other_low))
