"""The folder of a sweep: claimed by one process, never mixed, and sound after a power cut."""

from __future__ import annotations

import contextlib
import csv
import datetime
import json
import os
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.experiment import Experiment, Points
from analysis.running import parts
from analysis.running.layout import Layout
from analysis.running.outcome import made_with
from sim.assumptions import ASSUMPTIONS
from sim.indicators.table import INDICATORS
from sim.place import MADE_BY, MANIFEST, PlaceFault, reason
from sim.policy.levers import LEVERS
from sim.report import LIMITS
from sim.tidy import spreadsheet_safe
from sim.version import VERSION, model_fingerprint

if TYPE_CHECKING:
    import pandas as pd

KIND = "sweep"
EXPERIMENT, DESIGN, FAILURES, DICTIONARY = (
    "experiment.toml",
    "design.parquet",
    "failures.parquet",
    "dictionary.csv",
)
RESULTS, SET_ASIDE, LOCK = "results", "set-aside", ".lock"
_OURS = (EXPERIMENT, DESIGN, FAILURES, DICTIONARY, RESULTS, SET_ASIDE, LOCK, MANIFEST, "analysis")
_EVERY = 5.0  # seconds between two updates of the manifest


@dataclass
class Found:
    """What a folder held when it was opened.

    Attributes:
        done: failures recorded in each part that is whole, by its number.
        set_aside: files that were not to be used, each with the reason.
    """

    done: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    set_aside: list[tuple[str, str]] = field(default_factory=list)


