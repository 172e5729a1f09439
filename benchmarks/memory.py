"""Memory of a large area, by the peak of a process of its own.

Run as `python -m benchmarks.memory RESIDENTS WEEKS` it is that process: it imports everything,
compiles, notes what it holds idle, founds the area, lives its weeks, and prints idle and peak.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from pathlib import Path

import psutil

from benchmarks.row import Row, three_digits
from benchmarks.sizes import Sizes

ROOT = Path(__file__).resolve().parent.parent
REACH = 500
WEEKS = 4


def peak_bytes() -> int:
    """The most memory this process has held since it was started."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def measured_here(residents: int, weeks: int) -> dict[str, float]:
    """Idle and peak of this process, in bytes, and mean ties of a resident."""
    from benchmarks import engine

    engine.settled(60).live(1)
    gc.collect()
    idle = psutil.Process().memory_info().rss
    area = engine.settled(residents, warm=2, room=156)
    area.live(weeks)
    ties = area.world.ties.other.size / residents
    return {"idle": idle, "peak": peak_bytes(), "ties": ties, "columns": area.bytes()}


def rows(sizes: Sizes) -> list[Row]:
    """One row: bytes per resident above the idle process."""
    command = [sys.executable, "-m", "benchmarks.memory", str(sizes.large), str(WEEKS)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    found = json.loads(said)
    above = (found["peak"] - found["idle"]) / sizes.large
    idle, peak = found["idle"] / 2**20, found["peak"] / 2**20
    columns = three_digits(found["columns"] / sizes.large)
    return [
        Row(
            f"peak memory above idle, {sizes.large:,} residents",
            above,
            " bytes per resident",
            at_most=REACH,
            detail=f"{found['ties']:.1f} ties each, included; idle {idle:.0f} MiB, "
            f"peak {peak:.0f} MiB; columns and books {columns} bytes",
            figures=found,
        )
    ]


if __name__ == "__main__":
    print(json.dumps(measured_here(int(sys.argv[1]), int(sys.argv[2]))))
