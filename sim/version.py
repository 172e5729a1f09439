"""The version of this copy, read from what was installed: `pyproject.toml` is its only source."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

try:
    VERSION = version("parley")
except PackageNotFoundError:  # a source tree that nobody installed
    VERSION = "0+unknown"


@cache
def model_fingerprint() -> str:
    """Sixteen hexadecimal digits that change with any file of the model, released or not."""
    found = hashlib.sha256(VERSION.encode())
    folder = Path(__file__).resolve().parent
    for path in sorted(folder.rglob("*.py")):
        found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]
