"""Living the runs of one task, on this machine or on any other; a failure is an outcome too."""

from __future__ import annotations

import platform
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.running.layout import Run
from sim.version import VERSION, model_fingerprint

if TYPE_CHECKING:
    from sim import Scenario

_LONGEST = 500


@dataclass(frozen=True)
class Size:
    """The size of every run of an experiment, and what is kept of it."""

    weeks: int
    residents: int
    seed: int
    indicators: tuple[str, ...]
    weekly: bool


@dataclass(frozen=True)
class Outcome:
    """What one run left.

    Attributes:
        run: which one.
        scenario_hash: of its complete scenario; empty where that could not be made.
        publics: keys, "all" first.
        values: [week, public, indicator]; None where the run failed.
        message: why it failed, in one line; empty where it did not.
    """

    run: Run
    scenario_hash: str = ""
    publics: tuple[str, ...] = ()
    values: np.ndarray | None = None
    message: str = ""


def live_runs(task: Sequence[tuple[Run, Scenario | str]], size: Size) -> list[Outcome]:
    """Live the runs of a task.

    Args:
        task: each run with its scenario, or with the reason why there is none.
        size: what is run and kept.

    Raises:
        Cancelled: the work was stopped.
    """
    return [_lived(run, scenario, size) for run, scenario in task]


def made_with() -> dict[str, str]:
    """What the values of a run depend on to the last bit, for a comparison between machines."""
    return dict(_made_with())


@cache
def _made_with() -> dict[str, str]:
    """The same, looked up once in a process: it takes ten milliseconds and cannot change."""
    found = {
        "parley": VERSION,
        "model": model_fingerprint(),
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
    }
    for package in ("numpy", "numba", "scipy"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "absent"
    return found


def where() -> str:
    """The name of this machine."""
    return socket.gethostname()


def told(fault: BaseException) -> str:
    """A failure in one line."""
    text = " ".join(str(fault).split())
    kind = "" if getattr(fault, "faults", None) else f"{type(fault).__name__}: "
    return f"{kind}{text or 'no message'}"[:_LONGEST]


def _lived(run: Run, scenario: Any, size: Size) -> Outcome:
    from sim.runs import Cancelled, live_one  # loads the compiler, which a finished sweep spares

    if isinstance(scenario, str):
        return Outcome(run, message=scenario)
    try:
        left = live_one(
            scenario, run.replicate, weeks=size.weeks, residents=size.residents, seed=size.seed
        )
    except Cancelled:
        raise
    except Exception as fault:  # whatever it is, it must not sink the other runs
        return Outcome(run, scenario.hash, message=told(fault))
    kept = [left.indicators.index(name) for name in size.indicators]
    values = left.values[0] if size.weekly else left.values[0, -1:]
    return Outcome(run, scenario.hash, left.publics, values[:, :, kept].copy())
