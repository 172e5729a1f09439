"""Results as tidy files, with a dictionary of every name and a manifest that repeats them.

The manifest carries seed, version, scenario hash, the whole scenario, the command that repeats the
run, the licence of its figures and their limits.
"""

from __future__ import annotations

import csv
import datetime
import json
import platform
import shlex
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet

from sim.doubtful import LEANS_ABOVE, doubts, doubts_as_dict, leaning
from sim.indicators.table import INDICATORS, Indicator
from sim.influence import CONTRAST, LEVEL
from sim.ledger import ATTITUDES, CAUSES
from sim.place import MADE_BY, MANIFEST
from sim.report import LIMITS, attribution
from sim.results import Comparison, Results
from sim.tidy import (
    LEDGER_COLUMNS,
    SNAPSHOT_COLUMNS,
    WEEKLY_COLUMNS,
    ledger_tables,
    snapshot_tables,
    spreadsheet_safe,
    spreadsheet_safe_table,
    weekly_tables,
)
from sim.version import VERSION

_OTHER_COLUMNS = {
    "public": "all, the key of a public, most-affected or usual-suspects",
    "indicator": "name of the indicator, see the rows of kind indicator",
    "value": "the indicator's value in its unit, empty where it has no denominator",
    "attitude": "trust, confidence, legitimacy or expectation",
    "cause": "what moved the attitude, see the rows of kind cause",
    "points": "points by which that cause moved the attitude that week, mean per resident",
    "marking": "the protective marking given for this export",
}
_DICTIONARY_COLUMNS = ("kind", "name", "label", "unit", "low", "high", "better", "meaning")
_DOUBT_COLUMN = "untested_share"
_DOUBT_MEANING = (
    "in this file: how much of what the assumptions could do to an indicator comes from untested"
    f" numbers; above {LEANS_ABOVE:g} it leans on them; empty where nothing was seen to move it"
)

Worlds = list[tuple[str, Results]]


def write_results(
    results: Results | Comparison,
    folder: Path,
    *,
    command: Sequence[str],
    marking: str = "",
    asked: int | None = None,
) -> None:
    """Write every table, the dictionary and the manifest of a run or a comparison.

    Args:
        results: what the run or comparison left.
        folder: an empty folder that exists.
        command: the words of the command that repeats it.
        marking: a protective marking; becomes a column of every table where it is given.
        asked: how many replicates were asked for, where the run was stopped before it had them all.

    Raises:
        OSError: the disk did not take it.
    """
    worlds = named_worlds(results)
    _write_tables(worlds, folder, marking)
    subject = LEVEL if len(worlds) == 1 else CONTRAST
    write_dictionary(worlds[0][1], folder / "dictionary.csv", marking, subject)
    files = sorted([*(file.name for file in folder.iterdir()), MANIFEST])
    text = json.dumps(
        manifest(worlds, command, marking, asked, files), indent=2, ensure_ascii=False
    )
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def named_worlds(results: Results | Comparison) -> Worlds:
    """Each scenario's results under a name of its own, the base of a comparison first."""
    if isinstance(results, Results):
        return [(results.scenario.key, results)]
    worlds = [(results.base.scenario.key, results.base)]
    for name, other in results.others.items():
        worlds.append((f"{name}-again" if name == worlds[0][0] else name, other))
    return worlds


def write_weekly_csv(worlds: Worlds, path: Path, marking: str = "") -> None:
    """Write the weekly table as CSV, with no text in it that a spreadsheet would run."""
    with path.open("wb") as stream:
        writer = None
        for name, results in worlds:
            for table in weekly_tables(results, name, marking):
                safe = spreadsheet_safe_table(table)
                writer = writer or pa_csv.CSVWriter(stream, safe.schema)
                writer.write_table(safe)
        if writer:
            writer.close()


def write_dictionary(
    results: Results, path: Path, marking: str = "", subject: str = CONTRAST
) -> None:
    """Write what every column, indicator, public, attitude and cause of the tables means.

    Args:
        results: one scenario's results.
        path: the file to be made.
        marking: a protective marking, or nothing.
        subject: whether the doubt about levels or about contrasts stands beside each indicator.
    """
    header = (*_DICTIONARY_COLUMNS, _DOUBT_COLUMN, *(["marking"] if marking else []))
    doubted = doubts(subject)
    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream, lineterminator="\n")
        lines.writerow(header)
        for row in _dictionary_rows(results):
            doubt = doubted[row[1]].share if row[0] == "indicator" else None
            share = "" if doubt is None else f"{doubt:.2f}"
            cells = (*row, share, *([marking] if marking else []))
            lines.writerow(
                spreadsheet_safe(cell) if isinstance(cell, str) else cell for cell in cells
            )


