"""From the tables `[area.groups.KEY]` to the publics of an area, with every fault on the way."""

from __future__ import annotations

import re
from typing import Any

from sim.scenario import publics
from sim.scenario.area_fields import AREA_FIELDS, DEFAULT_CONCERNS, TRAITS
from sim.scenario.area_tables import Group, GroupTable
from sim.scenario.faults import shown
from sim.scenario.inspection import Inspection
from sim.scenario.layers import Place
from sim.scenario.publics import Cell, Members
from sim.scenario.read_people import check_trait

MOST_PUBLICS = 16
LONGEST_KEY = 40
FIXED_PUBLICS = ("all", "most-affected", "usual-suspects")

_PLACE: Place = ("area", "groups")
_TABLES = ("where", "share", "concerns", "beats")
_KEY = re.compile(r"[a-z0-9]([a-z0-9_-]*[a-z0-9])?")
_NOBODY = 1e-9


def group_keys(inspection: Inspection) -> list[str] | None:
    """The keys of the publics, or None where not every file could be read."""
    groups = inspection.tree.get(*_PLACE)
    return list(groups) if isinstance(groups, dict) and inspection.complete else None


def read_publics(
    inspection: Inspection, cells: list[Cell] | None, beats: int | None, even: list[float] | None
) -> dict[str, Group] | None:
    """Check every public.

    Args:
        inspection: where faults go.
        cells: who lives in the area; None where that has a fault.
        beats: the number of beats; None where that has a fault.
        even: share of people by beat, for publics that do not say where they live.
    """
    tables = inspection.table(*_PLACE)
    if not tables:
        if inspection.complete and inspection.tree.get(*_PLACE) in (None, {}):
            inspection.fault(
                _PLACE, "the area has no publics. Add at least one table [area.groups.KEY]."
            )
        return None
    if len(tables) > MOST_PUBLICS:
        said = f"the area has {len(tables):,} publics; {MOST_PUBLICS} at most"
        inspection.fault(_PLACE, f"{said}. Join some of them.")
        return None
    members = _members(inspection, cells)
    read = {key: _public(inspection, key, beats, even) for key in tables}
    if members is None or any(public is None for public in read.values()):
        return None
    return {
        key: Group.model_construct(
            **public,
            where=_rule(inspection, key),
            share=members[key][0],
            cells=members[key][1],
        )
        for key, public in read.items()
        if public is not None
    }


def _public(
    inspection: Inspection, key: str, beats: int | None, even: list[float] | None
) -> dict[str, Any] | None:
    """Everything of one public but who belongs to it."""
    place = (*_PLACE, key)
    _check_key(inspection, place, key)
    table = inspection.read(GroupTable, place, tables=_TABLES)
    concerns = inspection.shares(
        (*place, "concerns"), AREA_FIELDS["groups.concerns"], DEFAULT_CONCERNS
    )
    lived = even
    if inspection.tree.get(*place, "beats") is not None:
        lived = inspection.by_beat((*place, "beats"), AREA_FIELDS["groups.beats"], beats)
        lived = lived and inspection.normalised((*place, "beats"), lived)
    if table is None or concerns is None or lived is None:
        return None
    values = dict(table)
    if values["impartiality"] is None:
        values["impartiality"] = values["legitimacy"]
    return {**values, "concerns": concerns, "beats": tuple(lived)}


def _rule(inspection: Inspection, key: str) -> dict[str, tuple[str, ...]] | None:
    """The rule of a public, traits in their usual order; None where it has a share instead."""
    rule = inspection.tree.get(*_PLACE, key, "where")
    return (
        None if rule is None else {trait: tuple(rule[trait]) for trait in TRAITS if trait in rule}
    )


def _check_key(inspection: Inspection, place: Place, key: str) -> None:
    if key in FIXED_PUBLICS:
        inspection.fault(
            place, f"{key} is a public that every area has. Give this one another key."
        )
    elif not _KEY.fullmatch(key) or len(key) > LONGEST_KEY:
        said = f"{shown(key)} cannot be the key of a public"
        use = (
            f"Use up to {LONGEST_KEY} of a-z, 0-9 and hyphens; its name for readers goes into label"
        )
        inspection.fault(place, f"{said}. {use}.")


