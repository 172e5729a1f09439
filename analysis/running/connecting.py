"""Finds a Dask scheduler, or says within ten seconds why not; compares versions with its workers."""

from __future__ import annotations

import logging
import socket
import sys
import threading
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from distributed import Client

from analysis.running.outcome import made_with, told

PATIENCE = 4.0  # seconds for each of two steps, so that all is said within ten
_GREETING = 8  # bytes; a Dask scheduler speaks first and says how long its greeting is
_LONGEST_GREETING = 1_000_000  # bytes; who says more speaks another language
_LEAVE = 2.0  # seconds to take leave
_SCHEMES = ("tcp", "tls", "ws", "wss", "ucx")
_MATTERS = ("parley", "model", "python", "numpy", "numba", "scipy", "platform")
_TALKATIVE = ("distributed", "distributed.client")  # log what they also raise, which is told once
T = TypeVar("T")


class ClusterFault(ValueError):
    """The cluster cannot be used.

    Args:
        faults: why, one line each.
    """

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = list(faults)


def client_of(address: str) -> Client:
    """A client of the scheduler at an address.

    Raises:
        ClusterFault: it is no address, nobody answers there, or no Dask scheduler does.
    """
    scheme, host, port = _parts(address)
    absent = ClusterFault(
        f"No Dask scheduler answers at {address}. Check the address, that `dask scheduler` runs"
        " there, and that no firewall is between."
    )
    try:
        if not _within(PATIENCE, lambda: _speaks_dask(scheme, host, port)):
            raise absent
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        return _within(
            PATIENCE, lambda: Client(address, timeout=PATIENCE * 0.8, set_as_default=False)
        )
    except OSError:  # TimeoutError and what Dask makes of closed connections are kinds of it
        raise absent from None


def leave(client: Client) -> None:
    """Close a client, whether or not its scheduler is still there."""
    try:
        client.close(timeout=_LEAVE)
    except (OSError, AssertionError):  # a scheduler that is gone cannot say goodbye
        client.status = "closed"  # else Dask tries again when the client is forgotten


def wait_for_a_worker(client: Client, address: str, say: Callable[[str], None]) -> None:
    """Wait for the first worker; on a cluster with a queue of jobs that may take hours."""
    if not threads_of(client):
        say(f"The scheduler at {address} has no workers yet; waiting for the first.")
        client.wait_for_workers(1)


def threads_of(client: Client) -> int:
    """How many runs the workers live at once."""
    return sum(client.nthreads().values())


def refuse_other_versions(client: Client) -> None:
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
            faults += [f"Worker {worker}: {line}" for line in differences(here, made)]
    if faults:
        raise ClusterFault(*faults)


def differences(here: dict[str, str], there: dict[str, str]) -> list[str]:
    """What of all that decides values is not the same, one line each."""
    return [
        f"{name} is {there.get(name)}, here it is {here[name]}. Use the same on both."
        for name in _MATTERS
        if there.get(name) != here[name]
    ]


def _parts(address: str) -> tuple[str, str, int]:
    """Scheme, host and port of an address."""
    try:
        found = urlsplit(address)
        port = found.port
    except ValueError:
        found, port = urlsplit(""), None
    if found.scheme not in _SCHEMES or not found.hostname or not port or found.path.strip("/"):
        raise ClusterFault(
            f"--cluster {address} is no address of a scheduler. Write it as tcp://host:8786."
        )
    return found.scheme, found.hostname, port


def _speaks_dask(scheme: str, host: str, port: int) -> bool:
    """Whether who takes the call begins as Dask does; only plain TCP is listened to so early."""
    with socket.create_connection((host, port), timeout=PATIENCE) as line:
        if scheme != "tcp":
            return True
        said = line.recv(_GREETING, socket.MSG_WAITALL)
    return len(said) == _GREETING and int.from_bytes(said, sys.byteorder) < _LONGEST_GREETING


def _within(seconds: float, work: Callable[[], T]) -> T:
    """What a piece of work gives, if it does so in time: name servers and Dask may wait for longer.

    Raises:
        TimeoutError: it did not.
    """
    found: list[T] = []
    faults: list[BaseException] = []

    def attempt() -> None:
        try:
            found.append(work())
        except BaseException as fault:  # handed to the caller below, whatever it is
            faults.append(fault)

    thread = threading.Thread(target=attempt, daemon=True, name="parley-cluster")
    thread.start()
    thread.join(seconds)
    if faults:
        raise faults[0]
    if not found:
        raise TimeoutError
    return found[0]
