"""What this process holds of the machine's memory, and how it gives back what it no longer uses.

The C library's allocator (glibc, on Linux) keeps what was freed for itself: after an hour of visitors
half of what it held was empty. Settings of it, documented in mallopt(3) and malloc_trim(3), end that.
Elsewhere nothing is done.
"""

from __future__ import annotations

import ctypes
import functools
import sys
import threading
import time
from typing import Any

LARGE = 2**18
"""Bytes from which an array gets memory of its own, which goes back to the system with it."""
BETWEEN = 30.0
"""Seconds between two times that free memory is looked for."""
POOLS = 2
"""Pools that threads share; glibc would open eight for each core, each with gaps of its own."""
_MMAP_THRESHOLD = -3  # M_MMAP_THRESHOLD of malloc.h; set once, it no longer rises by itself
_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h
_last = [0.0]
_lock = threading.Lock()


def keep_large_apart() -> bool:
    """Let large arrays go back to the system when they are dropped; whether that can be had here."""
    library = _library()
    if library is None:
        return False
    apart = library.mallopt(_MMAP_THRESHOLD, LARGE)
    few = library.mallopt(_ARENA_MAX, POOLS)
    return bool(apart and few)


def give_back() -> bool:
    """Give free memory back to the system, at most every `BETWEEN` seconds; whether it was done."""
    library = _library()
    with _lock:
        now = time.monotonic()
        if library is None or now - _last[0] < BETWEEN:
            return False
        _last[0] = now
    library.malloc_trim(0)
    return True


@functools.cache
def _library() -> Any:
    """The C library, where it has both functions."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None