def _members(inspection: Inspection, cells: list[Cell] | None) -> dict[str, Members] | None:
    """Share of people and cells of each public; None where a rule or share has a fault."""
    tables = inspection.table(*_PLACE)
    groups = {key: group for key, group in tables.items() if isinstance(group, dict)}
    before = len(inspection.faults)
    ruled = [key for key, group in groups.items() if "where" in group]
    shared = [key for key, group in groups.items() if "share" in group]
    for key, group in groups.items():
        _check_one_way(inspection, key, group)
    if ruled and shared and not set(ruled) & set(shared):
        said = f"{ruled[0]} has a rule (where) and {shared[0]} a share"
        inspection.fault(_PLACE, f"{said}. Give rules to all publics or shares to all.")
    for key in ruled:
        _check_rule(inspection, key)
    for key in shared:
        _check_share(inspection, key)
    if len(inspection.faults) > before or not inspection.complete or len(groups) < len(tables):
        return None
    if shared:
        return _by_share(inspection, {key: group["share"] for key, group in groups.items()}, cells)
    return _by_rule(inspection, {key: group["where"] for key, group in groups.items()}, cells)


def _check_one_way(inspection: Inspection, key: str, group: dict[str, Any]) -> None:
    place = (*_PLACE, key, "where")
    if "where" in group and "share" in group:
        inspection.fault(place, "where and share are both given. Keep the rule or the share.")
    if "where" not in group and "share" not in group and inspection.complete:
        remedy = 'Write a rule such as where = {age = ["16-24"]}, or a share such as share = 0.1'
        inspection.fault(place, f"where is missing: who belongs to this public? {remedy}.")


def _check_rule(inspection: Inspection, key: str) -> None:
    place = (*_PLACE, key, "where")
    inspection.known_keys(place, TRAITS)
    for trait, values in inspection.table(*place).items():
        if trait not in TRAITS:
            continue
        if isinstance(values, list) and values:
            for at in range(len(values)):
                check_trait(inspection, (*place, trait, at), trait)
        else:
            like = f'such as {trait} = ["{TRAITS[trait][0]}"]'
            inspection.fault(
                (*place, trait), f"{trait} = {shown(values)} should be a list, {like}."
            )


def _check_share(inspection: Inspection, key: str) -> None:
    place = (*_PLACE, key, "share")
    share = inspection.tree.get(*place)
    if inspection.number(place, AREA_FIELDS["groups.share"]) and share <= _NOBODY:
        said = f"share = {shown(share)} leaves this public without residents"
        inspection.fault(place, f"{said}. Raise it or remove the public.")


def _by_share(
    inspection: Inspection, shares: dict[str, float], cells: list[Cell] | None
) -> dict[str, Members] | None:
    if not inspection.sums_to_one(_PLACE, shares) or cells is None:
        return None
    _, alike = publics.members(cells)
    values = publics.normalised([float(share) for share in shares.values()])
    return {key: (share, alike) for key, share in zip(shares, values)}


def _why_empty(rules: dict[str, publics.Rule], taken: dict[str, list[Cell]], empty: str) -> str:
    first = [
        key
        for key, cells in taken.items()
        if any(publics.matches(rules[empty], cell) for cell in cells)
    ]
    if not first:
        return "no such people live here. Widen its rule or remove it."
    verb = "takes" if len(first) == 1 else "take"
    return f"{' and '.join(first)} {verb} them first. Widen this rule, narrow the other or reorder."


def _by_rule(
    inspection: Inspection, rules: dict[str, publics.Rule], cells: list[Cell] | None
) -> dict[str, Members] | None:
    if cells is None:
        return None
    taken, left = publics.divide(cells, rules)
    for key, own in taken.items():
        if not own:
            said = f"nobody is left for this public: {_why_empty(rules, taken, key)}"
            inspection.fault((*_PLACE, key, "where"), said)
    if left:
        most = max(left, key=lambda cell: cell[3])
        said = f"{100 * sum(cell[3] for cell in left):.3g} % of people belong to no public"
        like = ", ".join(most[:3])
        inspection.fault(_PLACE, f"{said} (such as {like}). Add a last public with where = {{}}.")
    if left or not all(taken.values()):
        return None
    return {key: publics.members(own) for key, own in taken.items()}
