"""The tables of an area as a file, and a file that the one reader has read."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomlkit

import sim
from sim.scenario import Area
from sim.tidy import spreadsheet_safe
from web.own import code

NEEDED = (
    *("key", "label", "share", "need", "ease", "voice", "street", "involvement"),
    *("trust", "confidence", "legitimacy", "expectation"),
)
OPTIONAL = (
    *("voice_belief", "hardness", "impartiality", "suspicion"),
    *("strength", "access", "enforcement"),
)
_HEAD = (
    "An area saved from Parley's page “Your area”. Synthetic people only.",
    'To use it: area = "THIS FILE" in a scenario, or --set \'area="THIS FILE"\' on the command line.',
)


def toml_text(content: Mapping[str, Any]) -> str:
    """The tables of an area as a file that every Parley reads."""
    document = tomlkit.document()
    for line in _HEAD:
        document.add(tomlkit.comment(line))
    document.add(tomlkit.nl())
    for key, value in code.ordered(dict(content)).items():
        document.add(key, _item(key, value))
    return tomlkit.dumps(document)


def _item(key: str, value: Any) -> Any:
    """Notes a line each; everything else as it comes."""
    item = tomlkit.item(value)
    if key == "notes" and isinstance(value, list) and all(isinstance(each, str) for each in value):
        item.multiline(True)
    return item


def csv_text(area: Area) -> str:
    """The publics of an area as the table that `parley area` takes; no cell runs in a spreadsheet."""
    topics = list(next(iter(area.groups.values())).concerns)
    columns = [*NEEDED, *OPTIONAL, *(f"concerns.{topic}" for topic in topics)]
    page = io.StringIO()
    sheet = csv.writer(page, lineterminator="\r\n")
    sheet.writerow(columns)
    for key, public in area.groups.items():
        numbers = [getattr(public, name) for name in (*NEEDED[2:], *OPTIONAL)]
        shares = [public.concerns[topic] for topic in topics]
        words = [spreadsheet_safe(key), spreadsheet_safe(public.label)]
        sheet.writerow([*words, *(repr(number) for number in (*numbers, *shares))])
    return "\ufeff" + page.getvalue()


def with_area(scenario: str, text: str, settings: Sequence[str] = ()) -> Any:
    """A shipped scenario in an area of its own, read by the one reader.

    Args:
        scenario: name of the shipped scenario.
        text: the area's file.
        settings: laid over both.

    Raises:
        ScenarioFaults: with every fault.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "area.toml"
        path.write_text(text, encoding="utf-8")
        return sim.load(scenario, (f"area={json.dumps(str(path))}", *settings))
