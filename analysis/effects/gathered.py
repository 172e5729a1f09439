"""The results of a sweep, gathered part by part into one array: point, replicate, outcome.

Memory is eight bytes for each run and outcome that is asked for, whatever the sweep holds besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.experiment.form import Experiment
from analysis.experiment.kept import kept_experiment
from analysis.running import parts
from analysis.running.folder import DESIGN, EXPERIMENT, KIND, RESULTS, read_manifest
from sim.indicators.table import INDICATORS
from sim.place import MANIFEST, reason
from sim.scenario.faults import plain, shown, suggestion

END, MEAN = "end", "mean"
SLAB = 256_000_000  # bytes of the values in single weeks that are held at once
_COLUMNS = ["point", "replicate", "week", "public", "indicator", "value"]
_PART = re.compile(r"part-(\d{7})\.parquet")


class AnalysisFault(ValueError):
    """A sweep cannot be analysed.

    Args:
        faults: why, one line each.
    """

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = list(faults)


@dataclass(frozen=True)
class Outcome:
    """One indicator of one public, at the end or as the mean over weeks 1 to the last."""

    indicator: str
    public: str
    when: str = END


@dataclass(frozen=True)
class Opened:
    """The folder of a sweep, looked at but not read: every part is whole and belongs to it."""

    place: Path
    manifest: Mapping[str, Any]
    experiment: Experiment
    design: pd.DataFrame
    parts: tuple[Path, ...]


@dataclass(frozen=True)
class Gathered:
    """What a sweep left.

    Attributes:
        manifest: of the sweep.
        experiment: what was run.
        design: one row for each point.
        outcomes: what the last axis of `values` is.
        values: [point, replicate, outcome]; NaN where there is no denominator or no run.
        lived: [point, replicate]; whether the run left results.
        failed: how many runs failed.
        hashes: scenario hash of each point; empty where nothing was lived.
    """

    manifest: Mapping[str, Any]
    experiment: Experiment
    design: pd.DataFrame
    outcomes: tuple[Outcome, ...]
    values: np.ndarray
    lived: np.ndarray
    failed: int
    hashes: np.ndarray

    @property
    def absent(self) -> int:
        """Runs that were neither lived nor failed yet."""
        return int(self.lived.size - self.lived.sum()) - self.failed


def open_sweep(folder: str | Path) -> Opened:
    """Look at the folder of a sweep.

    Raises:
        AnalysisFault: it holds no sweep, no results yet, or parts that cannot be used (all named).
    """
    place, called = Path(folder).expanduser(), str(folder)
    try:
        return _opened(place, called)
    except AnalysisFault:
        raise
    except OSError as fault:
        raise AnalysisFault(f"{called} cannot be read: {reading_reason(fault)}.") from fault


def reading_reason(fault: OSError) -> str:
    """Why something could not be read, in plain words."""
    if isinstance(fault, PermissionError):
        return "you may not read there"
    return reason(fault)


def gather(opened: Opened, indicators: Sequence[str] = ()) -> Gathered:
    """Read the results of a sweep.

    Args:
        opened: as `open_sweep` gives it.
        indicators: those wanted; all that were kept if none is named.

    Raises:
        AnalysisFault: an indicator was not kept, or a part is damaged inside.
    """
    experiment = opened.experiment
    wanted = tuple(indicators) or experiment.indicators
    refuse_unknown(wanted, experiment)
    found = _Filling(opened, wanted)
    for path in opened.parts:
        found.take(path)
    return found.gathered()


def memory_of(opened: Opened, indicators: Sequence[str] = ()) -> int:
    """Bytes that the values of a sweep take, with a slab of weeks, and twice as much for work on them."""
    experiment = opened.experiment
    wanted = tuple(indicators) or experiment.indicators
    publics = len(_publics(opened.parts[:1])) if experiment.publics else 1
    outcomes = sum(publics if INDICATORS[name].by_public else 1 for name in wanted)
    runs = len(opened.design) * experiment.replicates
    if not experiment.weekly:
        return 3 * 8 * runs * outcomes
    weeks = 8 * runs * len(wanted) * (experiment.weeks + 1)
    return 3 * (2 * 8 * runs * outcomes + min(weeks, max(SLAB, 8 * runs)))


def _opened(place: Path, called: str) -> Opened:
    if not place.exists():
        raise AnalysisFault(f"{called} does not exist. Give the folder of a sweep.")
    if not place.is_dir():
        raise AnalysisFault(f"{called} is a file. Give the folder of a sweep.")
    manifest = read_manifest(place)
    if manifest is None or manifest.get("kind") != KIND:
        raise AnalysisFault(
            f"{called} holds no sweep: its {MANIFEST} is missing or not that of a sweep. Give the"
            " folder that parley sweep --out named."
        )
    text = place / EXPERIMENT
    try:
        experiment = kept_experiment(manifest, _text(text))
        design = pd.read_parquet(place / DESIGN)
        if len(design) != int(manifest["points"]):
            raise ValueError
    except (KeyError, TypeError, ValueError, FileNotFoundError, pa.ArrowException) as fault:
        what = DESIGN if not isinstance(fault, (KeyError, TypeError)) else MANIFEST
        raise AnalysisFault(
            f"{called}: {what} is missing, damaged or of another sweep. Give the same parley sweep"
            " command again in a new folder, or bring the file back."
        ) from None
    return Opened(place, manifest, experiment, design, _whole_parts(place, called, manifest))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _whole_parts(place: Path, called: str, manifest: Mapping[str, Any]) -> tuple[Path, ...]:
    folder, faults, found = place / RESULTS, [], []
    entries = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in entries:
        if path.name.startswith(".") and path.name.endswith(parts.WRITING):
            continue
        matched = _PART.fullmatch(path.name)
        try:
            if matched is None or int(matched[1]) >= int(manifest["parts"]):
                raise parts.Damaged("it is no part of this sweep")
            parts.about_part(path, int(matched[1]), str(manifest["fingerprint"]))
            found.append(path)
        except parts.Damaged as why:
            faults.append(f"{called}: {RESULTS}/{plain(path.name)} cannot be used: {why}. {_MEND}")
    if faults:
        raise AnalysisFault(*faults)
    if not found:
        raise AnalysisFault(
            f"{called} holds no results yet. Give the same parley sweep command again; it goes on"
            " from there."
        )
    return tuple(found)


_MEND = "Give the same parley sweep command again: it sets the file aside and runs those runs anew."


def refuse_unknown(wanted: Sequence[str], experiment: Experiment) -> None:
    """Refuse indicators that a sweep did not keep.

    Raises:
        AnalysisFault: names each of them, and what there is.
    """
    faults = []
    for name in wanted:
        if name in experiment.indicators:
            continue
        kept = ", ".join(experiment.indicators)
        if name in INDICATORS:
            said = f"--indicator {name} was not kept by this sweep, which has {kept}."
        else:
            hint = suggestion(name, experiment.indicators)
            said = f"--indicator {shown(name)} is no indicator. {hint} This sweep has {kept}."
        faults.append(said)
    if faults:
        raise AnalysisFault(*faults)


def _publics(paths: Sequence[Path]) -> list[str]:
    found: dict[str, None] = {}
    for path in paths:
        column = read_part(path, ["public"]).column("public").combine_chunks()
        found |= dict.fromkeys(str(word) for word in column.unique().to_pylist())
    return list(found)


def read_part(path: Path, columns: list[str]) -> pa.Table:
    """Some columns of a part; words stay numbers with one list of words for the whole part."""
    try:
        table = pq.read_table(path, columns=columns, page_checksum_verification=True)
        return table.unify_dictionaries().combine_chunks()
    except (OSError, ValueError, pa.ArrowException) as fault:
        if isinstance(fault, PermissionError):
            raise
        raise AnalysisFault(
            f"{RESULTS}/{path.name} cannot be used: it is damaged inside. {_SET_ASIDE}"
        ) from None


_SET_ASIDE = "Delete it and give the same parley sweep command again: it runs those runs anew."


class _Filling:
    """Takes parts one by one; only the values wanted are kept."""

    def __init__(self, opened: Opened, wanted: tuple[str, ...]) -> None:
        self.opened, self.wanted = opened, wanted
        experiment = opened.experiment
        self.shape = (len(opened.design), experiment.replicates)
        self.lived = np.zeros(self.shape[0] * self.shape[1], dtype=bool)
        self.hashes = np.full(self.shape[0], "", dtype=object)
        self.whens = (END, MEAN) if experiment.weekly else (END,)
        self.columns: dict[Outcome, np.ndarray] = {}

    def take(self, path: Path) -> None:
        table = read_part(path, [*_COLUMNS, "scenario_hash"])
        if table.num_rows == 0:
            return
        run = table["point"].to_numpy() * self.shape[1] + table["replicate"].to_numpy()
        self.lived[run] = True
        self._note_hashes(table)
        week, value = table["week"].to_numpy(), table["value"].to_numpy()
        for indicator, public, chosen in by_outcome(table, self.wanted):
            last = chosen[week[chosen] == self.opened.experiment.weeks]
            self._column(indicator, public, END)[run[last]] = value[last]
            if MEAN in self.whens:
                later = chosen[week[chosen] > 0]
                means = pd.Series(value[later]).groupby(run[later]).mean()
                self._column(indicator, public, MEAN)[means.index.to_numpy()] = means.to_numpy()

    def gathered(self) -> Gathered:
        opened = self.opened
        order = {name: place for place, name in enumerate(self.wanted)}
        outcomes = sorted(
            self.columns,
            key=lambda one: (order[one.indicator], one.public != "all", one.when != END),
        )
        values = np.empty((*self.shape, len(outcomes)))
        for place, outcome in enumerate(outcomes):
            values[:, :, place] = self.columns.pop(outcome).reshape(self.shape)
        return Gathered(
            opened.manifest, opened.experiment, opened.design, tuple(outcomes), values,
            self.lived.reshape(self.shape), self._failed(), self.hashes,
        )  # fmt: skip

    def _column(self, indicator: str, public: str, when: str) -> np.ndarray:
        outcome = Outcome(indicator, public, when)
        if outcome not in self.columns:
            self.columns[outcome] = np.full(self.lived.size, np.nan)
        return self.columns[outcome]

    def _note_hashes(self, table: pa.Table) -> None:
        column = table["scenario_hash"].combine_chunks()
        points, first = np.unique(table["point"].to_numpy(), return_index=True)
        self.hashes[points] = column.take(pa.array(first)).to_pylist()

    def _failed(self) -> int:
        """Runs recorded as failed in the parts that are there."""
        fingerprint = str(self.opened.manifest["fingerprint"])
        return sum(
            len(parts.about_part(path, int(path.stem.partition("-")[2]), fingerprint))
            for path in self.opened.parts
        )


def by_outcome(table: pa.Table, wanted: Sequence[str]) -> Iterator[tuple[str, str, np.ndarray]]:
    """Rows of a part by indicator and public."""
    codes, words = [], []
    for name in ("indicator", "public"):
        column = table[name].combine_chunks()
        column = column.chunk(0) if isinstance(column, pa.ChunkedArray) else column
        codes.append(column.indices.to_numpy().astype(np.int64))
        words.append(column.dictionary.to_pylist())
    both = codes[0] * len(words[1]) + codes[1]
    order = np.argsort(both, kind="stable")
    starts = np.flatnonzero(np.diff(both[order], prepend=-1))
    for rows in np.split(order, starts[1:]):
        indicator, public = divmod(int(both[rows[0]]), len(words[1]))
        if words[0][indicator] in wanted:
            yield words[0][indicator], words[1][public], rows
