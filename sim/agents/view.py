"""A Mesa agent that is a view of one row: the columns hold the state, the agent reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, NoReturn

import mesa


class Names(NamedTuple):
    """What rows and codes are called, in the order of the columns' numbers."""

    publics: tuple[str, ...]
    labels: tuple[str, ...]
    ages: tuple[str, ...]
    tenures: tuple[str, ...]
    ethnic_groups: tuple[str, ...]


class _CountersOfModels:
    """Numbers agents by a counter that their model holds.

    Mesa 3.3 keeps a counter for each model in a class attribute of `mesa.Agent`, which holds the
    model for ever. Later versions number agents themselves and never ask.
    """

    def __getitem__(self, model: Any) -> Iterator[int]:
        return model.agent_numbers


class View(mesa.Agent):
    """One row of the area's columns as a Mesa agent; it reads and never writes.

    Attributes:
        row: its place in the columns.
    """

    _ids: Any = _CountersOfModels()

    def __init__(self, model: Any, row: int) -> None:
        super().__init__(model)
        self.row = row

    def remove(self) -> NoReturn:
        """Refuse: whoever lives or works in an area stays in it.

        Raises:
            TypeError: always.
        """
        raise TypeError(
            f"{self!r} is part of the area and cannot be removed from it."
            " To leave some out, use model.agents.select(...)."
        )

    @property
    def key(self) -> str:
        """The name by which files, commands and the network know it."""
        raise NotImplementedError

    @property
    def _world(self) -> Any:
        return self.model.area.world

    @property
    def _names(self) -> Names:
        return self.model.names

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.key}>"
