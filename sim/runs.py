"""Runs scenarios: many replicates, paired dice, threads, progress, cancelling."""

from __future__ import annotations

import json
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim import live
from sim import world as w_
from sim.compiling import helped, own_share
from sim.core import dice, jit
from sim.indicators.table import INDICATORS
from sim.ledger import ATTITUDES, CAUSES
from sim.results import ALL, MARKED_LABELS, MOST_AFFECTED, USUAL_SUSPECTS, Comparison, Results
from sim.schedule import schedule
from sim.snapshots import joined, snapshot

if TYPE_CHECKING:
    from sim.scenario import Scenario

Progress = Callable[[int, int], None]
CHUNK = 2_000_000  # resident-weeks lived between two looks at whether to stop
KEPT_AREAS, KEPT_BYTES = 128, 256 * 2**20  # warmed-up areas kept for the next comparison


class Cancelled(Exception):
    """A run that was stopped; `finished` holds whole replicates that were done, or None."""

    def __init__(self, finished: Results | Comparison | None = None) -> None:
        super().__init__("stopped before the end")
        self.finished = finished


@dataclass
class _Left:
    """What one replicate of one scenario left."""

    values: np.ndarray
    ledger: np.ndarray
    hours: np.ndarray
    sizes: np.ndarray
    snapshots: list[dict[str, Any]]


class _Stopped(Exception):
    """Raised inside a replicate when the run is cancelled."""


