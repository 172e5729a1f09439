"""The week compiled by two processes at once, where there are two cores: a third less to wait for.

Numba compiles in one thread. The other process compiles its share of the steps into a cache folder of
its own; what this one has not compiled meanwhile is then taken over. If anything of that fails,
nothing is lost but time.
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numba

from sim import live
from sim.core import jit
from sim.week.agenda import agenda
from sim.week.contact import contact
from sim.week.encounters import encounters
from sim.week.people_change import people_change
from sim.week.settling import settle

OTHERS_SHARE = (contact, settle, people_change, encounters, agenda)
"""Steps of the week that take as long to compile as all others (measured)."""
_INDEX = ".nbi"  # Numba's list of what it compiled of one function, beside files of that name


@contextmanager
def helped(area: live.Area) -> Iterator[None]:
    """Have another process compile its share of the steps, and take over what it made at the end.

    Args:
        area: an area at its founding; its columns tell the types that are compiled for.
    """
    if (os.cpu_count() or 1) < 2 or os.environ.get("NUMBA_DISABLE_JIT") == "1":
        yield
        return
    jit.CACHE.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=jit.CACHE.parent, prefix="compiling-") as folder:
        other = _other_process(Path(folder), area)
        try:
            yield
        finally:
            if other is not None and other.wait() == 0:
                take_over(Path(folder) / jit.CACHE.name, jit.CACHE)


def own_share(area: live.Area) -> None:
    """Compile the steps of the week that the other process does not."""
    compile_steps(area, tuple(step for _, step in live.WEEK if step not in OTHERS_SHARE))


def compile_steps(area: live.Area, steps: tuple[Any, ...]) -> None:
    """Compile steps of the week for the types of an area's columns."""
    for step in steps:
        if hasattr(step, "compile"):
            step.compile((numba.typeof(area.held), numba.int64))


def take_over(made: Path, into: Path) -> list[str]:
    """Move compiled functions from one cache folder to another that has not got them.

    Returns:
        Names of the functions that were taken over.
    """
    taken = []
    for index in sorted(made.rglob(f"*{_INDEX}")):
        there = into / index.relative_to(made)
        if there.exists():
            continue
        there.parent.mkdir(parents=True, exist_ok=True)
        for code in sorted(index.parent.glob(f"{index.stem}.*.nbc")):
            shutil.move(code, there.parent / code.name)
        shutil.move(index, there)
        taken.append(index.stem)
    return taken


def _other_process(folder: Path, area: live.Area) -> subprocess.Popen[bytes] | None:
    home = str(Path(live.__file__).resolve().parent.parent)
    paths = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
    try:
        other = subprocess.Popen(
            [sys.executable, "-m", "sim.compiling"],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "PARLEY_CACHE_DIR": str(folder), "PYTHONPATH": paths},
        )  # fmt: skip
        assert other.stdin is not None
        with other.stdin:
            pickle.dump(area.world, other.stdin)
    except OSError:
        return None
    return other


def main() -> None:
    """Compile the other share for the world that comes in."""
    compile_steps(live.Area(pickle.load(sys.stdin.buffer)), OTHERS_SHARE)


if __name__ == "__main__":
    main()
