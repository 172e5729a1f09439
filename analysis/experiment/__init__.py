"""Experiments: what is varied, how, and what is kept, read from one TOML file."""

from analysis.experiment.factors import Factor
from analysis.experiment.file import ExperimentFaults, read_experiment
from analysis.experiment.form import Experiment
from analysis.experiment.points import Points, points_of

__all__ = [
    "Experiment",
    "ExperimentFaults",
    "Factor",
    "Points",
    "points_of",
    "read_experiment",
]
