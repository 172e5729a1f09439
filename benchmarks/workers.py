"""Two threads in one process against two bare processes that share the same replicates.

Run as `python -m benchmarks.workers RESIDENTS WARM WEEKS REPLICATES` it is one of the processes: it
compiles, says `ready`, and for each line on standard input does its part and says `done`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from benchmarks.row import Row, missing, three_digits
from benchmarks.sizes import Sizes
from benchmarks.timing import in_turns, wall
from sim import load, run

ROOT = Path(__file__).resolve().parent.parent
REACH = 0.9
WORKERS = 2


def replicates_lived(
    residents: int, warm: int, weeks: int, replicates: int, workers: int
) -> Callable[[], None]:
    """Work that lives some replicates of the baseline with so many workers."""
    scenario = load("baseline", (f"area.warmup_weeks={warm}",))

    def work() -> None:
        run(scenario, weeks=weeks, residents=residents, replicates=replicates, workers=workers)

    return work


class Bare:
    """A process that does its part of the work whenever it is asked."""

    def __init__(self, *numbers: int) -> None:
        command = [sys.executable, "-m", "benchmarks.workers", *map(str, numbers)]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)

    def __enter__(self) -> Bare:
        self.wait()
        return self

    def __exit__(self, *fault: object) -> None:
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def start(self) -> None:
        """Ask for one part of the work."""
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def wait(self) -> None:
        """Wait until it says that it is ready, or done."""
        if not self._process.stdout.readline():
            raise RuntimeError("a bare process of the benchmark ended before it was done")


def rows(sizes: Sizes) -> list[Row]:
    """One row: the gain of two workers over one, as a part of the gain of two bare processes."""
    what = "gain of 2 workers, as a part of what 2 bare processes gain"
    if sizes.replicates < WORKERS:
        return [missing(what, "too few replicates to share", at_least=REACH)]
    taken = _timed(sizes)
    threads, bare = taken["one"] / taken["two"], taken["one"] / taken["bare"]
    return [
        Row(
            what, threads / bare, at_least=REACH,
            detail=f"{sizes.replicates} replicates: {three_digits(threads)}× with 2 workers, "
            f"{three_digits(bare)}× with 2 processes; one worker {three_digits(taken['one'])} s",
            figures={f"{name}_s": spent for name, spent in taken.items()},
        )
    ]  # fmt: skip


def _timed(sizes: Sizes) -> dict[str, float]:
    one = replicates_lived(*sizes.in_run, sizes.replicates, 1)
    two = replicates_lived(*sizes.in_run, sizes.replicates, WORKERS)
    with ExitStack() as running:
        processes = [
            running.enter_context(Bare(*sizes.in_run, sizes.replicates // WORKERS))
            for _ in range(WORKERS)
        ]

        def bare() -> None:
            for process in processes:
                process.start()
            for process in processes:
                process.wait()

        for work in (one, two, bare):
            work()
        return in_turns({"one": one, "two": two, "bare": bare}, sizes.times, wall)


def _serve(residents: int, warm: int, weeks: int, replicates: int) -> None:
    replicates_lived(60, 1, 1, 1, 1)()
    work = replicates_lived(residents, warm, weeks, replicates, 1)
    print("ready", flush=True)
    for _ in sys.stdin:
        work()
        print("done", flush=True)


if __name__ == "__main__":
    _serve(*map(int, sys.argv[1:]))
