"""Emulators: what a summary would be on average, as a function of assumptions in normal scores.

Ordinary least squares on all scores, squares of those that matter and their products; the noise of
one small world averages out over hundreds of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import linalg

MATTERS = 3.3
"""A slope this many standard errors from zero matters (about one in a thousand by chance)."""
MOST_CURVED = 6
"""Only the strongest few enter squared and in products: each pair costs a coefficient."""


@dataclass(frozen=True)
class Emulator:
    """One summary as a function of normal scores.

    Attributes:
        main: places of the scores that enter.
        curved: those that also enter squared and in products.
        coefficients: by term.
        covariance: of the coefficients.
        noise: standard deviation of one small world around the emulator.
    """

    main: np.ndarray
    curved: np.ndarray
    coefficients: np.ndarray
    covariance: np.ndarray
    noise: float

    def terms(self, scores: np.ndarray) -> np.ndarray:
        """The columns of the regression, [set, term]."""
        columns = [np.ones(len(scores)), *scores[:, self.main].T]
        for place, one in enumerate(self.curved):
            columns += [scores[:, one] * scores[:, other] for other in self.curved[place:]]
        return np.column_stack(columns)

    def __call__(self, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Expected summary and its standard error, [set]."""
        terms = self.terms(scores)
        error = np.sqrt(np.einsum("ij,jk,ik->i", terms, self.covariance, terms))
        return terms @ self.coefficients, error


def fit(scores: np.ndarray, values: np.ndarray) -> Emulator:
    """Fit one summary.

    Args:
        scores: [set, assumption], the design that was run.
        values: [set]; sets without a value are left out.
    """
    there = np.isfinite(values)
    scores, values = scores[there], _tamed(values[there])
    slopes = _t_of_slopes(scores, values)
    order = np.argsort(-np.abs(slopes))
    main = np.sort(order[np.abs(slopes[order]) > 2.0][:40])
    curved = np.sort(order[np.abs(slopes[order]) > MATTERS][:MOST_CURVED])
    empty = Emulator(main, curved, np.empty(0), np.empty(0), 0.0)
    terms = empty.terms(scores)
    gram = linalg.pinvh(terms.T @ terms)
    coefficients = gram @ (terms.T @ values)
    left = values - terms @ coefficients
    noise = float(np.sqrt((left**2).sum() / max(1, len(values) - terms.shape[1])))
    return Emulator(main, curved, coefficients, gram * noise**2, noise)


def what_matters(scores: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Slope of a summary on each score, in standard errors."""
    there = np.isfinite(values)
    return _t_of_slopes(scores[there], _tamed(values[there]))


def _tamed(values: np.ndarray) -> np.ndarray:
    """Values with the wildest one in a hundred at either end brought to where the others end."""
    low, high = np.quantile(values, [0.01, 0.99])
    return np.clip(values, low, high)


def _t_of_slopes(scores: np.ndarray, values: np.ndarray) -> np.ndarray:
    terms = np.column_stack([np.ones(len(scores)), scores])
    gram = linalg.pinvh(terms.T @ terms)
    coefficients = gram @ (terms.T @ values)
    left = values - terms @ coefficients
    freedom = max(1, len(values) - terms.shape[1])
    error = np.sqrt(np.diag(gram) * (left**2).sum() / freedom)
    return coefficients[1:] / np.maximum(error, 1e-12)


