"""`python -m analysis london`: validation on London, and the tables of boroughs made anew."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.london.across import composition_and_trust, hours_and_outcomes
from analysis.london.make import make
from analysis.london.validate import as_json, validate
from sim.place import write_file
from sim.results import interval
from sim.scenario import SHIPPED

REPORT = SHIPPED / "evidence" / "london.json"
DATA = Path("../shared/data/london")


def main(arguments: Sequence[str]) -> int:
    """Carry out the command.

    Args:
        arguments: its words.

    Returns:
        0 when it is done.
    """
    given = _parser().parse_args(arguments)
    if given.make:
        make(given.data, _say)
        return 0
    size = {"residents": given.residents, "replicates": given.replicates, "seed": given.seed,
            "workers": given.workers}  # fmt: skip
    compared = validate(**size, say=_say)
    trust, informed = hours_and_outcomes(**size)
    black, deprived = composition_and_trust()
    report = as_json(
        compared,
        {
            "hours_with_trust": [float(number) for number in interval(trust)],
            "hours_with_informed": [float(number) for number in interval(informed)],
            "trust_with_share_black": black,
            "trust_with_deprivation": deprived,
            "residents": given.residents,
            "replicates": given.replicates,
        },
    )
    write_file(
        given.out, json.dumps(report, indent=1) + "\n", force=given.out == REPORT or given.force
    )
    print(f"{given.out} is there.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analysis london", description=__doc__)
    parser.add_argument("--make", action="store_true",
                        help="make the areas and the table of boroughs from the London tables")  # fmt: skip
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the London tables")
    parser.add_argument("--out", type=Path, default=REPORT, help="where the report goes")
    parser.add_argument("--force", action="store_true", help="replace the report")
    parser.add_argument("--residents", type=int, default=1000)
    parser.add_argument("--replicates", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=None)
    return parser


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
