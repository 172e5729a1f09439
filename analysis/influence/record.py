"""What has been lived so far, kept line by line so that a measurement goes on where it was stopped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

DIGITS = 9


class Record:
    """Results by the name of their world, on disk as soon as they are there.

    Args:
        path: the file; one that was made with other settings is begun anew.
        settings: everything the results depend on.
    """

    def __init__(self, path: Path, settings: Mapping[str, Any]) -> None:
        self._path = path
        self._head = json.dumps(settings, sort_keys=True)
        self.kept: dict[str, np.ndarray] = {}

    def __enter__(self) -> Record:
        lines = self._path.read_text(encoding="utf-8").split("\n") if self._path.exists() else []
        whole = lines[:-1]  # what stands after the last line end was cut off by a kill
        if whole and whole[0] == self._head:
            self.kept = dict(_world(line) for line in whole[1:])
        else:
            whole = [self._head]
        self._path.write_text("".join(f"{line}\n" for line in whole), encoding="utf-8")
        self._stream = self._path.open("a", encoding="utf-8")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.close()

    def add(self, key: str, found: np.ndarray) -> None:
        """Keep what one world found; NaN is kept as null."""
        rounded = [float(f"{value:.{DIGITS}g}") for value in found.ravel()]
        values = [None if np.isnan(value) else value for value in rounded]
        line = json.dumps([key, found.shape, values])
        self._stream.write(f"{line}\n")
        self._stream.flush()
        self.kept[key] = _world(line)[1]

    def remove(self) -> None:
        """Take the file away, once it is no longer needed."""
        self._path.unlink(missing_ok=True)


def _world(line: str) -> tuple[str, np.ndarray]:
    key, shape, values = json.loads(line)
    return key, np.array(values, dtype=float).reshape(shape)
