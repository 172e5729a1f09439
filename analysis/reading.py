"""Runs an experiment file and reads the folder of a sweep, as pandas tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.experiment import points_of, read_experiment
from analysis.running.sweep import run_sweep


@dataclass(frozen=True)
class Sweep:
    """The tables of a sweep: tidy results, design points, failures."""

    results: pd.DataFrame
    design: pd.DataFrame
    failures: pd.DataFrame


def load(folder: str | Path) -> Sweep:
    """Read the folder of a sweep, finished or not."""
    place = Path(folder)
    files = sorted((place / "results").glob("part-*.parquet"))
    results = [pd.read_parquet(file, page_checksum_verification=True) for file in files]
    failures = place / "failures.parquet"  # not there yet where a sweep was killed
    return Sweep(
        pd.concat(results, ignore_index=True) if results else pd.DataFrame(),
        pd.read_parquet(place / "design.parquet"),
        pd.read_parquet(failures) if failures.exists() else pd.DataFrame(),
    )


def sweep(experiment: str | Path, out: str | Path, *, workers: int | None = None) -> Sweep:
    """Run an experiment file into a folder, or go on with it, and read the tables.

    Raises:
        ExperimentFaults: the file cannot be used.
        PlaceFault: the folder cannot be used.
    """
    read = read_experiment(experiment)
    run_sweep(read, points_of(read), out, workers=workers)
    return load(out)
