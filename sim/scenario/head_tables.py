"""What a scenario says about itself and what it expects."""

from __future__ import annotations

from typing import Literal

from sim.scenario.tables import Name, Table, Text


class Head(Table):
    """What a scenario says about itself."""

    title: Name | None = None
    question: Text = ""


class Expectation(Table):
    """What is expected of a scenario, before it was run, and what was found."""

    indicator: Name
    public: Name = "all"
    compared: Name = "baseline"
    change: Literal["rises", "falls", "no-clear-change"]
    because: Text
    found: Literal["rises", "falls", "no-clear-change"] | None = None
