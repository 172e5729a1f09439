"""The files of a scenario: itself, what it extends and the areas they name, root first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.scenario import files
from sim.scenario.faults import Fault, ScenarioFaults, plain, shown, suggestion
from sim.scenario.layers import Layer, Source

SCHEMA = 1
LONGEST_CHAIN = 16
_MERGED = ("title", "question", "area", "policy", "events", "assumptions", "expect")
KEYS = ("schema", "extends", *_MERGED)
_MARKS_OF_AREAS = ("groups", "people", "beats", "police", "shares", "joint")
_MARKS_OF_SCENARIOS = ("extends", "area", "policy", "events", "assumptions", "expect")


@dataclass
class Chain:
    """The files of a scenario.

    Attributes:
        layers: root first.
        faults: of reading them.
        complete: whether every file that is named could be read.
    """

    layers: list[Layer] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    complete: bool = True


@dataclass(frozen=True)
class _File:
    called: str
    path: Path
    data: Mapping[str, Any]


def follow(name: str | Path) -> Chain:
    """Follow `extends` from a scenario to the root of its chain."""
    chain = Chain()
    found: list[_File] = []
    next_name: str | Path | None = name
    while next_name is not None:
        file = _next(next_name, found, chain)
        if file is None:
            chain.complete = False
            break
        found.append(file)
        chain.faults += _head_faults(file)
        extends = file.data.get("extends")
        next_name = extends if isinstance(extends, str) else None
        chain.complete = chain.complete and (extends is None or next_name is not None)
    for rank, file in enumerate(reversed(found)):
        chain.layers.append(_layer(file, rank, chain))
    return chain


def read_area_file(
    name: str, folder: Path, rank: int, asked_by: str, faults: list[Fault]
) -> tuple[dict[str, Any], Source] | None:
    """The content of an area file.

    Args:
        name: as a scenario or setting gives it.
        folder: where a relative name starts; else it is looked for among the shipped scenarios.
        rank: of the layer that names it.
        asked_by: that layer's file or setting.
        faults: takes what is wrong with the file.

    Returns:
        Its tables and its source, or None where it cannot be read.
    """
    path = files.find_area(name, folder)
    called = files.name_of(path, path)
    if not files.exists(path):
        said = f"area = {shown(name)} is no file. {suggestion(name, files.shipped_areas())}"
        faults.append(Fault(asked_by, "", said, "area"))
        return None
    try:
        data = files.read_toml(path, called)
    except ScenarioFaults as unreadable:
        faults += unreadable.faults
        return None
    faults += _area_head_faults(data, called)
    content = {key: value for key, value in data.items() if key not in ("schema", "area")}
    return content, Source(called, rank, below=1)


def is_area(path: Path) -> bool:
    """Whether a file can be read and holds an area instead of a scenario."""
    try:
        data = files.read_toml(path, path.name)
    except ScenarioFaults:
        return False
    scenario = any(key in data for key in _MARKS_OF_SCENARIOS)
    return not scenario and any(key in data for key in _MARKS_OF_AREAS)


def _next(name: str | Path, found: Sequence[_File], chain: Chain) -> _File | None:
    """The file of a name, or None with its fault in the chain."""
    folder = found[-1].path.parent if found else Path()
    path = files.find_scenario(name, folder)
    called = files.name_of(path, path if found else name)
    trouble = _no_way(path, name, called, found)
    if trouble is not None:
        chain.faults.append(trouble)
        return None
    try:
        return _File(called, path, files.read_toml(path, called))
    except ScenarioFaults as unreadable:
        chain.faults += unreadable.faults
        return None


def _no_way(path: Path, name: str | Path, called: str, found: Sequence[_File]) -> Fault | None:
    """What keeps a file from being the next of a chain, told where its name was written."""
    bare = isinstance(name, str) and files.is_bare(name)
    hint = suggestion(str(name), files.shipped_names()) if bare else "Check the path."
    if not found:
        absent = bare and not files.exists(path)
        said = f"there is no shipped scenario and no file of this name. {hint}"
        return Fault(called, "", said) if absent else None
    said = f"extends = {shown(str(name))}"
    asked_by = found[-1].called
    known = [files.identity(file.path) for file in found]
    if (identity := files.identity(path)) in known:
        way = " → ".join([*(file.called for file in found[known.index(identity) :]), called])
        said += f" leads back to where it started ({way}). Remove one of these extends."
    elif len(found) >= LONGEST_CHAIN:
        said += f" makes a chain of more than {LONGEST_CHAIN} files. Join some of them."
    elif path.is_dir():
        said += " is a folder. Give the name of a file that ends in .toml."
    elif not files.exists(path):
        said += f" is no shipped scenario and no file. {hint}"
    else:
        return None
    return Fault(asked_by, "", said, "extends")


def _layer(file: _File, rank: int, chain: Chain) -> Layer:
    """A file as a layer, with the content of the area file it names, where that can be read."""
    data = {key: value for key, value in file.data.items() if key in _MERGED}
    source, area_source = Source(file.called, rank), None
    if isinstance(name := data.get("area"), str):
        area = read_area_file(name, file.path.parent, rank, file.called, chain.faults)
        if area is None:
            del data["area"]
            chain.complete = False
        else:
            data["area"], area_source = area
    return Layer(source, file.path.parent, data, area_source)


def _head_faults(file: _File) -> list[Fault]:
    """Faults of the keys that belong to one file alone: schema, extends, and keys nobody reads."""
    faults = _schema_faults(file.data, file.called)
    if "schema" not in file.data:
        said = f"schema is missing. Write schema = {SCHEMA} at the top."
        faults.append(Fault(file.called, "", said, "schema"))
    extends = file.data.get("extends", "")
    if not isinstance(extends, str):
        said = f"extends = {shown(extends)} should be a shipped name or a path, in quotation marks."
        faults.append(Fault(file.called, "", said, "extends"))
    for key in [key for key in file.data if key not in KEYS]:
        hint = suggestion(key, KEYS) if len(faults) < 100 else ""
        said = f"{plain(key)} = {shown(file.data[key])} is a key nobody reads. {hint}"
        faults.append(Fault(file.called, "", said.strip(), key))
    return faults


def _area_head_faults(data: Mapping[str, Any], called: str) -> list[Fault]:
    faults = _schema_faults(data, called)
    if "area" in data:
        said = (
            "an area file has the keys of [area] at its top, such as name = ... and [groups.KEY]."
        )
        faults.append(Fault(called, "", f"{said} Take area out of its headings.", "area"))
    return faults


def _schema_faults(data: Mapping[str, Any], called: str) -> list[Fault]:
    schema = data.get("schema", SCHEMA)
    if isinstance(schema, int) and not isinstance(schema, bool) and schema == SCHEMA:
        return []
    said = f"schema = {shown(schema)} is not known. This version reads schema = {SCHEMA}."
    return [Fault(called, "", said, "schema")]
