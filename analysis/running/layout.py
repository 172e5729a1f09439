"""Runs and parts: which runs an experiment has, in which file each belongs, what it will take."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.experiment.form import Experiment
from analysis.experiment.points import Points, number_of_points, number_of_runs
from sim.indicators.table import INDICATORS
from sim.runs import compiled, live_one, memory_needed

MOST_RUNS = 256  # in one part, so that little is lived twice after a power cut
_WORK = 100_000_000  # resident-weeks in one part
_MOST_ROWS = 2_000_000
_BYTES_A_ROW = 9  # measured: a value takes 8, what repeats next to nothing
_STEADY = 250_000_000  # bytes of the program itself
_UNMEASURED = 1e-7  # seconds per resident-week where the model has not been compiled yet
RUNS_LIMIT, DISK_LIMIT = 10_000, 2_000_000_000  # larger designs need --yes
HARD_LIMIT = 50_000_000  # design points that a machine can hold in memory


@dataclass(frozen=True)
class Run:
    """One run: a design point and a replicate."""

    point: int
    replicate: int


@dataclass(frozen=True)
class Estimate:
    """What an experiment will take.

    Attributes:
        points, runs, rows: how many.
        seconds: of wall time; None where nothing has been timed.
        memory, disk: bytes.
        timed: whether a run was timed on this machine just now.
    """

    points: int
    runs: int
    rows: int
    seconds: float
    memory: int
    disk: int
    timed: bool


class Layout:
    """How runs are laid out in parts; the same for the same experiment, always.

    Args:
        experiment: what is run.
        publics: how many publics a run reports on.
    """

    def __init__(self, experiment: Experiment, publics: int) -> None:
        self.experiment = experiment
        self.runs = number_of_runs(experiment)
        self.rows_a_run = _rows_a_run(experiment, publics)
        work = _weeks_lived(experiment) * experiment.residents
        wanted = min(MOST_RUNS, _WORK // work, _MOST_ROWS // self.rows_a_run)
        self.runs_a_part = max(1, wanted)
        self.parts = -(-self.runs // self.runs_a_part)

    def runs_of(self, part: int) -> list[Run]:
        """The runs of a part, points first, replicates within."""
        first = part * self.runs_a_part
        last = min(first + self.runs_a_part, self.runs)
        replicates = self.experiment.replicates
        return [Run(*divmod(number, replicates)) for number in range(first, last)]

    def tasks_of(self, part: int, runs: list[Run], size: int) -> Iterator[tuple[int, list[Run]]]:
        """Runs of a part in pieces that one worker does at once."""
        for first in range(0, len(runs), size):
            yield part, runs[first : first + size]


def estimate(experiment: Experiment, points: Points, workers: int, publics: int) -> Estimate:
    """What an experiment will take on this machine, from one short run timed now.

    Args:
        experiment: what is asked for.
        points: its design points.
        workers: runs at work at once.
        publics: how many publics a run reports on.
    """
    layout = Layout(experiment, publics)
    seconds, timed = _seconds_a_run(experiment, points)
    rows = layout.runs * layout.rows_a_run
    at_work = memory_needed(experiment.residents, workers, experiment.weeks, workers)
    table = number_of_points(experiment) * (len(experiment.factors) + 3) * 8
    buffered = 3 * layout.runs_a_part * layout.rows_a_run * 60
    return Estimate(
        number_of_points(experiment), layout.runs, rows, layout.runs * seconds / workers,
        _STEADY + at_work + table + buffered, rows * _BYTES_A_ROW, timed,
    )  # fmt: skip


def _seconds_a_run(experiment: Experiment, points: Points) -> tuple[float, bool]:
    """Seconds of one run on one core, from a smaller one; and whether it could be timed."""
    lived = _weeks_lived(experiment) * experiment.residents
    if not compiled():
        return lived * _UNMEASURED, False
    scenario = points.scenario(0)
    residents, weeks = min(experiment.residents, 1000), min(experiment.weeks, 26)
    live_one(scenario, 0, weeks=1, residents=60, seed=experiment.seed)  # loads what was compiled
    started = time.perf_counter()
    live_one(scenario, 0, weeks=weeks, residents=residents, seed=experiment.seed)
    spent = time.perf_counter() - started
    return spent * lived / (residents * (weeks + int(scenario.area.warmup_weeks))), True


def _weeks_lived(experiment: Experiment) -> int:
    return experiment.weeks + 104


def _rows_a_run(experiment: Experiment, publics: int) -> int:
    """Rows one run leaves, at most."""
    by_public = sum(INDICATORS[name].by_public for name in experiment.indicators)
    alone = len(experiment.indicators) - by_public
    rows = by_public * (publics if experiment.publics else 1) + alone
    return rows * (experiment.weeks + 1 if experiment.weekly else 1)
