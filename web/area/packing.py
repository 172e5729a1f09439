"""A week in a byte a resident: levels rounded to a step, weeks as differences, all of it zipped."""

from __future__ import annotations

import gzip

import numpy as np

LEVELS = 254
"""Steps a byte has room for; 255 stands for nothing to show."""
NOTHING = 255
POINTS_STEP = 100.0 / LEVELS
"""A step of what goes from 0 to 100."""


def step_for(largest: float) -> float:
    """The step of a count: 1, and more only where a byte would not reach."""
    return max(1.0, float(largest) / LEVELS)


def rounded(values: np.ndarray, step: float) -> np.ndarray:
    """Values as whole steps, at most half a step away; NaN as nothing.

    Args:
        values: from 0 to 254 steps, any shape.
        step: in the unit of the values.

    Returns:
        uint8 of the same shape; the value is byte × step.
    """
    values = np.asarray(values, np.float64)
    steps = np.rint(values / step)
    return np.where(np.isfinite(steps), np.clip(steps, 0, LEVELS), NOTHING).astype(np.uint8)


def bulk(packed: np.ndarray) -> tuple[int, int]:
    """The bytes between which all but the lowest and the highest hundredth lie."""
    number = np.bincount(packed.ravel(), minlength=256)[:NOTHING]
    share = np.cumsum(number) / max(1, number.sum())
    return int(np.searchsorted(share, 0.01)), min(LEVELS, int(np.searchsorted(share, 0.99)))


def differences(weeks: np.ndarray) -> np.ndarray:
    """Each week less the one before, in bytes that wrap around: mostly zeros, so they zip well.

    Args:
        weeks: uint8 [..., weeks, residents].
    """
    told = weeks.copy()
    told[..., 1:, :] = weeks[..., 1:, :] - weeks[..., :-1, :]
    return told


def summed(told: np.ndarray) -> np.ndarray:
    """What `differences` were taken from."""
    return np.cumsum(told, axis=-2, dtype=np.uint8)


def zipped(*parts: bytes) -> bytes:
    """Parts one after the other, zipped the same way each time."""
    return gzip.compress(b"".join(parts), compresslevel=5, mtime=0)
