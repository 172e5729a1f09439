"""Running and comparing from the command line: what is shown, printed, written, kept."""

import contextlib
import json
import os
import pty
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pandas
import pytest

from parley import running
from parley.cli import main
from sim.doubtful import doubts
from sim.indicators.table import INDICATORS
from sim.influence import CONTRAST

TINY = ["--weeks", "8", "--residents", "200", "--replicates", "2", "--workers", "1"]


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def _names(folder):
    return sorted(entry.name for entry in folder.iterdir())


def _json(capsys, *words):
    assert main([*words, *TINY, "--json"]) == 0
    captured = capsys.readouterr()
    assert captured.out.count("\n") == 1
    return json.loads(captured.out)


def test_a_run_is_told_in_words_first_and_then_in_tables(capsys):
    assert main(["run", "baseline", *TINY]) == 0
    said = capsys.readouterr().out
    words, tables = said.index("Over 8 weeks trust "), said.index("By public: ")
    assert words < tables < said.index("All residents: ") < said.index("What moved trust")
    for label in ("Outcomes", "Process", "Outputs", "Risks", "Police"):
        assert f"\n {label}: " in said
    for label in ("Most affected", "Usual suspects", "Marginalisation", "Expectation gap", "total"):
        assert label in said
    assert "does not forecast crime" in " ".join(said.split())


