"""Faults of the user's input and of our own: one line for each, and the exit code of each.

A fault that carries a list called `faults` is the user's (exit 2); any other is ours (exit 1).
"""

from __future__ import annotations

import os
import sys

DONE, OURS, YOURS = 0, 1, 2
DEBUG = "PARLEY_DEBUG"


class UserFault(Exception):
    """What the user gave cannot be used.

    Args:
        faults: one line for each fault.
    """

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = list(faults)


def user_messages(fault: BaseException) -> list[str] | None:
    """The lines to show where the fault is the user's; None where it is ours."""
    faults = getattr(fault, "faults", None)
    if faults is not None:
        return list(dict.fromkeys(_one_line(str(entry)) for entry in faults))
    if hasattr(fault, "format_message"):  # the option parser
        return [_usage_message(fault)]
    if isinstance(fault, MemoryError):
        return [
            "There is not enough memory for this. Ask for fewer residents, replicates or workers."
        ]
    return None


def explain_our_fault(fault: BaseException) -> str:
    """What to tell about a fault of ours: short, unless the user asked for all of it."""
    if os.environ.get(DEBUG, "") not in ("", "0"):
        import traceback

        return "".join(traceback.format_exception(fault)).rstrip()
    from sim.version import VERSION

    python = ".".join(str(part) for part in sys.version_info[:3])
    return (
        f"Parley failed: {type(fault).__name__}: {_one_line(str(fault)) or 'no message'}\n"
        f"This is a fault of Parley {VERSION} (Python {python}), not of your input. Please tell"
        f" whoever maintains your copy, with the command you gave; {DEBUG}=1 before it shows"
        " where it failed."
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _usage_message(fault: BaseException) -> str:
    """What the option parser has to say, on one line, with the way to the help."""
    message = _one_line(fault.format_message())  # type: ignore[attr-defined]
    end = "" if message.endswith((".", "?", "!")) else "."
    context = getattr(fault, "ctx", None)
    path = context.command_path if context is not None else "parley"
    return f"{message}{end} {path} --help shows what it takes."
