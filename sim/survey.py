"""What people answer when asked: the one table of survey items.

An attitude is latent. Someone agrees with an item when the attitude, plus whatever else colours an
answer on the day, passes the item's threshold: P(agree) = Φ((attitude - threshold) / noise). Over a
public whose attitudes spread around a mean, P(agree) = Φ((mean - threshold) / √(noise² + spread²)).
Surveys taken inside the model, published patterns and the building of areas all read this table, so
that points and shares agreeing always mean the same thing.

Thresholds are relative: a public where 63 % say "good job" is put at 59 points of confidence, and
the other items of the same attitude are placed so that one public gives one level. Two measures of
the London survey are not here, "well informed" and "knows the ward officer": they ask what happened
to people, which the model counts (indicators `informed` and `familiarity`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import ndtr, ndtri

NOISE = 0.15
"""Item noise, a share 0-1: what else colours one answer. Our judgement, untested."""

SPREAD = 0.17
"""Standard deviation of an attitude within one public, a share 0-1. Our judgement, untested."""

_CSEW = "Crime Survey for England and Wales 2013/14 (E36)"
_LONDON = "London Public Attitude Survey, year to end 2016"


@dataclass(frozen=True)
class Item:
    """One question of a survey.

    Attributes:
        name: key in `ITEMS`.
        wording: what is put to people, in substance.
        attitude: the attitude or belief it reads.
        threshold: the level at which half agree, a share 0-1.
        noise: standard deviation of one person's answer around the attitude, a share 0-1.
        source: what fixes the threshold.
    """

    name: str
    wording: str
    attitude: str
    threshold: float
    noise: float
    source: str


_ITEMS = (
    Item(
        "trust",
        "The police are an organisation that I can trust.",
        "trust",
        0.385,
        NOISE,
        "our anchor: 87 % agree at 64 points, London's level in 2016; 88 % at end 2016",
    ),
    Item(
        "fair",
        "They treat everyone fairly, whoever they are.",
        "trust",
        0.476,
        NOISE,
        f"{_LONDON}: 78 % where 88 % trust them",
    ),
    Item(
        "good_job",
        "How good a job do the local police do? (good or excellent)",
        "confidence",
        0.515,
        NOISE,
        f"our anchor: 63 % at 59 points; 63 % is the {_CSEW}",
    ),
    Item(
        "overall_confidence",
        "Taking everything into account I have confidence in the local police.",
        "confidence",
        0.430,
        NOISE,
        f"{_CSEW}: 76 % where 63 % say good or excellent",
    ),
    Item(
        "relied_on",
        "They can be relied on to be there when you need them.",
        "confidence",
        0.452,
        NOISE,
        f"{_LONDON}: 78 % where 69 % say good job",
    ),
    Item(
        "listens",
        "They listen to the concerns of local people.",
        "voice_belief",
        0.340,
        NOISE,
        f"our anchor: 50 points where 76 % agree; 76 % is the {_LONDON}",
    ),
    Item(
        "understands",
        "They understand the issues that matter around here.",
        "voice_belief",
        0.354,
        NOISE,
        f"{_LONDON}: 74 % where 76 % say that they listen",
    ),
    Item(
        "obey",
        "You should do what the police tell you, even when you disagree.",
        "legitimacy",
        0.467,
        NOISE,
        "our judgement, untested: 75 % at 62 points; no figure in the files",
    ),
    Item(
        "should_do_more",
        "The police should do more for people around here.",
        "expectation",
        0.501,
        NOISE,
        "our judgement, untested: 70 % at 62 points; no figure in the files",
    ),
)
ITEMS: dict[str, Item] = {item.name: item for item in _ITEMS}


def agree(item: Item | str, mean: Any, spread: Any = SPREAD) -> Any:
    """Share of a public that agrees with an item.

    Args:
        item: an item or its name.
        mean: mean attitude of the public, a share 0-1; a number or an array.
        spread: standard deviation of the attitude among its people; 0 for one person.

    Returns:
        Share agreeing, 0-1, in the shape of `mean` and `spread` together.

    Raises:
        KeyError: no item has this name.
    """
    item = _item(item)
    return _plain(ndtr((np.asarray(mean) - item.threshold) / _width(item, spread)))


def level(item: Item | str, share: Any, spread: Any = SPREAD) -> Any:
    """Mean attitude of a public in which a given share agrees: the inverse of `agree`.

    Args:
        item: an item or its name.
        share: share agreeing, above 0 and below 1; a number or an array.
        spread: standard deviation of the attitude among the public's people.

    Returns:
        Mean attitude as a share; close to 0-1 for any share that a survey finds, not cut off there.

    Raises:
        KeyError: no item has this name.
        ValueError: nobody or everybody agrees, which fits any level beyond a point.
    """
    item = _item(item)
    share = np.asarray(share, dtype=float)
    if not np.all((share > 0) & (share < 1)):
        raise ValueError(
            f"{item.name}: a share agreeing of {share} fixes no level; one between 0 and 1 does."
        )
    return _plain(item.threshold + _width(item, spread) * ndtri(share))


def _item(item: Item | str) -> Item:
    return ITEMS[item] if isinstance(item, str) else item


def _width(item: Item, spread: Any) -> Any:
    return np.sqrt(item.noise**2 + np.square(spread))


def _plain(value: Any) -> Any:
    return float(value) if np.ndim(value) == 0 else value
