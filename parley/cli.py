"""The entry of the command line, and what leaving it means.

Exit codes: 0 done; 1 our fault; 2 what the user gave cannot be used, its results could not be
written, or Ctrl-C stopped it. `main` imports the commands, so that Ctrl-C is met from the start.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from parley.faults import DONE, OURS, YOURS, explain_our_fault, user_messages
from parley.screen import nobody_listens, say, steady


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command.

    Args:
        arguments: its words; those of the process if not given.

    Returns:
        The exit code.
    """
    steady()
    try:
        from parley.catalogue import obey

        return obey(list(sys.argv[1:] if arguments is None else arguments))
    except KeyboardInterrupt:
        say("Stopped. Nothing was kept.")
        return YOURS
    except BrokenPipeError:
        nobody_listens()
        return DONE
    except Exception as fault:
        messages = user_messages(fault)
        for message in messages if messages is not None else [explain_our_fault(fault)]:
            say(message)
        return OURS if messages is None else YOURS
