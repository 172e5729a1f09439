"""From a name to the TOML in a file: where it lies, whether it can be read, whether it is TOML."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.scenario.faults import Fault, ScenarioFaults, plain

SHIPPED = Path(__file__).resolve().parents[2] / "scenarios"
MOST_BYTES = 1_000_000
LONGEST_LINE = 5_000
MOST_DOTS = 300  # of one line: keys of thousands of parts take the TOML reader very long
DEEPEST = 12
_LONGEST_BARE = 60

_PLACE = re.compile(
    r"^(?P<what>.*) \((?:at )?(?P<place>line \d+, column \d+|end of document)\)$", re.DOTALL
)
_KEY = re.compile(r"\('.*',?\)")  # how the TOML reader shows a dotted key
_KEY_PART = re.compile(r"'([^']*)'")


def shipped_names() -> list[str]:
    """Names of the shipped scenarios, baseline first."""
    return sorted(
        (file.stem for file in SHIPPED.glob("*.toml")), key=lambda name: (name != "baseline", name)
    )


def shipped_areas() -> list[str]:
    """The shipped area files, as a scenario names them."""
    return [f"areas/{file.name}" for file in sorted((SHIPPED / "areas").glob("*.toml"))]


def is_bare(name: str) -> bool:
    """Whether a name can be that of a shipped scenario: no folder and no ending."""
    return len(name) <= _LONGEST_BARE and bool(re.fullmatch(r"[\w-]+", name))


def find_scenario(name: str | Path, folder: Path) -> Path:
    """The file of a scenario: shipped where a bare name says so, else a path.

    Args:
        name: "most-affected", "mine.toml", "../other/mine.toml".
        folder: where a relative path starts.
    """
    if isinstance(name, str) and name in shipped_names():
        return SHIPPED / f"{name}.toml"
    return folder / name


def find_area(name: str, folder: Path) -> Path:
    """The file of an area: relative to the file that names it, else to the shipped scenarios."""
    own = folder / name
    return own if exists(own) or not exists(SHIPPED / name) else SHIPPED / name


def name_of(path: Path, given: str | Path) -> str:
    """How messages call a file: shipped ones by their place there, others as the user did."""
    try:
        return plain(path.relative_to(SHIPPED).as_posix())
    except ValueError:
        return _printable(os.fspath(given)) or "no file"


def identity(path: Path) -> str:
    """One text for one file, whatever the route to it."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return os.path.abspath(path) if "\0" not in str(path) else str(path)


def read_toml(path: Path, called: str) -> dict[str, Any]:
    """The content of a TOML file. The caller must not change it.

    Args:
        path: the file.
        called: its name in messages.

    Raises:
        ScenarioFaults: it cannot be read, or is no TOML.
    """
    try:
        content = _bytes_of(path)
        return _remembered(content) if len(content) < 100_000 else _parsed(content)
    except _Unreadable as fault:
        raise ScenarioFaults([Fault(called, fault.place, fault.message)]) from None


def names_in(path: str | Path) -> frozenset[str]:
    """The names at the top of a TOML file, by which its kind is told; none where it cannot be read."""
    try:
        return frozenset(read_toml(Path(path), ""))
    except ScenarioFaults:
        return frozenset()


class _Unreadable(ValueError):
    """Why a file gives no tables, and where in it."""

    def __init__(self, place: str, message: str) -> None:
        self.place = place
        self.message = message
        super().__init__(message)


def exists(path: Path) -> bool:
    """Whether there is something at a path; what cannot be looked at counts as there."""
    try:
        return path.exists()
    except OSError:
        return True
    except ValueError:
        return False


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def _bytes_of(path: Path) -> bytes:
    try:
        return _read(path)
    except _Unreadable:
        raise
    except FileNotFoundError:
        message = "there is no such file. Check the path."
    except PermissionError:
        message = "the file may not be read. Check its permissions."
    except (NotADirectoryError, ValueError):
        message = "this is not the name of a file. Check the path."
    except OSError as fault:
        message = (
            f"the file cannot be read ({(fault.strerror or str(fault)).lower()}). Check the path."
        )
    raise _Unreadable("", message)


def _read(path: Path) -> bytes:
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        raise _Unreadable("", "this is a folder. Give the name of a file that ends in .toml.")
    if not stat.S_ISREG(kind):
        raise _Unreadable(
            "", "this is not an ordinary file. Give the name of a file that ends in .toml."
        )
    with path.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _Unreadable(
            "",
            "the file is larger than 1 MB. A scenario takes a few kilobytes; remove the rest.",
        )
    return content


@lru_cache(maxsize=64)
def _remembered(content: bytes) -> dict[str, Any]:
    return _parsed(content)


def _parsed(content: bytes) -> dict[str, Any]:
    text = _decoded(content)
    for at, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_LINE or line.count(".") > MOST_DOTS:
            limit = f"{LONGEST_LINE:,} characters or {MOST_DOTS} dots"
            raise _Unreadable(f"line {at}", f"the line has more than {limit}. Break it up.")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise _broken(str(fault)) from None
    except (RecursionError, ValueError, OverflowError, MemoryError):
        raise _Unreadable(
            "", "this is not TOML: a value is nested too deeply or too large."
        ) from None
    if _depth_exceeds(data, DEEPEST):
        raise _Unreadable(
            "",
            f"tables or lists are nested more than {DEEPEST} deep. A scenario needs five levels.",
        )
    return data


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Unreadable("", "the text is UTF-16. Save the file as UTF-8.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise _Unreadable(
            f"line {line}", "the text is not UTF-8. Save the file as UTF-8."
        ) from None
    if not text.strip():
        raise _Unreadable("", "the file is empty. `parley new` writes one to start from.")
    return text


def _broken(said: str) -> _Unreadable:
    found = _PLACE.match(said)
    what, place = (found["what"], found["place"]) if found else (said, "")
    what = _KEY.sub(lambda key: ".".join(_KEY_PART.findall(key[0])), plain(what))
    return _Unreadable(place, f"this is not valid TOML: {what}. Mend the text there.")


def _depth_exceeds(data: Any, limit: int) -> bool:
    level = [data]
    for _ in range(limit):
        inner: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                inner += [part for part in value.values() if isinstance(part, (dict, list))]
            elif isinstance(value, list):
                inner += [part for part in value if isinstance(part, (dict, list))]
        if not inner:
            return False
        level = inner
    return True