@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
def test_pages_fit_the_terminal_and_need_no_colour(width, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", str(width))
    assert main(["compare", "baseline", "most-affected", *TINY]) == 0
    said = capsys.readouterr().out
    assert max(len(line) for line in said.splitlines()) <= width
    assert "\x1b" not in said


def test_a_run_as_json_is_one_object_and_nothing_else(capsys):
    report = _json(capsys, "run", "baseline")
    assert report["scenario"] == "baseline"
    assert report["weeks"] == 8
    assert len(report["series"]["trust"]) == 9


def test_a_setting_moves_the_run_and_its_hash(capsys):
    plain = _json(capsys, "run", "baseline")
    moved = _json(capsys, "run", "baseline", "--set", "policy.stops=40")
    assert plain["scenario_hash"] != moved["scenario_hash"]
    assert plain["series"]["trust"] != moved["series"]["trust"]


def test_the_same_command_gives_the_same_numbers_to_the_last_digit(capsys):
    one, other = (_json(capsys, "run", "most-affected") for _ in range(2))
    assert one.pop("elapsed_s") > 0
    assert other.pop("elapsed_s") > 0
    assert one == other


def test_identical_scenarios_differ_by_exactly_nothing_and_are_told_so(capsys):
    report = _json(capsys, "compare", "baseline", "baseline")
    for difference in report["others"]["baseline"]["indicators"].values():
        assert difference["difference"] in (0, None)
    assert main(["compare", "baseline", "baseline", *TINY]) == 0
    assert "gives exactly what" in " ".join(capsys.readouterr().out.split())


def test_a_setting_can_be_for_everybody_for_the_base_or_for_the_others(capsys):
    everywhere = _json(capsys, "compare", "baseline", "baseline", "--set", "policy.stops=40")
    assert everywhere["others"]["baseline"]["indicators"]["trust"]["difference"] == 0
    base = _json(capsys, "compare", "baseline", "baseline", "--set-base", "policy.stops=40")
    other = _json(capsys, "compare", "baseline", "baseline", "--set-other", "policy.stops=40")
    there = base["others"]["baseline"]["indicators"]["stops"]["difference"]
    back = other["others"]["baseline"]["indicators"]["stops"]["difference"]
    assert there == pytest.approx(-back)
    assert there < 0


def test_a_theory_is_named_on_the_page_in_json_and_in_the_manifest(own_folder, capsys):
    plain = _json(capsys, "run", "baseline")
    under = _json(capsys, "run", "baseline", "--theory", "effectiveness")
    assert under["theory"] == "effectiveness"
    assert "theory" not in plain
    assert plain["scenario_hash"] != under["scenario_hash"]
    assert plain["series"]["trust"] != under["series"]["trust"]
    words = ["--theory", "effectiveness", "--set", "assumptions.partner_blame=0.2", "--out", "out"]
    assert main(["compare", "baseline", "two-way", *TINY, *words]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert (
        "Under the theory Effectiveness (effectiveness), but for what was set: partner blame."
        in said
    )
    assert "What is assumed otherwise (no policy): partner blame 0.7 to 0.2." in said
    manifest = json.loads(Path("out/manifest.json").read_text())
    assert manifest["theory"] == "effectiveness"
    assert " --theory effectiveness " in manifest["command"]
    assert manifest["scenario"]["assumptions"]["result_satisfies"] == 0.9
    assert manifest["scenario"]["assumptions"]["partner_blame"] == 0.2


def test_findings_that_lean_on_untested_numbers_are_marked_wherever_they_are_shown(
    own_folder, capsys, monkeypatch
):
    monkeypatch.setenv("COLUMNS", "140")
    words = ["compare", "baseline", "two-way", *TINY]
    assert main([*words, "--out", "out"]) == 0
    said = capsys.readouterr().out
    found = doubts(CONTRAST)
    leans = {name: found[name].leans for name in INDICATORS}
    assert set(leans.values()) == {True, False}
    for name, leaning in leans.items():
        mark = " †" if leaning else ""
        assert re.search(
            rf"^ *{re.escape(INDICATORS[name].label)}{mark}(,| {{2,}})", said, re.MULTILINE
        )
    assert "† leans on untested numbers: more than half of" in " ".join(said.split())
    told = _json(capsys, *words[: -len(TINY)])["doubt"]
    assert {name: told["indicators"][name]["leans_on_untested"] for name in leans} == leans
    manifest = json.loads(Path("out/manifest.json").read_text())
    assert set(manifest["leans_on_untested"]) >= {name for name in leans if leans[name]}
    rows = pandas.read_csv("out/dictionary.csv").set_index(["kind", "name"])
    for name in leans:
        share = rows.loc[("indicator", name), "untested_share"]
        assert share == pytest.approx(found[name].share, abs=0.006) or found[name].share is None


def test_what_was_expected_stands_beside_what_is_found(capsys):
    assert main(["compare", "baseline", "most-affected", *TINY]) == 0
    said = capsys.readouterr().out
    assert "What was expected, and what is found here" in said
    assert "as expected" in said


def test_results_are_written_and_repeat_themselves(own_folder, capsys):
    assert main(["run", "baseline", *TINY, "--out", "one", "--marking", "OFFICIAL"]) == 0
    captured = capsys.readouterr()
    assert "Results are in one." in captured.err
    assert captured.out.startswith("OFFICIAL\n")
    import shlex

    command = json.loads(Path("one/manifest.json").read_text())["command"]
    words = shlex.split(command)
    assert words[:3] == ["parley", "run", "baseline"]
    words[words.index("--out") + 1] = "two"
    assert main(words[1:]) == 0
    one, other = (pandas.read_parquet(f"{name}/weekly.parquet") for name in ("one", "two"))
    pandas.testing.assert_frame_equal(one, other, check_exact=True)
    assert _names(own_folder) == ["one", "two"]


def test_a_folder_that_exists_is_kept_before_anything_is_run(own_folder, monkeypatch, capsys):
    Path("out").mkdir()
    Path("out/thesis.txt").write_text("years of work")
    monkeypatch.setattr("parley.commands.results.carry_out", pytest.fail)
    for force in ([], ["--force"]):
        assert main(["run", "baseline", *TINY, "--out", "out", *force]) == 2
        assert "out " in capsys.readouterr().err
    assert _names(own_folder / "out") == ["thesis.txt"]


def test_force_replaces_what_parley_wrote(own_folder, capsys):
    assert main(["run", "baseline", *TINY, "--out", "out", "--snapshots", "0"]) == 0
    assert main(["run", "baseline", *TINY, "--out", "out"]) == 2
    assert main(["run", "baseline", *TINY, "--out", "out", "--force"]) == 0
    assert "snapshots.parquet" not in _names(own_folder / "out")
    assert main(["compare", "baseline", "consult", *TINY, "--out", "out", "--force"]) == 0
    assert _names(own_folder) == ["out"]


@pytest.mark.parametrize(
    ("manifest", "holds"),
    [
        ({"made_by": "parley", "kind": "sweep", "runs": 4000}, "the sweep, 4,000 runs"),
        ({"made_by": "parley", "kind": "analysis"}, "the analysis of a sweep"),
        ({"made_by": "parley", "kind": "of tomorrow"}, "other results of Parley"),
    ],
    ids=["sweep", "analysis", "unknown"],
)
def test_force_replaces_no_sweep_and_no_analysis(manifest, holds, own_folder, monkeypatch, capsys):
    Path("out").mkdir()
    text = json.dumps({**manifest, "files": ["weekly.csv"]})
    Path("out/manifest.json").write_text(text)
    Path("out/weekly.csv").write_text("a month of work")
    monkeypatch.setattr("parley.commands.results.carry_out", pytest.fail)
    for force in ([], ["--force"]):
        assert main(["run", "baseline", *TINY, "--out", "out", *force]) == 2
        said = capsys.readouterr().err
        assert said == (
            f"out is kept: it holds {holds}. --force of parley run replaces only results of runs."
            " Choose another folder, or remove this one yourself.\n"
        )
    assert Path("out/weekly.csv").read_text() == "a month of work"
    assert Path("out/manifest.json").read_text() == text


def test_a_disk_that_fills_up_leaves_nothing_but_the_figures_on_the_screen(own_folder):
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000));"
        "from parley.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    found = subprocess.run(
        [sys.executable, "-c", limited, "run", "baseline", *TINY, "--out", "out", "--json"],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert found.returncode == 2
    assert json.loads(found.stdout)["scenario"] == "baseline"
    assert "out was not written: the file grew larger than this disk" in found.stderr
    assert "Traceback" not in found.stderr
    assert _names(own_folder) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "baselin"], "Did you mean baseline?"),
        (["run", "nowhere.toml"], "nowhere.toml: there is no such file."),
        (["run", "."], "folder"),
        (["run", "baseline", "--residents", "0"], "--residents 0 is too low: it starts at 1."),
        (["run", "baseline", "--residents", "-5"], "--residents -5 is too low"),
        (["run", "baseline", "--weeks", "-1"], "--weeks -1 is too low"),
        (["run", "baseline", "--replicates", "0"], "--replicates 0 is too low"),
        (["run", "baseline", "--workers", "0"], "--workers 0 is too low"),
        (["run", "baseline", "--seed", "-1"], "--seed -1 is too low"),
        (["run", "baseline", "--residents", "99999999999"], "is too high"),
        (["run", "baseline", "--residents", "50000000", "--replicates", "100000"], "of memory"),
        (["run", "baseline", "--set", "policy.feedbak=1"], "Did you mean feedback?"),
        (["run", "baseline", "--set", "policy.feedback=1.4"], "1.4 is outside 0 to 1"),
        (["run", "baseline", "--set", "policy.feedback"], "equals sign"),
        (
            ["run", "baseline", "--theory", "fear"],
            "--theory: there is no theory fear. Known here: fair-treatment",
        ),
        (["run", "baseline", "--out", ""], "--out needs the name of a folder."),
        (["run", "baseline", "--snapshots", "0"], "--snapshots needs --out DIR"),
        (["compare", "baseline", "tow-way"], "Did you mean two-way?"),
    ],
)
def test_what_cannot_be_run_is_refused_in_one_line(own_folder, words, said, capsys):
    assert main(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert captured.err.count("\n") == 1
    assert _names(own_folder) == []


def test_every_fault_of_a_command_is_told_at_once(capsys):
    words = ["--set", "policy.feedback=2", "--set", "policy.hurs=1", "--weeks", "0"]
    assert main(["run", "baseline", *words, "--theory", "x"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 4


class Terminal:
    """A run in a process of its own whose standard error is a terminal."""

    def __init__(self, *words):
        running.compile_once()
        self.master, slave = pty.openpty()
        self.run = subprocess.Popen(
            [sys.executable, "-m", "parley", "run", "baseline", *words, "--out", "out", "--json"],
            stdout=subprocess.PIPE,
            stderr=slave,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "TERM": "xterm"},
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        os.close(slave)
        self.told = ""
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def _listen(self):
        with contextlib.suppress(OSError):
            while heard := os.read(self.master, 4096):
                self.told += heard.decode(errors="replace")

    def wait_for(self, pattern):
        """Wait until the terminal shows something."""
        end = time.monotonic() + 120
        while not re.search(pattern, self.told):
            assert self.run.poll() is None, self.told
            assert time.monotonic() < end, self.told
            time.sleep(0.02)

    def press_ctrl_c(self):
        self.run.send_signal(signal.SIGINT)

    def end(self):
        """Return the exit code and standard output."""
        said, _ = self.run.communicate(timeout=120)
        self.listener.join(timeout=10)
        os.close(self.master)
        assert "Traceback" not in self.told
        return self.run.returncode, said


def test_ctrl_c_keeps_and_tells_what_was_finished(own_folder):
    terminal = Terminal("--weeks", "8", "--residents", "200", "--replicates", "20000")
    terminal.wait_for(r"[1-9]\d*/20000")
    terminal.press_ctrl_c()
    code, said = terminal.end()
    assert code == 2
    finished = json.loads(said)["replicates"]
    assert 0 < finished < 20000
    assert f"Stopped after {finished} of 20000 replicates" in terminal.told
    manifest = json.loads(Path("out/manifest.json").read_text())
    assert manifest["stopped_early"] is True
    assert manifest["replicates_asked"] == 20000
    assert manifest["parameters"]["replicates"] == finished
    weekly = pandas.read_parquet("out/weekly.parquet", columns=["replicate"])
    assert weekly["replicate"].nunique() == finished
    assert _names(own_folder) == ["out"]


def test_ctrl_c_before_anything_is_finished_leaves_nothing(own_folder):
    terminal = Terminal("--residents", "100000", "--replicates", "9", "--workers", "1")
    terminal.wait_for("0/9")
    terminal.press_ctrl_c()
    assert terminal.end() == (2, "")
    assert "Stopped before one replicate was finished. Nothing was kept." in terminal.told
    assert _names(own_folder) == []


def test_ctrl_c_twice_ends_at_once_and_leaves_nothing(own_folder):
    terminal = Terminal("--residents", "1000000", "--replicates", "9", "--workers", "1")
    terminal.wait_for("0/9")
    terminal.press_ctrl_c()
    terminal.wait_for("Ctrl-C again ends at once")
    terminal.press_ctrl_c()
    before = time.monotonic()
    assert terminal.end() == (2, "")
    assert time.monotonic() - before < 2
    assert _names(own_folder) == []


def test_the_first_run_says_that_it_compiles_and_how_long_it_took(monkeypatch, capsys):
    import sim.runs

    monkeypatch.setattr(sim.runs, "compiled", lambda: False)
    monkeypatch.setattr(sim.runs, "compile_engine", lambda: 23.4)
    assert main(["run", "baseline", *TINY, "--json"]) == 0
    captured = capsys.readouterr()
    assert "First run after installation: the model is compiled once." in captured.err
    assert "Compiled in 23 seconds." in captured.err
    assert json.loads(captured.out)["scenario"] == "baseline"


def test_a_setting_with_a_number_holds_for_that_other_scenario_alone(capsys):
    three = ("compare", "baseline", "baseline", "baseline")
    found = _json(capsys, *three, "--set-other", "2:policy.stops=40")["others"]
    first, second = (found[name]["indicators"]["stops"] for name in found)
    assert first["difference"] == 0
    assert second["difference"] > 10


def test_a_setting_for_a_scenario_that_is_not_there_is_a_fault(capsys):
    words = ["compare", "baseline", "two-way", "--set-other", "2:policy.stops=40", *TINY]
    assert main(words) == 2
    assert "no other scenario number 2" in capsys.readouterr().err
