"""Patterns across London boroughs."""

from __future__ import annotations

import numpy as np

from analysis.evidence.field import Field
from analysis.evidence.measures.measured import Measured


def hours_and_outcomes(field: Field) -> dict[str, Measured]:
    return {"trust": np.full(2, np.nan)}


def composition_and_trust(field: Field) -> dict[str, Measured]:
    return {"share Black": np.full(2, np.nan)}
