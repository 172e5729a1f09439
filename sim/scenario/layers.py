"""Layers of a scenario, merged key by key: the files it extends, itself, its settings.

Of every value it is kept where it was given.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.policy.levers import REACH_PRESETS

Place = tuple[str | int, ...]
_ALTERNATIVES = {"where": "share", "share": "where", "shares": "joint", "joint": "shares"}


@dataclass(frozen=True)
class Source:
    """Where a value was given.

    Attributes:
        called: the file as messages name it, or the setting as it was typed.
        rank: its place in the chain of layers; later layers overrule earlier ones.
        below: how many leading keys its text leaves out: 1 in an area file, which omits `area`.
        setting: whether this is a `--set`.
    """

    called: str
    rank: int = 0
    below: int = 0
    setting: bool = False


@dataclass(frozen=True)
class Layer:
    """The content of one scenario file.

    Attributes:
        source: its name and rank.
        folder: where its relative paths start.
        data: its tables, area already read where it named a file.
        area_source: the area file it named, if it did.
    """

    source: Source
    folder: Path
    data: Mapping[str, Any]
    area_source: Source | None = None

    @property
    def names_an_area(self) -> bool:
        """Whether it brings an area of its own instead of changing the inherited one."""
        return self.area_source is not None


@dataclass
class Tree:
    """Merged tables with the source of every value."""

    values: dict[str, Any] = field(default_factory=dict)
    sources: dict[Place, Source] = field(default_factory=dict)

    def copy(self) -> Tree:
        """A tree that later layers do not touch."""
        return Tree(copy.deepcopy(self.values), dict(self.sources))

    def source(self, place: Place) -> Source | None:
        """Where the value at a place was given: its own source, or that of the table around it."""
        for end in range(len(place), -1, -1):
            if place[:end] in self.sources:
                return self.sources[place[:end]]
        return None

    def get(self, *place: str | int) -> Any:
        """The value at a place, or None where there is none."""
        value: Any = self.values
        for part in place:
            if isinstance(value, list):
                value = value[part] if isinstance(part, int) and part < len(value) else None
            else:
                value = value.get(part) if isinstance(value, dict) else None
        return value

    def drop(self, place: Place) -> None:
        """Take a value away, with whatever stands below it."""
        table = self.get(*place[:-1])
        if isinstance(table, dict) and place[-1] in table:
            del table[str(place[-1])]
            self._forget(place)

    def put(self, place: Place, value: Any, source: Source) -> None:
        """Set one value, whatever stood there before."""
        holder = self.get(*place[:-1])
        if isinstance(self.get(*place), (dict, list)):
            self._forget(place)
        holder[place[-1]] = copy.deepcopy(value)
        self._remember(place, value, source)

    def merge(self, data: Mapping[str, Any], source: Source, at: Place = ()) -> None:
        """Lay a table over what is there: tables key by key, everything else replaced."""
        self.sources[at] = source
        table = self.get(*at)
        inherited = list(table)
        for key, value in data.items():
            place = (*at, key)
            value = _spelled_out(place, value)
            self._give_way(place, data)
            if not isinstance(value, Mapping):
                self.put(place, value, source)
                continue
            if not isinstance(table.get(key), dict):
                self.put(place, {}, source)
            self.merge(value, source, place)
        if at == ("area", "groups"):
            _put_last(table, inherited)

    def _give_way(self, place: Place, data: Mapping[str, Any]) -> None:
        """Drop what a new value replaces although it has another name."""
        other = _ALTERNATIVES.get(str(place[-1]))
        if other and place[0] == "area" and other not in data:
            self.drop((*place[:-1], other))

    def _remember(self, place: Place, value: Any, source: Source) -> None:
        self.sources[place] = source
        parts: Any = ()
        if isinstance(value, Mapping):
            parts = value.items()
        elif isinstance(value, list):
            parts = enumerate(value)
        for key, part in parts:
            self._remember((*place, key), part, source)

    def _forget(self, place: Place) -> None:
        for known in [known for known in self.sources if known[: len(place)] == place]:
            del self.sources[known]


def stack(layers: Sequence[Layer]) -> tuple[Tree, Tree, Tree]:
    """Merge layers, root first.

    Returns:
        The root alone; the tree as it stood when an area was last named; the whole.
    """
    whole, root, named = Tree(), Tree(), Tree()
    for layer in layers:
        lay(whole, layer)
        if layer is layers[0]:
            root = whole.copy()
        if layer.names_an_area or layer is layers[0]:
            named = whole.copy()
    return root, named, whole


def lay(tree: Tree, layer: Layer) -> None:
    """Lay one file over a tree. Title, question and expectations are its own, not inherited."""
    for own in ("title", "question", "expect"):
        tree.drop((own,))
    data = dict(layer.data)
    if layer.area_source is not None:
        name_area(tree, data.pop("area"), layer.area_source)
    tree.merge(data, layer.source)


def name_area(tree: Tree, area: Mapping[str, Any], source: Source) -> None:
    """Put another area in the place of the one there."""
    tree.drop(("area",))
    tree.values["area"] = {}
    tree.merge(area, source, ("area",))


def inherited_lists_by_beat(tree: Tree) -> list[Place]:
    """Lists with one entry per beat that are older than the number of beats itself."""
    beats = tree.source(("area", "beats"))
    places: list[Place] = [("area", "beat_shares"), ("area", "beat_disorder")]
    groups = tree.get("area", "groups")
    places += [
        ("area", "groups", key, "beats") for key in (groups if isinstance(groups, dict) else ())
    ]
    found = []
    for place in places:
        source = tree.source(place)
        if isinstance(tree.get(*place), list) and beats and source and source.rank < beats.rank:
            found.append(place)
    return found


def _spelled_out(place: Place, value: Any) -> Any:
    """A reach preset as the table of its weights, so that later layers may change one of them."""
    if place == ("policy", "reach") and isinstance(value, str) and value in REACH_PRESETS:
        return REACH_PRESETS[value]
    return value


def _put_last(table: dict[str, Any], inherited: Sequence[str]) -> None:
    """Publics that a layer adds come before those it inherits: they are carved out of them."""
    for key in inherited:
        table[key] = table.pop(key)
