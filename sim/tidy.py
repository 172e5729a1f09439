"""Results as tidy tables: one row per value, the columns a promise.

Tables come one replicate at a time, so that memory holds one of them and a disk can take the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from sim.ledger import ATTITUDES, CAUSES

if TYPE_CHECKING:
    from sim.results import Results

WEEKLY_COLUMNS = ("scenario", "replicate", "week", "public", "indicator", "value")
LEDGER_COLUMNS = ("scenario", "replicate", "week", "public", "attitude", "cause", "points")
SNAPSHOT_COLUMNS = {
    "scenario": "name of the scenario",
    "replicate": "number of the replicate, from 0; the same dice in every scenario",
    "week": "week of the picture, 0 is the end of the warm-up",
    "resident": "key of the resident, the same in every scenario",
    "group": "key of the public the resident belongs to",
    "beat": "number of the beat, from 0",
    "age": "age band",
    "tenure": "owner, private or social renter",
    "ethnic": "ethnic group",
    "member": "1 for members of their public's association, else 0",
    "need": "exposure to harm and disorder, share 0-1",
    "voice": "readiness and skill to speak up, share 0-1",
    "ease": "how easily an officer reaches and follows them, share 0-1",
    "street": "time spent in public space, share 0-1",
    "enforcement": "how much more enforcement they want, share 0-1",
    "involvement": "actual offending, share 0-1",
    "known": "how well known to police, share 0-1",
    "trust": "points 0-100",
    "confidence": "points 0-100",
    "legitimacy": "points 0-100",
    "expectation": "points 0-100",
    "voice_belief": "belief that speaking up changes something, points 0-100",
    "perceived_impartiality": "points 0-100",
    "hardness": "distance felt towards other publics, points 0-100",
    "foreseen": "what they foresee that the police will do for them, points 0-100",
    "number_of_ties": "residents they talk with",
    "ties_to_other_publics": "ties to residents of other publics",
    "ties_to_other_ethnic_groups": "ties to residents of other ethnic groups",
    "contacts": "engagement contacts since the start",
    "consulted": "two-way contacts since the start",
    "informed": "times informed since the start",
    "stops": "searches since the start",
    "severe_stops": "severe searches since the start",
    "calls": "calls for service since the start",
    "calls_resolved": "calls resolved since the start",
    "promises_kept": "promises kept since the start",
    "promises_broken": "promises broken since the start",
    "answers": "answers received since the start",
    "traffic_stops": "brief traffic stops since the start",
    "meetings": "two-way contacts to which they came through the open door, since the start",
    "patrols_seen": "weeks since the start in which they saw foot patrol",
    "good_stories": "talks since the start in which they heard something good of the police",
    "bad_stories": "talks since the start in which they heard something bad of the police",
    "search_hazard": "searches expected of this resident in a year at this week's rate",
    "last_contact_week": "week of the last engagement contact, -1 before the first",
    "last_informed_week": "week of the last information received, -1 before the first",
    "last_stop_week": "week of the last search, -1 before the first",
    "last_contact_fairness": "how fair the last contact felt, 0-1, empty where none",
    "last_stop_fairness": "how fair the last search felt, 0-1, empty where none",
    "last_call_satisfaction": "how satisfied with the last call, 0-1, empty where none",
    "last_call_fairness": "how fair the last call felt, 0-1, empty where none",
    "last_traffic_fairness": "how fair the last traffic stop felt, 0-1, empty where none",
}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def weekly_tables(results: Results, name: str, marking: str = "") -> Iterator[pa.Table]:
    """Every indicator of every public in every week, one table per replicate.

    Args:
        results: one scenario's results.
        name: what the scenario column says.
        marking: a protective marking, or nothing.

    Returns:
        Tables with `WEEKLY_COLUMNS`; a value without denominator is null.
    """
    weeks = np.arange(results.values.shape[1])
    axes = {"week": weeks, "public": results.publics, "indicator": results.indicators}
    for replicate, values in enumerate(results.values):
        yield _tidy(name, replicate, axes, "value", values, marking)


def ledger_tables(results: Results, name: str, marking: str = "") -> Iterator[pa.Table]:
    """What moved each attitude of each public in every week from week 1, one table per replicate.

    Returns:
        Tables with `LEDGER_COLUMNS`; points are means per resident.
    """
    weeks = np.arange(1, results.ledger.shape[1] + 1)
    axes = {"week": weeks, "public": results.publics, "attitude": ATTITUDES, "cause": tuple(CAUSES)}
    for replicate, points in enumerate(results.ledger):
        yield _tidy(name, replicate, axes, "points", points, marking)


def snapshot_tables(results: Results, name: str, marking: str = "") -> Iterator[pa.Table]:
    """Every resident in the weeks whose snapshots were asked for; no table where none were.

    Returns:
        Tables with `SNAPSHOT_COLUMNS`; what a resident has not met yet is null.
    """
    if not results.snapshots:
        return
    kept = results.snapshots
    rows = len(kept["resident"])
    columns = {"scenario": _same(name, rows)}
    for column in list(SNAPSHOT_COLUMNS)[1:]:
        columns[column] = _column(kept[column])
    if marking:
        columns["marking"] = _same(marking, rows)
    yield pa.table(columns)


def spreadsheet_safe(text: str) -> str:
    """Text that a spreadsheet shows and does not run: a quote goes before =, +, - or @."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def spreadsheet_safe_table(table: pa.Table) -> pa.Table:
    """The same table with every text column made safe; numbers stay numbers."""
    for place, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            column = table.column(place).combine_chunks()
            column = column.chunk(0) if isinstance(column, pa.ChunkedArray) else column
            words = pa.array(
                [spreadsheet_safe(word) for word in column.dictionary.to_pylist()], pa.string()
            )
            table = table.set_column(place, field.name, words.take(column.indices))
    return table


def _tidy(
    name: str,
    replicate: int,
    axes: Mapping[str, Any],
    measure: str,
    values: np.ndarray,
    marking: str,
) -> pa.Table:
    """One row per cell of `values`, whose axes are named in order."""
    columns: dict[str, pa.Array] = {
        "scenario": _same(name, values.size),
        "replicate": pa.array(np.full(values.size, replicate, np.int32)),
    }
    for place, (axis, labels) in enumerate(axes.items()):
        shape = [1] * values.ndim
        shape[place] = len(labels)
        index = np.broadcast_to(
            np.arange(len(labels), dtype=np.int32).reshape(shape), values.shape
        ).ravel()
        if isinstance(labels, np.ndarray):
            columns[axis] = pa.array(labels.astype(np.int32)[index])
        else:
            columns[axis] = pa.DictionaryArray.from_arrays(
                pa.array(index), pa.array(list(labels), pa.string())
            )
    columns[measure] = pa.array(np.ascontiguousarray(values, np.float64).ravel(), from_pandas=True)
    if marking:
        columns["marking"] = _same(marking, values.size)
    return pa.table(columns)


def _same(text: str, rows: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(
        pa.array(np.zeros(rows, np.int32)), pa.array([text], pa.string())
    )


def _column(values: Any) -> pa.Array:
    """A column of words or numbers, empty where a number does not exist."""
    array = pa.array(values, from_pandas=True)
    return array.dictionary_encode() if pa.types.is_string(array.type) else array
