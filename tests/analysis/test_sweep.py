"""A sweep can be killed, damaged and resumed, and ends with the same rows."""

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from analysis import load, sweep
from analysis.experiment import ExperimentFaults, designs, read_experiment
from sim.place import PlaceFault

TEXT = """
schema = 1
scenario = "baseline"
weeks = {weeks}
residents = 40
replicates = 2
indicators = ["trust", "polarisation"]
[levers]
"policy.hours" = [2, 6]
"policy.reach" = ["open-door", "most-affected"]
[areas]
"area.warmup_weeks" = [1, 2]
"""


@pytest.fixture
def experiment(tmp_path):
    path = tmp_path / "hours.toml"
    path.write_text(TEXT.format(weeks=2))
    return path


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr("analysis.running.layout.MOST_RUNS", 3)


def test_every_fault_of_a_file_is_told_at_once(tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text(
        'schema = 1\nweeks = 0\n[levers]\n"policy.hors" = [2]\n'
        '"policy.feedback" = {low = 1.0, high = 0.5}\n"assumptions.absolve" = [0.1]\n'
    )
    with pytest.raises(ExperimentFaults) as told:
        read_experiment(path)
    said = str(told.value)
    for words in ("weeks = 0 is outside 1", "mean hours?", "empty range", "belongs under [uncert"):
        assert words in said


def test_each_row_is_one_value_of_one_run(experiment, tmp_path):
    found = sweep(experiment, tmp_path / "out", workers=2)
    runs = found.results.drop_duplicates(["point", "replicate"])
    assert len(runs) == 16
    assert len(found.design) == 8
    assert found.failures.empty
    alone = found.results[found.results.indicator == "polarisation"]
    assert set(alone.public) == {"all"}


def test_what_is_damaged_is_set_aside_and_run_again(experiment, tmp_path, small_parts):
    first = sweep(experiment, tmp_path / "out", workers=1).results
    results = tmp_path / "out" / "results"
    part = results / "part-0000001.parquet"
    part.write_bytes(part.read_bytes()[:-40])
    (results / "stranger.parquet").write_bytes(b"nothing")
    again = sweep(experiment, tmp_path / "out", workers=2).results
    assert first.equals(again)
    aside = {path.name for path in (tmp_path / "out" / "set-aside").iterdir()}
    assert aside == {"part-0000001.parquet", "stranger.parquet"}


def test_another_experiment_is_never_mixed_in(experiment, tmp_path):
    sweep(experiment, tmp_path / "out", workers=1)
    experiment.write_text(TEXT.format(weeks=3))
    with pytest.raises(PlaceFault, match="another experiment. They differ in weeks"):
        sweep(experiment, tmp_path / "out", workers=1)


def test_killed_in_the_middle_it_ends_with_the_same_rows(experiment, tmp_path, small_parts):
    whole = sweep(experiment, tmp_path / "whole", workers=1).results
    code = (
        "import sys, analysis.running.layout as layout, analysis.reading as reading\n"
        "layout.MOST_RUNS = 3\n"
        "reading.sweep(sys.argv[1], sys.argv[2], workers=1)"
    )
    results = tmp_path / "cut" / "results"
    process = subprocess.Popen([sys.executable, "-c", code, str(experiment), str(tmp_path / "cut")])
    while process.poll() is None and not list(results.glob("part-*.parquet")):
        time.sleep(0.002)
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert whole.equals(sweep(experiment, tmp_path / "cut", workers=2).results)
    assert load(tmp_path / "cut").failures.empty


def test_a_latin_hypercube_has_one_point_in_each_stratum():
    sample = designs.hypercube_sample(3, 16, 1)
    for column in sample.T:
        assert sorted(np.floor(column * 16)) == list(range(16))
