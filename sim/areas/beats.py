"""Beats made of neighbouring small areas, and who lives in each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.areas.people import cells, ethnic_shares, public_shares, tenure_shares
from sim.areas.publics import Public
from sim.areas.tables import CRIME_RATES, Columns

BEAT_PEOPLE = 22_500  # residents of all ages that one beat should have: 20,000 to 25,000


def beat_of(small_areas: Columns) -> np.ndarray:
    """Group a borough's small areas into beats of about 22,500 residents.

    Neighbourhoods (middle-layer areas) stay whole. The borough is cut in two across its longer side
    so that residents divide in proportion to the beats on each side, and each part again, until
    every part is one beat. Beats are numbered from north-west, part by part.

    Returns:
        Beat number of each small area, from 0.
    """
    people = small_areas["eth_total"]
    names, index = np.unique(np.array(small_areas["msoa21_code"]), return_inverse=True)
    size = np.bincount(index, weights=people)
    centres = np.stack(
        [
            np.bincount(index, weights=people * small_areas[axis]) / size
            for axis in ("easting_bng", "northing_bng")
        ],
        axis=-1,
    )
    beats = min(max(1, round(people.sum() / BEAT_PEOPLE)), len(names))
    found = np.zeros(len(names), dtype=int)
    for number, part in enumerate(_parts(np.arange(len(names)), centres, size, beats)):
        found[part] = number
    return found[index]


def beat_shares(small_areas: Columns, beat: np.ndarray) -> np.ndarray:
    """Share of the borough's residents in each beat, Census 2021."""
    people = np.bincount(beat, weights=small_areas["eth_total"])
    return people / people.sum()


def beat_disorder(small_areas: Columns, beat: np.ndarray) -> np.ndarray:
    """Recorded crime and anti-social behaviour per head by beat; the beats' mean is 1."""
    people = small_areas["eth_total"]
    rate = sum(small_areas[name] for name in CRIME_RATES)
    by_beat = np.bincount(beat, weights=people * rate) / np.bincount(beat, weights=people)
    return by_beat / by_beat.mean()


def residents_of_publics(
    small_areas: Columns, age: np.ndarray, publics: Sequence[Public]
) -> np.ndarray:
    """Residents of each public in each small area: array [small area, public].

    Tenure and ethnic group are the small area's own, age is the borough's; the three are crossed as
    if independent inside a small area.
    """
    everywhere = np.broadcast_to(age, (len(small_areas["eth_total"]), len(age)))
    table = cells(everywhere, tenure_shares(small_areas), ethnic_shares(small_areas))
    return public_shares(table, publics) * small_areas["eth_total"][:, None]


def publics_by_beat(residents: np.ndarray, beat: np.ndarray) -> np.ndarray:
    """Share of each public that lives in each beat: array [public, beat]."""
    by_beat = np.stack([np.bincount(beat, weights=public) for public in residents.T])
    return by_beat / by_beat.sum(axis=1, keepdims=True)


def _parts(
    members: np.ndarray, centres: np.ndarray, size: np.ndarray, beats: int
) -> list[np.ndarray]:
    """Cut neighbourhoods into one part for each beat, with about as many residents in each."""
    if beats == 1:
        return [members]
    here = centres[members]
    width, height = here.max(axis=0) - here.min(axis=0)
    across = here[:, 0] if width >= height else -here[:, 1]
    members = members[np.lexsort((members, across))]
    first = beats // 2
    running = np.cumsum(size[members])
    wanted = running[-1] * first / beats
    cut = int(np.argmin(np.abs(running - wanted))) + 1
    cut = min(max(cut, first), len(members) - (beats - first))
    return [
        *_parts(members[:cut], centres, size, first),
        *_parts(members[cut:], centres, size, beats - first),
    ]
