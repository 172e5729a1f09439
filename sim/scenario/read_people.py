"""From the tables of shares to who lives in an area, by age, tenure and ethnic group together."""

from __future__ import annotations

from typing import Any

from sim.scenario import publics
from sim.scenario.area_fields import AREA_FIELDS, DEFAULT_SHARES, TRAITS
from sim.scenario.faults import shown
from sim.scenario.inspection import Inspection
from sim.scenario.layers import Place
from sim.scenario.publics import Cell

_NOUNS = {"age": "age band", "tenure": "tenure", "ethnic": "ethnic group"}
_ROW = ("age", "tenure", "ethnic", "share")


def read_people(inspection: Inspection) -> list[Cell] | None:
    """The cells of an area that has people in them, or None where its shares have a fault."""
    tree = inspection.tree
    if tree.get("area", "joint") is None:
        shares = read_shares(inspection)
        return None if shares is None else [cell for cell in publics.independent(shares) if cell[3]]
    if tree.get("area", "shares") is not None:
        inspection.fault(("area", "joint"), "shares and joint are both given. Keep one of them.")
        return None
    return _joint(inspection)


def read_shares(inspection: Inspection) -> dict[str, dict[str, float]] | None:
    """Share of people by each trait alone."""
    place: Place = ("area", "shares")
    inspection.known_keys(place, TRAITS)
    _say_missing_shares(inspection)
    shares = {
        trait: inspection.shares((*place, trait), AREA_FIELDS["shares"], DEFAULT_SHARES[trait])
        for trait in TRAITS
    }
    found = {trait: share for trait, share in shares.items() if share is not None}
    return found if len(found) == len(shares) else None


def check_trait(inspection: Inspection, place: Place, trait: str) -> bool:
    """Whether the value at a place is one of a trait; where not, that is reported."""
    value, values = inspection.tree.get(*place), TRAITS[trait]
    if isinstance(value, str) and value in values:
        return True
    hint = inspection.hint(value, values)
    inspection.fault(place, f"{trait} = {shown(value)} is no {_NOUNS[trait]} known here. {hint}")
    return False


def _say_missing_shares(inspection: Inspection) -> None:
    """Rules need to know who lives in the area."""
    groups = inspection.table("area", "groups").values()
    rules = [group.get("where") for group in groups if isinstance(group, dict)]
    given = inspection.tree.get("area", "shares")
    if not any(rules) or not inspection.complete or not isinstance(given, (dict, type(None))):
        return
    for trait, values in TRAITS.items():
        if trait not in (given or {}):
            names = [f'"{value}"' if value[0].isdigit() else value for value in values]
            like = ", ".join(f"{name} = {1 / len(values):.2g}" for name in names)
            said = f"{trait} is missing: the rules of publics need the share of people by {trait}."
            inspection.fault(
                ("area", "shares", trait), f"{said} Write {trait} = {{{like}}} or the like."
            )


def _joint(inspection: Inspection) -> list[Cell] | None:
    place: Place = ("area", "joint")
    rows = inspection.tree.get(*place)
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        like = "[[area.joint]] with age, tenure, ethnic and share"
        inspection.fault(place, f"joint = {shown(rows)} should be rows, each {like}.")
        return None
    before = len(inspection.faults)
    shares: dict[tuple[str, ...], float] = {}
    for at, row in enumerate(rows):
        traits = _traits_of_row(inspection, (*place, at), row)
        if traits in shares:
            said = "these traits have a row already. Add the shares up in one row."
            inspection.fault((*place, at, "share"), said)
        elif traits:
            shares[traits] = row["share"]
    if len(inspection.faults) > before or not inspection.sums_to_one(place, list(shares.values())):
        return None
    values = publics.normalised([float(share) for share in shares.values()])
    cells = dict(zip(shares, values))
    return [(*cell[:3], cells[cell[:3]]) for cell in publics.every_cell() if cells.get(cell[:3])]


def _traits_of_row(
    inspection: Inspection, place: Place, row: dict[str, Any]
) -> tuple[str, ...] | None:
    """Age, tenure and ethnic group of a row; None where the row has a fault."""
    before = len(inspection.faults)
    inspection.known_keys(place, _ROW)
    for name in _ROW:
        if name not in row:
            inspection.fault((*place, name), f"{name} is missing from this row. Add it.")
        elif name == "share":
            inspection.number((*place, name), AREA_FIELDS["joint.share"])
        else:
            check_trait(inspection, (*place, name), name)
    return tuple(row[trait] for trait in TRAITS) if len(inspection.faults) == before else None
