"""Work on an existing Dask cluster: workers may die, join and leave; the values are the same."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from distributed import CancelledError, Client, Future, KilledWorker

from analysis.experiment import Points
from analysis.running.connecting import (
    ClusterFault,
    client_of,
    differences,
    leave,
    refuse_other_versions,
    threads_of,
    wait_for_a_worker,
)
from analysis.running.outcome import Outcome, Size, live_runs, made_with, told, where
from analysis.running.tasks import Task, with_scenarios

__all__ = ["ClusterFault", "connected", "live_there"]

_AHEAD = 2  # tasks waiting for each thread of the cluster, so that none is idle
_LEAST = 8  # tasks given out where no thread is known yet
_LOOK = 1.0  # seconds between two looks at which workers there are


@contextlib.contextmanager
def connected(address: str, say: Callable[[str], None] = lambda text: None) -> Iterator[Any]:
    """A connection to a scheduler, as something that lives tasks for `run_sweep`.

    Args:
        address: such as "tcp://host:8786".
        say: told when there is something to wait for.

    Raises:
        ClusterFault: no scheduler answers, or a worker has other versions than this machine.
    """
    client = client_of(address)
    try:
        wait_for_a_worker(client, address, say)
        refuse_other_versions(client)
        yield _Elsewhere(client, address, say)
    finally:
        leave(client)


def live_there(task: list[Any], size: Size) -> tuple[dict[str, str], str, list[Outcome]]:
    """Live the runs of a task on a worker; what it is made with comes along."""
    return made_with(), where(), live_runs(task, size)


class _Elsewhere:
    """Lives tasks on a cluster, as `analysis.running.local.work_here` does here."""

    def __init__(self, client: Client, address: str, say: Callable[[str], None]) -> None:
        self._client, self._address, self._say = client, address, say
        self._here = made_with()
        self._threads, self._looked = 0, 0.0
        self._done: queue.SimpleQueue[Future] = queue.SimpleQueue()

    def __call__(
        self, tasks: Iterator[Task], points: Points, size: Size, cancel: threading.Event
    ) -> Iterator[tuple[Task, list[Outcome]]]:
        at_work: dict[Future, Task] = {}
        more = True
        try:
            while more or at_work:
                while more and len(at_work) < self._room():
                    task = next(tasks, None)
                    more = task is not None
                    if task is not None:
                        at_work[self._submitted(task, points, size)] = task
                if at_work:
                    ready = self._kept({each: at_work[each] for each in self._next_done(cancel)})
                    if cancel.is_set():
                        return
                    yield from self._outcomes(ready)
                    for future in ready:
                        del at_work[future]
        finally:
            if at_work and self._client.status == "running":
                self._client.cancel(list(at_work))

    def _room(self) -> int:
        """How many tasks are given out: enough that no worker waits, few enough to hold here."""
        if time.monotonic() - self._looked > _LOOK:
            before = self._threads
            try:
                self._threads = threads_of(self._client)
            except OSError:
                raise self._lost() from None
            self._looked = time.monotonic()
            if before and not self._threads:
                self._say(f"No worker is left at {self._address}; waiting for the next.")
        return max(_LEAST, self._threads * (1 + _AHEAD))

    def _submitted(self, task: Task, points: Points, size: Size) -> Future:
        future = self._client.submit(live_there, with_scenarios(task, points), size, pure=False)
        future.add_done_callback(self._done.put)
        return future

    def _next_done(self, cancel: threading.Event) -> list[Future]:
        """Every task that is done by now, after waiting for the first of them."""
        found: list[Future] = []
        while not found and not cancel.is_set():
            self._room()
            with contextlib.suppress(queue.Empty):
                found.append(self._done.get(timeout=0.2))
                while True:
                    found.append(self._done.get_nowait())
        return found

    def _kept(self, done: dict[Future, Task]) -> dict[Future, Task]:
        """Those whose result is there; one that died with its worker is lived again and waited for."""
        kept = {}
        for future, task in done.items():
            if future.status == "cancelled" or self._client.status != "running":
                raise self._lost()
            if future.status in ("finished", "error"):
                kept[future] = task
            else:
                future.add_done_callback(self._done.put)
        return kept

    def _outcomes(self, ready: dict[Future, Task]) -> Iterator[tuple[Task, list[Outcome]]]:
        """What each task left; those that are finished are fetched together."""
        finished = [future for future in ready if future.status == "finished"]
        try:
            fetched = self._client.gather(finished)
        except (OSError, CancelledError):
            raise self._lost() from None
        for future in (future for future in ready if future.status == "error"):
            yield ready[future], self._failed(ready[future], future.exception())
        for future, left in zip(finished, fetched):
            yield ready[future], self._checked(*left)

    def _failed(self, task: Task, fault: BaseException) -> list[Outcome]:
        """A task that took its workers with it failed; a worker that cannot work is another thing."""
        if not isinstance(fault, KilledWorker):
            raise ClusterFault(
                f"A worker at {self._address} cannot live runs ({told(fault)}). Install the same"
                " version of Parley on every worker; the same command then goes on."
            )
        message = "every worker that tried it died, perhaps for want of memory"
        return [Outcome(run, message=message) for run in task.runs]

    def _checked(self, made: dict[str, str], name: str, outcomes: list[Outcome]) -> list[Outcome]:
        """The same outcomes, if they were lived with what is here; a worker may have come late."""
        if found := differences(self._here, made):
            raise ClusterFault(*(f"Worker on {name}: {line}" for line in found))
        return outcomes

    def _lost(self) -> ClusterFault:
        return ClusterFault(
            f"The connection to {self._address} was lost. What is finished is kept; the same command"
            " goes on from there when the scheduler is back."
        )
