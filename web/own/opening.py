"""Opening an area: one that comes with Parley, or a file that a visitor brought.

A file is read by the one reader, as the command line reads it, and never run. One that is wrong
changes nothing: every fault is told with the file's own name.
"""

from __future__ import annotations

import dataclasses
import json
import re
import tempfile
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from sim import ScenarioFaults, load
from sim.areas import area_from_table
from sim.scenario import SHIPPED, check
from web.files.policy import leads_elsewhere
from web.own import code
from web.own.draft import Draft, Origin
from web.own.text import toml_text, with_area
from web.places import ORDINARY, places, shipped_areas

LARGEST = 300_000
"""Bytes that a file opened here may have."""
_OF_SCENARIOS = ("extends", "area", "policy", "events", "assumptions", "expect")
_NOT_OF_AREAS = {
    "policy": "policy",
    "events": "events",
    "assumptions": "assumptions",
    "expect": "expectations",
}


class Refused(ValueError):
    """A file that cannot be opened; `faults` has a line for each reason."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


@dataclasses.dataclass(frozen=True)
class Opened:
    """A file that was opened.

    Args:
        draft: the area in it.
        said: what has to be said of it.
    """

    draft: Draft
    said: str


def opened(content: bytes, name: str) -> Opened:
    """The area in a file that a visitor brought.

    Args:
        content: what the file holds.
        name: what the visitor calls it.

    Raises:
        Refused: with every fault.
    """
    name = _plain(name)
    if wrong := _no_table(content, name):
        raise Refused([wrong])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            if path.suffix.lower() == ".csv":
                return _from_table(path)
            return _from_toml(path)
        except ScenarioFaults as found:
            raise Refused([_told(fault, name) for fault in found.faults]) from None


def from_shipped(area: str) -> Draft | None:
    """An area that comes with Parley, to be edited; None for what does not."""
    if area not in shipped_areas():
        return None
    content = _read(SHIPPED / f"{area}.toml")
    practice = next(
        (key for key, place in places().items() if place.name == content["name"]), ORDINARY
    )
    return Draft(content, content, Origin(content["name"], area), practice)


@cache
def on_offer() -> list[dict[str, Any]]:
    """Every area that comes with Parley: London boroughs by name, then the templates."""
    found = []
    for area in shipped_areas():
        london = area.startswith("areas/london/")
        twin = f"areas/london/{area.rpartition('/')[2]}"
        if not london and twin in shipped_areas():
            continue
        content = _read(SHIPPED / f"{area}.toml")
        found.append(
            {
                "key": area,
                "name": content["name"],
                "kind": "London borough" if london else "Template",
                "people": f"{content['people']:,}",
                "publics": len(content["groups"]),
                "source": content.get("source", ""),
                "licence": content.get("licence", ""),
            }
        )
    return sorted(found, key=lambda each: (each["kind"] != "London borough", each["name"]))


def _plain(name: str) -> str:
    """The last part of a file's name, in letters that are safe in a folder of our own."""
    last = re.split(r"[/\\]", name)[-1]
    plain = re.sub(r"[^\w. ()-]", "_", last).strip(". ")[-80:]
    return plain or "file"


def _no_table(content: bytes, name: str) -> str:
    """Why a file is not even looked at; empty where it is."""
    if len(content) > LARGEST:
        return (
            f"{name} is larger than {LARGEST // 1000} kB. An area takes a few kilobytes: remove "
            "what does not belong to it."
        )
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return (
            f"{name} is a spreadsheet or an archive, whatever its name ends in. Save the table of "
            "publics as “CSV UTF-8” and open that."
        )
    if Path(name).suffix.lower() not in (".csv", ".toml"):
        return f"{name} ends neither in .csv nor in .toml. Give a table of publics or an area file."
    return ""


def _from_table(path: Path) -> Opened:
    content = tomllib.loads(area_from_table(path))
    draft = Draft(content, content, Origin(f"the table {path.name}"))
    notes = " ".join(content.get("notes", []))
    return Opened(draft, f"{path.name} is open. {notes}")


def _from_toml(path: Path) -> Opened:
    text = path.read_bytes().decode("utf-8", "replace")
    if elsewhere := leads_elsewhere(text, path.name):
        raise Refused(elsewhere)
    faults = check(path)
    if faults:
        raise ScenarioFaults(faults)
    content = _read(path)
    said, practice = f"{path.name} is open.", ORDINARY
    if any(key in content for key in _OF_SCENARIOS):
        left = [_NOT_OF_AREAS[key] for key in _NOT_OF_AREAS if key in content]
        practice = _practice_of(content.get("extends"))
        content = _json(load(str(path)).to_dict()["area"])
        if left:
            said += f" It is a scenario: its area was taken, and its {', '.join(left)} left out."
            said += " Open it on the page Compare to use its policy."
    with_area(ORDINARY, toml_text(content))
    if len(code.written(content)) > code.LONGEST:
        raise Refused(
            [f"{path.name} is larger than these pages can carry. Use it with the command line."]
        )
    return Opened(Draft(content, content, Origin(f"the file {path.name}"), practice), said)


def _practice_of(extends: Any) -> str:
    """The place on offer whose practice a scenario builds on."""
    return extends if isinstance(extends, str) and extends in places() else ORDINARY


def _read(path: Path) -> dict[str, Any]:
    """The tables of a file that the reader has found fine, as the form holds them."""
    content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    return {key: value for key, value in _json(content).items() if key != "schema"}


def _json(content: dict[str, Any]) -> dict[str, Any]:
    """The same with nothing but lists, tables, numbers and words; what is not said is left out."""
    found: dict[str, Any] = json.loads(json.dumps(_without_none(content)))
    return found


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(each) for key, each in value.items() if each is not None}
    return value


def _told(fault: Any, name: str) -> str:
    """A fault with the visitor's name of the file."""
    return str(dataclasses.replace(fault, file=name))
