"""`python -m benchmarks.sweeps`: times sweeps and writes docs/benchmarks-sweeps.md.

All in one run, some fifteen minutes on two quiet cores; `--quick` takes about two and writes
nothing; `--only PART` repeats one part. What is compared takes turns and the best turn counts.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from rich.console import Console

from analysis.experiment import Points, points_of, read_experiment
from analysis.running.sweep import run_sweep
from benchmarks import many_runs, mesa_batches, page
from benchmarks.machine import facts, load
from benchmarks.row import Row, three_digits
from benchmarks.timing import in_turns, wall
from sim.runs import run

WORKERS = 2
INTRODUCTION = """# Benchmarks of sweeps

Written by `python -m benchmarks.sweeps`; do not edit. Every ratio comes from one run on one machine,
in which what is compared took turns; the best of several turns counts, by the clock. A sweep is
timed from the design in memory to the finished folder; warm-ups are lived for every run, for each
design point has another assumption.
"""
MEANINGS = """## What is compared

- **The engine alone** lives the same runs in the same number of threads and keeps nothing.
- **`mesa.batch_run`** drives `EngagementModel`, the same engine, in as many processes; the time
  these take to start is taken off in its favour.
- **The reference model** is the plain model of `tests/reference/` under `mesa.batch_run`.
- **Dask** is a scheduler and one worker of one thread on this machine, against one thread without
  it: what handing out tasks costs, not what two workers on two busy cores do to each other.
