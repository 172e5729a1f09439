"""Everything that is found about a sweep, worked out once and shared by tables and report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.effects import enough, indices, paired, sloped, together, weekly
from analysis.effects.gathered import Opened, gather
from analysis.effects.grid import Grid


@dataclass(frozen=True)
class Findings:
    """What a sweep says.

    Attributes:
        place: its folder.
        grid: its results, laid out by factor.
        tables: every table by the stem of its file; those that do not apply are absent.
        notes: what a reader has to know of them.
    """

    place: Path
    grid: Grid
    tables: Mapping[str, pd.DataFrame]
    notes: tuple[str, ...]


def find(
    opened: Opened, indicators: tuple[str, ...] = (), precision: Mapping[str, float] | None = None
) -> Findings:
    """Work out everything about a sweep.

    Args:
        opened: its folder.
        indicators: those wanted; all that were kept if none is named.
        precision: half-width that is aimed for, by indicator.

    Raises:
        AnalysisFault: see `analysis.effects.gathered.gather`.
    """
    grid = Grid(gather(opened, indicators))
    contrasts, note = paired.point_contrasts(grid)
    every = indices.indices(grid)
    tables = {
        "points": enough.mean_by_point(grid),
        "effects": _joined(paired.effects(grid), sloped.slopes(grid)),
        "levels": _joined(paired.level_means(grid), sloped.bin_means(grid)),
        "contrasts": contrasts,
        "maps": together.map_rows(grid),
        "interactions": together.interactions(grid),
        "indices": every,
        "indices-over-worlds": indices.over_worlds(every),
        "indices-of-pairs": indices.pair_indices(grid),
        "convergence": indices.convergence(every),
        "replicates": enough.enough(grid, dict(precision or {})),
        **weekly.by_week(opened, grid),
    }
    kept = {name: table for name, table in tables.items() if len(table)}
    return Findings(opened.place, grid, kept, (note,) if note else ())


def _joined(*tables: pd.DataFrame) -> pd.DataFrame:
    there = [table for table in tables if len(table)]
    return pd.concat(there, ignore_index=True) if there else pd.DataFrame()
