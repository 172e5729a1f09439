"""Finished results laid down in files without a name, so that a page that is only open costs no memory.

A comparison weighs tens of megabytes, and every open page holds one. Mapped from a file, it is in
memory while it is read; afterwards the system may take the memory back and read the file again. The
files have no name, belong to this process alone and are gone with it.
"""

from __future__ import annotations

import logging
import mmap
import sys
import tempfile
import weakref
from dataclasses import replace
from typing import Any

import numpy as np

ARRAYS = ("values", "ledger", "hours")
WORTH_IT = 1_000_000
"""Bytes below which nothing is laid down."""
_log = logging.getLogger(__name__)
_maps: weakref.WeakSet[mmap.mmap] = weakref.WeakSet()


def laid_down(results: Any) -> Any:
    """The same results, their arrays mapped from a file; unchanged where that cannot be done.

    Args:
        results: what has the arrays `values`, `ledger` and `hours`; they become read-only.
    """
    arrays = {name: np.ascontiguousarray(getattr(results, name)) for name in ARRAYS}
    if sys.platform == "win32" or sum(each.nbytes for each in arrays.values()) < WORTH_IT:
        return results
    try:
        return replace(results, **_mapped(arrays))
    except OSError as full:
        _log.warning("Results stay in memory: %s", full)
        return results


def let_go() -> None:
    """Give the memory of everything laid down back; whoever reads it next gets it from the file."""
    for each in list(_maps):
        each.madvise(mmap.MADV_DONTNEED)


def _mapped(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    with tempfile.TemporaryFile(prefix="parley-") as file:
        for array in arrays.values():
            file.write(array.data)
        file.flush()
        whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    _maps.add(whole)
    found, start = {}, 0
    for name, array in arrays.items():
        flat = np.frombuffer(whole, dtype=array.dtype, count=array.size, offset=start)
        found[name] = flat.reshape(array.shape)
        start += array.nbytes
    return found