class WarmAreas:
    """Areas at week 0, kept so that a moved lever does not live the warm-up again; bounded in bytes."""

    def __init__(self, entries: int = KEPT_AREAS, size: int = KEPT_BYTES) -> None:
        self._kept: OrderedDict[tuple, tuple[live.Area, int]] = OrderedDict()
        self._entries, self._size, self._used = entries, size, 0
        self._lock = threading.Lock()

    def take(self, key: tuple) -> live.Area | None:
        """Return a copy of a kept area, or None."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            folded, rows = self._kept[key]
        return folded.unfolded(rows)

    def keep(self, key: tuple, area: live.Area) -> None:
        """Keep a copy of an area, dropping the longest unused; one too large to share is not kept."""
        if area.bytes() > self._size // 8:
            return
        folded, rows = area.folded(), len(area.world.books.values)
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = folded, rows
            self._used += folded.bytes()
            while len(self._kept) > self._entries or self._used > self._size:
                _, (dropped, _) = self._kept.popitem(last=False)
                self._used -= dropped.bytes()

    def state(self) -> tuple[int, int]:
        """Return how many areas are kept, and their bytes."""
        with self._lock:
            return len(self._kept), self._used


_WARM = WarmAreas()


def areas_kept() -> tuple[int, int]:
    """Return how many warmed-up areas this process keeps for later comparisons, and their bytes."""
    return _WARM.state()


def _start_key(scenario: Scenario) -> str:
    """Everything that decides what an area is like at the end of the warm-up."""
    whole = scenario.to_dict()
    area = {k: v for k, v in whole["area"].items() if k not in ("police", "partners")}
    return json.dumps([area, whole["assumptions"], whole["before"]], default=str)


def _at_week_0(
    scenario: Scenario,
    seed: int,
    replicate: int,
    residents: int,
    weeks: int,
    stop: Callable[[], None],
    keep: bool,
) -> live.Area:
    """An area at week 0 under this scenario, from the store where it has been there before."""
    key = (_start_key(scenario), seed, replicate, residents, weeks) if keep else None
    area = _WARM.take(key) if key else None
    if area is None:
        area = live.Area(
            live.found(scenario, dice.replicate_seed(seed, replicate), residents, weeks)
        )
        live.prepare(area)
        live.warm_up(area, stop=stop)
        if key:
            _WARM.keep(key, area)
    warm = int(scenario.area.warmup_weeks)
    area.replace_schedule(schedule(scenario, warm + weeks, area.world.schedule.norms))
    live.turn(area, scenario)
    return area


def _live_one(
    scenario: Scenario, seed: int, replicate: int, residents: int, weeks: int, snapshots: Sequence[int],
    cancel: threading.Event | None, keep: bool,
) -> _Left:  # fmt: skip
    def stop() -> None:
        if cancel is not None and cancel.is_set():
            raise _Stopped

    stop()
    area = _at_week_0(scenario, seed, replicate, residents, weeks, stop, keep)
    pictures: list[dict[str, Any]] = []
    wanted = sorted({week for week in snapshots if 0 <= week <= weeks})
    step = max(1, CHUNK // residents)
    now = 0
    for milestone in [*wanted, weeks]:
        while now < milestone:
            stop()
            some = min(step, milestone - now)
            area.live(some)
            now += some
        if milestone in wanted and (not pictures or pictures[-1]["week"][0] != milestone):
            pictures.append(
                snapshot(area.world, scenario, replicate, milestone, area.search_hazards())
            )
    return _left(area.world, weeks, pictures)


def _left(world: w_.World, weeks: int, pictures: list) -> _Left:
    """Cut what a replicate leaves out of its books; rows of publics with all first."""
    books = world.books
    warm = int(world.clock[1])
    publics = world.publics.people.size
    order = [publics, *range(publics), publics + 1, publics + 2]
    people = np.maximum(books.sums[:, w_.S_PEOPLE], 1.0)
    ledger = books.ledger[warm + 1 :]
    rows = np.empty((weeks, publics + 3, *ledger.shape[2:]))
    rows[:, 0] = ledger[:, :publics].sum(axis=1) * (100.0 / people[publics])
    rows[:, 1 : publics + 1] = ledger[:, :publics] * (100.0 / people[:publics])[:, None, None]
    rows[:, publics + 1 :] = ledger[:, publics:] * (100.0 / people[publics + 1 :])[:, None, None]
    return _Left(
        books.values[warm:, order].copy(), rows, books.hours[warm + 1 :].copy(),
        books.sums[order, w_.S_PEOPLE].copy(), pictures,
    )  # fmt: skip


def _gather(
    scenario: Scenario, seed: int, weeks: int, residents: int, elapsed: float, left: list[_Left]
) -> Results:
    publics = (ALL, *scenario.area.groups, MOST_AFFECTED, USUAL_SUSPECTS)
    labels = {key: group.label for key, group in scenario.area.groups.items()} | MARKED_LABELS
    sizes = np.mean([one.sizes for one in left], axis=0)
    return Results(
        scenario=scenario, seed=seed, weeks=weeks, residents=residents, replicates=len(left), elapsed_s=elapsed,
        publics=publics, labels={key: labels[key] for key in publics},
        sizes=dict(zip(publics, sizes.tolist(), strict=True)), indicators=tuple(INDICATORS),
        values=np.array([one.values for one in left]), ledger=np.array([one.ledger for one in left]),
        hours=np.array([one.hours for one in left]),
        snapshots=joined([picture for one in left for picture in one.snapshots]),
    )  # fmt: skip


def _run_all(
    scenarios: Sequence[Scenario], weeks: int, residents: int, replicates: int, seed: int, workers: int | None,
    progress: Progress | None, cancel: threading.Event | None, snapshots: Sequence[int], keep: bool, first: int,
) -> tuple[list[Results | None], bool]:  # fmt: skip
    """Live every replicate of every scenario; returns lists by scenario, complete up to the last whole replicate."""
    if residents < 1 or weeks < 0 or replicates < 1:
        raise ValueError("residents and replicates are at least 1, weeks at least 0")
    started = time.perf_counter()
    workers = max(1, min(workers or os.cpu_count() or 1, replicates * len(scenarios)))
    left: dict[tuple[int, int], _Left] = {}

    def replicate_of_all(replicate: int) -> None:
        for place, scenario in enumerate(scenarios):
            left[place, replicate] = _live_one(
                scenario, seed, replicate, residents, weeks, snapshots, cancel, keep
            )

    def one(place: int, replicate: int) -> None:
        left[place, replicate] = _live_one(
            scenarios[place], seed, replicate, residents, weeks, snapshots, cancel, keep
        )

    total = replicates * len(scenarios)
    numbers = range(first, first + replicates)
    pool = ThreadPoolExecutor(workers, thread_name_prefix="parley")
    jobs: set[Future] = set()
    stopped = False
    try:
        if keep and replicates >= workers:
            jobs = {pool.submit(replicate_of_all, r) for r in numbers}
        else:
            jobs = {pool.submit(one, p, r) for r in numbers for p in range(len(scenarios))}
        waiting = jobs
        while waiting:
            done, waiting = wait(waiting, timeout=0.1, return_when=FIRST_COMPLETED)
            for job in done:
                job.result()
            if progress is not None:
                progress(len(left), total)
            if cancel is not None and cancel.is_set():
                raise _Stopped
    except (_Stopped, KeyboardInterrupt):
        stopped = True
        halt = cancel if cancel is not None else threading.Event()
        halt.set()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    whole = [r for r in numbers if all((p, r) in left for p in range(len(scenarios)))]
    elapsed = time.perf_counter() - started
    results = [
        _gather(s, seed, weeks, residents, elapsed, [left[p, r] for r in whole]) if whole else None
        for p, s in enumerate(scenarios)
    ]
    return results, stopped


def run(
    scenario: Scenario,
    *,
    weeks: int = 156,
    residents: int = 3000,
    replicates: int = 20,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
    snapshots: Sequence[int] = (),
) -> Results:
    """Live a scenario many times.

    Args:
        scenario: a complete scenario (`sim.load`).
        weeks: weeks after week 0.
        residents: residents drawn, a matter of resolution only.
        replicates: how often, each with its own dice.
        seed: replicate r of any scenario with this seed throws the same dice.
        workers: threads; results do not depend on it.
        progress: called with (done, total) replicates.
        cancel: set to stop; also Ctrl-C stops.
        snapshots: weeks at which every resident is written down.

    Returns:
        Results over all replicates.

    Raises:
        Cancelled: with the whole replicates that were finished.
        ValueError: for numbers that make no run.
    """
    results, stopped = _run_all(
        [scenario],
        weeks,
        residents,
        replicates,
        seed,
        workers,
        progress,
        cancel,
        snapshots,
        False,
        0,
    )
    if stopped or results[0] is None:
        raise Cancelled(results[0])
    return results[0]


def live_one(
    scenario: Scenario,
    replicate: int,
    *,
    weeks: int = 156,
    residents: int = 3000,
    seed: int = 1,
    cancel: threading.Event | None = None,
) -> Results:
    """Live one replicate of a scenario, for whoever spreads replicates over threads or machines.

    An area that has been at week 0 before, under the same assumptions and dice, does not live its
    warm-up again; the numbers are those of `run` to the last bit.

    Args:
        scenario: a complete scenario.
        replicate: its number, from 0; with the same seed it throws the same dice in every scenario.
        weeks, residents, seed: as in `run`.
        cancel: set to stop.

    Returns:
        Results with one replicate.

    Raises:
        Cancelled: it was stopped; nothing was finished.
    """
    started = time.perf_counter()
    try:
        left = _live_one(scenario, seed, replicate, residents, weeks, (), cancel, True)
    except _Stopped:
        raise Cancelled from None
    return _gather(scenario, seed, weeks, residents, time.perf_counter() - started, [left])


def compare(
    base: Scenario,
    others: Sequence[Scenario],
    *,
    weeks: int = 156,
    residents: int = 3000,
    replicates: int = 20,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
    snapshots: Sequence[int] = (),
    first: int = 0,
) -> Comparison:
    """Live a base scenario and others with the same dice; all start from the base's world before week 0.

    Arguments, errors as `run`. Names of others are their keys, numbered where two are alike. With `first`, the
    replicates are numbered from there on: those that follow on a comparison of that many.
    """
    together = [base, *(other.with_before(base) for other in others)]
    results, stopped = _run_all(
        together,
        weeks,
        residents,
        replicates,
        seed,
        workers,
        progress,
        cancel,
        snapshots,
        True,
        first,
    )
    named: dict[str, Results] = {}
    for other, result in zip(others, results[1:], strict=True):
        name, number = other.key, 2
        while name in named:
            name, number = f"{other.key}-{number}", number + 1
        if result is not None:
            named[name] = result
    finished = Comparison(results[0], named) if results[0] is not None else None
    if stopped or finished is None:
        raise Cancelled(finished)
    return finished


def memory_needed(residents: int, replicates: int, weeks: int, workers: int | None = None) -> int:
    """Return an estimate, in bytes, of the memory a run takes at its peak (measured in `benchmarks/`)."""
    workers = max(1, min(workers or os.cpu_count() or 1, replicates))
    rows = 12
    per_week = rows * (len(INDICATORS) + len(ATTITUDES) * len(CAUSES) + 40) * 8
    return int(
        workers * (residents * 480 + (weeks + 104) * per_week) + replicates * weeks * per_week
    )


def compiled() -> bool:
    """Whether the model has been compiled on this machine before."""
    return (jit.CACHE / "complete").exists()


def compile_engine() -> float:
    """Compile the model by living two tiny areas for a few weeks; returns seconds."""
    from sim.scenario import load

    started = time.perf_counter()
    scenario = load("baseline", ("area.warmup_weeks=1",))
    area = live.Area(live.found(scenario, dice.replicate_seed(1, 0), 60, 2, traced=True))
    with helped(area):
        own_share(area)
    compare(scenario, [scenario], weeks=2, residents=60, replicates=1, workers=1, snapshots=(0,))
    area = live.begin(scenario, dice.replicate_seed(1, 0), 60, 2, traced=True)
    live.follow(area, 0)
    area.live(1)
    live.anchor(area.held, 1)
    jit.CACHE.mkdir(parents=True, exist_ok=True)
    (jit.CACHE / "complete").touch()
    return time.perf_counter() - started
