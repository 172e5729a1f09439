"""The same sweep on a Dask cluster: workers die, join late, are of another version; rows stay the same."""

import contextlib
import re
import socket
import subprocess
import sys
import time

import pytest

pytest.importorskip("distributed")

from analysis import load, sweep
from analysis.experiment import points_of, read_experiment
from analysis.running.cluster import ClusterFault, connected
from analysis.running.sweep import run_sweep
from tests.analysis.loopback import HOUSE, Loopback, until

TEXT = """
schema = 1
scenario = ["baseline", "two-way"]
weeks = 40
residents = 600
replicates = 2
indicators = ["trust", "polarisation"]
[levers]
"policy.hours" = [2, 9]
"policy.reach" = ["open-door", "most-affected"]
[areas]
"area.warmup_weeks" = [1, 2]
"""
COMMAND = (
    "import sys, analysis.running.layout as layout\n"
    "layout.MOST_RUNS = 6\n"
    "from parley.cli import main\n"
    "sys.exit(main(sys.argv[1:]))"
)


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr("analysis.running.layout.MOST_RUNS", 6)


@pytest.fixture
def experiment(tmp_path):
    path = tmp_path / "hours.toml"
    path.write_text(TEXT)
    return path


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """What a sweep on this machine gives, without a cluster."""
    folder = tmp_path_factory.mktemp("here")
    (folder / "hours.toml").write_text(TEXT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.running.layout.MOST_RUNS", 6)
        return sweep(folder / "hours.toml", folder / "out", workers=1).results


@pytest.fixture
def cluster(tmp_path):
    with contextlib.closing(Loopback(tmp_path)) as loopback:
        loopback.start_scheduler()
        yield loopback


def test_a_worker_dies_at_work_another_comes_late_and_the_rows_are_the_same(
    experiment, tmp_path, small_parts, cluster, here
):
    first, second = cluster.start_worker(), cluster.start_worker()
    read = read_experiment(experiment)
    events = []

    with connected(cluster.address) as elsewhere:
        client = elsewhere._client
        client.wait_for_workers(2, timeout=60)

        def progress(done, total, failed):
            assert failed == 0
            if not events:
                cluster.kill(first)  # tasks are waiting for it, and one is at work there
                cluster.start_worker()
                until(lambda: len(client.nthreads()) == 2 and first.poll() is not None)
                events.append(("killed and joined", done))
            elif len(events) == 1 and done > total // 2:
                cluster.kill(second)  # what is left can only be lived by the one that came late
                events.append(("killed", done))

        swept = run_sweep(
            read, points_of(read), tmp_path / "out", elsewhere=elsewhere, progress=progress
        )
    assert swept.complete
    assert len(events) == 2
    assert events[1][1] < swept.runs
    found = load(tmp_path / "out")
    assert found.failures.empty
    assert here.equals(found.results)


def test_a_scheduler_lost_midway_stops_cleanly_and_the_same_command_goes_on(
    experiment, tmp_path, small_parts, cluster, here
):
    cluster.start_worker()
    words = ["sweep", str(experiment), "--out", str(tmp_path / "out"), "--cluster"]
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, *words, cluster.address],
        cwd=HOUSE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    parts = tmp_path / "out" / "results"
    until(lambda: list(parts.glob("part-*.parquet")) or process.poll() is not None)
    cluster.kill(cluster.scheduler)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 2, said
    assert "was lost. What is finished is kept; the same command goes on" in said
    assert "Traceback" not in said
    assert "Exception" not in said
    kept = len(list(parts.glob("part-*.parquet")))
    assert 0 < kept < 6

    cluster.start_scheduler()
    cluster.start_worker()
    again = subprocess.run(
        [sys.executable, "-c", COMMAND, *words, cluster.address],
        cwd=HOUSE, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert again.returncode == 0, again.stderr
    assert f"{6 * kept} of 32 runs are there already" in again.stderr
    assert here.equals(load(tmp_path / "out").results)


def test_a_scheduler_without_workers_is_waited_for_and_other_versions_are_refused(cluster):
    said = []
    other = "import analysis.running.outcome as outcome; outcome.VERSION = '0.0.9'"

    def say(text):
        said.append(text)
        cluster.start_worker(other)

    expected = r"Worker tcp://127.*: parley is 0\.0\.9, here it is .*\. Use the same on both\."
    with pytest.raises(ClusterFault, match=expected), connected(cluster.address, say):
        pass
    assert said == [
        f"The scheduler at {cluster.address} has no workers yet; waiting for the first."
    ]


def test_a_late_worker_of_another_version_mixes_nothing_in(
    experiment, tmp_path, small_parts, cluster
):
    """The right worker is replaced by a wrong one midway: the sweep stops and keeps what was right."""
    right = cluster.start_worker()
    read = read_experiment(experiment)

    def progress(done, total, failed):
        if right.poll() is None:
            cluster.kill(right)
            cluster.start_worker("import analysis.running.outcome as o; o.VERSION = '0.0.9'")

    with (
        pytest.raises(ClusterFault, match=r"parley is 0\.0\.9"),
        connected(cluster.address) as there,
    ):
        run_sweep(read, points_of(read), tmp_path / "out", elsewhere=there, progress=progress)
    assert load(tmp_path / "out").failures.empty


@pytest.mark.parametrize(
    "address", ["somewhere", "tcp://", "tcp://:8786", "tcp://host", "tcp://host:port", "ftp://h:80",
                "tcp://host:99999", "tcp://[::1:8786", ""],
)  # fmt: skip
def test_what_is_no_address_is_told_with_the_right_form(address):
    said = (
        f"--cluster {re.escape(address)} is no address of a scheduler. Write it as tcp://host:8786"
    )
    with pytest.raises(ClusterFault, match=said), connected(address):
        pass


def refused():
    """An address where nobody listens."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1], []


def mute():
    """Somebody takes the call and never speaks."""
    line = socket.create_server(("127.0.0.1", 0))
    return line.getsockname()[1], [line]


def black_hole():
    """Nobody even takes the call: the queue of callers is full."""
    line = socket.create_server(("127.0.0.1", 0), backlog=0)
    callers = []
    for _ in range(3):
        caller = socket.socket()
        caller.setblocking(False)
        caller.connect_ex(line.getsockname())
        callers.append(caller)
    return line.getsockname()[1], [line, *callers]


def hangs_up():
    """Somebody who speaks another language and hangs up."""
    import threading

    line = socket.create_server(("127.0.0.1", 0))

    def speak():
        with contextlib.suppress(OSError):
            while True:
                caller, _ = line.accept()
                caller.sendall(b"220 mail.example ready\r\n")
                caller.close()

    threading.Thread(target=speak, daemon=True).start()
    return line.getsockname()[1], [line]


@pytest.mark.parametrize("kind", [refused, mute, black_hole, hangs_up])
def test_where_no_scheduler_answers_that_is_said_within_ten_seconds(kind, capfd):
    port, lines = kind()
    started = time.monotonic()
    try:
        absent = pytest.raises(ClusterFault, match="No Dask scheduler answers at")
        with absent, connected(f"tcp://127.0.0.1:{port}"):
            pass
    finally:
        for line in lines:
            line.close()
    assert time.monotonic() - started < 10
    assert capfd.readouterr().err == ""


def test_on_the_command_line_it_is_one_sentence_and_no_traceback(experiment, tmp_path):
    port, _ = refused()
    said = subprocess.run(
        [sys.executable, "-m", "parley", "sweep", str(experiment), "--out", str(tmp_path / "out"),
         "--cluster", f"tcp://127.0.0.1:{port}"],
        cwd=HOUSE, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert said.returncode == 2
    assert said.stderr.strip().count("\n") == 0
    assert said.stderr.startswith("No Dask scheduler answers at")
    assert not (tmp_path / "out").exists()
