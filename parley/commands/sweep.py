"""`parley sweep`: an experiment of many design points, started or resumed."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from parley import options
from parley.faults import UserFault
from parley.machine import in_words
from parley.plan import number_faults
from parley.running import compile_once, progress_bar, stopping
from parley.screen import put, say

EXTRA = "This needs the extra research: pip install 'parley[research]'."


def sweep(
    experiment: Annotated[str, typer.Argument(metavar="EXPERIMENT", help="An experiment file.")],
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="DIR", help="Folder of the sweep: new, or to be resumed."),
    ] = None,
    workers: Annotated[
        int | None,
        options.number(
            "--workers",
            "W",
            help="Runs at work at once; all cores if not given.",
            show_default=False,
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="ADDRESS",
            help="A Dask scheduler to work on, as in tcp://host:8786.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would take, and run nothing.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Allow a design of more than 10,000 runs or 2 GB.")
    ] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Also run again what failed before.")
    ] = False,
) -> None:
    """Run an experiment of many design points; the same command again goes on where it stopped."""
    faults = number_faults(workers=workers) if workers is not None else []
    if workers is not None and cluster:
        faults.append(
            "--workers and --cluster exclude each other: a cluster has workers of its own."
        )
    if not out and not dry_run:
        faults.append("--out DIR is missing: a sweep needs a folder. --dry-run needs none.")
    read, points = _read(experiment, faults)
    if cluster and not dry_run:
        _say_notes(read)
        with _on_cluster(cluster) as elsewhere:
            _carry_out(read, points, str(out), None, elsewhere, yes, retry_failed)
        return
    if dry_run:
        _say_notes(read)
        _show_estimate(read, points, workers or os.cpu_count() or 1)
        return
    _say_notes(read)
    _carry_out(read, points, str(out), workers, None, yes, retry_failed)


def _read(name: str, faults: list[str]) -> tuple[Any, Any]:
    """The experiment and its design points; every fault of file and options together."""
    from sim.scenario import ScenarioFaults

    try:
        from analysis.experiment import points_of, read_experiment
        from analysis.experiment.points import number_of_points
        from analysis.running.layout import HARD_LIMIT

        experiment = read_experiment(name)
        if (size := number_of_points(experiment)) > HARD_LIMIT:
            faults.append(
                f"{name}: the design has {size:,} points; {HARD_LIMIT:,} is the most. Take fewer values"
                " or samples."
            )
    except ScenarioFaults as wrong:
        faults += [str(fault) for fault in wrong.faults]
    if faults:
        raise UserFault(*faults)
    try:
        return experiment, points_of(experiment)
    except ModuleNotFoundError as absent:
        raise UserFault(
            f"A {experiment.design} design: {absent.name} is not installed. {EXTRA}"
        ) from None


def _say_notes(experiment: Any) -> None:
    for note in experiment.notes:
        say(f"{experiment.called}: {note}")


def _show_estimate(experiment: Any, points: Any, workers: int) -> None:
    from analysis.running.estimate import estimate

    found = estimate(points, workers)
    how = (
        "from runs timed on this machine just now"
        if found.timed
        else "a rough guess: the model has not been compiled here yet"
    )
    put(
        "\n".join(
            [
                f"{experiment.title or experiment.called}: {experiment.design}",
                f"Design points  {found.points:,}",
                f"Runs           {found.runs:,}  ({experiment.replicates} replicates of each point)",
                f"Rows           {found.rows:,} at most",
                f"Time           about {in_time(found.seconds)} with {workers} workers ({how})",
                f"Memory         about {in_words(found.memory)}",
                f"Disk           about {in_words(found.disk)}",
            ]
        )
    )


def _refuse_large(experiment: Any, points: Any, yes: bool, out: str) -> None:
    """Refuse what is larger than the stated limits, unless it was agreed to or is under way."""
    from pathlib import Path

    from sim.place import MANIFEST

    if yes or (Path(out).expanduser() / MANIFEST).exists():
        return
    from analysis.running.estimate import DISK_LIMIT, RUNS_LIMIT, disk_of
    from analysis.running.layout import layout_of

    layout = layout_of(points)
    disk = disk_of(layout, len(points))
    if layout.runs > RUNS_LIMIT or disk > DISK_LIMIT:
        raise UserFault(
            f"{experiment.called}: the design has {layout.runs:,} runs and takes about"
            f" {in_words(disk)} of disk. More than {RUNS_LIMIT:,} runs or {in_words(DISK_LIMIT)} need"
            " --yes; --dry-run says how long it takes."
        )


def _carry_out(
    experiment: Any, points: Any, out: str, workers: int | None, elsewhere: Any, yes: bool,
    retry_failed: bool,
) -> None:  # fmt: skip
    try:
        import filelock  # noqa: F401
    except ModuleNotFoundError as absent:
        raise UserFault(f"parley sweep: {absent.name} is not installed. {EXTRA}") from None
    from analysis.running.sweep import run_sweep

    _refuse_large(experiment, points, yes, out)
    cancel = threading.Event()

    def opening(swept: Any) -> None:
        _say_opening(swept)
        if elsewhere is None and (swept.before < swept.runs or retry_failed):
            compile_once()

    with stopping(cancel), progress_bar(experiment.title or experiment.called, "runs") as progress:
        swept = run_sweep(
            experiment, points, out, workers=workers, elsewhere=elsewhere, retry_failed=retry_failed,
            progress=progress, cancel=cancel, opening=opening,
        )  # fmt: skip
    _say_end(swept, out)


def _say_opening(swept: Any) -> None:
    for name, why in swept.set_aside:
        say(f"{name} was set aside: {why}. Its runs are run again.")
    if 0 < swept.before < swept.runs:
        say(f"{swept.before:,} of {swept.runs:,} runs are there already; going on with the rest.")


def _say_end(swept: Any, out: str) -> None:
    if swept.failed:
        say(
            f"{swept.failed:,} of {swept.runs:,} runs failed; failures.parquet says which and why."
            " --retry-failed tries them again."
        )
    if not swept.complete:
        raise UserFault(
            f"Stopped. What is finished is kept in {out}; the same command goes on from there."
        )
    if swept.now:
        say(f"Complete: {swept.runs:,} runs are in {out}.")
    else:
        say(f"Nothing to do: all {swept.runs:,} runs are in {out}.")


@contextlib.contextmanager
def _on_cluster(address: str) -> Iterator[Any]:
    """A worker of tasks on a Dask cluster."""
    try:
        from analysis.running.cluster import connected
    except ModuleNotFoundError as absent:
        raise UserFault(
            f"--cluster: {absent.name} is not installed. This needs the extra cluster: pip install"
            " 'parley[cluster]'."
        ) from None
    with connected(address, say) as elsewhere:
        yield elsewhere


def in_time(seconds: float) -> str:
    """A stretch of time as people say it."""
    for size, name in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.1f} {name}"
    return f"{max(1, round(seconds))} s"
