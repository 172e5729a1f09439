"""What goes wrong around a sweep: full disks, other processes, signals, runs that fail."""

import errno
import os
import signal
import subprocess
import sys
import threading

import pytest
from filelock import FileLock

from analysis import load, sweep
from analysis.experiment import points_of, read_experiment
from analysis.running import folder as folders
from analysis.running import parts
from analysis.running.sweep import run_sweep
from parley.cli import main
from sim import runs
from sim.place import PlaceFault
from tests.analysis.loopback import HOUSE, until

HEAD = 'schema = 1\nweeks = {weeks}\nresidents = 40\nreplicates = 2\nindicators = ["trust"]\n'
HOURS = '[levers]\n"policy.hours" = [2, 6, 9, 12]\n[areas]\n"area.warmup_weeks" = [1, 2]\n'
CODE = (
    "import sys, analysis.running.layout as layout\n"
    "layout.MOST_RUNS = 3\n"
    "from parley.cli import main\n"
    "sys.exit(main(sys.argv[1:]))"
)


def file(folder, text=HOURS, weeks=2, name="hours.toml"):
    path = folder / name
    path.write_text(HEAD.format(weeks=weeks) + text)
    return path


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr("analysis.running.layout.MOST_RUNS", 3)


def started(path, out, *words):
    """The command as a process of its own, with small parts, slow enough to be met at work."""
    command = [sys.executable, "-c", CODE, "sweep", str(path), "--out", str(out), "--workers", "1"]
    return subprocess.Popen([*command, *words], cwd=HOUSE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("kind", ["SIGKILL", "SIGTERM"])
def test_a_process_killed_at_work_loses_and_repeats_nothing(tmp_path, small_parts, kind):
    path = file(tmp_path, weeks=400)
    process = started(path, tmp_path / "out")
    results = tmp_path / "out" / "results"
    until(lambda: list(results.glob("part-*.parquet")) or process.poll() is not None)
    assert process.poll() is None, "it had ended before it was killed"
    os.kill(process.pid, getattr(signal, kind))
    process.communicate(timeout=60)
    assert process.returncode == -getattr(signal, kind)
    kept = {part.name: part.stat().st_mtime_ns for part in results.glob("part-*.parquet")}
    assert 0 < len(kept) < 6
    load(tmp_path / "out")
    found = sweep(path, tmp_path / "out", workers=2)
    assert {name: (results / name).stat().st_mtime_ns for name in kept} == kept
    assert found.results.equals(sweep(path, tmp_path / "whole", workers=2).results)


def test_killed_before_the_first_part_it_starts_again(tmp_path, small_parts):
    path = file(tmp_path, weeks=400)
    process = started(path, tmp_path / "out")
    until(lambda: (tmp_path / "out" / "manifest.json").exists() or process.poll() is not None)
    assert process.poll() is None
    process.kill()
    process.communicate()
    assert (
        len(
            sweep(path, tmp_path / "out", workers=2).results.drop_duplicates(["point", "replicate"])
        )
        == 16
    )


@pytest.mark.parametrize(
    "name", ["manifest.json", "experiment.toml", "design.parquet", "dictionary.csv"]
)
def test_killed_while_any_file_is_put_in_place_it_goes_on(tmp_path, small_parts, monkeypatch, name):
    """Power is cut after the draft was written and before it got its name."""
    path = file(tmp_path)

    class PowerCut(BaseException):
        pass

    real = folders._into_place

    def cut(draft, target):
        if target.name == name:
            raise PowerCut
        real(draft, target)

    with monkeypatch.context() as patch:
        patch.setattr(folders, "_into_place", cut)
        with pytest.raises(PowerCut):
            sweep(path, tmp_path / "out", workers=1)
    found = sweep(path, tmp_path / "out", workers=1)
    assert found.results.equals(sweep(path, tmp_path / "whole", workers=1).results)
    assert not list((tmp_path / "out").glob(".*writing"))


def test_a_full_disk_stops_it_cleanly_and_it_goes_on_when_there_is_space(
    tmp_path, small_parts, monkeypatch
):
    path = file(tmp_path)
    real, written = parts.pq.write_table, []

    def full(table, stream, **options):
        if "part-" in str(getattr(stream, "name", "")):
            if len(written) == 2:
                stream.write(b"half a part")
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            written.append(stream.name)
        real(table, stream, **options)

    with monkeypatch.context() as patch:
        patch.setattr(parts.pq, "write_table", full)
        said = r"the disk is full\. 6 of 16 runs are kept, none half-written\. Make space and give"
        with pytest.raises(PlaceFault, match=said):
            sweep(path, tmp_path / "out", workers=2)
    assert len(list((tmp_path / "out" / "results").iterdir())) == 2
    found = sweep(path, tmp_path / "out", workers=2)
    assert found.results.equals(sweep(path, tmp_path / "whole", workers=1).results)


def test_a_disk_that_is_really_full_is_told_in_words(tmp_path, small_parts):
    """A file system of a few pages, where this user may mount one."""
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this user may not mount a file system")
    try:
        path = file(tmp_path)
        with pytest.raises(PlaceFault, match="the disk is full"):
            sweep(path, small / "out", workers=1)
        subprocess.run(["mount", "-o", "remount,size=8m", str(small)], check=True)
        found = sweep(path, small / "out", workers=1)
        assert found.results.equals(sweep(path, tmp_path / "whole", workers=1).results)
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_a_second_process_refuses_politely(tmp_path):
    path = file(tmp_path)
    (tmp_path / "out").mkdir()
    with FileLock(tmp_path / "out" / folders.LOCK):
        process = started(path, tmp_path / "out")
        said = process.communicate(timeout=60)[1]
    assert process.returncode == 2
    assert "is in use by another parley sweep. Wait until it has ended, or stop it" in said
    assert "Traceback" not in said


def test_a_folder_that_may_not_be_written_is_told_in_words(tmp_path, monkeypatch):
    def refused(*arguments, **options):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(folders.Path, "mkdir", refused)
    with pytest.raises(PlaceFault, match=r"out cannot be written: you may not write there\."):
        sweep(file(tmp_path), tmp_path / "out")


def test_a_file_and_a_folder_with_other_things_are_kept(tmp_path):
    path = file(tmp_path)
    with pytest.raises(PlaceFault, match="is a file and is kept"):
        sweep(path, path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").write_text("x")
    with pytest.raises(PlaceFault, match=r"holds thesis\.docx and no sweep"):
        sweep(path, tmp_path / "mine")
    assert [entry.name for entry in (tmp_path / "mine").iterdir() if entry.name[0] != "."] == [
        "thesis.docx"
    ]


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("analysis.running.folder.VERSION", r"was made by Parley .*, this is 9\.9"),
        ("analysis.running.folder.model_fingerprint", "with other files of the model"),
        ("analysis.running.layout.MOST_RUNS", "holds parts of 256 runs, here they would hold 5"),
    ],
)
def test_a_folder_of_another_version_is_never_mixed(tmp_path, monkeypatch, where, said):
    path = file(tmp_path)
    sweep(path, tmp_path / "out", workers=1)
    new = {"VERSION": "9.9", "model_fingerprint": lambda: "f" * 16, "MOST_RUNS": 5}[
        where.rsplit(".")[-1]
    ]
    monkeypatch.setattr(where, new)
    if not where.endswith("MOST_RUNS"):
        monkeypatch.setattr(where.replace("running.folder", "experiment.points"), new)
    with pytest.raises(PlaceFault, match=said):
        sweep(path, tmp_path / "out", workers=1)


