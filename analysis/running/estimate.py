"""What an experiment will take. Time is taken from runs timed now, the rest from real sweeps.

The figures for memory and disk were measured on sweeps of this project (docs/sweeps.md has them);
`tests/analysis/test_estimate.py` holds them to a factor of two.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from itertools import islice

from analysis.experiment.factors import AREA, UNCERTAINTY
from analysis.experiment.form import Experiment
from analysis.experiment.points import Points
from analysis.running.layout import Layout, layout_of
from sim.runs import KEPT_AREAS, KEPT_BYTES, compiled, live_one, memory_needed

RUNS_LIMIT, DISK_LIMIT = 10_000, 2_000_000_000  # larger designs need --yes
_BYTES_A_ROW, _BYTES_A_PART, _BYTES_OF_A_FOLDER = 6, 8_000, 11_000
_BYTES_A_DESIGN_CELL = 9
_PROGRAM = 330_000_000  # bytes of the program itself, once a run has been lived
_BYTES_A_ROW_HELD = 60  # of a part that is put together
_BYTES_A_RESIDENT = 480  # of an area that is kept (docs/benchmarks.md)
_OPENING = 0.5  # seconds to make or open a folder and to close it
_TIMED = 4_000_000  # resident-weeks that are lived to time a run: about a second
_UNMEASURED = 2e-7  # seconds per resident-week where the model has not been compiled yet
_LOOKED_AT = 20_000  # design points that show how often a warm-up is shared


@dataclass(frozen=True)
class Estimate:
    """What an experiment will take.

    Attributes:
        points, runs, rows: how many.
        seconds: of wall time.
        memory, disk: bytes.
        timed: whether runs were timed on this machine just now.
    """

    points: int
    runs: int
    rows: int
    seconds: float
    memory: int
    disk: int
    timed: bool


def estimate(points: Points, workers: int) -> Estimate:
    """What an experiment will take on this machine, from runs timed now.

    Args:
        points: its design points.
        workers: runs at work at once.
    """
    experiment, layout = points.experiment, layout_of(points)
    alone, shared, timed = _seconds_a_run(layout, points)
    part = share_of_warmups_lived(points)
    each = part * alone + (1 - part) * shared
    seconds = _OPENING + layout.runs * each / min(workers, layout.runs)
    return Estimate(
        len(points), layout.runs, layout.runs * layout.rows_a_run, seconds,
        _memory(experiment, layout, len(points), workers), disk_of(layout, len(points)), timed,
    )  # fmt: skip


def disk_of(layout: Layout, points: int) -> int:
    """Bytes of the folder of a sweep."""
    cells = points * (len(layout.experiment.factors) + 2)
    rows = layout.runs * layout.rows_a_run
    return (
        rows * _BYTES_A_ROW
        + layout.parts * _BYTES_A_PART
        + cells * _BYTES_A_DESIGN_CELL
        + _BYTES_OF_A_FOLDER
    )


def share_of_warmups_lived(points: Points) -> float:
    """The share of runs whose warm-up is lived, not taken from a run before with the same start.

    Levers do not touch the warm-up; assumptions and areas do. The store keeps so many areas and so
    many bytes, the longest unused going first.
    """
    experiment = points.experiment
    size = experiment.residents * _BYTES_A_RESIDENT
    if size > KEPT_BYTES // 8:
        return 1.0
    kept = min(KEPT_AREAS, KEPT_BYTES // size) // experiment.replicates
    starts = [at for at, f in enumerate(experiment.factors) if f.role in (AREA, UNCERTAINTY)]
    store: OrderedDict[tuple, None] = OrderedDict()
    lived = seen = 0
    for block, row in islice(((b, r) for b in points.blocks for r in points.rows), _LOOKED_AT):
        key = (block, *(row[at] for at in starts))
        seen += 1
        lived += key not in store
        store[key] = None
        store.move_to_end(key)
        if len(store) > kept:
            store.popitem(last=False)
    return lived / seen


def _memory(experiment: Experiment, layout: Layout, points: int, workers: int) -> int:
    at_work = memory_needed(experiment.residents, workers, experiment.weeks, workers)
    areas = min(KEPT_AREAS, points * experiment.replicates)
    kept = min(KEPT_BYTES, areas * experiment.residents * _BYTES_A_RESIDENT)
    table = points * (len(experiment.factors) + 3) * 40
    held = 3 * layout.runs_a_part * layout.rows_a_run * _BYTES_A_ROW_HELD
    return _PROGRAM + at_work + kept + table + held


def _seconds_a_run(layout: Layout, points: Points) -> tuple[float, float, bool]:
    """Seconds of one run on one core with its warm-up and without; whether they could be timed."""
    experiment = layout.experiment
    lived = layout.weeks_lived * experiment.residents
    if not compiled():
        after = experiment.weeks * experiment.residents
        return lived * _UNMEASURED, after * _UNMEASURED, False
    scenario = points.base(points.blocks[0])
    live_one(scenario, 0, weeks=1, residents=60, seed=experiment.seed)  # loads what was compiled
    residents = max(1, min(experiment.residents, _TIMED // layout.weeks_lived))
    weeks = max(1, min(experiment.weeks, _TIMED // residents))
    taken = []
    for _ in range(2):  # the second finds the first one's warm-up
        started = time.perf_counter()
        live_one(scenario, 0, weeks=weeks, residents=residents, seed=experiment.seed)
        taken.append(time.perf_counter() - started)
    larger = experiment.residents / residents
    return taken[0] * larger, taken[1] * larger, True
