"""For researchers: experiments, sweeps, what to make of them, and the evidence.

`from analysis import sweep, load`: run an experiment file, read the folder of a sweep. Both are
imported when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_WHERE = {"sweep": "analysis.reading", "load": "analysis.reading"}
__all__ = list(_WHERE)


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name not in _WHERE:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)