def test_runs_that_fail_are_recorded_and_tried_again_when_asked(tmp_path, small_parts, monkeypatch):
    path, real, tried = file(tmp_path), runs.live_one, []

    def fragile(scenario, replicate, **size):
        tried.append(replicate)
        if scenario.policy.hours == 6 and replicate == 1:
            raise ZeroDivisionError("nobody was\nthere")
        return real(scenario, replicate, **size)

    read = read_experiment(path)
    with monkeypatch.context() as patch:
        patch.setattr(runs, "live_one", fragile)
        swept = run_sweep(read, points_of(read), tmp_path / "out", workers=2)
        assert (swept.complete, swept.failed, len(tried)) == (True, 2, 16)
        again = run_sweep(read, points_of(read), tmp_path / "out", workers=2)
        assert (again.now, again.failed, len(tried)) == (0, 2, 16)
    failures = load(tmp_path / "out").failures
    assert list(failures["message"]) == ["ZeroDivisionError: nobody was there"] * 2
    assert list(failures["replicate"]) == [1, 1]
    assert list(failures["seed"]) == [1, 1]
    assert set(failures["policy.hours"]) == {6}
    whole = sweep(path, tmp_path / "whole", workers=1)
    mended = run_sweep(read, points_of(read), tmp_path / "out", workers=1, retry_failed=True)
    assert (mended.now, mended.failed) == (2, 0)
    found = load(tmp_path / "out")
    assert found.failures.empty
    assert found.results.equals(whole.results)


