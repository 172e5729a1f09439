"""Runs and parts: which runs an experiment has, and in which file each belongs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.experiment.form import ONE_AT_A_TIME, Experiment
from analysis.experiment.points import Points, number_of_runs
from sim.indicators.table import INDICATORS

MOST_RUNS = 256  # in one part, so that little is lived twice after a power cut
_WORK = 100_000_000  # resident-weeks in one part
_MOST_ROWS = 2_000_000
WARMUP = "area.warmup_weeks"
HARD_LIMIT = 50_000_000  # design points that a machine can hold in memory


@dataclass(frozen=True)
class Run:
    """One run: a design point and a replicate."""

    point: int
    replicate: int


class Layout:
    """How runs are laid out in parts; the same for the same experiment, always.

    Args:
        experiment: what is run.
        publics: how many publics a run reports on.
        warm: weeks before week 0.
    """

    def __init__(self, experiment: Experiment, publics: int, warm: int) -> None:
        self.experiment = experiment
        self.runs = number_of_runs(experiment)
        self.rows_a_run = _rows_a_run(experiment, publics)
        self.weeks_lived = experiment.weeks + warm
        work = self.weeks_lived * experiment.residents
        wanted = min(MOST_RUNS, _WORK // work, _MOST_ROWS // self.rows_a_run)
        self.runs_a_part = max(1, wanted)
        self.parts = -(-self.runs // self.runs_a_part)

    def runs_of(self, part: int) -> list[Run]:
        """The runs of a part, points first, replicates within."""
        first = part * self.runs_a_part
        last = min(first + self.runs_a_part, self.runs)
        replicates = self.experiment.replicates
        return [Run(*divmod(number, replicates)) for number in range(first, last)]

    def tasks_of(self, runs: list[Run], size: int) -> Iterator[list[Run]]:
        """Runs of a part in pieces that one worker does at once."""
        for first in range(0, len(runs), size):
            yield runs[first : first + size]


def layout_of(points: Points) -> Layout:
    """The layout of an experiment, whose largest area and longest warm-up decide sizes."""
    areas = [
        points.base(block).area for block in {block[:2]: block for block in points.blocks}.values()
    ]
    warm = [int(area.warmup_weeks) for area in areas]
    for factor in points.experiment.factors:
        if factor.name == WARMUP:
            own = warm if points.experiment.design == ONE_AT_A_TIME else []
            warm = [*own, *(int(value) for value in factor.values or (factor.high,))]
    publics = max(len(area.groups) for area in areas) + 3  # all, and the two marked ones
    return Layout(points.experiment, publics, max(warm))


def _rows_a_run(experiment: Experiment, publics: int) -> int:
    """Rows one run leaves, at most."""
    by_public = sum(INDICATORS[name].by_public for name in experiment.indicators)
    alone = len(experiment.indicators) - by_public
    rows = by_public * (publics if experiment.publics else 1) + alone
    return rows * (experiment.weeks + 1 if experiment.weekly else 1)
