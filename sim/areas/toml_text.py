"""Writes TOML with the source of each figure behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import tomlkit
from tomlkit.items import Array, InlineTable


class Page:
    """A TOML file that is being written from top to bottom.

    Args:
        lines: comment lines at the head of the file.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._document = tomlkit.document()
        for line in lines:
            self._document.add(tomlkit.comment(line))
        self._document.add(tomlkit.nl())

    def put(self, key: str, value: Any, source: str = "") -> None:
        """Add one value at the top level."""
        self._document.add(key, commented(value, source))

    def say(self, lines: Sequence[str]) -> None:
        """Add comment lines of their own."""
        self._document.add(tomlkit.nl())
        for line in lines:
            self._document.add(tomlkit.comment(line))

    def table(self, name: str, values: Mapping[str, tuple[Any, str]], source: str = "") -> None:
        """Add a table.

        Args:
            name: its dotted name.
            values: each key with its value and source.
            source: the source of all of them, written behind the table's name.
        """
        self._document.add(tomlkit.nl())
        table = tomlkit.table()
        if source:
            table.comment(source)
        for key, (value, origin) in values.items():
            table.add(key, commented(value, origin))
        *parents, last = name.split(".")
        inner: Any = self._document
        for parent in parents:
            if parent not in inner:
                inner.add(parent, tomlkit.table(is_super_table=True))
            inner = inner[parent]
        inner.add(last, table)

    def text(self) -> str:
        """The whole file, with one empty line before each table."""
        text = re.sub(r"\n{3,}", "\n\n", tomlkit.dumps(self._document)).strip("\n") + "\n"
        return re.sub(r"(?<=[^\n])\n(?=\[)", "\n\n", text)


def commented(value: Any, source: str) -> Any:
    """A value as TOML, with its source as a comment on the same line."""
    item = _inline(value) if isinstance(value, Mapping) else tomlkit.item(_plain(value))
    if isinstance(item, Array) and all(isinstance(entry, str) for entry in value):
        item.multiline(True)
    if source:
        item.comment(source)
    return item


def rounded_shares(shares: Sequence[float] | np.ndarray, digits: int = 4) -> list[float]:
    """Shares rounded so that they still sum to exactly 1: the largest remainders are rounded up."""
    unit = 10**digits
    scaled = np.asarray(shares, dtype=float) / np.sum(shares) * unit
    whole = np.floor(scaled).astype(int)
    order = np.lexsort((np.arange(len(scaled)), -(scaled - whole)))
    whole[order[: unit - int(whole.sum())]] += 1
    return [count / unit for count in whole.tolist()]


def _inline(values: Mapping[str, Any]) -> InlineTable:
    table = tomlkit.inline_table()
    for key, value in values.items():
        table.append(key, _plain(value))
    return table


def _plain(value: Any) -> Any:
    """Lists and numbers as TOML knows them."""
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, tuple):
        return list(value)
    return value