def test_values_that_do_not_fit_together_sink_only_their_own_points(tmp_path):
    """A share of time that completes the base's others, but not those of the second scenario."""
    (tmp_path / "other.toml").write_text(
        'schema = 1\nextends = "baseline"\n[policy]\n'
        "time = {engage = 0.25, patrol = 0.4, solve = 0.25, stop = 0.1}\n"
    )
    text = 'scenario = ["baseline", "other.toml"]\n[levers]\n"policy.time.engage" = [0.35]\n'
    found = sweep(file(tmp_path, text), tmp_path / "out", workers=1)
    assert list(found.failures["point"]) == [1, 1]
    assert found.failures["message"].str.contains("these must sum to 1").all()
    assert set(found.results["point"]) == {0}


def test_what_is_cancelled_keeps_complete_parts_and_goes_on(tmp_path, small_parts):
    path = file(tmp_path)
    read, cancel = read_experiment(path), threading.Event()
    swept = run_sweep(
        read, points_of(read), tmp_path / "out", workers=1, cancel=cancel,
        progress=lambda done, total, failed: cancel.set() if done >= 7 else None,
    )  # fmt: skip
    assert not swept.complete
    found = sweep(path, tmp_path / "out", workers=1)
    assert found.results.equals(sweep(path, tmp_path / "whole", workers=1).results)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[levers]\n"policy.hours" = []', "policy.hours = [] has no values"),
        ('[levers]\n"policy.hours" = {low = 5, high = 5}', "is an empty range. low has to be below"),
        ('[levers]\n"policy.hours" = {low = 9, high = 2}', "is an empty range"),
        ('[levers]\n"policy.hours" = {low = 0, high = 99}', "outside 0 to 40"),
        ('[levers]\n"policy.fedback" = [0.1]', "Did you mean feedback?"),
        ('[uncertainties]\n"assumptions.absolv" = [0.1]', "Did you mean absolve?"),
        ('[uncertainties]\ntheory = ["fairness"]', "is no theory"),
        ('[uncertainties]\nparameter_sets = 100000', "is more than the"),
        ('[events]\n"0.severity" = [0.1]', "Events are counted from 0"),
        ('design = "sobol"\nsamples = 8\n[levers]\n"policy.hours" = [1]', "takes ranges only"),
        ('design = "sobol"\nsamples = 9\n[levers]\n"policy.hours" = {low = 1, high = 2}', "Use 8 or 16"),
    ],
)  # fmt: skip
def test_a_factor_that_cannot_be_varied_is_told_at_its_place(tmp_path, text, said, capfd):
    path = file(tmp_path, text)
    assert main(["sweep", str(path), "--out", str(tmp_path / "out")]) == 2
    assert said in capfd.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_design_larger_than_the_stated_limits_needs_a_yes(tmp_path, capfd):
    path = file(tmp_path, '[levers]\n"policy.hours" = {low = 1, high = 9, levels = 1000}\n'
                          '"policy.feedback" = {low = 0, high = 1, levels = 9}\n')  # fmt: skip
    assert main(["sweep", str(path), "--out", str(tmp_path / "out")]) == 2
    said = capfd.readouterr().err
    assert "the design has 18,000 runs" in said
    assert "need --yes; --dry-run says how long it takes" in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("design", ["sobol", "morris", "latin-hypercube", "one-at-a-time"])
