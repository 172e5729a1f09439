"""What the figures were measured on; neither names nor places."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

PACKAGES = ("numpy", "numba", "mesa", "starsim")


def processor() -> str:
    """The processor's name, or its kind where the system does not say."""
    described = Path("/proc/cpuinfo")
    if described.exists():
        for line in described.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def installed(package: str) -> str:
    """The version of a package that is here."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def load() -> float | None:
    """How many programs wanted a core over the last minute; None where the system does not say."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None


def facts() -> dict[str, str]:
    """Processor, memory, system and versions, in words."""
    memory = psutil.virtual_memory().total / 2**30
    return {
        "Processor": f"{processor()}, {os.cpu_count()} cores",
        "Memory": f"{memory:.0f} GiB",
        "System": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        **{name: installed(name) for name in PACKAGES},
    }
