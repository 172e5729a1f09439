"""Parameter sets that the calibration accepted: what doubt about assumptions means.

The file has a column `set`, a different name in each row, and one column for each assumption that
was calibrated. It is made by `python -m analysis calibrate` and shipped with the scenarios.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sim.assumptions import ASSUMPTIONS
from sim.scenario import SHIPPED
from sim.scenario.faults import MOST_FAULTS, number, plain, suggestion
from sim.scenario.files import name_of
from sim.theories import THEORIES

if TYPE_CHECKING:
    from sim.scenario import Scenario

PARAMETER_SETS = SHIPPED / "evidence" / "parameter-sets.csv"
COMMAND = "python -m analysis calibrate"
NAME = "set"


class ParameterFaults(ValueError):
    """Parameter sets cannot be used; `faults` has one line for each reason."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))

    def __reduce__(self) -> tuple[type[ParameterFaults], tuple[list[str]]]:
        return type(self), (self.faults,)


def parameter_sets(path: Path | None = None) -> list[dict[str, float]]:
    """The accepted parameter sets, in the order of the file.

    Args:
        path: another file of the same form than the shipped one.

    Returns:
        One dictionary for each set: assumption name → value, the same names in each.

    Raises:
        ParameterFaults: the file is absent, or has something wrong with it.
    """
    path = PARAMETER_SETS if path is None else path
    called = name_of(path, path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ParameterFaults(
            [f"{called}: there is no such file yet. `{COMMAND}` makes it."]
        ) from None
    except UnicodeDecodeError:
        raise ParameterFaults(
            [f"{called}: the text is not UTF-8. Save the file as UTF-8."]
        ) from None
    except OSError as fault:
        raise ParameterFaults([f"{called}: {fault.strerror or fault}."]) from None
    return _read(called, text)


def with_parameters(scenario: Scenario, parameters: Mapping[str, float]) -> Scenario:
    """The same scenario with the numbers of one parameter set.

    What the scenario's files or settings say of an assumption wins over the set, and so does the
    theory it is under, whether that was chosen before or after.

    Args:
        scenario: any scenario.
        parameters: assumption name → value, as `parameter_sets` gives them.

    Raises:
        ParameterFaults: a name is unknown or a value outside its range.
    """
    wrong = [_name_fault(name) or _value_fault(name, parameters[name]) for name in parameters]
    if faults := [fault for fault in wrong if fault]:
        raise ParameterFaults(f"parameters: {fault}" for fault in faults)
    held = THEORIES[scenario.theory].assumptions if scenario.theory else {}
    return scenario.with_assumptions(
        {name: value for name, value in parameters.items() if name not in held}
    )


def _read(file: str, text: str) -> list[dict[str, float]]:
    rows = [row for row in csv.reader(text.splitlines()) if row]
    if not rows:
        raise ParameterFaults([f"{file}: the file is empty. `{COMMAND}` makes it."])
    head, *body = rows
    faults = _head_faults(head)
    if not body:
        faults.append(f"it has no parameter set. `{COMMAND}` makes them.")
    if not faults:
        faults += _repeated([row[0] for row in body], "the set", "Give each row a name of its own.")
        for line, row in enumerate(body, start=2):
            faults += [f"line {line}: {fault}" for fault in _row_faults(head, row)]
    if faults:
        left = len(faults) - MOST_FAULTS
        shown = faults[:MOST_FAULTS] + (
            [f"{left:,} more faults are not shown."] if left > 0 else []
        )
        raise ParameterFaults(f"{file}: {fault}" for fault in shown)
    return [dict(zip(head[1:], map(float, row[1:]))) for row in body]


def _head_faults(head: list[str]) -> list[str]:
    faults = []
    if head[0] != NAME:
        faults.append(f"the first column is {plain(head[0])}. It should be {NAME}.")
    if len(head) == 1:
        faults.append("no column names an assumption.")
    faults += [f"column {fault}" for name in head[1:] if (fault := _name_fault(name))]
    return faults + _repeated(head, "the column", "Keep one of them.")


def _row_faults(head: list[str], row: list[str]) -> list[str]:
    if len(row) != len(head):
        return [f"it has {len(row)} cells and the head has {len(head)}. Give one for each column."]
    return [fault for name, cell in zip(head[1:], row[1:]) if (fault := _value_fault(name, cell))]


def _name_fault(name: str) -> str:
    if name in ASSUMPTIONS:
        return ""
    return f"{plain(name)} is no assumption. {suggestion(name, ASSUMPTIONS)}"


def _value_fault(name: str, given: str | float) -> str:
    """What is wrong with a value, or an empty text."""
    declared = ASSUMPTIONS[name]
    bounds = f"{number(declared.low)} to {number(declared.high)}"
    try:
        value = float(given)
    except (TypeError, ValueError):
        return f"{name} = {plain(str(given))} should be a number, {bounds}."
    if not math.isfinite(value) or not declared.holds(value):
        return f"{name} = {plain(str(given))} is outside {bounds}. It is {declared.meaning}."
    return ""


def _repeated(names: list[str], what: str, remedy: str) -> list[str]:
    twice = dict.fromkeys(name for name in names if names.count(name) > 1)
    return [f"{what} {plain(name)} stands there more than once. {remedy}" for name in twice]
