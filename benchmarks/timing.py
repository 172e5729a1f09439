"""Stop-watches: what is compared takes turns, and the best of several turns counts.

Work on one core is timed in processor time of its thread, so that other programs at work distort it
less (they still take their part of the caches). Anything else is timed by the clock.
"""

from __future__ import annotations

import time
from collections.abc import Callable

Work = Callable[[], object]
Clock = Callable[[], float]

one_core: Clock = time.thread_time
wall: Clock = time.perf_counter


def seconds(work: Work, clock: Clock = one_core) -> float:
    """How long one piece of work takes."""
    started = clock()
    work()
    return clock() - started


def best(work: Work, times: int, clock: Clock = one_core) -> float:
    """The least of several times, in seconds."""
    return min(seconds(work, clock) for _ in range(times))


def in_turns(works: dict[str, Work], times: int, clock: Clock = one_core) -> dict[str, float]:
    """The least time of each of several works that take turns, in seconds."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(times):
        for name, work in works.items():
            taken[name].append(seconds(work, clock))
    return {name: min(each) for name, each in taken.items()}