- **Memory** is the peak of the process that runs the sweep.
"""


@dataclass(frozen=True)
class Sizes:
    """How large and how often.

    Args:
        run: residents, weeks and warm-up of each run whose rate is taken.
        points, replicates: of that sweep.
        plain: weeks and warm-up of the runs that the reference model lives, too.
        task: residents of a run that is a task of Dask's of its own; tasks.
        many: runs of the small and the large sweep whose memory is compared.
        times: turns.
    """

    run: tuple[int, int, int]
    points: int
    replicates: int
    plain: tuple[int, int]
    task: tuple[int, int]
    many: tuple[int, int]
    times: int


FULL = Sizes((1000, 156, 104), 32, 4, (26, 13), (4000, 40), (1_000, 100_000), 3)
QUICK = Sizes((1000, 52, 26), 16, 2, (6, 3), (2500, 10), (200, 2_000), 2)
SMOKE = Sizes((40, 2, 1), 2, 1, (1, 1), (40, 2), (200, 400), 1)
TEXT = """schema = 1
weeks = {weeks}
residents = {residents}
replicates = {replicates}
[uncertainties]
"assumptions.absolve" = {{low = 0.1, high = 0.7, levels = {points}}}
[areas]
"area.warmup_weeks" = [{warm}]
"""


@contextmanager
def experiment(**numbers: int) -> Iterator[tuple[Points, Callable[..., Callable[[], None]]]]:
    """An experiment, and something that makes work of sweeping it into a new folder each time."""
    with tempfile.TemporaryDirectory() as name:
        folder, number = Path(name), count()
        (folder / "timed.toml").write_text(TEXT.format(**numbers), encoding="utf-8")
        points = points_of(read_experiment(folder / "timed.toml"))

        def sweeping(**how: Any) -> Callable[[], None]:
            def work() -> None:
                run_sweep(points.experiment, points, folder / str(next(number)), **how)

            return work

        yield points, sweeping


def against_the_engine(sizes: Sizes) -> list[Row]:
    """The rate of a sweep against the engine alone and `mesa.batch_run` of the same engine."""
    residents, weeks, warm = sizes.run
    runs = sizes.points * sizes.replicates
    numbers = {"residents": residents, "weeks": weeks, "warm": warm}
    with experiment(**numbers, points=sizes.points, replicates=sizes.replicates) as (
        points,
        sweeping,
    ):
        scenarios = [points.scenario(point) for point in range(len(points))]

        def alone() -> None:
            for scenario in scenarios:
                run(scenario, weeks=weeks, residents=residents, replicates=sizes.replicates,
                    workers=WORKERS)  # fmt: skip

        works = {"alone": alone, "sweep": sweeping(workers=WORKERS)}
        for work in works.values():
            work()
        taken = in_turns(works, sizes.times, wall)
        values = mesa_batches.levels(points)
        batch = mesa_batches.engine(values, sizes.replicates, *sizes.run, WORKERS)
    rates = {name: runs / spent for name, spent in taken.items()} | {"mesa": runs / batch}
    said = {name: three_digits(rate) for name, rate in rates.items()}
    size = f"{residents:,} residents × {weeks} weeks after {warm}, {runs} runs, {WORKERS} workers"
    return [
        Row("sweep against the engine alone, founding included", rates["sweep"] / rates["alone"],
            at_least=0.85, figures=rates,
            detail=f"{said['sweep']} against {said['alone']} runs/s; {size}"),
        Row("sweep against `mesa.batch_run` of the same engine", rates["sweep"] / rates["mesa"],
            at_least=1, figures=rates,
            detail=f"{said['sweep']} against {said['mesa']} runs/s, starting processes not counted"),
    ]  # fmt: skip


def against_the_reference(sizes: Sizes) -> list[Row]:
    """The rate of a sweep against the reference model under `mesa.batch_run`."""
    residents, (weeks, warm) = sizes.run[0], sizes.plain
    numbers = {"residents": residents, "weeks": weeks, "warm": warm}
    runs = 16 * sizes.replicates
    with experiment(**numbers, points=16, replicates=sizes.replicates) as (points, sweeping):
        work = sweeping(workers=WORKERS)
        work()
        rate = runs / in_turns({"sweep": work}, sizes.times, wall)["sweep"]
    plain = WORKERS / mesa_batches.reference(WORKERS, residents, weeks, warm, WORKERS)
    return [
        Row("sweep against the reference model under `mesa.batch_run`", rate / plain, at_least=100,
            detail=f"{three_digits(rate)} against {three_digits(plain)} runs/s; {residents:,} "
            f"residents × {weeks} weeks after {warm}, {WORKERS} workers",
            figures={"sweep": rate, "reference": plain})
    ]  # fmt: skip


def on_dask(sizes: Sizes) -> list[Row]:
    """What handing tasks to a worker of Dask's costs."""
    from analysis.running.cluster import connected
    from tests.analysis.loopback import Loopback

    residents, tasks = sizes.task
    numbers = {"residents": residents, "weeks": 156, "warm": 104, "points": tasks, "replicates": 1}
    with experiment(**numbers) as (_, sweeping), tempfile.TemporaryDirectory() as folder:
        loopback = Loopback(Path(folder))
        try:
            loopback.start_scheduler()
            loopback.start_worker()
            with connected(loopback.address) as elsewhere:
                works = {"here": sweeping(workers=1), "dask": sweeping(elsewhere=elsewhere)}
                for work in works.values():
                    work()
                taken = in_turns(works, sizes.times, wall)
        finally:
            loopback.close()
    each = 1000 * taken["here"] / tasks
    return [
        Row("what Dask costs beyond one thread of this process",
            100 * (taken["dask"] / taken["here"] - 1), " %", at_most=10,
            detail=f"{tasks} tasks of {three_digits(each)} ms; {three_digits(taken['dask'])} against "
            f"{three_digits(taken['here'])} s", figures=taken)
    ]  # fmt: skip


PARTS: dict[str, Callable[[Sizes], list[Row]]] = {
    "engine": against_the_engine,
    "reference": against_the_reference,
    "dask": on_dask,
    "memory": lambda sizes: many_runs.rows(*sizes.many),
}


def main(words: Sequence[str] | None = None) -> int:
    """Time what is asked for, show it, and write the page; the exit code is 0 whatever was met."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.sweeps", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="smaller sizes; writes no page")
    asked.add_argument("--only", action="append", choices=list(PARTS), help="writes no page")
    options = asked.parse_args(words)
    console, before = Console(), load()
    rows: list[Row] = []
    for name in options.only or PARTS:
        with console.status(f"timing: {name}"):
            rows += PARTS[name](QUICK if options.quick else FULL)
    page.on_terminal(rows, console)
    at_work = f"{before} to {load()} wanted a core, this benchmark among them"
    console.print(at_work)
    if not (options.quick or options.only):
        text = page.in_words(rows, facts(), at_work, INTRODUCTION, MEANINGS)
        page.PAGE.with_name("benchmarks-sweeps.md").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
