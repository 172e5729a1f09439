"""Sets up `.venv` with the pinned packages of one set, or does nothing when they are there already.

    python3 requirements/install.py app           the model and the browser app
    python3 requirements/install.py everything    also research, cluster, tests and tools
    python3 requirements/install.py bench         everything, and the simulators it is timed against

Uses the standard library alone and old syntax, so that an old Python can say what is wrong.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.realpath(__file__))
TREE = os.path.dirname(HERE)
VENV = os.path.join(TREE, ".venv")
STAMP = os.path.join(VENV, "parley-installed.json")
PYTHON = os.path.join(VENV, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))

# Locks of each set, in the order in which they are installed; a later set holds the earlier ones.
SETS = {"app": ["app"], "everything": ["everything"], "bench": ["everything", "bench"]}
HOLDS = {"app": ["app"], "everything": ["app", "everything"], "bench": list(SETS)}
WHAT = {
    "app": "the model and the browser app (about 1.2 GB on disk)",
    "everything": "the app, the research tools, the tests and their tools (about 1.8 GB on disk)",
    "bench": "everything, and the simulators it is timed against (about 2 GB on disk)",
}
OTHER_PYTHONS = ["python3.13", "python3.12", "python3.11", "python3.14", "python3", "python"]


def read(*path):
    """Text of a file of the source tree."""
    with open(os.path.join(TREE, *path), encoding="utf-8") as file:
        return file.read()


def supported():
    """Lowest supported and first unsupported Python as (major, minor), from pyproject.toml."""
    found = re.search(
        r'requires-python = ">=(\d+)\.(\d+),<(\d+)\.(\d+)"', read("pyproject.toml")
    ).groups()
    low_major, low_minor, high_major, high_minor = (int(number) for number in found)
    return (low_major, low_minor), (high_major, high_minor)


def version_of(python):
    """(major, minor, patch) of an interpreter, or None when it does not run."""
    try:
        said = subprocess.check_output(
            [python, "-c", "import sys; print(*sys.version_info[:3])"], stderr=subprocess.DEVNULL
        )
        return tuple(int(number) for number in said.split())
    except (OSError, subprocess.CalledProcessError, ValueError):
        return None


def fits(version):
    """Whether a Python of this version can run Parley."""
    low, high = supported()
    return version is not None and low <= version[:2] < high


def choose(wanted):
    """The interpreter to build on: the one asked for, else this one, else one on the path."""
    low, high = supported()
    span = "%d.%d to %d.%d" % (low[0], low[1], high[0], high[1] - 1)
    if wanted:
        version = version_of(wanted)
        if not fits(version):
            said = "is %d.%d.%d" % version if version else "does not run"
            sys.exit("%s %s; Parley needs Python %s." % (wanted, said, span))
        return wanted
    for python in [sys.executable, *OTHER_PYTHONS]:
        if fits(version_of(python)):
            return python
    sys.exit(
        "No Python from %s found (this one is %s). Install one, or name it: "
        "make setup PYTHON=/path/to/python" % (span, sys.version.split()[0])
    )


def fingerprint():
    """Changes whenever a lock or the project's own declaration changes."""
    sums = hashlib.sha256(read("pyproject.toml").encode())
    for name in sorted({lock for locks in SETS.values() for lock in locks} | {"build"}):
        sums.update(read("requirements", name + ".txt").encode())
    return sums.hexdigest()


def stamped():
    """What the last call left in `.venv`: the sets, for which locks, and where the tree stood."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return {"tree": TREE, "fingerprint": None, "sets": []}


def make_venv(wanted, moved):
    """Create `.venv`; one that is broken, moved or on another Python than asked for is rebuilt."""
    present = version_of(PYTHON)
    if fits(present) and not moved and (not wanted or present == version_of(wanted)):
        return
    python = choose(wanted)
    version = "%d.%d.%d" % version_of(python)
    if os.path.exists(VENV):
        if not os.path.exists(os.path.join(VENV, "pyvenv.cfg")):
            sys.exit("%s is in the way: it is no virtual environment. Move it away." % VENV)
        print("Replacing .venv, which was moved, does not run or has another Python.", flush=True)
        shutil.rmtree(VENV)
    print("Making .venv with Python %s." % version, flush=True)
    made = subprocess.run([python, "-m", "venv", VENV], stdout=subprocess.PIPE)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            "%s cannot make virtual environments. On Debian and Ubuntu: apt-get install "
            "python3-venv; elsewhere install a complete Python." % python
        )


def pip(*arguments):
    """Install into `.venv`, naming errors only; stop when pip fails."""
    done = subprocess.run(
        [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *arguments]
    )
    if done.returncode:
        sys.exit("Installing stopped: see pip's message above. The same command tries again.")


def install(name):
    """Bring one set into `.venv`: the lock's files, checked against their hashes, then Parley."""
    print("Installing %s: some minutes the first time." % WHAT[name], flush=True)
    for lock in ["build", *SETS[name]]:
        pip(
            "--no-deps",
            "--no-build-isolation",
            "--require-hashes",
            "-r",
            os.path.join(HERE, lock + ".txt"),
        )
    pip("--no-deps", "--no-build-isolation", "--editable", TREE)


def main():
    """Set up what was asked for and leave a stamp that makes the next call instant."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("set", choices=list(SETS))
    parser.add_argument("--python", help="the interpreter to build .venv on")
    asked = parser.parse_args()

    started = time.time()
    make_venv(asked.python, moved=stamped()["tree"] != TREE)
    stamp, now = stamped(), fingerprint()
    sets = stamp["sets"] if stamp["fingerprint"] == now else []
    if asked.set in sets:
        return
    install(asked.set)
    stamp = {"tree": TREE, "fingerprint": now, "sets": sorted({*sets, *HOLDS[asked.set]})}
    with open(STAMP, "w", encoding="utf-8") as file:
        json.dump(stamp, file)
    print("Ready after %d s." % (time.time() - started), flush=True)


if __name__ == "__main__":
    main()
