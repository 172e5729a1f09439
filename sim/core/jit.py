"""Compiling rules: one decorator, one cache that knows when any source changed.

Numba's own cache looks only at the file of the function it compiled. A rule that calls a rule of
another file would then keep the old one, so the cache folder carries a fingerprint of all sources.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

_Function = TypeVar("_Function", bound=Callable[..., Any])
_SOURCES = Path(__file__).resolve().parent.parent


def _user_cache() -> Path:
    if os.environ.get("PARLEY_CACHE_DIR"):
        return Path(os.environ["PARLEY_CACHE_DIR"])
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "parley"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "parley"
    return Path(os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))) / "parley"


# what compiled code is made from: rules, loops, and the constants they read
COMPILED: tuple[str, ...] = (
    "core",
    "rules",
    "week",
    "agents/columns.py",
    "world.py",
    "founding.py",
    "live.py",
    "handle.py",
    "ledger.py",
    "purposes.py",
    "topics.py",
    "indicators/table.py",
)


def compiled_sources() -> list[Path]:
    """Return every file that compiled code is made from."""
    found = []
    for name in COMPILED:
        place = _SOURCES / name
        found += sorted(place.rglob("*.py")) if place.is_dir() else [place]
    return found


def fingerprint() -> str:
    """Return a short hash of all sources of compiled code, of Numba and of Python."""
    digest = hashlib.sha256(f"{numba.__version__} {sys.version}".encode())
    for path in compiled_sources():
        digest.update(path.relative_to(_SOURCES).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


CACHE = _user_cache() / f"compiled-{fingerprint()}"


def rule(function: _Function) -> _Function:
    """Compile a function that neither needs nor holds the interpreter, and keep the result on disk.

    With `NUMBA_DISABLE_JIT=1` the plain Python function is used, for debugging.
    """
    settings: Any = numba.config
    before = settings.CACHE_DIR
    settings.CACHE_DIR = str(CACHE)
    try:
        return cast(_Function, numba.njit(nogil=True, cache=True, error_model="numpy")(function))
    finally:
        settings.CACHE_DIR = before
