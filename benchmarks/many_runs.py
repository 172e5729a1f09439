"""Memory of a short and a long sweep of tiny worlds, and how soon a finished one is done again.

Run as `python -m benchmarks.many_runs RUNS FOLDER` it is the process whose peak counts.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.memory import ROOT, peak_bytes
from benchmarks.row import Row, three_digits

REPLICATES = 10
TEXT = """schema = 1
weeks = 1
residents = 20
replicates = {replicates}
indicators = ["trust", "trust_gap"]
publics = false
[levers]
"policy.hours" = {{low = 1.0, high = 9.0, levels = {levels}}}
"policy.feedback" = {{low = 0.0, high = 1.0, levels = 10}}
[areas]
"area.warmup_weeks" = [1]
"""


def rows(few: int, many: int) -> list[Row]:
    """The peak of a long sweep against that of a short one; the time of a second call of the long."""
    with tempfile.TemporaryDirectory() as folder:
        short, long = (_in_a_process(runs, Path(folder) / str(runs)) for runs in (few, many))
        again = min(_again(many, Path(folder) / str(many)) for _ in range(3))
    peaks = f"{short['peak'] / 2**20:.0f} MiB and {long['peak'] / 2**20:.0f} MiB"
    rate = three_digits(many / long["seconds"])
    return [
        Row(f"peak memory, {few:,} → {many:,} runs", 100 * abs(long["peak"] / short["peak"] - 1),
            " %", at_most=10, detail=f"{peaks}; {rate} runs/s of 20 residents × 2 weeks",
            figures={"short": short, "long": long}),
        Row(f"the same command on a finished sweep of {many:,} runs", again, " s", at_most=2,
            detail="the whole of `parley sweep`, Python's start included; best of 3",
            figures={"seconds": again}),
    ]  # fmt: skip


def _file(runs: int, folder: Path) -> Path:
    path = folder.with_suffix(".toml")
    path.write_text(TEXT.format(replicates=REPLICATES, levels=runs // (10 * REPLICATES)))
    return path


def _in_a_process(runs: int, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.many_runs", str(runs), str(folder)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return json.loads(said)


def _again(runs: int, folder: Path) -> float:
    command = [
        sys.executable,
        "-m",
        "parley",
        "sweep",
        str(_file(runs, folder)),
        "--out",
        str(folder),
    ]
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - started


def _here(runs: int, folder: Path) -> dict[str, float]:
    from analysis.experiment import points_of, read_experiment
    from analysis.running.sweep import run_sweep

    read = read_experiment(_file(runs, folder))
    started = time.perf_counter()
    swept = run_sweep(read, points_of(read), folder, workers=2)
    assert swept.complete
    assert swept.runs == runs
    return {"peak": peak_bytes(), "seconds": time.perf_counter() - started}


if __name__ == "__main__":
    print(json.dumps(_here(int(sys.argv[1]), Path(sys.argv[2]))))
