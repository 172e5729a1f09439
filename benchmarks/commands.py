"""What a user waits for: a warm run, help, and the first run after installation."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.row import Row, missing, three_digits
from benchmarks.sizes import Sizes
from benchmarks.timing import best, seconds, wall

ROOT = Path(__file__).resolve().parent.parent
RUN_REACH, HELP_REACH = 4, 0.5
HELP_TIMES = 5
_SAYS = (
    re.compile(r"First run after installation: .*compiled once"),
    re.compile(r"Compiled in (\d+) seconds"),
)


def parley(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Carry out one command as a user would, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "parley", *words],
        cwd=ROOT,
        env=os.environ | environment,
        check=True,
        capture_output=True,
        text=True,
    )


def rows(sizes: Sizes) -> list[Row]:
    """A warm run with its defaults, and help."""
    words = ("run", "baseline", *sizes.command)
    parley(*words)
    worked = _worked()
    run_times = min(3, sizes.times)
    run_s = best(lambda: parley(*words), run_times, wall)
    worked = (_worked() - worked) / run_times
    parley("--help")
    help_s = best(lambda: parley("--help"), min(HELP_TIMES, sizes.times), wall)
    shown = " ".join(sizes.command) or "3,000 residents, 104 + 156 weeks, 20 replicates"
    return [
        Row(
            "warm `parley run baseline`",
            run_s,
            " s",
            at_most=RUN_REACH,
            detail=f"{shown}; {three_digits(worked)} s of processor time",
        ),
        Row("`parley --help`", help_s, " s", at_most=HELP_REACH, detail=f"best of {HELP_TIMES}"),
    ]


def _worked() -> float:
    """Processor time that finished commands have taken so far, in seconds."""
    spent = os.times()
    return spent.children_user + spent.children_system


def first_run(asked: bool) -> Row:
    """The first run after installation: what it takes, and whether it says so."""
    what = "first run after installation"
    if not asked:
        return missing(what, "takes minutes: ask for it with `--first-run`")
    said = ""
    with tempfile.TemporaryDirectory() as empty:

        def work() -> None:
            nonlocal said
            words = ("run", "baseline", "--residents", "60", "--weeks", "1", "--replicates", "1")
            done = parley(*words, PARLEY_CACHE_DIR=empty)
            said = done.stderr + done.stdout

        spent = seconds(work, wall)
    told = [bool(pattern.search(said)) for pattern in _SAYS]
    says = "says" if all(told) else "DOES NOT SAY"
    detail = f"{says} that it compiles once, and how long it took"
    return Row(what, spent, " s", detail=detail, figures={"says_so": all(told)})
