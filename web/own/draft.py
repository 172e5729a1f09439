"""An area while it is edited: pure steps from one draft to the next, nothing checked but by the reader.

What is typed is kept as it was typed: a number that is none stays a text, and the reader says so.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim import ScenarioFaults
from sim.scenario import AREA_FIELDS, Area, Fault
from web.own import code
from web.own.fields import BY_BEAT, LINES, TABLES_OF_SHARES, TRAITS, WORDS, slot
from web.own.text import toml_text, with_area
from web.places import ORDINARY

Place = tuple[str | int, ...]
_WHOLE = re.compile(r"[+-]?\d{1,15}")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")
_KEY_LETTERS = re.compile(r"[^a-z0-9]+")
_MOST_TOLD = 40
_LONGEST_TEXT = 4_000


@dataclass(frozen=True)
class Origin:
    """What an area was started from.

    Args:
        name: what readers know it by.
        shipped: the shipped area; empty for a file.
    """

    name: str
    shipped: str = ""


@dataclass(frozen=True, eq=False)
class Draft:
    """An area while it is edited.

    Args:
        content: the tables of its file, as typed.
        start: the same as it was when it was opened.
        origin: what it was opened from.
        practice: the place on offer whose practice stands for today's.
    """

    content: dict[str, Any]
    start: dict[str, Any]
    origin: Origin
    practice: str = ORDINARY

    @property
    def publics(self) -> dict[str, Any]:
        """The tables of the publics by key, as far as there are any."""
        groups = self.content.get("groups")
        return groups if isinstance(groups, dict) else {}

    @property
    def ruled(self) -> bool:
        """Whether publics are given by rules instead of shares."""
        return any(isinstance(each, dict) and "where" in each for each in self.publics.values())

    def finished(self) -> dict[str, Any]:
        """The tables of its file, with a note of every number that was changed here."""
        changed = changes(self)
        if not changed:
            return self.content
        notes = self.content.get("notes", [])
        notes = notes if isinstance(notes, list) else [notes]
        return {**self.content, "notes": [*notes, _told(changed, self.origin.name)]}

    def area(self) -> str:
        """The shipped area that it still is, or its own word."""
        if self.origin.shipped and not changes(self):
            return self.origin.shipped
        return code.written(self.finished())


@dataclass(frozen=True, eq=False)
class Reading:
    """What the one reader says of a draft.

    Args:
        area: the area, complete; None where it has faults.
        faults: every fault, with the dotted key of the value.
    """

    area: Area | None
    faults: tuple[Fault, ...]


def reading(draft: Draft) -> Reading:
    """Have a draft read by the one reader."""
    try:
        scenario = with_area(draft.practice, toml_text(draft.content))
    except ScenarioFaults as found:
        return Reading(None, tuple(found.faults))
    return Reading(scenario.area, ())


def put(draft: Draft, at: Sequence[Any], typed: str) -> Draft:
    """Put what was typed into one field; an empty field says nothing.

    Args:
        draft: the draft.
        at: where, as keys below the area; what is no field changes nothing.
        typed: what was typed.
    """
    place = tuple(at)
    if slot(place) is None or not _there(draft, place):
        return draft
    if place == ("beats",):
        return _with_beats(draft, _number(typed))
    typed = typed.encode("utf-8", "replace").decode()[:_LONGEST_TEXT]
    content = copy.deepcopy(draft.content)
    holder: Any = content
    for part in place[:-1]:
        if isinstance(holder, list):
            return draft
        holder = holder.setdefault(part, {})
        if not isinstance(holder, (dict, list)):
            return draft
    _set(holder, place, typed)
    _without_empty(content, place)
    return replace(draft, content=content)


def _set(holder: Any, place: Place, typed: str) -> None:
    last, kind = place[-1], slot(place)
    if isinstance(holder, list):
        holder[int(last)] = _number(typed)
    elif kind in (WORDS, LINES):
        holder[last] = (
            typed if kind == WORDS else [line for line in typed.splitlines() if line.strip()]
        )
    elif typed.strip():
        holder[last] = _number(typed)
    else:
        holder.pop(last, None)


def _without_empty(content: dict[str, Any], place: Place) -> None:
    """A table in which nothing is said any more says nothing."""
    if len(place) > 1 and place[-2] in TABLES_OF_SHARES and place[0] != "shares":
        holder = content
        for part in place[:-2]:
            holder = holder[part]
        if not holder[place[-2]]:
            del holder[place[-2]]


def _there(draft: Draft, place: Place) -> bool:
    """Whether the public or the entry of a list that a field belongs to is there."""
    if place[0] == "groups" and place[1] not in draft.publics:
        return False
    if place[0] == "groups" and not isinstance(draft.publics[place[1]], dict):
        return False
    if isinstance(place[-1], int):
        holder: Any = draft.content
        for part in place[:-1]:
            holder = holder.get(part) if isinstance(holder, dict) else None
        return isinstance(holder, list) and 0 <= place[-1] < len(holder)
    return True


def _number(typed: str) -> float | int | str:
    """A number where it is one; else what was typed, for the reader to name."""
    plain = typed.strip().replace("\N{MINUS SIGN}", "-")
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    if _WHOLE.fullmatch(plain):
        return int(plain)
    try:
        value = float(plain) if "_" not in plain else None
    except ValueError:
        value = None
    usable = value is not None and value == value and abs(value) != float("inf")
    return value if usable and value is not None else typed[:_LONGEST_TEXT]


def _with_beats(draft: Draft, beats: float | int | str) -> Draft:
    """Another number of beats; whatever is listed by beat is drawn again along them by the reader."""
    content = {**copy.deepcopy(draft.content), "beats": beats}
    declared = AREA_FIELDS["beats"]
    if isinstance(beats, int) and declared.holds(beats) and beats != draft.content.get("beats"):
        try:
            setting = (f"area.beats={beats}",)
            area = with_area(draft.practice, toml_text(draft.content), setting).area
        except ScenarioFaults:
            return replace(draft, content=content)
        for name, values in (
            ("beat_shares", area.beat_shares),
            ("beat_disorder", area.beat_disorder),
        ):
            if name in content:
                content[name] = [round(value, 6) for value in values]
        for key, public in content["groups"].items():
            if "beats" in public:
                public["beats"] = _rounded(area.groups[key].beats)
        if "beat_shares" in content:
            content["beat_shares"] = _rounded(area.beat_shares)
    return replace(draft, content=content)


def _rounded(shares: Sequence[float]) -> list[float]:
    """Shares to six digits that still sum to 1: the largest takes what is left."""
    found = [round(share, 6) for share in shares]
    largest = max(range(len(found)), key=lambda at: found[at])
    found[largest] = round(1.0 - sum(found[:largest]) - sum(found[largest + 1 :]), 6)
    return found


def list_by_beat(draft: Draft, at: Sequence[Any], listed: bool) -> Draft:
    """Say something for each beat, starting from what holds now, or nothing any more."""
    place, read = tuple(at), reading(draft)
    if slot((*place, 0)) is None or not place or place[-1] not in BY_BEAT:
        return draft
    content = copy.deepcopy(draft.content)
    holder = (
        content
        if len(place) == 1
        else draft.publics.get(str(place[1])) and content["groups"][place[1]]
    )
    if not isinstance(holder, dict):
        return draft
    if not listed:
        holder.pop(str(place[-1]), None)
    elif read.area is not None:
        now = (
            read.area.groups[str(place[1])].beats
            if len(place) > 1
            else getattr(read.area, str(place[0]))
        )
        holder[str(place[-1])] = list(now) if place[-1] == "beat_disorder" else _rounded(now)
    return replace(draft, content=content)


def tick(draft: Draft, key: str, trait: str, value: str, ticked: bool) -> Draft:
    """Put a value of a trait into the rule of a public, or take it out."""
    if (
        trait not in TRAITS
        or value not in TRAITS[trait]
        or not isinstance(draft.publics.get(key), dict)
    ):
        return draft
    content = copy.deepcopy(draft.content)
    rule = content["groups"][key].get("where")
    if not isinstance(rule, dict):
        return draft
    given = rule.get(trait)
    known = given if isinstance(given, list) else []
    chosen = [
        each
        for each in TRAITS[trait]
        if (each in known or each == value) and (ticked or each != value)
    ]
    if chosen:
        rule[trait] = chosen
    else:
        rule.pop(trait, None)
    return replace(draft, content=content)


def by_rules(draft: Draft, ruled: bool) -> Draft:
    """Give all publics rules, or all shares: those that their rules give them now."""
    if ruled == draft.ruled:
        return draft
    content, area = copy.deepcopy(draft.content), reading(draft).area
    shares = _rounded([each.share for each in area.groups.values()]) if area is not None else None
    for at, public in enumerate(content["groups"].values()):
        public.pop("share" if ruled else "where", None)
        if ruled:
            public["where"] = {}
        elif shares is not None:
            public["share"] = shares[at]
    if ruled and "shares" not in content and "joint" not in content and area is not None:
        content["shares"] = copy.deepcopy(area.shares)
    return replace(draft, content=content)


def by_traits_alone(draft: Draft) -> Draft:
    """Instead of a table of joint shares: the sums over it, as if traits were independent."""
    area = reading(draft).area
    if area is None or "joint" not in draft.content:
        return draft
    content = {key: value for key, value in draft.content.items() if key != "joint"}
    shares = {
        trait: dict(zip(kinds, _rounded([kinds[each] for each in kinds]), strict=True))
        for trait, kinds in area.shares.items()
    }
    return replace(draft, content={**content, "shares": shares})


def _reordered(draft: Draft, change: Callable[[list[tuple[str, Any]]], None]) -> Draft:
    content = copy.deepcopy(draft.content)
    groups = list(content.get("groups", {}).items())
    change(groups)
    return replace(draft, content={**content, "groups": dict(groups)})


def remove(draft: Draft, key: str) -> Draft:
    """A draft without one of its publics."""
    return _reordered(
        draft, lambda groups: groups.__setitem__(slice(None), [e for e in groups if e[0] != key])
    )


def move(draft: Draft, key: str, by: int) -> Draft:
    """A public one place up or down: the first rule that holds decides."""

    def change(groups: list[tuple[str, Any]]) -> None:
        at = next((at for at, each in enumerate(groups) if each[0] == key), None)
        if at is not None and 0 <= at + by < len(groups):
            groups[at], groups[at + by] = groups[at + by], groups[at]

    return _reordered(draft, change) if by in (-1, 1) else draft


def free_key(draft: Draft, words: str) -> str:
    """A key for a public that no other has."""
    stem = _KEY_LETTERS.sub("-", words.lower()).strip("-")[:30] or "public"
    key, number = stem, 2
    while key in draft.publics:
        key, number = f"{stem}-{number}", number + 1
    return key


def duplicate(draft: Draft, key: str) -> tuple[Draft, str]:
    """A public split into two alike, each with half of its share; the key of the second."""
    if key not in draft.publics:
        return draft, key
    new = free_key(draft, key)

    def change(groups: list[tuple[str, Any]]) -> None:
        at = next(at for at, each in enumerate(groups) if each[0] == key)
        first, second = groups[at][1], copy.deepcopy(groups[at][1])
        if isinstance(second, dict):
            second["label"] = f"{second.get('label', key)} (copy)"
            share = second.get("share")
            if isinstance(share, (int, float)):
                second["share"] = round(share / 2, 6)
                first["share"] = round(share - second["share"], 6)
        groups.insert(at + 1, (new, second))

    return _reordered(draft, change), new


def add(draft: Draft) -> tuple[Draft, str]:
    """One more public, with the middle of the others' numbers and a tenth of the people; its key.

    Under rules it comes last but one and takes nobody until it is given a rule: the reader says so.
    """
    new = free_key(draft, "new-public")
    tables = [each for each in draft.publics.values() if isinstance(each, dict)]
    public: dict[str, Any] = {"label": "New public"}
    if draft.ruled:
        public["where"] = {}
    else:
        public["share"] = 0.1
    names = dict.fromkeys(name for each in tables for name in each)
    for name in names:
        values = [each[name] for each in tables if _is_number(each.get(name))]
        if values and name != "share":
            public[name] = round(sum(values) / len(values), 2)

    def change(groups: list[tuple[str, Any]]) -> None:
        for _, each in groups:
            if "share" in public and isinstance(each, dict) and _is_number(each.get("share")):
                each["share"] = round(each["share"] * 0.9, 6)
        groups.insert(max(0, len(groups) - 1) if draft.ruled else len(groups), (new, public))

    return _reordered(draft, change), new


def even_out(draft: Draft) -> Draft:
    """The shares of all publics drawn to a sum of 1, in proportion."""
    tables = list(draft.publics.values())
    shares = [each.get("share") if isinstance(each, dict) else None for each in tables]
    numbers = [float(share) for share in shares if _is_number(share)]
    if len(numbers) < len(shares) or not numbers or sum(numbers) <= 0 or min(numbers) < 0:
        return draft
    even = _rounded([share / sum(numbers) for share in numbers])

    def change(groups: list[tuple[str, Any]]) -> None:
        for (_, public), share in zip(groups, even, strict=True):
            public["share"] = share

    return _reordered(draft, change)


def rename(draft: Draft, key: str, new: str) -> Draft:
    """A public under another key, in the same place; unchanged where the key is taken."""
    new = new.strip()[:200].encode("utf-8", "replace").decode()
    if key not in draft.publics or new in draft.publics or not new:
        return draft
    return _reordered(
        draft,
        lambda groups: groups.__setitem__(
            slice(None), [(new if k == key else k, v) for k, v in groups]
        ),
    )


def changes(draft: Draft) -> dict[str, tuple[Any, Any]]:
    """What differs from the start: dotted key → (there, here); None for what is not there."""
    if draft.content == draft.start and list(draft.publics) == list(draft.start.get("groups", {})):
        return {}
    there, here = dict(_flat(draft.start)), dict(_flat(draft.content))
    keys = dict.fromkeys([*here, *there])
    found = {
        key: (there.get(key), here.get(key)) for key in keys if there.get(key) != here.get(key)
    }
    orders = list(draft.start.get("groups", {})), list(draft.publics)
    if sorted(orders[0]) == sorted(orders[1]) and orders[0] != orders[1]:
        found["order of the publics"] = (", ".join(orders[0]), ", ".join(orders[1]))
    return found


def started_again(draft: Draft) -> Draft:
    """The draft as it was opened."""
    return replace(draft, content=draft.start)


def with_practice(draft: Draft, practice: str) -> Draft:
    """The draft with the practice of another place on offer for today's."""
    return draft if draft.practice == practice else replace(draft, practice=practice)


def _flat(value: Any, above: str = "") -> list[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        return [
            pair
            for key, each in value.items()
            for pair in _flat(each, f"{above}.{key}" if above else str(key))
        ]
    if isinstance(value, list) and value and not above.endswith("notes"):
        return [pair for at, each in enumerate(value, 1) for pair in _flat(each, f"{above}.{at}")]
    return [(above, value)]


def _told(changed: dict[str, tuple[Any, Any]], origin: str) -> str:
    """A note of what was changed, short enough for a note of a file."""
    told = [
        f"{key} {_shown(there)} → {_shown(here)}"
        for key, (there, here) in changed.items()
        if key != "notes"
    ]
    more = f"; and {len(told) - _MOST_TOLD} more" if len(told) > _MOST_TOLD else ""
    listed = "; ".join(told[:_MOST_TOLD])[:3400]
    words = listed + more if told else "only words"
    return f"Changed by whoever saved this area, without a source, starting from {origin[:120]}: {words}."


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
