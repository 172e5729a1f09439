"""Sweeps with answers that are known because they were made up: no model is run."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.experiment import Experiment, points_of, read_experiment
from analysis.reading import Sweep
from sim.results import ALL

PUBLICS = ("young", "settled", "most-affected")
Row = dict[str, object]
Value = Callable[[Row, str, str], float]


def experiment_of(folder: Path, text: str) -> Experiment:
    """An experiment from the lines after its head."""
    path = folder / "made-up.toml"
    path.write_text(f"schema = 1\nweeks = 4\nresidents = 40\n{text}", encoding="utf-8")
    return read_experiment(path)


def made_up(
    experiment: Experiment,
    value: Value,
    *,
    noise: float = 0.0,
    publics: tuple[str, ...] = PUBLICS,
    seed: int = 1,
) -> Sweep:
    """A sweep whose values come from a function of design row, public and indicator.

    Args:
        experiment: what it pretends to be of.
        value: gives the value without noise.
        noise: standard deviation of what each run, public and indicator adds.
        publics: besides everybody.
        seed: of the noise.
    """
    design = points_of(experiment).table()
    dice = np.random.default_rng(seed)
    rows = []
    for row in design.to_dict("records"):
        for replicate in range(experiment.replicates):
            for public in (ALL, *publics):
                for indicator in experiment.indicators:
                    made = value(row, public, indicator) + noise * dice.standard_normal()
                    rows.append(
                        (row["point"], replicate, experiment.weeks, public, indicator, made)
                    )
    names = ["point", "replicate", "week", "public", "indicator", "value"]
    failures = pd.DataFrame({"point": [], "replicate": [], "seed": [], "message": []})
    return Sweep(pd.DataFrame(rows, columns=names), design, failures)