class SweepFolder:
    """The folder of one experiment; make it with `opened`."""

    def __init__(
        self,
        place: Path,
        experiment: Experiment,
        points: Points,
        layout: Layout,
        design: pd.DataFrame,
    ) -> None:
        self.place, self.experiment, self.layout, self.design = place, experiment, layout, design
        self.fingerprint = points.fingerprint(layout.runs_a_part)
        self.schema = parts.schema_of(experiment, design)
        self.found = Found()
        self._written = 0.0

    @property
    def results(self) -> Path:
        """Where the parts are."""
        return self.place / RESULTS

    def prepare(self) -> None:
        """Write what is missing, look at every part, set aside what cannot be used."""
        self._refuse_what_is_not_ours()
        if not (self.place / MANIFEST).exists():
            self.write_manifest("started", always=True)
        self.results.mkdir(exist_ok=True)
        self._remove_drafts()
        if not (self.place / EXPERIMENT).exists():
            _write(self.place / EXPERIMENT, self.experiment.text)
        if not (self.place / DESIGN).exists():
            draft = self.place / f".{DESIGN}{parts.WRITING}"
            self.design.to_parquet(draft, index=False)
            _into_place(draft, self.place / DESIGN)
        if not (self.place / DICTIONARY).exists():
            self._write_dictionary()
        self._look_at_parts()
        if not (self.place / FAILURES).exists():
            self.write_failures()  # so that a folder can be read however its sweep ends

    def write(self, part: int, table: Any, failures: list[dict[str, Any]]) -> None:
        """Keep a part that is complete."""
        parts.write_part(self.results, part, table, self.fingerprint, failures)
        self.found.done[part] = failures
        self.write_manifest("running")

    def path(self, part: int) -> Path:
        """The file of a part."""
        return self.results / parts.part_name(part)

    @property
    def runs_done(self) -> int:
        """Runs in parts on disk, failed ones included."""
        full = self.layout.runs_a_part
        last = self.layout.parts - 1
        short = full * self.layout.parts - self.layout.runs
        return len(self.found.done) * full - (short if last in self.found.done else 0)

    @property
    def failures(self) -> list[dict[str, Any]]:
        """What is recorded of every run that failed, in order."""
        return [row for part in sorted(self.found.done) for row in self.found.done[part]]

    def write_failures(self) -> None:
        """Write the table of failures anew; its columns are there when it is empty, too."""
        import pandas as pd

        own = ["point", "replicate", "seed", "message"]
        table = pd.DataFrame(self.failures, columns=own)
        table = table.astype(
            {"point": "int64", "replicate": "int64", "seed": "int64", "message": "str"}
        )
        table = table.merge(self.design, on="point", how="left", validate="many_to_one")
        draft = self.place / f".{FAILURES}{parts.WRITING}"
        table.to_parquet(draft, index=False)
        _into_place(draft, self.place / FAILURES)

    def write_manifest(self, state: str, *, always: bool = False) -> None:
        """Say in the manifest how far things are; not more often than every few seconds."""
        now = time.monotonic()
        if not always and now - self._written < _EVERY:
            return
        self._written = now
        _write(self.place / MANIFEST, json.dumps(self._manifest(state), indent=2) + "\n")

    def _manifest(self, state: str) -> dict[str, Any]:
        experiment, layout = self.experiment, self.layout
        return {
            "made_by": MADE_BY,
            "kind": KIND,
            "version": VERSION,
            "model": model_fingerprint(),
            "fingerprint": self.fingerprint,
            "title": experiment.title,
            "question": experiment.question,
            "state": state,
            "updated_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "points": len(self.design),
            "replicates": experiment.replicates,
            "runs": layout.runs,
            "runs_done": self.runs_done,
            "runs_failed": len(self.failures),
            "parts": layout.parts,
            "runs_a_part": layout.runs_a_part,
            "parts_done": _ranges(sorted(self.found.done)),
            "made_with": made_with(),
            "experiment": experiment.as_dict(),
            "limits_of_use": list(LIMITS),
            "files": [name for name in _OURS if name not in (LOCK, "analysis", SET_ASIDE)],
        }

    def _refuse_what_is_not_ours(self) -> None:
        shown = str(self.place)
        names = sorted(entry.name for entry in self.place.iterdir())
        there = [name for name in names if not name.endswith(parts.WRITING)]
        foreign = [name for name in there if name not in _OURS]
        manifest = read_manifest(self.place)
        if manifest is None:
            others = [name for name in there if name not in (LOCK, RESULTS)]
            started = (self.place / EXPERIMENT).is_file() and self._same_text()
            if (others and not started) or foreign:
                raise PlaceFault(
                    f"{shown} holds {(foreign or others)[0]} and no sweep. Choose an empty folder, or a"
                    " name that does not exist yet."
                )
            with contextlib.suppress(FileNotFoundError):
                (self.place / MANIFEST).unlink()  # a manifest that cannot be read is written anew
            return
        if manifest.get("kind") != KIND:
            raise PlaceFault(f"{shown} holds other results of Parley. Choose another folder.")
        if manifest.get("fingerprint") != self.fingerprint:
            raise PlaceFault(self._why_another(manifest))

    def _same_text(self) -> bool:
        return (self.place / EXPERIMENT).read_text(encoding="utf-8") == self.experiment.text

    def _why_another(self, manifest: dict[str, Any]) -> str:
        shown, remedy = str(self.place), "Choose another folder for this one."
        version = manifest.get("version")
        if version != VERSION:
            return (
                f"{shown} was made by Parley {version}, this is {VERSION}: their results are not mixed."
                f" Go on there with {version}, or choose another folder."
            )
        if manifest.get("model") != model_fingerprint():
            return (
                f"{shown} was made by Parley {version} with other files of the model (folder sim) than"
                f" are here: their results are not mixed. {remedy}"
            )
        if manifest.get("runs_a_part") != self.layout.runs_a_part:
            return (
                f"{shown} holds parts of {manifest.get('runs_a_part')} runs, here they would hold"
                f" {self.layout.runs_a_part}: they are not mixed. {remedy}"
            )
        here = json.loads(json.dumps(self.experiment.as_dict(), default=str))
        there = manifest.get("experiment") or {}
        names = dict.fromkeys((*here, *there))
        changed = [name for name in names if here.get(name) != there.get(name)]
        what = (
            f" They differ in {', '.join(changed)}." if changed else " A scenario or area changed."
        )
        return f"{shown} was made by another experiment.{what} Results are not mixed. {remedy}"

    def _remove_drafts(self) -> None:
        for folder in (self.place, self.results):
            for draft in folder.glob(f".*{parts.WRITING}"):
                draft.unlink()

    def _look_at_parts(self) -> None:
        numbers = {parts.part_name(part): part for part in range(self.layout.parts)}
        for path in sorted(self.results.iterdir()):
            try:
                if path.name not in numbers:
                    raise parts.Damaged("it is no part of this sweep")
                part = numbers[path.name]
                self.found.done[part] = parts.about_part(path, part, self.fingerprint)
            except parts.Damaged as why:
                self._put_aside(path, str(why))

    def _put_aside(self, path: Path, why: str) -> None:
        folder = self.place / SET_ASIDE
        folder.mkdir(exist_ok=True)
        target = folder / path.name
        if target.exists():
            target = folder / f"{path.stem}-{secrets.token_hex(3)}{path.suffix}"
        os.replace(path, target)
        self.found.set_aside.append((f"{RESULTS}/{path.name}", why))

    def _write_dictionary(self) -> None:
        draft = self.place / f".{DICTIONARY}{parts.WRITING}"
        with draft.open("w", encoding="utf-8", newline="") as stream:
            lines = csv.writer(stream, lineterminator="\n")
            lines.writerow(("kind", "name", "unit", "low", "high", "better", "meaning"))
            for row in self._dictionary():
                lines.writerow(
                    spreadsheet_safe(cell) if isinstance(cell, str) else cell for cell in row
                )
        _into_place(draft, self.place / DICTIONARY)

    def _dictionary(self) -> Iterator[tuple[Any, ...]]:
        for name, meaning in _COLUMNS.items():
            if name in self.schema.names:
                yield ("column", name, "", "", "", "", meaning)
        for factor in self.experiment.factors:
            short = factor.name.partition(".")[2]
            known = LEVERS.get(short) if factor.role == "lever" else ASSUMPTIONS.get(short)
            ends = (known.low, known.high) if known else ("", "")
            meaning = known.meaning if known else "a value of the scenario"
            yield (factor.role, factor.name, known.unit if known else "", *ends, "", meaning)
        for name in self.experiment.indicators:
            entry = INDICATORS[name]
            yield (
                *("outcome", name, entry.unit, entry.low, entry.high),
                *(entry.better, entry.meaning),
            )
        for limit in LIMITS:
            yield ("note", "", "", "", "", "", limit)


