"""What one tab holds of an area that is edited: the draft, what came before, the file opened last.

It ends with the tab; no other session ever sees it.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl

import solara

from web import visit
from web.own import code, draft
from web.own.draft import Draft, Origin
from web.own.opening import LARGEST, Refused, from_shipped, opened
from web.own.shown import comparable
from web.places import key_of, parts_of, place_at, places, shipped_areas
from web.question import from_address, needs_file

_LONGEST_PAST = 50


@dataclass(frozen=True, eq=False)
class Bench:
    """What lies before the visitor, changed in one go so that the page is never half a step behind.

    Args:
        draft: what is edited.
        past: earlier drafts, the latest last.
        note: what there is to say of the last step.
        looked_at: the public that was added or moved last.
        faults: what was wrong with the file that was opened last.
        said: what there is to say of the file or area that was opened last.
        steps: how many steps the form has sent, so that it knows what was heard.
    """

    draft: Draft
    past: tuple[Draft, ...] = ()
    note: str = ""
    looked_at: str = ""
    faults: tuple[str, ...] = ()
    said: str = ""
    steps: int = 0


_bench: solara.Reactive[Bench | None] = solara.reactive(None)


def bench() -> Bench:
    """What lies before the visitor; at first the area that this tab compares in."""
    found = _bench.value
    if found is None:
        found = Bench(_from_place(visit.question().place))
        _bench.value = found
    return found


def change(to: Draft, note: str = "", look_at: str = "") -> None:
    """Go on with another draft."""
    before = bench()
    past = before.past if to is before.draft else (*before.past, before.draft)[-_LONGEST_PAST:]
    _bench.value = replace(before, draft=to, past=past, note=note, looked_at=look_at)


def undo() -> None:
    """Go back one step."""
    before = bench()
    if before.past:
        *earlier, last = before.past
        _bench.value = replace(
            before, draft=last, past=tuple(earlier), note="The last step is undone.", looked_at=""
        )


def _open(found: Draft, said: str) -> None:
    before = bench()
    past = (*before.past, before.draft)[-_LONGEST_PAST:]
    said = f"{said} What was here before comes back with Undo."
    _bench.value = Bench(found, past, said=said, steps=before.steps)


def pick(area: str) -> None:
    """Start from an area that comes with Parley."""
    found = from_shipped(area)
    if found is not None:
        _open(found, f"{found.origin.name} is here to be edited.")


def open_file(given: dict[str, Any], go: Callable[[str], None]) -> None:
    """Open a file that a visitor brought; where it is wrong, nothing but the faults changes.

    Args:
        given: its name, its size in bytes, and what it holds in base64.
        go: leads to a page.
    """
    try:
        name, size = str(given["name"])[:200], int(given["size"])
        content = base64.b64decode(str(given["data"]), validate=True)
    except (KeyError, TypeError, ValueError, binascii.Error):
        return
    try:
        found = opened(content if size <= LARGEST else b" " * (LARGEST + 1), name)
    except Refused as refused:
        _bench.value = replace(bench(), faults=tuple(refused.faults), said="")
        return
    _open(found.draft, found.said)
    _answer_link(found.draft, go)


def _answer_link(found: Draft, go: Callable[[str], None]) -> None:
    """Show what a link shared, where this is the file that it waits for."""
    awaited = visit.awaited.peek()
    area = found.area()
    if not awaited or code.check(area) != needs_file(awaited):
        return
    _, practice = parts_of(dict(_pairs(awaited)).get("place", ""))
    key = key_of(area, practice)
    question, wrong = from_address(awaited, (key,))
    visit.awaited.value = ""
    change(draft.with_practice(found, practice))
    visit.bring(key)
    visit.ask(question)
    visit.faults.value = tuple(wrong)
    go("/")


def compare(go: Callable[[str], None]) -> None:
    """Carry the area to every page that compares."""
    if draft.reading(bench().draft).area is None:
        return
    key = comparable(bench().draft)
    if len(key) > code.LONGEST or place_at(key) is None:
        return
    if key not in places():
        visit.bring(key)
    visit.ask(visit.question().asking("place", key))
    go("/")


def do(step: dict[str, Any]) -> None:
    """One step of editing; what is none of the known ones does nothing."""
    kind = str(step.get("what", ""))
    if kind == "undo":
        undo()
    elif kind in _STEPS:
        with contextlib.suppress(KeyError, TypeError, ValueError):
            _STEPS[kind](bench().draft, step)
    if step.get("counted"):
        _bench.value = replace(bench(), steps=bench().steps + 1)


def _put(before: Draft, step: dict[str, Any]) -> None:
    change(draft.put(before, [_part(each) for each in list(step["at"])[:5]], str(step["value"])))


def _part(part: Any) -> str | int:
    return part if isinstance(part, int) and not isinstance(part, bool) else str(part)


def _add(before: Draft, step: dict[str, Any]) -> None:
    found, key = draft.add(before)
    what = (
        "It takes nobody until it has a rule." if before.ruled else "It takes a tenth of everybody."
    )
    change(
        found,
        f"A public was added, with the mean of the others' numbers: they are yours now. {what}",
        key,
    )


def _copy(before: Draft, step: dict[str, Any]) -> None:
    found, key = draft.duplicate(before, str(step["key"]))
    change(found, "A copy was added below.", key)


def _remove(before: Draft, step: dict[str, Any]) -> None:
    change(draft.remove(before, str(step["key"])), "The public was removed. Undo brings it back.")


def _move(before: Draft, step: dict[str, Any]) -> None:
    change(draft.move(before, str(step["key"]), int(step["by"])), "The public was moved.")


def _rename(before: Draft, step: dict[str, Any]) -> None:
    key, new = str(step["key"]), str(step["value"]).strip()
    found = draft.rename(before, key, new)
    if found is before and new != key:
        change(before, f"No public was renamed: “{new[:60]}” is taken or empty.", key)
    else:
        change(found, "", new)


def _tick(before: Draft, step: dict[str, Any]) -> None:
    change(
        draft.tick(
            before, str(step["key"]), str(step["trait"]), str(step["value"]), bool(step["ticked"])
        )
    )


def _list(before: Draft, step: dict[str, Any]) -> None:
    change(
        draft.list_by_beat(
            before, [_part(each) for each in list(step["at"])[:4]], bool(step["listed"])
        )
    )


def _reset(before: Draft, step: dict[str, Any]) -> None:
    change(
        draft.started_again(before),
        f"Everything is as in {before.origin.name}. Undo brings your changes back.",
    )


def _practice(before: Draft, step: dict[str, Any]) -> None:
    if step["value"] in places():
        change(draft.with_practice(before, str(step["value"])))


_STEPS: dict[str, Callable[[Draft, dict[str, Any]], None]] = {
    "put": _put,
    "add": _add,
    "copy": _copy,
    "remove": _remove,
    "move": _move,
    "rename": _rename,
    "tick": _tick,
    "list": _list,
    "reset": _reset,
    "practice": _practice,
    "ruled": lambda before, step: change(draft.by_rules(before, bool(step["value"]))),
    "even": lambda before, step: change(draft.even_out(before), "The shares sum to 1."),
    "apart": lambda before, step: change(draft.by_traits_alone(before)),
}


def name_in(search: str) -> str:
    """What an address that names an own area calls it."""
    return dict(_pairs(search)).get("area", "")[:80] or "an area without a name"


def _pairs(search: str) -> list[tuple[str, str]]:
    return parse_qsl(search, max_num_fields=200)


def _from_place(key: str) -> Draft:
    """The area of a place, to be edited."""
    place = place_at(key)
    area, practice = parts_of(key)
    if place is not None and place.own:
        content = code.read(area)
        name = str(content.get("name", ""))
        return Draft(content, content, Origin(f"“{name}” as it was shared"), practice)
    if place is not None and place.area:
        shipped = place.area
    else:
        named = place.name if place is not None else ""
        stem = named.lower().replace(" ", "-")
        tries = (f"areas/london/{stem}", f"areas/{stem}")
        shipped = next((each for each in tries if each in shipped_areas()), shipped_areas()[0])
    found = from_shipped(shipped)
    assert found is not None
    return draft.with_practice(found, practice) if place is not None and place.area else found
