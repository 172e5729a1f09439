"""What a report is made of: sections that hold sentences, figures with their table twins, tables."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Table:
    """Numbers with a caption; `name` is also the stem of its CSV file."""

    name: str
    caption: str
    rows: pd.DataFrame
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """A picture as SVG with its text alternative, and the table that says the same."""

    svg: str
    alternative: str
    twin: Table


@dataclass(frozen=True)
class Section:
    """One question a reader has, answered in plain sentences first.

    A `warning` section is shown before all others: what somebody must not overlook.
    """

    key: str
    title: str
    sentences: tuple[str, ...]
    parts: tuple[Figure | Table, ...] = ()
    warning: bool = False
