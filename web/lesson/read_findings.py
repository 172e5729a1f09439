"""From names in a lesson file to findings: indicators, publics and policies have to exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.indicators.table import INDICATORS
from sim.scenario.faults import number, shown
from sim.scenario.inspection import Inspection
from sim.scenario.layers import Place
from web.lesson import tables
from web.lesson.form import AGREEMENT, Finding, Option
from web.places import Place as Somewhere

CHANGES = ("rises", "falls", "no-clear-change")
EVERYWHERE = ("all", "most-affected", "usual-suspects")


@dataclass(frozen=True)
class Grounds:
    """What a lesson stands on: place, base and others, as far as they could be read."""

    place: Somewhere | None
    base: str | None
    others: tuple[str, ...]

    def publics(self) -> tuple[str, ...]:
        """Everyone who can be asked about."""
        groups = self.place.today.load().area.groups if self.place is not None else ()
        return (*EVERYWHERE, *groups)


def read_prediction(
    inspection: Inspection, grounds: Grounds, measure: str, options: tuple[Option, ...]
) -> tuple[Finding | None, float | None]:
    """What the prediction is about, with the share of pairs that was found where one is predicted.

    Args:
        inspection: where faults go.
        grounds: what is compared, and where.
        measure: whether a change is predicted, or the agreement of single pairs.
        options: what may be predicted.
    """
    if not inspection.table("predict"):
        return None, None
    given = inspection.tree.get("predict", "found")
    share = _share(inspection, given, options) if measure == AGREEMENT else None
    found = ""
    if measure != AGREEMENT and given is not None:
        found = _found_change(inspection, given, options)
    finding = _finding(inspection, ("predict",), grounds, found)
    return finding, share


def read_also(inspection: Inspection, grounds: Grounds, rows: int) -> tuple[Finding, ...]:
    """What is revealed besides the prediction.

    Args:
        inspection: where faults go.
        grounds: what is compared, and where.
        rows: how many tables `[[reveal.also]]` there are.
    """
    read = []
    for at in range(rows):
        place: Place = ("reveal", "also", at)
        if not isinstance(inspection.tree.get(*place), dict):
            continue
        table = inspection.read(tables.Finding, place)
        found = (table.found or "") if table is not None else ""
        read.append(_finding(inspection, place, grounds, found))
    return tuple(finding for finding in read if finding is not None)


def read_whose(inspection: Inspection, grounds: Grounds) -> tuple[str, str]:
    """Whose attitude the waterfall explains, and under which policy."""
    place: Place = ("why",)
    row = inspection.table(*place)
    public = row.get("public", "all")
    if isinstance(public, str):
        _check_public(inspection, place, public, None, grounds)
    return str(public), _other(inspection, place, row, grounds)


def _finding(inspection: Inspection, place: Place, grounds: Grounds, found: str) -> Finding | None:
    """One finding; whatever of it is a text is looked up even where the rest has a fault."""
    row = inspection.table(*place)
    indicator, public = row.get("indicator"), row.get("public", "all")
    if indicator is None:
        said = "indicator is missing. It is what is measured, such as trust. Add it."
        inspection.fault((*place, "indicator"), said)
    elif isinstance(indicator, str) and indicator not in INDICATORS:
        said = f"indicator = {shown(indicator)} is no indicator."
        hint = inspection.hint(indicator, INDICATORS)
        inspection.fault((*place, "indicator"), f"{said} {hint}")
    if isinstance(public, str):
        _check_public(inspection, place, public, indicator, grounds)
    other = _other(inspection, place, row, grounds)
    texts = {name: row.get(name, "") for name in ("expected", "text")}
    if not all(isinstance(each, str) for each in (indicator, public, *texts.values())):
        return None
    text = "" if place == ("predict",) else texts["text"].strip()
    return Finding(str(indicator), str(public), other, texts["expected"], found, text)


def _check_public(
    inspection: Inspection, place: Place, public: str, indicator: Any, grounds: Grounds
) -> None:
    if grounds.place is not None and public not in (known := grounds.publics()):
        said = f"public = {shown(public)} is no public of {grounds.place.name}."
        inspection.fault((*place, "public"), f"{said} {inspection.hint(public, known)}")
        return
    measured = INDICATORS.get(indicator) if isinstance(indicator, str) else None
    if public != "all" and measured is not None and not measured.by_public:
        said = f"public = {shown(public)}: {indicator} is measured for the whole area only."
        inspection.fault((*place, "public"), f'{said} Write public = "all".')


def _other(inspection: Inspection, place: Place, row: dict[str, Any], grounds: Grounds) -> str:
    """Which policy is meant: the one that is named, else the first."""
    given = row.get("other", "")
    if not isinstance(given, str) or not grounds.others:
        return ""
    if not given:
        return grounds.others[0]
    if given not in grounds.others:
        said = f"other = {shown(given)} is none of the others that are run."
        hint = inspection.hint(given, grounds.others)
        inspection.fault((*place, "other"), f"{said} {hint}")
    return given


def _found_change(inspection: Inspection, given: Any, options: tuple[Option, ...]) -> str:
    place: Place = ("predict", "found")
    if given not in CHANGES:
        said = f"found = {shown(given)} should be rises, falls or no-clear-change."
        inspection.fault(place, f"{said} {inspection.hint(str(given), CHANGES)}")
        return ""
    if options and given not in [each.change for each in options]:
        said = f"found = {shown(given)} is none of the options, so nobody could predict it."
        inspection.fault(place, f"{said} Add an option for it.")
    return str(given)


def _share(inspection: Inspection, given: Any, options: tuple[Option, ...]) -> float | None:
    """The share of pairs that was found to agree with the average, in %."""
    place: Place = ("predict", "found")
    if given is None or not inspection.number(place, tables.NUMBERS["found"]):
        return None
    if options and not any(each.low <= given <= each.high for each in options):
        said = f"found = {number(given)} lies in none of the options, so nobody could predict it."
        inspection.fault(place, f"{said} Add an option for it.")
    return float(given)
