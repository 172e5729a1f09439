"""What `--dry-run` says is what a sweep takes, within a factor of two."""

import json
import subprocess
import sys
import time

import pytest

from analysis.experiment import points_of, read_experiment
from analysis.running.estimate import disk_of, estimate, share_of_warmups_lived
from analysis.running.layout import layout_of
from analysis.running.sweep import run_sweep
from tests.analysis.loopback import HOUSE

HEAD = """schema = 1
weeks = {weeks}
residents = {residents}
replicates = {replicates}
indicators = ["trust", "trust_gap", "expectation_gap", "marginalisation"]
"""
LEVERS = '[levers]\n"policy.hours" = [2, 6]\n"policy.feedback" = {low = 0, high = 1, levels = 3}\n'
DOUBT = '[uncertainties]\n"assumptions.absolve" = {low = 0.0, high = 0.8, levels = 3}\n'
MEASURE = (
    "import json, sys\n"
    "from analysis.experiment import points_of, read_experiment\n"
    "from analysis.running.sweep import run_sweep\n"
    "from benchmarks.memory import peak_bytes\n"
    "read = read_experiment(sys.argv[1])\n"
    "run_sweep(read, points_of(read), sys.argv[2], workers=2)\n"
    "print(json.dumps(peak_bytes()))"
)


def points(folder, text, weeks=4, residents=40, replicates=2, **more):
    path = folder / "e.toml"
    head = HEAD.format(weeks=weeks, residents=residents, replicates=replicates)
    extra = "".join(f"{key} = {json.dumps(value)}\n" for key, value in more.items())
    path.write_text(head + extra + text)
    return points_of(read_experiment(path))


def within_two(told, found):
    assert found / 2 <= told <= found * 2, f"told {told:,.3g}, found {found:,.3g}"


@pytest.mark.parametrize(
    "more", [{}, {"weekly": True, "weeks": 12}, {"publics": False}, {"weekly": True, "weeks": 20}]
)
def test_the_disk_is_what_the_folder_takes(tmp_path, more):
    """A place of few residents leaves many equal values, which take less."""
    short = '[areas]\n"area.warmup_weeks" = [2]\n'
    made = points(tmp_path, LEVERS + short, residents=600, replicates=10, **more)
    run_sweep(made.experiment, made, tmp_path / "out", workers=2)
    found = sum(file.stat().st_size for file in (tmp_path / "out").rglob("*") if file.is_file())
    within_two(disk_of(layout_of(made), len(made)), found)


def test_the_memory_is_what_the_process_takes(tmp_path):
    made = points(tmp_path, LEVERS, residents=1000)
    said = subprocess.run(
        [sys.executable, "-c", MEASURE, tmp_path / "e.toml", tmp_path / "out"],
        cwd=HOUSE, capture_output=True, text=True, check=True,
    )  # fmt: skip
    within_two(estimate(made, 2).memory, json.loads(said.stdout))


@pytest.mark.parametrize("text", [LEVERS, DOUBT], ids=["shared warm-ups", "warm-ups of their own"])
def test_the_time_is_what_a_sweep_takes(tmp_path, text):
    """Others may be at work: the best of three tries counts, and one of them has to agree."""
    made = points(tmp_path, text, weeks=104, residents=3000)
    for turn in range(3):
        told = estimate(made, 1).seconds
        started = time.perf_counter()
        fresh = points(tmp_path, text, weeks=104, residents=3001 + turn)  # no warm-up is kept of it
        run_sweep(fresh.experiment, fresh, tmp_path / str(turn), workers=1)
        spent = time.perf_counter() - started
        if spent / 2 <= told <= 2 * spent:
            return
    pytest.fail(f"told {told:.2f} s, took {spent:.2f} s")


def test_levers_share_a_warmup_and_assumptions_do_not(tmp_path):
    assert share_of_warmups_lived(points(tmp_path, LEVERS)) == pytest.approx(1 / 6)
    assert share_of_warmups_lived(points(tmp_path, DOUBT)) == 1
    assert share_of_warmups_lived(points(tmp_path, LEVERS + DOUBT)) == pytest.approx(1 / 6)
    assert share_of_warmups_lived(points(tmp_path, LEVERS + DOUBT, replicates=100)) == 1


def test_the_warmup_is_that_of_the_longest_area(tmp_path):
    assert layout_of(points(tmp_path, LEVERS)).weeks_lived == 4 + 104
    assert layout_of(points(tmp_path, '[areas]\n"area.warmup_weeks" = [3, 7]\n')).weeks_lived == 11


def test_nothing_is_written_by_a_dry_run(tmp_path, capfd, monkeypatch):
    from parley.cli import main

    points(tmp_path, LEVERS)
    monkeypatch.chdir(tmp_path)
    assert main(["sweep", "e.toml", "--dry-run", "--out", "x"]) == 0
    out = capfd.readouterr().out
    for words in ("Design points  6\n", "Runs           12 ", "Memory         about", "Disk "):
        assert words in out
    assert [entry.name for entry in tmp_path.iterdir()] == ["e.toml"]
