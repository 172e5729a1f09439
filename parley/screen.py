"""Where words go: results to standard output, everything else to standard error."""

from __future__ import annotations

import io
import os
import shutil
import sys
from typing import TYPE_CHECKING

from parley.faults import UserFault

if TYPE_CHECKING:
    from rich.console import RenderableType

PAPER_WIDTH = 100


def page_width() -> int:
    """Columns that a page may take: those of the terminal, or a fixed number without one."""
    if sys.stdout.isatty() or "COLUMNS" in os.environ:
        return max(20, shutil.get_terminal_size((PAPER_WIDTH, 24)).columns)
    return PAPER_WIDTH


def put_page(*parts: RenderableType) -> None:
    """Put texts and tables on standard output, all of them or none.

    Raises:
        UserFault: standard output cannot take them.
        BrokenPipeError: whoever was reading has stopped.
    """
    from rich.console import Console

    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"  # decides how lines are drawn
    drawn = io.TextIOWrapper(io.BytesIO(), encoding, errors="replace", newline="\n")
    console = Console(
        file=drawn,
        width=page_width(),
        force_terminal=True if sys.stdout.isatty() else None,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for part in parts:
        console.print(part)
    drawn.seek(0)
    put("\n".join(line.rstrip() for line in drawn.read().splitlines()))


def say(text: str) -> None:
    """Tell the user something that is no result."""
    print(plain(text), file=sys.stderr, flush=True)


def put(text: str) -> None:
    """Put a line on standard output.

    Raises:
        UserFault: standard output cannot take it, for example because its disk is full.
        BrokenPipeError: whoever was reading has stopped.
    """
    try:
        print(text, flush=True)
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise UserFault(
            f"Standard output could not be written: {(fault.strerror or str(fault)).lower()}."
        ) from fault


def plain(text: str) -> str:
    """Text without the control characters that could move or colour a terminal; line ends stay."""
    return "".join(
        letter if letter.isprintable() or letter == "\n" else " " for letter in str(text)
    )


def steady() -> None:
    """Let no letter that the terminal cannot show stop the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def nobody_listens() -> None:
    """Send what is still buffered nowhere, after whoever was reading has stopped."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
