"""The virtual survey: whom it reaches, what it asks, how people answer.

An attitude of the model is latent. A survey sees an answer: the attitude plus what else colours it
on the day (the item's noise), cut into the points of the study's scale, from those who were drawn
and did not refuse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.survey import ITEMS, Item

People = Mapping[str, np.ndarray]

_COLUMNS = {"voice_belief": "voice_belief", "perceived_impartiality": "perceived_impartiality"}
BAD, GOOD = 0.4, 0.6
"""A rating below the first two of five equal steps is bad, above the first three is good."""


@dataclass(frozen=True)
class Survey:
    """How a study went about it.

    Attributes:
        sample: people drawn in each area.
        refuse: share of them who do not answer.
        refuse_by_trust: log-odds by which one standard deviation less trust makes refusing likelier.
        points: points of the answering scale.
    """

    sample: int = 1500
    refuse: float = 0.3
    refuse_by_trust: float = 0.0
    points: int = 5


def respondents(people: People, survey: Survey, rng: np.random.Generator) -> np.ndarray:
    """Rows of those who were drawn and answered, in order.

    Args:
        people: everybody, one array per column.
        survey: sample and refusals.
        rng: the survey's own luck.
    """
    number = people["trust"].size
    drawn = rng.permutation(number)[: min(survey.sample, number)]
    trust = people["trust"]
    score = (trust - trust.mean()) / max(1e-9, trust.std())
    odds = np.log(max(1e-9, survey.refuse) / max(1e-9, 1.0 - survey.refuse))
    chance = 1.0 / (1.0 + np.exp(-(odds - survey.refuse_by_trust * score)))
    refuses = rng.random(number) < chance
    return np.sort(drawn[~refuses[drawn]])


def latent(people: People, name: str) -> np.ndarray:
    """The attitude an item reads, as a share 0-1."""
    return people[_COLUMNS.get(ITEMS[name].attitude, ITEMS[name].attitude)] / 100.0


def coloured(people: People, name: str, rng: np.random.Generator) -> np.ndarray:
    """The attitude as it comes out on the day: with the item's noise, not yet cut to a scale."""
    level = latent(people, name)
    return level + ITEMS[name].noise * rng.standard_normal(level.size)


def answers(
    people: People, name: str, rng: np.random.Generator, points: int = 5, items: int = 1
) -> np.ndarray:
    """Answers of everybody to a question on a scale of equal steps, 1 to `points`.

    Args:
        people: everybody.
        name: key of the item in `sim.survey.ITEMS`.
        rng: the survey's own luck.
        points: points of the scale.
        items: number of like items that are averaged.
    """
    steps = [
        1 + np.floor(np.clip(coloured(people, name, rng), 0.0, 0.999999) * points)
        for _ in range(items)
    ]
    return np.mean(steps, axis=0)


def agrees(people: People, name: str, rng: np.random.Generator) -> np.ndarray:
    """Who agrees with an item: the coloured attitude is above its threshold."""
    item: Item = ITEMS[name]
    return coloured(people, name, rng) > item.threshold


def last_rating(people: People, before: People | None = None) -> np.ndarray:
    """How the encounters of the period were rated, 0 to 1: the mean of the last call, search and traffic stop.

    Args:
        people: everybody at the end of the period.
        before: the same people at its beginning; not given, since week 0.

    Returns:
        NaN for those who had no encounter.
    """
    rated = np.full((3, people["trust"].size), np.nan)
    for place, (count, column) in enumerate(
        (
            ("calls", "last_call_satisfaction"),
            ("stops", "last_stop_fairness"),
            ("traffic_stops", "last_traffic_fairness"),
        )
    ):
        had = people[count] > (0 if before is None else before[count])
        rated[place, had] = people[column][had]
    met = ~np.isnan(rated).all(axis=0)
    mean = np.full(rated.shape[1], np.nan)
    mean[met] = np.nanmean(rated[:, met], axis=0)
    return mean
