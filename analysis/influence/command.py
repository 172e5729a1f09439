"""`python -m analysis influence`: live the worlds, measure, write the file."""

from __future__ import annotations

import argparse
import json
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from analysis.influence.design import Point, along, one_at_a_time, trajectories
from analysis.influence.findings import FINDINGS, MAIN, found
from analysis.influence.record import Record
from analysis.influence.table import (
    FALSE_SHARE,
    as_csv,
    dice_alone,
    ends_of,
    interval_half,
    present,
    rows,
    screened,
    usual_noise,
)
from sim import Scenario, compare, load
from sim.assumptions import ASSUMPTIONS
from sim.influence import ABOUT, COLUMNS, INFLUENCE, SUBJECTS
from sim.place import PlaceFault, write_file
from sim.version import VERSION

BASE, OTHER = "baseline", "two-way"


@dataclass(frozen=True)
class Sizes:
    """How finely the influence is measured.

    Attributes:
        weeks, residents: of every world.
        replicates: pairs at each end of a number's range.
        trajectories: of Morris's screening.
        screening_replicates: pairs at each world of a trajectory.
        seed: of the dice and of the trajectories.
    """

    weeks: int = 156
    residents: int = 1000
    replicates: int = 12
    trajectories: int = 8
    screening_replicates: int = 1
    seed: int = 1


def main(arguments: Sequence[str]) -> int:
    """Measure the influence of every assumption and write it down.

    Args:
        arguments: the words after `python -m analysis influence`.

    Returns:
        0 when the file is there.

    Raises:
        PlaceFault: the file cannot be written.
    """
    given = vars(_parser().parse_args(arguments))
    out, base, other = Path(given.pop("out")), given.pop("base"), given.pop("other")
    sizes = Sizes(**given)
    if not out.parent.is_dir():
        raise PlaceFault(f"{out} was not written: the folder {out.parent} does not exist.")
    measure(sizes, load(base), load(other), out)
    print(f"{out} written", file=sys.stderr)
    return 0


def measure(sizes: Sizes, base: Scenario, other: Scenario, out: Path) -> None:
    """Live every world that was not lived before, then write the table and what it comes from.

    Args:
        sizes: how finely.
        base, other: whose level, and whose contrast with it, is looked at.
        out: the CSV file; what is lived meanwhile stands beside it until all is done.

    Raises:
        PlaceFault: a file cannot be written.
    """
    worlds = trajectories(sizes.trajectories, sizes.seed)
    single, many = one_at_a_time(), along(worlds)
    settings = _settings(sizes, base, other)
    with Record(out.with_suffix(".partial"), settings) as record:
        _live_all(record, single, many, partial(_live, base, other, sizes))
        default, *ends = (record.kept[point.key] for point in single)
        effects = screened(worlds, np.array([record.kept[point.key] for point in many]))
        alone = ends_of(default, np.array(ends))
        table = as_csv(rows(list(ASSUMPTIONS), alone, effects), COLUMNS)
        told = {
            **settings,
            "elapsed_s": round(float(record.kept["seconds"][0])),
            "false_share": FALSE_SHARE,
            "defaults": _at_defaults(default),
            "noise": usual_noise(alone),
            "dice": dice_alone(effects),
        }
        write_file(out, table, force=True)
        write_file(out.with_name(ABOUT), json.dumps(_rounded(told), indent=1) + "\n", force=True)
    record.remove()


def _live_all(
    record: Record,
    single: Sequence[Point],
    many: Sequence[Point],
    live: Callable[[Point, bool], np.ndarray],
) -> None:
    """Live every world that the record lacks, and count the seconds, those of earlier sittings too."""
    spent, started = record.kept.get("seconds", np.zeros(1))[0], time.perf_counter()
    alone = {point.key for point in single}
    try:
        for point in _progress([*single, *many], record):
            lived = live(point, point.key in alone)
            record.add(
                point.key, lived if point.key in alone else lived.mean(axis=0)[:, list(MAIN)]
            )
    finally:
        record.add("seconds", np.array([spent + time.perf_counter() - started]))


def _live(base: Scenario, other: Scenario, sizes: Sizes, point: Point, alone: bool) -> np.ndarray:
    """What one world finds, [replicate, subject, finding].

    Args:
        base, other, sizes: as `measure` has them.
        point: which world.
        alone: whether one number alone has moved, so that it is lived in more pairs.
    """
    first, second = (
        replace(scenario, assumptions={**scenario.assumptions, **point.numbers})
        for scenario in (base, other)
    )
    comparison = compare(
        first,
        [second],
        weeks=sizes.weeks,
        residents=sizes.residents,
        replicates=sizes.replicates if alone else sizes.screening_replicates,
        seed=sizes.seed + point.dice,
        workers=1,
    )
    return found(comparison, other.key)


def _settings(sizes: Sizes, base: Scenario, other: Scenario) -> dict[str, Any]:
    """What the results depend on; code apart: who changed a rule begins anew."""
    return {
        "version": VERSION,
        **asdict(sizes),
        "base": base.key,
        "other": other.key,
        "scenario_hashes": [base.hash, other.hash],
        "ranges": {name: [one.low, one.high] for name, one in ASSUMPTIONS.items()},
    }


def _at_defaults(default: np.ndarray) -> dict[str, dict[str, list[float | None]]]:
    """Every finding at the defaults: subject → finding → value and half its 95 % interval."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a mean of nothing is empty
        mean, half = np.nanmean(default, axis=0), interval_half(default)
    return {
        subject: {
            finding: [present(mean[s, f]), present(half[s, f])]
            for f, finding in enumerate(FINDINGS)
        }
        for s, subject in enumerate(SUBJECTS)
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_rounded(part) for part in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value


def _progress(points: list[Point], record: Record) -> Iterable[Point]:
    """The worlds that are still to be lived, with progress on a terminal."""
    from rich.console import Console
    from rich.progress import track

    left = [point for point in points if point.key not in record.kept]
    if len(left) < len(points):
        print(f"{len(points) - len(left)} worlds were lived before.", file=sys.stderr)
    return track(left, "Worlds", console=Console(stderr=True), disable=not sys.stderr.isatty())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis influence",
        description=(
            "Measure how far each assumption moves what the model finds. Stopped, it goes on where"
            " it was when it is started again."
        ),
    )
    usual = Sizes()
    for name, least, what in (
        ("weeks", 1, "weeks of every world"),
        ("residents", 1, "residents of every world"),
        ("replicates", 2, "pairs at each end of a number's range"),
        ("trajectories", 2, "trajectories of Morris's screening"),
        ("screening_replicates", 1, "pairs at each world of a trajectory"),
        ("seed", 0, "number that all dice start from"),
    ):
        parser.add_argument(
            f"--{name.replace('_', '-')}",
            type=_at_least(least),
            default=getattr(usual, name),
            metavar="N",
            help=f"{what} (%(default)s)",
        )
    parser.add_argument("--base", default=BASE, metavar="NAME", help="scenario (%(default)s)")
    parser.add_argument(
        "--other", default=OTHER, metavar="NAME", help="held against it (%(default)s)"
    )
    parser.add_argument("--out", default=str(INFLUENCE), metavar="FILE", help="the file to write")
    return parser


def _at_least(least: int) -> Any:
    def whole_number(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text} is no whole number") from None
        if number < least:
            raise argparse.ArgumentTypeError(f"{text} is too low: it starts at {least}")
        return number

    return whole_number
