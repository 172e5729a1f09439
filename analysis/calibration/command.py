"""`python -m analysis calibrate`: from the declared ranges to the sets that the patterns leave standing."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.calibration.calibrate import Calibration, Size
from analysis.calibration.findings import held_out, parameter_sets_text, report, rival_theories
from sim.place import write_file
from sim.scenario import SHIPPED

SETS = SHIPPED / "evidence" / "parameter-sets.csv"
REPORT = SHIPPED / "evidence" / "calibration.json"


def main(arguments: Sequence[str]) -> int:
    """Carry out the command.

    Args:
        arguments: its words.

    Returns:
        0 when it is done.
    """
    given = _parser().parse_args(arguments)
    size = Size(*given.sets) if given.sets else Size()
    calibration = Calibration(given.folder, given.workers, _say, size, given.seed)
    found = calibration.run()
    half = held_out(calibration, found, given.workers, _say)
    theories = rival_theories(calibration, found, given.workers, _say)
    text = json.dumps(report(calibration, found, half, theories), indent=1, allow_nan=False)
    write_file(given.out_sets, parameter_sets_text(calibration, found), force=True)
    write_file(given.out_report, text + "\n", force=True)
    print(f"{len(found.accepted)} of {found.sets_run} sets were accepted: {given.out_sets}")
    print(f"What they say: {given.out_report}. A set for the defaults:")
    for name, value in found.best.items():
        print(f"  {name} = {value:.3g}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analysis calibrate", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("calibration"),
                        help="where waves are kept; the same command again goes on from there")  # fmt: skip
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sets", type=int, nargs=6, metavar="N",
                        help="sets in waves 1 to 5, and the most that are kept")  # fmt: skip
    parser.add_argument("--out-sets", type=Path, default=SETS)
    parser.add_argument("--out-report", type=Path, default=REPORT)
    return parser


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
