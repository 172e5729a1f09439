"""`parley check`: every fault of every file at once."""

from __future__ import annotations

from typing import Annotated

import typer

from parley.faults import UserFault
from parley.screen import plain, put

Files = Annotated[
    list[str], typer.Argument(metavar="FILE...", help="Scenario, area, lesson or experiment files.")
]


def check(files: Files) -> None:
    """Check scenario, area, lesson and experiment files.

    Every fault of every file is reported at once.
    """
    from analysis.experiment.file import faults_of as faults_of_experiment
    from analysis.experiment.file import is_experiment
    from sim.scenario import check as faults_of_scenario
    from web.lesson.file import faults_of as faults_of_lesson
    from web.lesson.file import is_lesson

    faults = []
    for file in files:
        faults_of = faults_of_scenario
        if is_experiment(file):
            faults_of = faults_of_experiment
        elif is_lesson(file):
            faults_of = faults_of_lesson
        found = [str(fault) for fault in faults_of(file)]
        if not found:
            put(f"{plain(file)}: fine")
        faults += found
    if faults:
        raise UserFault(*faults)
