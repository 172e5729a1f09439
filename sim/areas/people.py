"""Who lives in a place: shares of age, tenure and ethnic group, and the publics they make up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.areas.publics import Public
from sim.areas.tables import HOMES, Columns
from sim.scenario.area_fields import TRAITS

# The tables give 16-29, 30-44, 45-64, 65 and over. Each year of age inside a band is taken to hold
# equally many people: 9 of the 14 years of 16-29 are below 25, and 5 of the 15 of 30-44 below 35.
_BANDS = np.array(
    [
        [9 / 14, 5 / 14, 0, 0, 0],
        [0, 5 / 15, 10 / 15, 0, 0],
        [0, 0, 0, 1, 0],
        [0, 0, 0, 0, 1],
    ]
)


def adults_by_age(profile: Columns) -> np.ndarray:
    """People aged 16 and over by age band, mid-2020: array [borough, age]."""
    bands = ("16_29", "30_44", "45_64", "65plus")
    return np.stack([profile[f"mid2020_persons_{band}"] for band in bands], axis=-1) @ _BANDS


def tenure_shares(table: Columns) -> np.ndarray:
    """Shares of households by tenure, Census 2021: array [row, tenure]."""
    kinds = [HOMES[tenure] for tenure in TRAITS["tenure"]]
    homes = np.stack([sum(table[name] for name in names) for names in kinds], axis=-1)
    return homes / homes.sum(axis=-1, keepdims=True)


def ethnic_shares(table: Columns) -> np.ndarray:
    """Shares of residents of all ages by ethnic group, Census 2021: array [row, ethnic]."""
    people = np.stack([table[f"eth_{group}"] for group in TRAITS["ethnic"]], axis=-1)
    return people / people.sum(axis=-1, keepdims=True)


def cells(age: np.ndarray, tenure: np.ndarray, ethnic: np.ndarray) -> np.ndarray:
    """Cross-tabulate as if the three were independent of each other.

    Args:
        age: shares by age band; all three have the same leading shape.
        tenure: shares by tenure.
        ethnic: shares by ethnic group.

    Returns:
        Shares [..., age, tenure, ethnic].
    """
    return age[..., :, None, None] * tenure[..., None, :, None] * ethnic[..., None, None, :]


def membership(publics: Sequence[Public]) -> np.ndarray:
    """Which public each cell belongs to: the first whose rule holds.

    Returns:
        Array [public, age, tenure, ethnic] of 0 and 1.
    """
    left = np.ones([len(values) for values in TRAITS.values()])
    rules = []
    for public in publics:
        rule = left * _rule(public)
        rules.append(rule)
        left = left - rule
    return np.stack(rules)


def public_shares(table: np.ndarray, publics: Sequence[Public]) -> np.ndarray:
    """Share of each public [..., public] among the people of a table [..., age, tenure, ethnic]."""
    return np.einsum("...ate,pate->...p", table, membership(publics))


def mix_of_publics(table: np.ndarray, publics: Sequence[Public]) -> np.ndarray:
    """Share of each cell inside a public [public, age, tenure, ethnic]; each public sums to 1."""
    mix = membership(publics) * table
    return mix / mix.sum(axis=(1, 2, 3), keepdims=True)


def _rule(public: Public) -> np.ndarray:
    where = public.where
    parts = [
        np.array([value in where.get(trait, values) for value in values], dtype=float)
        for trait, values in TRAITS.items()
    ]
    return cells(*parts)
