"""From `[[expect]]` to what a scenario's authors expect of it, with every fault on the way."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.scenario import files
from sim.scenario.faults import shown
from sim.scenario.head_tables import Expectation
from sim.scenario.inspection import Inspection
from sim.scenario.layers import Place
from sim.scenario.read_publics import FIXED_PUBLICS


def read_expectations(
    inspection: Inspection, groups: list[str] | None, folder: Path
) -> tuple[Expectation, ...] | None:
    """Check what is expected: indicators, publics and the scenarios compared with have to exist.

    Args:
        inspection: where faults go.
        groups: keys of the publics; None where they are not known.
        folder: where relative paths to other scenarios start.

    Returns:
        The expectations, or None where one has a fault.
    """
    rows = inspection.rows("expect", "[[expect]] with indicator, change and because")
    if rows is None:
        return None
    read = [_expectation(inspection, ("expect", at), groups, folder) for at in range(len(rows))]
    expectations = [expectation for expectation in read if expectation is not None]
    return tuple(expectations) if len(expectations) == len(rows) else None


def drop_expectations_of(inspection: Inspection, gone: set[str]) -> None:
    """Leave out what was expected of publics that a setting has taken away with their area."""
    rows = inspection.tree.get("expect")
    source = inspection.tree.source(("expect",))
    if gone and source and isinstance(rows, list):
        kept = [row for row in rows if not isinstance(row, dict) or row.get("public") not in gone]
        inspection.tree.put(("expect",), kept, source)


def _expectation(
    inspection: Inspection, place: Place, groups: list[str] | None, folder: Path
) -> Expectation | None:
    """One expectation; whatever of it is a text is looked up even where the rest has a fault."""
    expectation = inspection.read(Expectation, place)
    row = inspection.table(*place)
    indicator, public = row.get("indicator"), row.get("public", "all")
    compared = row.get("compared", "baseline")
    if isinstance(indicator, str):
        _check_indicator(inspection, place, indicator)
    if isinstance(public, str):
        _check_public(inspection, place, public, indicator, groups)
    if isinstance(compared, str):
        _check_compared(inspection, place, compared, folder)
    return expectation


def _indicators() -> Mapping[str, Any]:
    from sim.indicators.table import INDICATORS

    return INDICATORS


def _check_indicator(inspection: Inspection, place: Place, name: str) -> None:
    if name not in _indicators():
        said = f"indicator = {shown(name)} is no indicator."
        inspection.fault((*place, "indicator"), f"{said} {inspection.hint(name, _indicators())}")


def _check_public(
    inspection: Inspection, place: Place, public: str, indicator: Any, groups: list[str] | None
) -> None:
    measured = _indicators().get(indicator) if isinstance(indicator, str) else None
    if groups is not None and public not in (known := (*FIXED_PUBLICS, *groups)):
        said = f"public = {shown(public)} is no public of this area."
        inspection.fault((*place, "public"), f"{said} {inspection.hint(public, known)}")
    elif public != "all" and measured is not None and not measured.by_public:
        said = f"public = {shown(public)}: {indicator} is measured for the whole area only."
        inspection.fault((*place, "public"), f'{said} Write public = "all".')


def _check_compared(inspection: Inspection, place: Place, name: str, folder: Path) -> None:
    try:
        if files.find_scenario(name, folder).is_file():
            return
    except (OSError, ValueError):
        pass
    hint = (
        inspection.hint(name, files.shipped_names()) if files.is_bare(name) else "Check the path."
    )
    said = f"compared = {shown(name)} is no shipped scenario and no file."
    inspection.fault((*place, "compared"), f"{said} {hint}")
