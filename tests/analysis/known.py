"""Sweeps whose runs are a known function of the factors: everything but the model is our own path."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from analysis.effects.findings import Findings, find
from analysis.effects.gathered import open_sweep
from analysis.experiment import points_of, read_experiment
from analysis.running.outcome import Outcome
from analysis.running.sweep import run_sweep

UNIT = ("policy.feedback", "policy.lay_weight", "policy.partnership", "policy.promise")
"""Levers that run from 0 to 1, to stand for the inputs of a function."""
Function = Callable[[Sequence[Any], int], float]


def ranges(names: Sequence[str]) -> str:
    """Lines of an experiment that vary these levers from 0 to 1."""
    return "\n".join(f'"{name}" = {{low = 0.0, high = 1.0}}' for name in names)


def experiment(
    design: str, levers: str, *, samples: int = 0, replicates: int = 1, more: str = ""
) -> str:
    """The text of an experiment with two outcomes and one public."""
    sampled = f"samples = {samples}\n" if samples else ""
    return (
        f'schema = 1\ntitle = "Known"\nscenario = "baseline"\nweeks = 3\nresidents = 10\n'
        f'replicates = {replicates}\ndesign = "{design}"\nseed = 3\n{sampled}'
        f'indicators = ["trust", "polarisation"]\npublics = false\n[levers]\n{levers}\n{more}'
    )


def swept(
    text: str, function: Function, place: Path, *, fails: Callable[[Any], bool] | None = None
) -> Path:
    """Run an experiment whose trust is a function of the row of the design and the replicate.

    Args:
        text: the experiment.
        function: of the values of a row and the number of the replicate.
        place: a folder that is there; the sweep is made in it.
        fails: says which runs fail.
    """
    file = place / "known.toml"
    file.write_text(text, encoding="utf-8")
    read = read_experiment(file)
    points = points_of(read)

    def lived(run: Any) -> Outcome:
        if fails is not None and fails(run):
            return Outcome(run, "hash", message="it was told to fail")
        value = function(points.rows[run.point % len(points.rows)], run.replicate)
        weeks = read.weeks + 1 if read.weekly else 1
        values = np.full((weeks, 1, 2), np.nan)
        values[:, 0, 0] = value
        return Outcome(run, f"hash-{run.point}", ("all",), values)

    def elsewhere(tasks: Any, points: Any, size: Any, cancel: Any) -> Any:
        for task in tasks:
            yield task, [lived(run) for run in task.runs]

    run_sweep(read, points, place / "sweep", elsewhere=elsewhere)
    return place / "sweep"


def found(text: str, function: Function, place: Path, **more: Any) -> Findings:
    """What is found about a sweep of a known function."""
    return find(open_sweep(swept(text, function, place, **more)))


def of_trust(table: Any, **wanted: Any) -> Any:
    """Rows of a table on trust at the end, with these values in these columns."""
    rows = table[(table["indicator"] == "trust") & (table["when"] == "end")]
    for name, value in wanted.items():
        rows = rows[rows[name] == value]
    return rows
