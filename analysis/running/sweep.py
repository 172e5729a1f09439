"""Starts or resumes a sweep: tasks out, parts in, nothing twice, nothing lost."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.experiment import Experiment, Points
from analysis.running import parts
from analysis.running.folder import SweepFolder, opened
from analysis.running.layout import Run, layout_of
from analysis.running.local import work_here
from analysis.running.outcome import Outcome, Size
from analysis.running.tasks import Task
from sim.place import PlaceFault, reason

Progress = Callable[[int, int, int], None]
Worker = Callable[[Iterator[Task], Points, Size, threading.Event], Iterator[Any]]
_TASK_WORK = 1_000_000  # resident-weeks in one task: some 0.2 s
_TASKS = 64  # tasks at least, where there are as many runs, so that every worker has some


@dataclass
class Swept:
    """What a sweep did.

    Attributes:
        folder: where it is.
        runs: of the whole experiment.
        before, now: runs found done, and lived by this call.
        failed: runs that failed, whenever that was.
        set_aside: files of the folder that were not to be used, each with the reason.
        complete: whether every run is done.
    """

    folder: Path
    runs: int
    before: int
    now: int = 0
    failed: int = 0
    set_aside: list[tuple[str, str]] = field(default_factory=list)
    complete: bool = False


def run_sweep(
    experiment: Experiment,
    points: Points,
    out: str | Path,
    *,
    workers: int | None = None,
    elsewhere: Worker | None = None,
    retry_failed: bool = False,
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
    opening: Callable[[Swept], None] | None = None,
) -> Swept:
    """Start a sweep, or go on with one.

    Args:
        experiment, points: what to run.
        out: its folder, new or of the same experiment and version.
        workers: threads on this machine; all cores if not given.
        elsewhere: lives tasks on other machines instead.
        retry_failed: also live runs again that failed before.
        progress: called with runs done, all runs, failed runs.
        cancel: set to stop; complete parts are kept.
        opening: called when the folder has been looked at, before the first run.

    Returns:
        What was done; `complete` is false where it was cancelled.

    Raises:
        PlaceFault: the folder cannot be used, or the disk is full; what was finished is kept.
    """
    cancel = cancel or threading.Event()
    layout = layout_of(points)
    workers = workers or os.cpu_count() or 1
    with opened(out, experiment, points, layout, points.table()) as folder:
        swept = Swept(folder.place, layout.runs, folder.runs_done, set_aside=folder.found.set_aside)
        if opening is not None:
            opening(swept)
        pending = _pending(folder, retry_failed)
        if pending:
            try:
                swept.now = _work(
                    folder, points, pending, workers, elsewhere, progress, cancel, swept
                )
            except OSError as fault:
                raise _stopped_by_disk(folder, fault) from fault
        swept.failed = len(folder.failures)
        swept.complete = len(folder.found.done) == layout.parts and not cancel.is_set()
        _close(folder, swept, bool(pending))
    return swept


def _pending(folder: SweepFolder, retry_failed: bool) -> dict[int, list[Run]]:
    """Runs that are to be lived, by part."""
    done = folder.found.done
    pending = {
        part: folder.layout.runs_of(part) for part in range(folder.layout.parts) if part not in done
    }
    if retry_failed:
        for part, failures in done.items():
            if failures:
                pending[part] = [Run(row["point"], row["replicate"]) for row in failures]
    return dict(sorted(pending.items()))


def _work(
    folder: SweepFolder, points: Points, pending: dict[int, list[Run]], workers: int,
    elsewhere: Worker | None, progress: Progress | None, cancel: threading.Event, swept: Swept,
) -> int:  # fmt: skip
    experiment = folder.experiment
    size = Size(
        experiment.weeks, experiment.residents, experiment.seed, experiment.indicators, experiment.weekly
    )  # fmt: skip
    tasks = _tasks(folder, pending)
    outcomes = (
        elsewhere(tasks, points, size, cancel)
        if elsewhere
        else work_here(tasks, points, size, workers, cancel)
    )
    waiting: dict[int, dict[Run, Outcome]] = {}
    now, failed = 0, len(folder.failures)
    done = swept.before
    try:
        for task, left in outcomes:
            gathered = waiting.setdefault(task.part, {})
            gathered.update({outcome.run: outcome for outcome in left})
            now += len(left)
            failed += sum(outcome.values is None for outcome in left)
            if len(gathered) == len(pending[task.part]):
                _keep(folder, task.part, [gathered[run] for run in pending[task.part]])
                del waiting[task.part]
            if progress is not None:
                progress(min(done + now, folder.layout.runs), folder.layout.runs, failed)
    finally:
        close = getattr(outcomes, "close", None)
        if close is not None:
            close()
    return now


def _tasks(folder: SweepFolder, pending: dict[int, list[Run]]) -> Iterator[Task]:
    """Tasks of all parts in order, long enough to be worth handing out, short enough to share out."""
    experiment = folder.experiment
    wanted = _TASK_WORK // (experiment.residents * folder.layout.weeks_lived) or 1
    shared = sum(map(len, pending.values())) // _TASKS
    size = max(1, min(wanted, shared))
    if size > experiment.replicates:
        size -= size % experiment.replicates  # replicates of a point share its scenario
    for part, runs in pending.items():
        for some in folder.layout.tasks_of(runs, size):
            yield Task(part, tuple(some))


def _keep(folder: SweepFolder, part: int, outcomes: list[Outcome]) -> None:
    """Write a part whose runs are all done; runs that were there already stay."""
    table = parts.table_of(outcomes, folder.experiment, folder.design, folder.schema)
    failures = [
        {
            "point": outcome.run.point,
            "replicate": outcome.run.replicate,
            "seed": folder.experiment.seed,
            "message": outcome.message,
        }
        for outcome in outcomes
        if outcome.values is None
    ]
    if part in folder.found.done:
        table = parts.joined_with_kept(folder.path(part), table)
    folder.write(part, table, failures)


def _close(folder: SweepFolder, swept: Swept, worked: bool) -> None:
    try:
        if worked:
            folder.write_failures()
        if worked or swept.set_aside or _manifest_is_old(folder):
            folder.write_manifest("complete" if swept.complete else "stopped", always=True)
    except OSError as fault:
        raise _stopped_by_disk(folder, fault) from fault


def _manifest_is_old(folder: SweepFolder) -> bool:
    from analysis.running.folder import read_manifest

    manifest = read_manifest(folder.place) or {}
    complete = len(folder.found.done) == folder.layout.parts
    return manifest.get("state") != ("complete" if complete else "stopped")


def _stopped_by_disk(folder: SweepFolder, fault: OSError) -> PlaceFault:
    return PlaceFault(
        f"{folder.place} takes no more: {reason(fault)}. {folder.runs_done:,} of"
        f" {folder.layout.runs:,} runs are kept, none half-written. Make space and give the same"
        " command: it goes on from there."
    )
