"""From what the worlds found to the rows of the file."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from SALib.analyze.morris import analyze
from scipy.stats import t as student

from analysis.influence.design import DICE, LEVELS, problem
from analysis.influence.findings import FINDINGS, MAIN
from sim.influence import SUBJECTS, Influence

FALSE_SHARE = 0.05  # of the moves called clear, how many may be chance
Screened = dict[tuple[str, int], dict[str, tuple[float, float]]]


@dataclass(frozen=True)
class Moves:
    """How far worlds are from others, and what of that chance may make up.

    Attributes:
        mean: over pairs with the same dice, [move, subject, finding]; NaN where fewer than two pairs
            have a value.
        noise: the size up to which chance may explain a move, of the same shape.
    """

    mean: np.ndarray
    noise: np.ndarray

    @property
    def clear(self) -> np.ndarray:
        """Which moves are larger than chance explains."""
        return np.abs(self.mean) > self.noise

    def of(self, *place: int) -> tuple[float | None, float | None]:
        """One move of one finding, and its noise."""
        return present(self.mean[place]), present(self.noise[place])


def moves(worlds: np.ndarray, others: np.ndarray) -> Moves:
    """How far worlds are from others, pair by pair.

    The bar of noise is set finding by finding so that of the moves above it about one in twenty is
    chance (Benjamini & Hochberg 1995), however many numbers are looked at.

    Args:
        worlds: [move, replicate, subject, finding].
        others: the same, or without the first axis where all are held against one.
    """
    mean, error, freedom = _means(worlds - others)
    with np.errstate(invalid="ignore", divide="ignore"):
        chance = 2.0 * student.sf(np.abs(mean) / error, freedom)
    chance = np.where(mean == 0.0, 1.0, chance)
    bar = np.apply_along_axis(_bar, 0, chance)
    return Moves(mean, student.isf(bar / 2.0, freedom) * error)


def interval_half(values: np.ndarray) -> np.ndarray:
    """Half of the 95 % interval of a mean over the first axis."""
    _, error, freedom = _means(values)
    return np.asarray(student.isf(0.025, freedom) * error)


def _means(pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean, its standard error and degrees of freedom over the last axis but two."""
    count = np.isfinite(pairs).sum(axis=-3)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(count > 1, np.nansum(pairs, axis=-3) / count, np.nan)
        spread = np.nansum((pairs - np.expand_dims(mean, -3)) ** 2, axis=-3)
        error = np.sqrt(spread / (count - 1) / count)
    return mean, error, np.maximum(count - 1, 1)


def _bar(chance: np.ndarray) -> float:
    """The largest chance, of one finding's moves, that still counts as clear."""
    ordered = np.sort(chance[np.isfinite(chance)])
    if ordered.size == 0:
        return FALSE_SHARE
    allowed = FALSE_SHARE * np.arange(1, ordered.size + 1) / ordered.size
    clear = np.flatnonzero(ordered <= allowed)
    return float(allowed[clear[-1]] if clear.size else allowed[0])


def screened(worlds: np.ndarray, found: np.ndarray) -> Screened:
    """Morris's mean size and spread of elementary effects.

    Args:
        worlds: the trajectories, [world, factor].
        found: what each world found, [world, subject, main finding]; trajectories with a missing
            value are left out of that finding.

    Returns:
        (subject, place of the main finding) → factor → (mu*, sigma), the dice among the factors;
        no factor where fewer than two trajectories are whole.
    """
    steps = worlds.shape[1] + 1
    results: Screened = {}
    for s, subject in enumerate(SUBJECTS):
        for m in range(found.shape[2]):
            values = found[:, s, m].reshape(-1, steps)
            whole = np.repeat(np.isfinite(values).all(axis=1), steps)
            if whole.sum() < 2 * steps:
                results[subject, m] = {}
                continue
            effects = analyze(problem(), worlds[whole], found[whole, s, m], num_levels=LEVELS)
            results[subject, m] = {
                name: (float(size), float(spread))
                for name, size, spread in zip(
                    effects["names"], effects["mu_star"], effects["sigma"]
                )
            }
    return results


@dataclass(frozen=True)
class Ends:
    """What each number does when it alone goes to the low end, to the high end, and from one to the other."""

    low: Moves
    high: Moves
    across: Moves


def ends_of(default: np.ndarray, ends: np.ndarray) -> Ends:
    """How far each number moves each finding.

    Args:
        default: [replicate, subject, finding].
        ends: low and high end of each number in turn, [2 × number, replicate, subject, finding].
    """
    both = moves(ends, default)
    low, high = (Moves(both.mean[end::2], both.noise[end::2]) for end in (0, 1))
    return Ends(low, high, moves(ends[1::2], ends[0::2]))


def rows(names: Sequence[str], found: Ends, effects: Screened) -> Iterator[Influence]:
    """Every row of the file.

    Args:
        names: the numbers, in the order of the ends.
        found: how far each moves each finding.
        effects: what the trajectories gave.
    """
    clear = found.low.clear | found.high.clear | found.across.clear
    for n, name in enumerate(names):
        for s, subject in enumerate(SUBJECTS):
            for f, finding in enumerate(FINDINGS):
                if f not in MAIN and not clear[n, s, f]:
                    continue
                low, noise_low = found.low.of(n, s, f)
                high, noise_high = found.high.of(n, s, f)
                screening = effects[subject, MAIN.index(f)] if f in MAIN else {}
                mu_star, sigma = screening.get(name, (None, None))
                yield Influence(
                    *(name, subject, finding, low, high, noise_low, noise_high),
                    *(*found.across.of(n, s, f), mu_star, sigma),
                )


def present(value: float) -> float | None:
    """A plain float, or None where there is no value."""
    return float(value) if np.isfinite(value) else None


def usual_noise(found: Ends) -> dict[str, dict[str, float | None]]:
    """What usually cannot be told from chance when one number goes through its range.

    Returns:
        subject → finding → the median of the noise over all numbers.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a median of nothing is empty
        middle = np.nanmedian(found.across.noise, axis=0)
    return {
        subject: {finding: present(middle[s, f]) for f, finding in enumerate(FINDINGS)}
        for s, subject in enumerate(SUBJECTS)
    }


def dice_alone(effects: Screened) -> dict[str, dict[str, float]]:
    """What throwing other dice gives along the trajectories: subject → main finding → mu*."""
    return {
        subject: {
            FINDINGS[f]: effects[subject, m][DICE][0]
            for m, f in enumerate(MAIN)
            if DICE in effects[subject, m]
        }
        for subject in SUBJECTS
    }


def as_csv(found: Iterable[Influence], columns: Iterable[str]) -> str:
    """Rows as text, four significant digits each."""
    lines = [",".join(columns)]
    lines += [",".join(_cell(value) for value in vars(one).values()) for one in found]
    return "\n".join(lines) + "\n"


def _cell(value: str | float | None) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else f"{value + 0.0:.4g}"
