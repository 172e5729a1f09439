"""Work on this machine: threads, for the model neither needs nor holds the interpreter."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from analysis.running.outcome import Outcome, Size, live_runs
from analysis.running.tasks import Task, with_scenarios

_AHEAD = 2  # tasks waiting for each worker, so that none is idle and memory stays flat


def work_here(
    tasks: Iterator[Task], points: object, size: Size, workers: int, cancel: threading.Event
) -> Iterator[tuple[Task, list[Outcome]]]:
    """Live tasks on threads and give their outcomes as they come.

    Args:
        tasks: in order; taken only as workers become free.
        points: makes the scenario of a design point.
        size: of every run.
        workers: threads.
        cancel: set to stop; tasks at work are given up.
    """
    from sim import Cancelled  # loads the compiler, which a finished sweep spares

    def one(task: Task) -> list[Outcome]:
        if cancel.is_set():
            raise Cancelled
        return live_runs(with_scenarios(task, points), size)

    pool = ThreadPoolExecutor(workers, thread_name_prefix="parley-sweep")
    at_work: dict[Future, Task] = {}
    more = True
    try:
        while more or at_work:
            while more and len(at_work) < workers * (1 + _AHEAD):
                task = next(tasks, None)
                more = task is not None
                if task is not None:
                    at_work[pool.submit(one, task)] = task
            done, _ = wait(at_work, timeout=0.2, return_when=FIRST_COMPLETED)
            if cancel.is_set():
                return
            for future in done:
                yield at_work.pop(future), future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
