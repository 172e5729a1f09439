"""The command line opens fast and says what is wrong in one line, never with a traceback."""

import os
import subprocess
import sys
import time

import pytest

from parley import catalogue, faults
from parley.cli import main

HEAVY = ("mesa", "numba", "numpy", "pandas", "pyarrow", "pydantic", "scipy", "solara", "rich.table")


def _process(*words, **more):
    command = [sys.executable, "-m", "parley", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **more)


def test_help_opens_within_half_a_second():
    _process("--help")
    seconds = []
    for _ in range(3):
        before = time.perf_counter()
        assert _process("--help").returncode == 0
        seconds.append(time.perf_counter() - before)
    assert min(seconds) < 0.5


def test_nothing_heavy_is_imported_before_a_command_needs_it():
    asked = f"import parley.cli, sys; print([name for name in {HEAVY} if name in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, timeout=60
    )
    assert found.stdout.strip() == "[]"


def test_help_names_every_command(capsys):
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    for name in ("run", "compare", "check", "list", "diary", "area", "new", "app"):
        assert f"\n  {name} " in said
    for name in ("sweep", "analyse", "evidence"):
        assert f"\n  {name} " in said


def test_the_version_is_that_of_the_distribution(capsys):
    from importlib.metadata import version

    import parley

    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"parley {version('parley')}\n"
    assert parley.__version__ == version("parley")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["rnu"], "No such command 'rnu'. Did you mean 'run'? parley --help"),
        (["run"], "Missing argument 'SCENARIO'. parley run --help"),
        (["compare", "baseline"], "Missing argument 'OTHER...'. parley compare --help"),
        (["run", "baseline", "--weeks", "soon"], "'--weeks': soon is no whole number."),
        (["run", "baseline", "--weeks", "1.5"], "'--weeks': 1.5 is no whole number."),
        (["run", "baseline", "--nonsense"], "--nonsense"),
        (
            ["sweep", "hours.toml", "--out", "d"],
            "hours.toml: there is no such file. Check the path.",
        ),
        (["analyse", "d"], "d does not exist. Give the folder of a sweep."),
    ],
)
def test_a_command_that_cannot_be_followed_is_one_line_on_standard_error(words, said, capsys):
    assert main(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert captured.err.count("\n") == 1


def _broken(*_):
    raise ZeroDivisionError("division by zero")


def test_a_fault_of_ours_is_short_and_asks_to_be_told(monkeypatch, capsys):
    monkeypatch.delenv(faults.DEBUG, raising=False)
    monkeypatch.setattr(catalogue, "obey", _broken)
    assert main(["list"]) == 1
    said = capsys.readouterr().err
    assert "Parley failed: ZeroDivisionError: division by zero\n" in said
    assert "Please tell whoever maintains your copy" in said
    assert "Traceback" not in said


def test_a_fault_of_ours_is_shown_whole_to_whoever_asks(monkeypatch, capsys):
    monkeypatch.setenv(faults.DEBUG, "1")
    monkeypatch.setattr(catalogue, "obey", _broken)
    assert main(["list"]) == 1
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_too_little_memory_is_told_without_a_traceback(monkeypatch, capsys):
    def starving(*_):
        raise MemoryError

    monkeypatch.setattr(catalogue, "obey", starving)
    assert main(["list"]) == 2
    assert "not enough memory" in capsys.readouterr().err


def test_a_reader_who_stops_reading_is_no_fault():
    writer = subprocess.Popen(
        [sys.executable, "-m", "parley", "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    writer.stdout.close()
    said = writer.stderr.read()
    writer.stderr.close()
    assert writer.wait(timeout=60) == 0
    assert said == ""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no full device")
def test_standard_output_on_a_full_disk_is_named():
    with open("/dev/full", "w") as full:
        found = subprocess.run(
            [sys.executable, "-m", "parley", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
    assert found.returncode == 2
    assert found.stderr == "Standard output could not be written: no space left on device.\n"


def test_a_terminal_of_another_alphabet_stops_nothing():
    found = _process("list", env={**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "40"})
    assert found.returncode == 0
    assert found.stderr == ""
