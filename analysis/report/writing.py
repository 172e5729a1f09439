"""Writes the report and its tidy tables into one folder, which appears whole or not at all."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.effects.findings import Findings
from analysis.report import contents
from analysis.report.columns import COLUMNS
from analysis.report.page import page
from analysis.report.section import Figure, Section, Table
from sim.indicators.table import INDICATORS
from sim.place import MADE_BY, MANIFEST, Folder
from sim.report import LIMITS
from sim.tidy import spreadsheet_safe
from sim.version import VERSION

KIND, REPORT, DICTIONARY = "analysis", "report.html", "dictionary.csv"


def write_analysis(
    folder: Folder, findings: Findings, command: Sequence[str], marking: str = ""
) -> list[Section]:
    """Write report, tables, dictionary and manifest.

    Args:
        folder: claimed by `sim.place.new_folder`.
        findings: what the sweep says.
        command: the words that make it again.
        marking: a protective marking for report and tables, or nothing.

    Returns:
        The sections of the report.

    Raises:
        PlaceFault: the disk did not take it; nothing is left half-written.
    """
    sections = contents.sections(findings)
    head = contents.head(findings, " ".join(command), marking)
    tables = {**_of_sections(sections), **findings.tables}

    def write(place: Path) -> None:
        files = [REPORT, DICTIONARY]
        (place / REPORT).write_text(page(head, sections), encoding="utf-8", newline="\n")
        for name, table in tables.items():
            files += _write_table(place, name, _marked(table, marking))
        _write_dictionary(place / DICTIONARY, tables, sections, marking)
        manifest = _manifest(findings, command, marking, files)
        (place / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")

    folder.fill(write)
    return sections


def _of_sections(sections: Sequence[Section]) -> dict[str, pd.DataFrame]:
    """Tables that sections bring along, by the stem of their file; the first of a name counts."""
    found: dict[str, pd.DataFrame] = {}
    for table in _tables(sections):
        found.setdefault(table.name, table.rows)
    return found


def _tables(sections: Sequence[Section]) -> Iterator[Table]:
    for section in sections:
        for part in section.parts:
            yield part.twin if isinstance(part, Figure) else part


def _marked(table: pd.DataFrame, marking: str) -> pd.DataFrame:
    return table.assign(marking=marking) if marking else table


def _write_table(place: Path, name: str, table: pd.DataFrame) -> list[str]:
    """One table as Parquet, and as CSV that a spreadsheet shows and does not run."""
    table.to_parquet(place / f"{name}.parquet", index=False)
    safe = table.copy(deep=False)
    for column in safe.columns:
        if pd.api.types.is_numeric_dtype(safe[column]):
            continue
        words = {
            cell: spreadsheet_safe(cell) for cell in safe[column].unique() if isinstance(cell, str)
        }
        changed = {cell: word for cell, word in words.items() if cell != word}
        if changed:
            safe[column] = safe[column].replace(changed)
    safe.columns = [spreadsheet_safe(str(column)) for column in safe.columns]
    safe.to_csv(place / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
    return [f"{name}.csv", f"{name}.parquet"]


def _write_dictionary(
    path: Path, tables: Mapping[str, pd.DataFrame], sections: Sequence[Section], marking: str
) -> None:
    captions = {table.name: table.caption for table in _tables(sections)}
    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream, lineterminator="\n")
        lines.writerow(("kind", "table", "name", "unit", "better", "meaning"))
        for row in _dictionary(tables, captions, marking):
            lines.writerow([spreadsheet_safe(cell) for cell in row])


def _dictionary(
    tables: Mapping[str, pd.DataFrame], captions: Mapping[str, str], marking: str
) -> Iterator[tuple[str, ...]]:
    outcomes: dict[str, None] = {}
    for name, table in tables.items():
        yield ("table", name, "", "", "", COLUMNS.get((name, ""), captions.get(name, "")))
        for column in table.columns:
            known = COLUMNS.get((name, str(column)), COLUMNS.get(("", str(column))))
            meaning = known or "a factor of the sweep" if "." in str(column) else known
            yield ("column", name, str(column), "", "", meaning or str(column).replace("_", " "))
        if "indicator" in table:
            outcomes |= dict.fromkeys(str(one) for one in table["indicator"].unique())
    for one in outcomes:
        entry = INDICATORS[one]
        yield ("outcome", "", one, entry.unit, entry.better, entry.meaning)
    for limit in LIMITS:
        yield ("note", "", "", "", "", limit)
    if marking:
        yield ("note", "", "marking", "", "", marking)


def _manifest(
    findings: Findings, command: Sequence[str], marking: str, files: list[str]
) -> dict[str, Any]:
    gathered = findings.grid.gathered
    kept = gathered.manifest
    return {
        "made_by": MADE_BY,
        "kind": KIND,
        "version": VERSION,
        "command": list(command),
        **({"marking": marking} if marking else {}),
        "sweep": {
            "version": kept["version"], "model": kept["model"], "fingerprint": kept["fingerprint"],
            "title": kept.get("title", ""), "question": kept.get("question", ""),
            "seed": gathered.experiment.seed, "points": len(gathered.design),
            "replicates": gathered.experiment.replicates, "runs": int(gathered.lived.size),
            "runs_lived": int(gathered.lived.sum()), "runs_failed": gathered.failed,
        },
        "limits_of_use": list(LIMITS),
        "files": sorted(files),
    }  # fmt: skip
