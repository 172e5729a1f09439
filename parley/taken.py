"""Whether a folder holds what another command made: --force replaces a command's own results only."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from parley.faults import UserFault


def refuse_what_another_made(out: str, command: str) -> None:
    """Refuse a folder that another command made, whether or not --force is given.

    What no command of Parley made is for `sim.place.new_folder` to refuse.

    Args:
        out: the folder as the user gave it.
        command: the command that would take its place, such as "run".

    Raises:
        UserFault: says what lies there and what to do.
    """
    manifest = _manifest(out)
    if manifest is None:
        return
    maker = _maker(manifest)
    if maker == command:
        return
    raise UserFault(
        f"{out} is kept: it holds {_what(manifest, maker)}. --force of parley {command} replaces only what"
        f" parley {command} made. Choose another folder, or remove this one yourself."
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


def _maker(manifest: Mapping[str, Any]) -> str:
    """The command that made a folder; empty where its manifest does not say."""
    kind = manifest.get("kind")
    if kind is not None:
        return {"sweep": "sweep", "analysis": "analyse"}.get(str(kind), "")
    try:
        words = shlex.split(str(manifest.get("command", "")))
    except ValueError:
        return ""
    return words[1] if len(words) > 1 and words[0] == "parley" else ""


def _what(manifest: Mapping[str, Any], maker: str) -> str:
    """What lies in the folder, in a few words."""
    if maker == "sweep":
        title, runs = manifest.get("title"), manifest.get("runs")
        named = f' "{title}"' if title else ""
        size = f", {runs:,} runs" if isinstance(runs, int) else ""
        return f"the sweep{named}{size}"
    if maker == "analyse":
        return "the analysis of a sweep"
    return f"results of parley {maker}" if maker else "other results of Parley"
