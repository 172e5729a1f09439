"""Patterns across London boroughs, lived one by one."""

from __future__ import annotations

import numpy as np

from analysis.evidence.field import Field
from analysis.evidence.measures.measured import Measured
from analysis.london import across


def hours_and_outcomes(field: Field) -> dict[str, Measured]:
    """Correlation over boroughs of ward-officer hours with trust and with being informed."""
    trust, informed = across.hours_and_outcomes(
        residents=field.effort.residents or field.pattern.residents,
        replicates=field.replicates,
        seed=field.effort.seed,
        workers=field.effort.workers,
        change=field.change,
    )
    return {"trust": trust, "informed": informed, "informed less trust": informed - trust}


def composition_and_trust(field: Field) -> dict[str, Measured]:
    """Correlation over boroughs of starting trust with composition: as built, the same in every replicate."""
    black, deprived = across.composition_and_trust(field.change)
    return {
        "share Black": np.full(field.replicates, black),
        "deprivation": np.full(field.replicates, deprived),
    }
