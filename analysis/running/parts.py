"""Parts: the Parquet files of a sweep, each whole or absent, each knowing where it belongs."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.running.outcome import Outcome
from sim.indicators.table import INDICATORS
from sim.results import ALL
from sim.version import VERSION

if TYPE_CHECKING:
    import pandas as pd

    from analysis.experiment import Experiment

WRITING = ".writing"
_KEY = b"parley"
_WORDS = pa.dictionary(pa.int32(), pa.string())


class Damaged(ValueError):
    """A part cannot be used; the message says why."""


def part_name(part: int) -> str:
    """The file of a part."""
    return f"part-{part:07d}.parquet"


def schema_of(experiment: Experiment, design: pd.DataFrame) -> pa.Schema:
    """The columns of every part of an experiment."""
    fields = [
        ("point", pa.int64()), ("replicate", pa.int32()), ("scenario", _WORDS), ("week", pa.int32()),
        ("public", _WORDS), ("indicator", _WORDS), ("value", pa.float64()),
    ]  # fmt: skip
    for name in design.columns:
        if name not in ("point", "scenario"):
            fields.append((name, _type_of(design[name])))
    fields += [("seed", pa.int64()), ("scenario_hash", _WORDS), ("version", _WORDS)]
    return pa.schema(fields)


def table_of(
    outcomes: Sequence[Outcome], experiment: Experiment, design: pd.DataFrame, schema: pa.Schema
) -> pa.Table:
    """The tidy rows of runs, in the order of the runs; failed ones leave none.

    Args:
        outcomes: of one part, in order.
        experiment: what was run.
        design: the design points, `point` being the position of the row.
        schema: as `schema_of` gives it.
    """
    lived = [outcome for outcome in outcomes if outcome.values is not None]
    pieces = [_cells(outcome, experiment) for outcome in lived]
    counts = np.array([piece["value"].size for piece in pieces], dtype=np.int64)
    points = np.array([outcome.run.point for outcome in lived], dtype=np.int64)
    replicates = np.array([outcome.run.replicate for outcome in lived], dtype=np.int32)
    hashes = [outcome.scenario_hash for outcome in lived]
    columns: dict[str, Any] = {
        "point": np.repeat(points, counts),
        "replicate": np.repeat(replicates, counts),
        "week": _joined(pieces, "week", np.int32),
        "value": pa.array(_joined(pieces, "value", np.float64), from_pandas=True),
        "public": _coded(pieces, "public"),
        "indicator": pa.DictionaryArray.from_arrays(
            pa.array(_joined(pieces, "indicator", np.int32)), pa.array(experiment.indicators, pa.string())
        ),
        "scenario_hash": _repeated(hashes, counts),
        "version": _repeated([VERSION] * len(lived), counts),
        "seed": np.full(int(counts.sum()), experiment.seed, np.int64),
    }  # fmt: skip
    for name in schema.names:
        if name not in columns:
            own = design[name].iloc[points]
            columns[name] = (
                _repeated(list(own), counts)
                if pa.types.is_dictionary(schema.field(name).type)
                else np.repeat(own.to_numpy(), counts)
            )
    arrays = [pa.array(columns[name]) for name in schema.names]
    return pa.Table.from_arrays(
        [array.cast(field.type) for array, field in zip(arrays, schema, strict=True)], schema=schema
    )


def write_part(
    folder: Path, part: int, table: pa.Table, fingerprint: str, failures: list[dict[str, Any]]
) -> None:
    """Write a part under a temporary name, make it durable, and give it its own name.

    Raises:
        OSError: the disk did not take it; nothing is left of it.
    """
    about = {"fingerprint": fingerprint, "part": part, "rows": table.num_rows, "failures": failures}
    table = table.replace_schema_metadata({_KEY: json.dumps(about).encode()})
    draft = folder / f".{part_name(part)}{WRITING}"
    try:
        with draft.open("wb") as stream:
            pq.write_table(
                table, stream, compression="zstd", write_page_checksum=True, store_schema=True
            )
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(draft, folder / part_name(part))
        sync_folder(folder)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise


def about_part(path: Path, part: int, fingerprint: str) -> list[dict[str, Any]]:
    """The failures that a part records, after it has shown to be whole and in its place.

    Raises:
        Damaged: it is truncated, foreign, or from another experiment or version.
    """
    try:
        footer = pq.read_metadata(path)
        about = json.loads((footer.metadata or {})[_KEY])
    except KeyError:
        raise Damaged("it was not written by Parley") from None
    except (OSError, ValueError, pa.ArrowException):
        raise Damaged("it is truncated or no Parquet file") from None
    if not isinstance(about, dict) or about.get("fingerprint") != fingerprint:
        raise Damaged("it belongs to another experiment or version")
    if about.get("part") != part:
        raise Damaged(f"it holds part {about.get('part')}")
    if about.get("rows") != footer.num_rows:
        raise Damaged("rows are missing from it")
    failures = about.get("failures")
    return failures if isinstance(failures, list) else []


def joined_with_kept(path: Path, table: pa.Table) -> pa.Table:
    """The rows of a part on disk together with new ones, runs in order."""
    kept = pq.read_table(path, page_checksum_verification=True).replace_schema_metadata(None)
    both = pa.concat_tables([kept, table]).unify_dictionaries()
    order = np.lexsort((both["replicate"].to_numpy(), both["point"].to_numpy()))
    return both.take(pa.array(order))


def sync_folder(folder: Path) -> None:
    """Ask the disk to keep the names in a folder, where the system can do that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _type_of(column: pd.Series) -> pa.DataType:
    kind = column.dtype.kind
    return pa.float64() if kind == "f" else pa.int64() if kind == "i" else _WORDS


