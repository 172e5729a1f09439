"""How much memory this machine can give, and the words for it."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

_CONTAINERS = (  # limit, use, statistics: the newer and the older layout
    ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current", "/sys/fs/cgroup/memory.stat"),
    (
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
        "/sys/fs/cgroup/memory/memory.usage_in_bytes",
        "/sys/fs/cgroup/memory/memory.stat",
    ),
)


def memory_free() -> int | None:
    """Bytes that a new program could have now; None where the system does not tell."""
    known = [size for size in (_free_by_system(), _free_by_container()) if size is not None]
    return min(known) if known else None


def in_words(size: float) -> str:
    """A number of bytes as people say it."""
    for unit in ("bytes", "kB", "MB", "GB", "TB"):
        if size < 1000 or unit == "TB":
            return f"{size:,.0f} {unit}" if size >= 10 or unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    raise AssertionError("the last unit takes everything")


def _free_by_system() -> int | None:
    if os.name == "nt":
        return _free_on_windows()
    try:
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return None


def _free_by_container() -> int | None:
    """What a container's limit leaves, where there is one."""
    for limit, use, statistics in _CONTAINERS:
        try:
            used = int(Path(use).read_text()) - _cached_files(Path(statistics).read_text())
            return max(0, int(Path(limit).read_text()) - used)
        except (OSError, ValueError):
            continue
    return None


def _cached_files(statistics: str) -> int:
    """Bytes of cached files, which the system gives back when memory is asked for."""
    for line in statistics.splitlines():
        if line.startswith("inactive_file "):
            return int(line.split()[1])
    return 0


class _MemoryStatus(ctypes.Structure):
    _fields_ = [
        ("length", ctypes.c_ulong),
        ("load", ctypes.c_ulong),
        *((name, ctypes.c_ulonglong) for name in ("total", "free", "a", "b", "c", "d", "e")),
    ]


def _free_on_windows() -> int | None:
    status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
    windows = getattr(ctypes, "windll", None)
    if windows is None or not windows.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return None
    return int(status.free)