def test_every_design_is_told_in_advance_and_runs_to_its_end(tmp_path, design, capfd):
    ranges = '[levers]\n"policy.hours" = {low = 2, high = 9}\n' \
             '[uncertainties]\n"assumptions.absolve" = {low = 0.0, high = 0.8}\n'  # fmt: skip
    sampled = "" if design == "one-at-a-time" else "samples = 4\n"
    path = file(tmp_path, f'design = "{design}"\n{sampled}{ranges}')
    assert main(["sweep", str(path), "--dry-run"]) == 0
    told = capfd.readouterr().out
    points = {"sobol": 16, "morris": 12, "latin-hypercube": 4, "one-at-a-time": 7}[design]
    assert f"Design points  {points}\n" in told
    found = sweep(path, tmp_path / "out", workers=2)
    assert len(found.design) == points
    assert set(found.results["point"]) == set(range(points))
    assert found.failures.empty


def test_second_order_is_told_in_advance_costs_more_points_and_is_never_mixed_in(tmp_path, capfd):
    ranges = '[levers]\n"policy.hours" = {low = 2, high = 9}\n' \
             '[uncertainties]\n"assumptions.absolve" = {low = 0.0, high = 0.8}\n'  # fmt: skip
    asked = f'design = "sobol"\nsamples = 4\nsecond_order = true\n{ranges}'
    path = file(tmp_path, asked)
    assert main(["sweep", str(path), "--dry-run"]) == 0
    assert "Design points  24\n" in capfd.readouterr().out  # 4 (2 * 2 + 2)
    found = sweep(path, tmp_path / "out", workers=2)
    assert len(found.design) == 24
    assert set(found.results["point"]) == set(range(24))
    assert main(["sweep", str(path), "--out", str(tmp_path / "out")]) == 0

    path = file(tmp_path, asked.replace("second_order = true\n", ""))
    assert main(["sweep", str(path), "--out", str(tmp_path / "out")]) == 2
    assert "They differ in second_order." in capfd.readouterr().err
    assert "second_order" not in read_experiment(path).as_dict()  # so older sweeps go on


def test_second_order_is_of_sobol_alone(tmp_path, capfd):
    path = file(tmp_path, 'second_order = true\n[levers]\n"policy.hours" = [2, 9]')
    assert main(["sweep", str(path), "--dry-run"]) == 0
    said = capfd.readouterr()
    assert "second_order is not used by a full-factorial design: it is of sobol." in said.err
    assert "Design points  2\n" in said.out
    path = file(tmp_path, 'second_order = "yes"\n[levers]\n"policy.hours" = [2, 9]')
    assert main(["sweep", str(path), "--dry-run"]) == 2
    assert 'second_order = "yes" should be true or false.' in capfd.readouterr().err


def test_areas_events_theories_and_accepted_sets_are_crossed(tmp_path):
    (tmp_path / "campaign.toml").write_text(
        'schema = 1\nextends = "baseline"\n[[events]]\nweek = 1\nkind = "media-campaign"\n'
        "tone = 0.3\nreach = 0.5\n"
    )  # fmt: skip
    text = (
        'scenario = "campaign.toml"\n[uncertainties]\nparameter_sets = 2\n'
        'theory = ["fair-treatment", "effectiveness"]\n'
        '[areas]\narea = ["areas/inner-borough.toml", "areas/small-town.toml"]\n'
        '[events]\n"0.tone" = [-0.9, 0.9]\n'
    )
    found = sweep(file(tmp_path, text, weeks=3), tmp_path / "out", workers=2)
    assert found.failures.empty, list(found.failures["message"])
    assert len(found.design) == 2 * 2 * 2 * 2
    alone = found.results[(found.results["public"] == "all") & (found.results["replicate"] == 0)]
    assert alone["value"].nunique() == 16