def manifest(
    worlds: Worlds, command: Sequence[str], marking: str, asked: int | None, files: Sequence[str]
) -> dict[str, Any]:
    """Everything needed to know and to repeat what stands in the other files."""
    base = worlds[0][1]
    parameters = {
        part: int(getattr(base, part)) for part in ("seed", "weeks", "residents", "replicates")
    }
    found: dict[str, Any] = {
        "made_by": MADE_BY,
        "version": VERSION,
        "made_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "made_with": _made_with(),
        "marking": marking,
        "command": shlex.join(command),
        "seed": int(base.seed),
        "parameters": parameters,
        "stopped_early": asked is not None,
        "replicates_asked": asked or parameters["replicates"],
        "interval": "95 %, over replicates",
        **_world(base),
    }
    if len(worlds) > 1:
        found["base"] = worlds[0][0]
        found["others"] = {name: _world(results) for name, results in worlds[1:]}
    if base.scenario.theory:
        found["theory"] = base.scenario.theory
    found["licence"] = list(
        dict.fromkeys(filter(None, (attribution(results) for _, results in worlds)))
    )
    told = doubts_as_dict(LEVEL if len(worlds) == 1 else CONTRAST)
    found["leans_on_untested"] = sorted(leaning(told))
    found["limits_of_use"] = list(LIMITS)
    found["files"] = list(files)
    return found


def _world(results: Results) -> dict[str, Any]:
    scenario = results.scenario
    return {
        "name": scenario.key,
        "question": scenario.question,
        "scenario_hash": scenario.hash,
        "scenario": scenario.to_dict(),
    }


def _made_with() -> dict[str, str]:
    """What the numbers depend on to the last bit."""
    found = {
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
    }
    for package in ("numpy", "numba", "mesa"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _write_tables(worlds: Worlds, folder: Path, marking: str) -> None:
    _write_parquet(worlds, weekly_tables, folder / "weekly.parquet", marking)
    write_weekly_csv(worlds, folder / "weekly.csv", marking)
    _write_parquet(worlds, ledger_tables, folder / "ledger.parquet", marking)
    if any(results.snapshots for _, results in worlds):
        _write_parquet(worlds, snapshot_tables, folder / "snapshots.parquet", marking)


def _write_parquet(
    worlds: Worlds, tables: Callable[..., Iterator[pa.Table]], path: Path, marking: str
) -> None:
    """Write tables one after the other, so that memory holds one replicate at a time."""
    about = {
        b"parley": json.dumps(
            {"version": VERSION, "marking": marking, "manifest": MANIFEST}
        ).encode()
    }
    with path.open("wb") as stream:
        writer = None
        for name, results in worlds:
            for table in tables(results, name, marking):
                table = table.replace_schema_metadata(about)
                writer = writer or pa_parquet.ParquetWriter(stream, table.schema)
                writer.write_table(table)
        if writer:
            writer.close()


def _dictionary_rows(results: Results) -> Iterator[tuple[Any, ...]]:
    seen = dict.fromkeys((*WEEKLY_COLUMNS, *LEDGER_COLUMNS, *SNAPSHOT_COLUMNS))
    meanings = {**SNAPSHOT_COLUMNS, **_OTHER_COLUMNS}
    for name in seen:
        yield ("column", name, "", "", "", "", "", meanings[name])
    yield ("column", _DOUBT_COLUMN, "", "share", 0, 1, "", _DOUBT_MEANING)
    for name in results.indicators:
        yield ("indicator", name, *_of_indicator(INDICATORS[name]))
    for public in results.publics:
        size = results.sizes[public]
        meaning = f"{size:.1f} simulated residents on average"
        yield ("public", public, results.labels[public], "", "", "", "", meaning)
    for attitude in ATTITUDES:
        yield ("attitude", attitude, *_of_indicator(INDICATORS[attitude]))
    for cause in CAUSES.values():
        benefit = (
            "neither kind of benefit"
            if cause.kind == "neither"
            else f"{cause.kind} benefit or harm"
        )
        yield ("cause", cause.name, cause.label, "points", "", "", "", benefit)
    for note in filter(None, (attribution(results), *LIMITS)):
        yield ("note", "", "", "", "", "", "", note)


def _of_indicator(entry: Indicator) -> tuple[Any, ...]:
    low, high = ("" if bound is None else bound for bound in (entry.low, entry.high))
    return (entry.label, entry.unit, low, high, entry.better, entry.meaning)
