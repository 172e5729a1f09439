"""The model: residents, publics, officers and the police's ways of engaging, week by week.

Public names: `load`, `check`, `shipped`, `run`, `compare`, `EngagementModel`. They are imported when
first used, so that asking for a scenario does not load the compiler.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_WHERE = {
    "load": "sim.scenario",
    "check": "sim.scenario",
    "shipped": "sim.scenario",
    "Scenario": "sim.scenario",
    "ScenarioFaults": "sim.scenario",
    "run": "sim.runs",
    "compare": "sim.runs",
    "Cancelled": "sim.runs",
    "Results": "sim.results",
    "Comparison": "sim.results",
    "EngagementModel": "sim.model",
}
__all__ = list(_WHERE)


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name not in _WHERE:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)
