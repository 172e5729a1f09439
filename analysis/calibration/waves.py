"""Waves of small worlds: designs, runs that survive a kill, and what was found."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.calibration.priors import as_sets, values
from analysis.calibration.summaries import summaries
from sim.assumptions import ASSUMPTIONS

NAMES = tuple(ASSUMPTIONS)
PART = 20
"""Sets written together: what a kill can lose."""

Say = Callable[[str], None]


def run_wave(
    folder: Path, wave: int, scores: np.ndarray, workers: int, say: Say, replicates: int = 1
) -> pd.DataFrame:
    """Run every set of a wave that was not run before.

    Args:
        folder: where waves are kept; the design of a wave that was begun is read from there.
        wave: its number.
        scores: design for a wave that was not begun, [set, assumption].
        workers: processes.
        say: told how far it is.
        replicates: small worlds a set.

    Returns:
        One row a set: normal scores by assumption, then summaries.
    """
    folder.mkdir(parents=True, exist_ok=True)
    design = folder / f"wave-{wave}-design.parquet"
    if not design.exists():
        _write(pd.DataFrame(scores, columns=list(NAMES)), design)
    scores = pd.read_parquet(design).to_numpy()
    starts = range(0, len(scores), PART)
    missing = [n for n in starts if not _part(folder, wave, n).exists()]
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        jobs = [
            pool.submit(_run_part, str(folder), wave, n, scores[n : n + PART], replicates)
            for n in missing
        ]
        for done, job in enumerate(jobs, start=len(starts) - len(missing) + 1):
            job.result()
            say(f"wave {wave}: {min(len(scores), done * PART)} of {len(scores)} sets")
    found = pd.concat([pd.read_parquet(_part(folder, wave, n)) for n in starts], ignore_index=True)
    return pd.concat([pd.DataFrame(scores, columns=list(NAMES)), found], axis=1)


def _part(folder: Path, wave: int, first: int) -> Path:
    return folder / f"wave-{wave}-{first:05d}.parquet"


def _run_part(folder: str, wave: int, first: int, scores: np.ndarray, replicates: int) -> None:
    sets = as_sets(NAMES, values(NAMES, scores))
    rows = [
        summaries(one, seed=1 + 100_000 * wave + first + place, replicates=replicates)
        for place, one in enumerate(sets)
    ]
    _write(pd.DataFrame(rows), _part(Path(folder), wave, first))


def _write(table: pd.DataFrame, path: Path) -> None:
    """Write under another name, then move: a kill leaves either all or nothing."""
    draft = path.with_suffix(f".{os.getpid()}.draft")
    table.to_parquet(draft, index=False)
    os.replace(draft, path)
