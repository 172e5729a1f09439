"""An area from a table of publics: one public a row, columns as in `[area.groups]`."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.areas.beats import BEAT_PEOPLE
from sim.areas.toml_text import Page
from sim.core.declared import Declared
from sim.scenario import AREA_FIELDS, Fault, ScenarioFaults
from sim.scenario.faults import MOST_FAULTS, number, plain, shown, suggestion, unprintable
from sim.scenario.files import MOST_BYTES
from sim.scenario.inspection import SUM_TOLERANCE
from sim.scenario.read_publics import FIXED_PUBLICS, LONGEST_KEY, MOST_PUBLICS
from sim.scenario.tables import LONGEST_NAME
from sim.topics import TOPICS

PEOPLE = 100_000  # where the user says nothing

WORDS = ("key", "label")
NEEDED = (
    *("share", "need", "ease", "voice", "street", "involvement"),
    *("trust", "confidence", "legitimacy", "expectation"),
)
OPTIONAL = (
    *("voice_belief", "hardness", "impartiality", "suspicion"),
    *("strength", "access", "enforcement"),
)
CONCERNS = tuple(f"concerns.{topic}" for topic in TOPICS)
COLUMNS = (*WORDS, *NEEDED, *OPTIONAL, *CONCERNS)

_KEY = re.compile(r"[a-z0-9]([a-z0-9_-]*[a-z0-9])?")

Row = dict[str, str | float]
"""What one row says: label and numbers by column, without the empty cells of optional columns."""


@dataclass(frozen=True)
class _Cells:
    """The table as text: where each column stands, and the rows with their line numbers."""

    columns: dict[str, int]
    rows: list[tuple[int, list[str]]]
    decimal_comma: bool


def area_from_table(
    path: str | Path, name: str | None = None, people: int | None = None, beats: int | None = None
) -> str:
    """A table of publics as the text of an area file.

    Args:
        path: the table, as CSV with commas, semicolons or tabs.
        name: the area's name; the file's name where there is none.
        people: people who live there; 100,000 where nothing is said.
        beats: beats; one for each 22,500 people where nothing is said.

    Raises:
        ScenarioFaults: with every fault of the table.
    """
    path = Path(path)
    faults: list[Fault] = []
    _check_options(name, {"people": people, "beats": beats}, faults)
    table = _Table(plain(path.name), faults)
    publics = table.publics(_cells(path))
    if faults:
        raise ScenarioFaults(faults[:MOST_FAULTS])
    notes = [
        "Age, tenure and ethnic group are not told apart here: every public is alike in them.",
        "Police, partners, demand and ties stand at the model's defaults.",
    ]
    if people is None:
        people = PEOPLE
        notes.append(f"The number of people was not given: {people:,} is assumed.")
    if beats is None:
        beats = int(min(max(1, round(people / BEAT_PEOPLE)), AREA_FIELDS["beats"].high))
        notes.append(f"Beats were not given: one for each {BEAT_PEOPLE:,} people is assumed.")
    page = Page([f"Made by `parley area` from {table.called}.", "Synthetic people only."])
    page.put("name", name or plain(path.stem))
    page.put("people", people)
    page.put("beats", beats)
    page.put("source", f"table of publics {table.called}")
    page.put("notes", notes)
    for key, public in publics.items():
        page.table(f"groups.{key}", _as_table(public))
    return page.text()


def _as_table(public: Row) -> dict[str, tuple[object, str]]:
    """A row as the keys of its table: concerns become a table of their own."""
    values: dict[str, tuple[object, str]] = {
        column: (value, "") for column, value in public.items() if column not in CONCERNS
    }
    concerns = {
        topic: public[column] for topic, column in zip(TOPICS, CONCERNS) if column in public
    }
    return values | ({"concerns": (concerns, "")} if concerns else {})


def _check_options(name: str | None, numbers: dict[str, int | None], faults: list[Fault]) -> None:
    if name is not None and (wrong := _text_fault(name)):
        faults.append(Fault("--name", "", wrong))
    for option, value in numbers.items():
        declared = AREA_FIELDS[option]
        if value is not None and not declared.holds(value):
            message = f"{value} is outside its range. {_is(declared)}"
            faults.append(Fault(f"--{option}", "", message))


def _text_fault(text: str) -> str:
    """What is wrong with a name for readers; empty where it is fine."""
    if not text.strip():
        return "the name is empty. Name it as readers know it."
    if sign := unprintable(text):
        return f"it has a control character ({sign}). Remove it."
    if len(text) > LONGEST_NAME:
        return f"it is longer than {LONGEST_NAME} characters. Shorten it."
    return ""


def _cells(path: Path) -> _Cells:
    """Read the table as text."""

    def fail(message: str) -> ScenarioFaults:
        return ScenarioFaults([Fault(plain(str(path)), "", message)])

    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
        text = content.decode("utf-8-sig")
    except FileNotFoundError:
        raise fail("there is no such file. Check the path.") from None
    except UnicodeDecodeError:
        raise fail("the text is not UTF-8. Save it as CSV UTF-8.") from None
    except OSError as fault:
        reason = (fault.strerror or str(fault)).lower()
        raise fail(f"the file cannot be read ({reason}). Check the path.") from None
    if len(content) > MOST_BYTES:
        raise fail(f"the file is larger than 1 MB. A table has at most {MOST_PUBLICS} publics.")
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise fail(f"the file is empty. Its first line names the columns: {', '.join(NEEDED)}.")
    separator = max(",;\t", key=first.count)
    try:
        reader = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
        rows = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error as fault:
        raise fail(f"this is not CSV ({fault}). Save it again as CSV.") from None
    rows = [(line, cells) for line, cells in rows if any(cells)]
    columns = _columns(plain(path.name), rows[0][1])
    return _Cells(columns, rows[1:], decimal_comma=separator == ";")


def _columns(called: str, header: Sequence[str]) -> dict[str, int]:
    faults = []
    columns: dict[str, int] = {}
    for at, given in enumerate(header):
        column = given.casefold()
        if column in columns:
            faults.append(f"column {plain(given)} stands there twice. Remove one of them.")
        elif column in COLUMNS:
            columns[column] = at
        elif column:
            faults.append(f"{shown(given)} is a column nobody reads. {suggestion(column, COLUMNS)}")
    missing = [column for column in (*WORDS, *NEEDED) if column not in columns]
    faults += [f"column {column} is missing. {_about(column)}" for column in missing]
    if faults:
        raise ScenarioFaults([Fault(called, "first line", message) for message in faults])
    return columns


def _about(column: str) -> str:
    if column == "key":
        return "It is the public's short name in files, such as private-renters."
    if column == "label":
        return "It is the public's name on pages."
    return _is(_declared(column))


def _declared(column: str) -> Declared:
    return AREA_FIELDS["groups.concerns" if column in CONCERNS else f"groups.{column}"]


def _is(declared: Declared) -> str:
    return f"It is {declared.meaning}, {number(declared.low)} to {number(declared.high)}."


@dataclass(frozen=True)
class _Table:
    """A table while it is checked; what is wrong goes to `faults`."""

    called: str
    faults: list[Fault]

    def fault(self, place: str, message: str) -> None:
        """Note one fault."""
        self.faults.append(Fault(self.called, place, message))

    def publics(self, cells: _Cells) -> dict[str, Row]:
        """The rows by key."""
        if not cells.rows:
            self.fault("", "the table has no rows. Give each public a row.")
        if len(cells.rows) > MOST_PUBLICS:
            message = f"the table has {len(cells.rows)} publics; {MOST_PUBLICS} at most. Join some."
            self.fault("", message)
        publics: dict[str, Row] = {}
        lines: dict[str, int] = {}
        width = max(cells.columns.values()) + 1
        for line, row in cells.rows[:MOST_PUBLICS]:
            if any(row[width:]):
                self.fault(f"line {line}", "it has cells beyond the named columns. Remove them.")
            text = {
                column: row[at] if at < len(row) else "" for column, at in cells.columns.items()
            }
            key = text["key"]
            if key in lines:
                message = f"{shown(key)} is already the key of line {lines[key]}. Give it another."
                self.fault(f"line {line}, key", message)
            lines.setdefault(key, line)
            publics[key] = self._public(line, text, cells.decimal_comma)
        self._check_shares(list(publics.values()), len(cells.rows))
        return publics

    def _public(self, line: int, text: dict[str, str], decimal_comma: bool) -> Row:
        key = text["key"]
        if key in FIXED_PUBLICS:
            message = f"{key} is a public that every area has. Give this one another key."
            self.fault(f"line {line}, key", message)
        elif not _KEY.fullmatch(key) or len(key) > LONGEST_KEY:
            said = f"{shown(key)} is no key" if key else "the cell is empty"
            message = f"{said}. Use up to {LONGEST_KEY} small letters, digits and hyphens."
            self.fault(f"line {line}, key", message)
        if wrong := _text_fault(text["label"]):
            self.fault(f"line {line}, label", wrong)
        public: Row = {"label": text["label"]}
        for column in (*NEEDED, *OPTIONAL, *CONCERNS):
            given = text.get(column, "")
            if not given and column not in NEEDED:
                continue
            value = _number(given, decimal_comma)
            if value is None:
                said = f"{shown(given)} is not a number" if given else "the cell is empty"
                self.fault(f"line {line}, {column}", f"{said}. {_about(column)}")
            elif not _declared(column).holds(value) or (column == "share" and value == 0):
                message = f"{plain(given)} is outside its range. {_about(column)}"
                self.fault(f"line {line}, {column}", message)
            else:
                public[column] = value
        concerns = [float(public[column]) for column in CONCERNS if column in public]
        if concerns and abs(sum(concerns) - 1) > SUM_TOLERANCE:
            total = number(round(sum(concerns), 6))
            message = f"they sum to {total}, but these shares must sum to 1. Mend or empty them."
            self.fault(f"line {line}, concerns", message)
        return public

    def _check_shares(self, publics: Sequence[Row], rows: int) -> None:
        shares = [float(public["share"]) for public in publics if "share" in public]
        total = sum(shares)
        if not shares or len(shares) < rows or abs(total - 1) <= SUM_TOLERANCE:
            return
        change = f"{'Take away' if total > 1 else 'Add'} {number(round(abs(total - 1), 6))}."
        message = f"they sum to {number(round(total, 6))}, but these shares must sum to 1. {change}"
        self.fault("column share", message)


def _number(text: str, decimal_comma: bool) -> float | None:
    """The number in a cell, or None where there is none."""
    if decimal_comma and text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
