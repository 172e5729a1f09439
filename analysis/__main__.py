"""`python -m analysis COMMAND`: work on the model that takes minutes to hours, for those who build on it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

COMMANDS = {
    "influence": "measure how far each assumption moves what the model finds",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command.

    Args:
        arguments: its words; those of the process if not given.

    Returns:
        The exit code: 0 done, 2 what was given cannot be used.
    """
    listed = "\n".join(f"  {name:<12}{what}" for name, what in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description=f"commands:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    parser.add_argument("words", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    try:
        return int(import_module(f"analysis.{given.command}").main(given.words))
    except Exception as fault:
        if not hasattr(fault, "faults"):
            raise
        for line in fault.faults:
            print(line, file=sys.stderr)
        return 2


if __name__ == "__main__":
    raise SystemExit(main())
