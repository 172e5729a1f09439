"""Work on an existing Dask cluster: workers may die, join and leave; the values are the same."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from distributed import Client, Future

from analysis.experiment import Points
from analysis.running.outcome import Outcome, Size, live_runs, made_with, told, where
from analysis.running.tasks import Task, with_scenarios

PATIENCE = 6.0  # seconds for a scheduler to answer, so that all is said within ten
_AHEAD = 3  # tasks waiting for each thread of the cluster
_MATTERS = ("parley", "model", "python", "numpy", "numba", "scipy", "platform")
_GONE = 30.0  # seconds that a lost scheduler may take to come back


class ClusterFault(ValueError):
    """The cluster cannot be used.

    Args:
        faults: why, one line each.
    """

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = list(faults)


@contextlib.contextmanager
def connected(address: str, say: Callable[[str], None] = lambda text: None) -> Iterator[Any]:
    """A connection to a scheduler, as something that lives tasks for `run_sweep`.

    Args:
        address: such as "tcp://host:8786".
        say: told when there is something to wait for.

    Raises:
        ClusterFault: no scheduler answers, or a worker has other versions than this machine.
    """
    client = _client(address)
    try:
        _wait_for_a_worker(client, address, say)
        _same_versions(client, address)
        yield _Elsewhere(client, address)
    finally:
        with contextlib.suppress(Exception):
            client.close(timeout=2)


def live_there(task: list[Any], size: Size) -> tuple[dict[str, str], str, list[Outcome]]:
    """Live the runs of a task on a worker; what it is made with comes along."""
    return made_with(), where(), live_runs(task, size)


class _Elsewhere:
    """Lives tasks on a cluster, as `analysis.running.local.work_here` does here."""

    def __init__(self, client: Client, address: str) -> None:
        self._client, self._address = client, address
        self._here = made_with()

    def __call__(
        self, tasks: Iterator[Task], points: Points, size: Size, cancel: threading.Event
    ) -> Iterator[tuple[Task, list[Outcome]]]:
        at_work: dict[Future, Task] = {}
        more = True
        while more or at_work:
            while more and len(at_work) < self._room():
                task = next(tasks, None)
                more = task is not None
                if task is not None:
                    future = self._submitted(task, points, size)
                    at_work[future] = task
            done = self._next_done(at_work, cancel)
            if cancel.is_set():
                self._client.cancel(list(at_work))
                return
            for future in done:
                task = at_work.pop(future)
                yield task, self._outcomes(future, task)

    def _room(self) -> int:
        workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
        threads = sum(worker["nthreads"] for worker in workers)
        return max(8, threads * (1 + _AHEAD))

    def _submitted(self, task: Task, points: Points, size: Size) -> Future:
        return self._client.submit(live_there, with_scenarios(task, points), size, pure=False)

    def _next_done(self, at_work: dict[Future, Task], cancel: threading.Event) -> list:
        """Futures that are done, after waiting for one at most a little while at a time."""
        lost: float | None = None
        while at_work and not cancel.is_set():
            done = [future for future in at_work if future.done()]
            if done:
                return done
            if self._client.status == "running":
                lost = None
            else:
                lost = lost or time.monotonic()
                if time.monotonic() - lost > _GONE:
                    raise self._lost()
            time.sleep(0.01)
        return []

    def _outcomes(self, future: Future, task: Task) -> list[Outcome]:
        if future.status == "cancelled" or future.status == "lost":
            raise self._lost()
        if (
            future.status == "error"
        ):  # the worker died each time it tried, or could not load the model
            message = told(future.exception())
            return [Outcome(run, message=message) for run in task.runs]
        made, name, outcomes = future.result()
        if differences := _differences(self._here, made):
            raise ClusterFault(*(f"Worker on {name}: {line}" for line in differences))
        return list(outcomes)

    def _lost(self) -> ClusterFault:
        return ClusterFault(
            f"The connection to {self._address} was lost. What is finished is kept; the same command"
            " goes on from there when the scheduler is back."
        )


def _client(address: str) -> Client:
    import logging

    if "://" not in address or not address.partition("://")[2].strip():
        raise ClusterFault(f"--cluster {address} is no address. Write it as tcp://host:8786.")
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    absent = ClusterFault(
        f"No Dask scheduler answers at {address} within {PATIENCE:.0f} s. Check the address and that"
        " `dask scheduler` runs there."
    )
    host, _, port = address.partition("://")[2].rpartition(":")
    if address.startswith(("tcp://", "tls://")):
        try:  # before Dask tries, whose own patience is longer than it says
            socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE / 2).close()
        except (OSError, ValueError, OverflowError):
            raise absent from None
    try:
        return Client(address, timeout=PATIENCE / 2, set_as_default=False)
    except Exception:  # Dask has many words for a scheduler that does not answer
        raise absent from None


def _wait_for_a_worker(client: Client, address: str, say: Callable[[str], None]) -> None:
    if not client.scheduler_info()["workers"]:
        say(f"The scheduler at {address} has no workers yet; waiting for the first.")
        client.wait_for_workers(1)


def _same_versions(client: Client, address: str) -> None:
    """Refuse workers whose values could differ from those of this machine.

    Raises:
        ClusterFault: names each worker and what differs.
    """
    here = made_with()
    faults = []
    for worker, made in client.run(made_with, on_error="return").items():
        if isinstance(made, BaseException):
            faults.append(
                f"Worker {worker} cannot load Parley ({told(made)}). Install the same version there."
            )
        else:
            faults += [f"Worker {worker}: {line}" for line in _differences(here, made)]
    if faults:
        raise ClusterFault(*faults)


def _differences(here: dict[str, str], there: dict[str, str]) -> list[str]:
    return [
        f"{name} is {there.get(name)}, here it is {here[name]}. Use the same on both."
        for name in _MATTERS
        if there.get(name) != here[name]
    ]
