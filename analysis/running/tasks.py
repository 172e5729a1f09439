"""Tasks: a few runs that one worker lives together, with their scenarios."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analysis.running.layout import Run
from analysis.running.outcome import told
from sim import Scenario


@dataclass(frozen=True)
class Task:
    """Runs of one part, in order."""

    part: int
    runs: tuple[Run, ...]


def with_scenarios(task: Task, points: Any) -> list[tuple[Run, Scenario | str]]:
    """The runs of a task, each with its complete scenario, or with the reason why there is none."""
    made: dict[int, Scenario | str] = {}
    for run in task.runs:
        if run.point not in made:
            try:
                made[run.point] = points.scenario(run.point)
            except Exception as fault:  # values that do not fit together sink only their own point
                made[run.point] = told(fault)
    return [(run, made[run.point]) for run in task.runs]
