"""Small scenario and area files for the tests of the reader."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

PUBLIC = """
need = 0.5
ease = 0.5
voice = 0.5
street = 0.5
involvement = 0.1
trust = 60
confidence = 58
legitimacy = 60
expectation = 62
"""

VILLAGE = f"""
name = "Village"
people = 900
beats = 2

[groups.old]
label = "Old hands"
share = 0.75
{PUBLIC}
[groups.new]
label = "Newcomers"
share = 0.25
{PUBLIC}
"""


def written(folder: Path, text: str | bytes, name: str = "listening.toml") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def on_baseline(folder: Path, text: str, name: str = "listening.toml") -> Path:
    """A scenario that extends today's practice by this text."""
    return written(folder, f'schema = 1\nextends = "baseline"\n{text}', name)


def village(folder: Path, text: str = "", area: str = VILLAGE) -> Path:
    """A scenario of a village of its own, with this text behind it."""
    written(folder, area, "village.toml")
    return written(folder, f'schema = 1\narea = "village.toml"\n{text}', "life.toml")


def as_toml(value: Any) -> str:
    """Any value as TOML on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return f"[{', '.join(map(as_toml, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{as_toml(k)} = {as_toml(v)}' for k, v in value.items())}}}"
    return str(value)
