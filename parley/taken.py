"""Whether a folder holds another kind of results: --force never lets a run take a sweep's place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from parley.faults import UserFault

_MAKES = {"run": None, "compare": None, "analyse": "analysis"}
"""What each command makes, as the manifest calls it; results of runs have no name there."""
_CALLED = {None: "results of runs", "analysis": "analyses"}


def refuse_what_another_made(out: str, command: str) -> None:
    """Refuse a folder that holds another kind of results, whether or not --force is given.

    What no command of Parley made is for `sim.place.new_folder` to refuse.

    Args:
        out: the folder as the user gave it.
        command: the command that would take its place: "run", "compare" or "analyse".

    Raises:
        UserFault: says what lies there and what to do.
    """
    manifest = _manifest(out)
    if manifest is None or manifest.get("kind") == _MAKES[command]:
        return
    raise UserFault(
        f"{out} is kept: it holds {_what(manifest)}. --force of parley {command} replaces only"
        f" {_CALLED[_MAKES[command]]}. Choose another folder, or remove this one yourself."
    )


def _manifest(out: str) -> Mapping[str, Any] | None:
    """The manifest of Parley in a folder; None where there is none that can be read."""
    from sim.place import MADE_BY, MANIFEST

    try:
        text = (Path(out).expanduser() / MANIFEST).read_text(encoding="utf-8")
        found = json.loads(text)
    except (OSError, ValueError, RuntimeError):
        return None
    ours = isinstance(found, dict) and found.get("made_by") == MADE_BY
    return found if ours else None


def _what(manifest: Mapping[str, Any]) -> str:
    """What lies in the folder, in a few words."""
    kind = manifest.get("kind")
    if kind == "sweep":
        title, runs = manifest.get("title"), manifest.get("runs")
        named = f' "{title}"' if title else ""
        size = f", {runs:,} runs" if isinstance(runs, int) else ""
        return f"the sweep{named}{size}"
    return {"analysis": "the analysis of a sweep", None: "results of runs"}.get(
        kind, "other results of Parley"
    )
