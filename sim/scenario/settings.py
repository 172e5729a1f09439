"""`--set` settings: dotted paths into a scenario with TOML values, laid over its files in turn."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.scenario.faults import Fault, plain, suggestion
from sim.scenario.files import DEEPEST, LONGEST_LINE
from sim.scenario.layers import Place, Source, Tree

SETTABLE = ("area", "policy", "events", "assumptions", "title", "question")

_PART = re.compile(
    r"""\s*(?:"(?P<double>[^"\\]*)"|'(?P<single>[^']*)'|(?P<bare>[\w-]+))\s*(?:\.|$)"""
)
_WORD = re.compile(r"[^\W\d_][\w./\\ -]*")


@dataclass(frozen=True)
class Setting:
    """One value to put at one place."""

    place: Place
    value: Any
    source: Source


def read_settings(texts: Sequence[str], first_rank: int) -> tuple[list[Setting], list[Fault]]:
    """Understand settings such as "policy.feedback=0.9".

    Args:
        texts: as typed; values are TOML, and a bare word is text.
        first_rank: rank of the first one among the layers.

    Returns:
        What was understood, and a fault for each that was not.
    """
    settings: list[Setting] = []
    faults: list[Fault] = []
    for rank, text in enumerate(texts, start=first_rank):
        called = f"--set {plain(str(text))}"
        read = _understood(str(text))
        if isinstance(read, str):
            faults.append(Fault(called, "", read))
        else:
            place, value = read
            settings.append(Setting(place, value, Source(called, rank, setting=True)))
    return settings, faults


def apply_setting(tree: Tree, setting: Setting) -> str | None:
    """Put a setting's value into the tree.

    Returns:
        What is wrong with it, or None.
    """
    place = _with_positions(tree, setting.place)
    for end in range(1, len(place)):
        holder = tree.get(*place[:end])
        if isinstance(holder, list):
            return _put_into_list(tree, place, end, setting)
        if holder is not None and not isinstance(holder, dict):
            return f"{'.'.join(map(str, place[:end]))} is a single value and has no keys below it."
    value: Any = setting.value
    for part in reversed(place):
        value = {part: value}
    tree.merge(value, setting.source)
    return None


def _understood(text: str) -> tuple[Place, Any] | str:
    key, sign, value = text.partition("=")
    if not sign:
        return "a setting needs a key, an equals sign and a value, such as policy.feedback=0.9."
    if len(text) > LONGEST_LINE:
        return f"the setting is longer than {LONGEST_LINE:,} characters. Put it into a file."
    place = _parts(key)
    if not place:
        return "the key is not a dotted path, such as policy.feedback or area.groups.young.ease."
    if len(place) > DEEPEST:
        return f"the key has more than {DEEPEST} parts. A scenario needs five at most."
    if place[0] not in SETTABLE:
        return f"{plain(place[0])} cannot be set. {suggestion(place[0], SETTABLE)}"
    found = _value(value.strip())
    return found if isinstance(found, str) else (place, found[0])


def _parts(key: str) -> tuple[str, ...]:
    parts: list[str] = []
    at = 0
    key = key.strip()
    while at < len(key):
        found = _PART.match(key, at)
        if not found:
            return ()
        parts.append(next(part for part in found.groups() if part is not None))
        at = found.end()
    return () if key.endswith(".") else tuple(parts)


def _value(text: str) -> tuple[Any] | str:
    """The value in a tuple, or what is wrong with it."""
    try:
        read = tomllib.loads(f"value = {text}")
        if set(read) == {"value"}:
            return (read["value"],)
    except (ValueError, RecursionError):
        if _WORD.fullmatch(text):
            return (text,)
    return (
        'the value is not TOML. Write a number, true, a word, "a text", [a, list] or {a = "table"}.'
    )


def _with_positions(tree: Tree, place: Place) -> Place:
    """The same place with digits read as positions where the tree has a list."""
    found: Place = ()
    for part in place:
        position = (
            isinstance(tree.get(*found), list) and str(part).isdecimal() and len(str(part)) < 9
        )
        found = (*found, int(part) if position else part)
    return found


def _put_into_list(tree: Tree, place: Place, end: int, setting: Setting) -> str | None:
    entries = tree.get(*place[:end])
    position = place[end]
    name = ".".join(map(str, place[:end]))
    if not isinstance(position, int) or position >= len(entries):
        there = f"0 to {len(entries) - 1}" if entries else "none, it is empty"
        return f"{name} is a list; name an entry by its position ({there})."
    if end + 1 == len(place):
        tree.put(place, setting.value, setting.source)
        return None
    if not isinstance(entries[position], dict):
        return f"{name}.{position} is a single value and has no keys below it."
    value: Any = setting.value
    for part in reversed(place[end + 1 :]):
        value = {part: value}
    tree.merge(value, setting.source, place[: end + 1])
    return None
