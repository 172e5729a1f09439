"""A real Dask scheduler and workers, each a process of its own, on this machine alone."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


class Loopback:
    """A cluster whose processes are started and ended one by one.

    Args:
        folder: where Dask may write.
    """

    def __init__(self, folder):
        self.folder = folder
        self.processes = []
        self.scheduler = self.address = None

    def start_scheduler(self, port=0):
        file = self.folder / f"scheduler-{len(self.processes)}.json"
        words = ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-show"]
        self.scheduler = self._start("dask_scheduler", *words, "--scheduler-file", str(file))
        until(lambda: file.exists() and file.read_text().strip().endswith("}"))
        self.address = json.loads(file.read_text())["address"]
        return self.address

    def start_worker(self, code=""):
        """Start a worker of one thread; `code` is run before it, to make it another version."""
        words = [self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host",
                 "127.0.0.1", "--local-directory", str(self.folder), "--death-timeout", "20"]  # fmt: skip
        return self._start("dask_worker", *words, code=code)

    def kill(self, process):
        """End a process as a power cut would."""
        assert process.poll() is None, "it had ended before it was killed"
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    def close(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()

    def _start(self, program, *words, code=""):
        start = f"{code}\nfrom distributed.cli.{program} import main\nmain()"
        process = subprocess.Popen(
            [sys.executable, "-c", start, *words], cwd=HOUSE,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.processes.append(process)
        return process


def until(condition):
    """Wait for something to become true, and fail where it does not."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.005)