_COLUMNS = {
    "point": "number of the design point, see design.parquet",
    "replicate": "number of the replicate, from 0; the same dice at every design point",
    "scenario": "base scenario",
    "week": "week after the warm-up",
    "public": "all, the key of a public, most-affected or usual-suspects",
    "indicator": "name of the outcome, see the rows of kind outcome",
    "value": "the outcome in its unit, empty where it has no denominator",
    "area": "area file",
    "theory": "rival account of trust",
    "parameter_set": "number of the calibrated set of assumptions, from 0",
    "varied": "the factor that this design point moves; empty at the base",
    "seed": "number that all dice start from",
    "scenario_hash": "hash of the complete scenario",
    "version": "version of Parley",
}


@contextlib.contextmanager
def opened(
    path: str | Path, experiment: Experiment, points: Points, layout: Layout, design: pd.DataFrame
) -> Iterator[SweepFolder]:
    """Make or reopen the folder of an experiment, for this process alone.

    Raises:
        PlaceFault: it is in use, holds something else, or cannot be written.
    """
    from filelock import FileLock, Timeout

    place = Path(path).expanduser()
    shown = str(path)
    if not shown.strip() or "\0" in shown:
        raise PlaceFault("A name for the folder of the sweep is missing.")
    if place.exists() and not place.is_dir():
        raise PlaceFault(f"{shown} is a file and is kept. Give the name of a folder.")
    try:
        place.mkdir(parents=True, exist_ok=True)
        lock = FileLock(place / LOCK, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise PlaceFault(
                f"{shown} is in use by another parley sweep. Wait until it has ended, or stop it; this"
                " command then goes on from there."
            ) from None
        try:
            folder = SweepFolder(place, experiment, points, layout, design)
            folder.prepare()
            yield folder
        finally:
            lock.release()
    except PlaceFault:
        raise
    except OSError as fault:
        raise PlaceFault(f"{shown} cannot be written: {reason(fault)}.") from fault


def read_manifest(place: Path) -> dict[str, Any] | None:
    """The manifest of a folder, or None where there is none that can be read."""
    try:
        manifest = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) else None


def _write(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}{parts.WRITING}")
    draft.write_text(text, encoding="utf-8", newline="\n")
    _into_place(draft, path)


def _into_place(draft: Path, path: Path) -> None:
    handle = os.open(draft, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    os.replace(draft, path)
    parts.sync_folder(path.parent)


def _ranges(numbers: list[int]) -> list[list[int]]:
    """Whole numbers as first and last of each stretch."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found
