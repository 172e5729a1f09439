"""The one desk of this process, opened with the server and closed with it."""

from __future__ import annotations

import sim.runs as engine
from web.desk import Desk
from web.question import first_question

_in_use: list[Desk] = []


def desk() -> Desk:
    """The desk of this process, made when it is first needed."""
    if not _in_use:
        _in_use.append(Desk(engine))
    return _in_use[0]


def use_instead(other: Desk) -> None:
    """Put another desk in its place, as tests with a stand-in for the engine do."""
    _in_use[:] = [other]


def open_desk() -> None:
    """Answer the first question before anybody asks it: a finished comparison meets the visitor."""
    desk().ask("the house", first_question(), lambda news: None)


def close_desk() -> None:
    """Stop all work."""
    desk().close()


def kept() -> dict[str, dict[str, int]]:
    """What is kept so that nothing is computed twice: how many and how many bytes."""
    stores = {"results": desk().shelf.state(), "areas": engine.areas_kept()}
    return {name: {"kept": kept, "bytes": size} for name, (kept, size) in stores.items()}