def _cells(outcome: Outcome, experiment: Experiment) -> dict[str, Any]:
    """One run as columns: weeks, then publics, then indicators; area measures have no publics."""
    values = outcome.values
    assert values is not None
    weeks, publics, indicators = values.shape
    first = experiment.weeks + 1 - weeks
    kept = np.ones((publics, indicators), dtype=bool)
    if not experiment.publics:
        kept[1:] = False
    for place, name in enumerate(experiment.indicators):
        if not INDICATORS[name].by_public:
            kept[1:, place] = False
    q, k = np.nonzero(kept)
    return {
        "week": np.repeat(np.arange(first, first + weeks, dtype=np.int32), q.size),
        "public": (np.tile(q.astype(np.int32), weeks), outcome.publics),
        "indicator": np.tile(k.astype(np.int32), weeks),
        "value": values[:, q, k].ravel(),
    }


def _joined(pieces: list[dict[str, Any]], name: str, kind: Any) -> np.ndarray:
    return np.concatenate([np.zeros(0, kind), *(piece[name] for piece in pieces)]).astype(kind)


def _coded(pieces: list[dict[str, Any]], name: str) -> pa.DictionaryArray:
    """Words of each run, whose codes differ where areas differ, under one list of words."""
    words: dict[str, int] = {ALL: 0}
    codes = [np.zeros(0, np.int32)]
    for piece in pieces:
        own, labels = piece[name]
        table = np.array([words.setdefault(label, len(words)) for label in labels], np.int32)
        codes.append(table[own])
    return pa.DictionaryArray.from_arrays(
        pa.array(np.concatenate(codes)), pa.array(list(words), pa.string())
    )


def _repeated(labels: Sequence[Any], counts: np.ndarray) -> pa.DictionaryArray:
    words = {label: place for place, label in enumerate(dict.fromkeys(labels))}
    codes = np.array([words[label] for label in labels], np.int32)
    return pa.DictionaryArray.from_arrays(
        pa.array(np.repeat(codes, counts)), pa.array([str(word) for word in words], pa.string())
    )
