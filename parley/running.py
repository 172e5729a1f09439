"""Carrying out a run: compiling once, progress, and stopping with what is finished."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

from parley.faults import YOURS, UserFault
from parley.screen import say


def compile_once() -> None:
    """Compile the model where this installation has not done so, and say how long it took."""
    from sim.runs import compile_engine, compiled

    if compiled():
        return
    say("First run after installation: the model is compiled once. This takes a minute or two.")
    seconds = compile_engine()
    say(f"Compiled in {seconds:.0f} seconds. Later runs start at once.")


def carry_out(
    work: Callable[..., Any], label: str, abandon: Callable[[], None] | None = None
) -> tuple[Any, bool]:
    """Run the model with progress on a terminal; Ctrl-C stops it after the replicates at work.

    Args:
        work: called with `progress` and `cancel`; returns results.
        label: what the progress bar says.
        abandon: called before the program ends at once, on a second Ctrl-C.

    Returns:
        The results, and whether they were cut short by Ctrl-C.

    Raises:
        UserFault: it was stopped before one replicate was finished.
    """
    from sim.runs import Cancelled

    cancel = threading.Event()
    with stopping(cancel, abandon), progress_bar(label) as progress:
        try:
            return work(progress=progress, cancel=cancel), False
        except Cancelled as stopped:
            finished = stopped.finished
    if finished is None:
        raise UserFault("Stopped before one replicate was finished. Nothing was kept.")
    return finished, True


@contextlib.contextmanager
def stopping(cancel: threading.Event, abandon: Callable[[], None] | None = None) -> Iterator[None]:
    """Turn the first Ctrl-C into a wish to stop; a second one ends the program at once."""
    ignored = (
        signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    )  # as shells ask of work in the background
    if ignored or threading.current_thread() is not threading.main_thread():
        yield
        return

    def wish(number: int, frame: Any) -> None:
        if cancel.is_set():
            if abandon is not None:
                abandon()
            os._exit(YOURS)  # compiled code at work would not hear of an exception
        cancel.set()
        os.write(
            2, b"\nStopping. What is finished is kept; Ctrl-C again ends at once.\n"
        )  # safe inside a handler

    before = signal.signal(signal.SIGINT, wish)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def progress_bar(
    label: str, what: str | None = None
) -> Iterator[Callable[[int, int, int], None] | None]:
    """A progress bar on standard error, where that is a terminal.

    Args:
        label: what stands before it.
        what: the word of what is counted, where its rate is to be shown, such as "runs".

    Yields:
        A function of how many are done, how many there are, and how many of them failed.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}", markup=False),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, speed_estimate_period=120) as bar:
        task = bar.add_task(label, total=None, rate="")

        def show(done: int, total: int, failed: int = 0) -> None:
            if bar.tasks[0].total is None:
                bar.reset(task, total=total, completed=done)  # what is done already is no speed
            speed = bar.tasks[0].finished_speed or bar.tasks[0].speed
            words = [f"{speed:,.1f} {what}/s"] if speed and what else []
            words += [f"{failed:,} failed"] if failed else []
            bar.update(task, completed=done, rate=", ".join(words))

        yield show
