"""`mesa.batch_run` at work: the same engine as a Mesa model, and the reference model."""

from __future__ import annotations

from typing import Any

import mesa

from analysis.experiment import Points
from benchmarks.timing import seconds, wall
from sim import load
from sim.model import EngagementModel
from tests.reference.model import ReferenceModel


class PlainModel(ReferenceModel):
    """The reference model with a collector, as `batch_run` asks for."""

    def __init__(self, residents: int, replicate: int, warm: int) -> None:
        scenario = load("baseline", (f"area.warmup_weeks={warm}",))
        super().__init__(scenario, residents=residents, rng=1, replicate=replicate)
        self.datacollector = mesa.DataCollector({"week": "week"})

    def step(self) -> None:
        """Live a week."""
        super().step()
        self.datacollector.collect(self)


def levels(points: Points) -> list[float]:
    """The values of the one assumption that an experiment varies."""
    return [row[0] for row in points.rows]


def engine(
    values: list[float], replicates: int, residents: int, weeks: int, warm: int, workers: int
) -> float:
    """Seconds of `batch_run` with the same engine, without what its processes take to start."""
    whole = {
        "assumptions.absolve": values, "replicate": range(replicates), "residents": residents,
        "area.warmup_weeks": warm,
    }  # fmt: skip
    first = whole | {
        "assumptions.absolve": values[:1],
        "replicate": range(workers),
        "residents": 60,
    }
    return _batch(EngagementModel, whole, weeks, workers) - _batch(
        EngagementModel, first, 1, workers
    )


def reference(runs: int, residents: int, weeks: int, warm: int, workers: int) -> float:
    """Seconds of `batch_run` with the reference model, without what its processes take to start."""
    whole = {"residents": residents, "replicate": range(runs), "warm": warm}
    first = whole | {"residents": 30, "warm": 1}
    return _batch(PlainModel, whole, weeks, workers) - _batch(PlainModel, first, 1, workers)


def _batch(model: type[mesa.Model], parameters: dict[str, Any], weeks: int, workers: int) -> float:
    def work() -> None:
        mesa.batch_run(
            model, parameters, number_processes=workers, max_steps=weeks - 1, display_progress=False
        )

    return seconds(work, wall)
