"""The limit: one pass that reads and writes every column once and gathers one across all ties.

No week that touches its whole state can cost less. The pass is written out from the columns that
residents have, compiled, and works on the very columns of the area it is compared with. It adds
nothing (0, handed over so that the compiler cannot know): the area lives on as if untouched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import numba
import numpy as np

from sim.live import Area
from sim.world import World

GATHERED = "total_0"  # trust, float64
KEPT_IN = "known"  # float64: what was gathered is used here, or it would be left out
NOTHING = {"u": np.uint64(0), "i": np.int64(0), "f4": np.float32(0), "f8": np.float64(0)}


def _nothing(column: np.ndarray) -> str:
    kind = column.dtype.kind
    return f"no_{kind}{column.dtype.itemsize}" if kind == "f" else f"no_{kind}"


def _parts(columns) -> Iterator[tuple[str, str, np.ndarray]]:
    """Name of each array of rows, where it is found, and the place of a row in it."""
    people = columns.key.size
    for name, column in columns._asdict().items():
        if column.ndim == 1:
            yield name, f"r.{name}", column
        elif column.shape[1] == people:
            for part in range(column.shape[0]):
                yield f"{name}_{part}", f"r.{name}[{part}]", column
        else:
            for part in range(column.shape[1]):
                yield f"{name}_{part}", f"r.{name}[:, {part}]", column


def written_out(columns) -> str:
    """The source of the pass over these columns."""
    parts = list(_parts(columns))
    lines = ["def one_pass(r, start, other, no_u, no_i, no_f4, no_f8):", "    one = np.uint64(1)"]
    lines += [f"    {name} = {place}" for name, place, _ in parts]
    lines += [
        "    for row in range(r.key.size):",
        "        i = np.uint64(row)",
        "        heard = 0.0",
        "        for tie in range(start[i], start[i + one]):",
        f"            heard += {GATHERED}[np.uint64(other[np.uint64(tie)])]",
    ]
    for name, _, column in parts:
        added = f"{_nothing(column)} * heard" if name == KEPT_IN else _nothing(column)
        lines.append(f"        {name}[i] = {name}[i] + {added}")
    return "\n".join(lines)


@cache
def _compiled(source: str) -> Callable[..., None]:
    names = {"np": np}
    exec(source, names)
    return numba.njit(nogil=True, error_model="numpy")(names["one_pass"])


def touch(area: Area, passes: int) -> Callable[[], None]:
    """Work that makes some passes over an area, each time it is called; compiled already."""
    world: World = area.world
    r, ties = world.residents, world.ties
    one_pass = _compiled(written_out(r))
    one_pass(r, ties.start, ties.other, *NOTHING.values())

    def some_passes() -> None:
        for _ in range(passes):
            one_pass(r, ties.start, ties.other, *NOTHING.values())

    return some_passes
