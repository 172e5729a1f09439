"""Looks at the tables of a scenario and words every fault: file, place, value, remedy."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from sim.core.declared import Declared
from sim.scenario.faults import MOST_FAULTS, Fault, number, plain, shown, suggestion
from sim.scenario.layers import Place, Source, Tree
from sim.scenario.publics import normalised
from sim.scenario.tables import Table
from sim.scenario.wording import called, heading, number_fault, range_of, table_of, value_fault

SUM_TOLERANCE = 0.001  # shares in files are rounded
_MOST_ADDENDS = 8
_UNNAMED = Source("scenario")

AnyTable = TypeVar("AnyTable", bound=Table)


class Inspection:
    """Gathers the faults of one scenario.

    Args:
        tree: the merged tables, which know the file of every value.
        complete: whether every file could be read; where not, nothing is reported as missing.
        faults: those found so far, by their wording.
        switch: the event whose policy the tree holds, if it does.
    """

    def __init__(
        self,
        tree: Tree,
        *,
        complete: bool = True,
        faults: dict[str, Fault] | None = None,
        switch: Place = (),
    ) -> None:
        self.tree = tree
        self.complete = complete
        self.switch = switch
        self.faults: dict[str, Fault] = {} if faults is None else faults

    def of(self, tree: Tree, *, switch: Place = ()) -> Inspection:
        """An inspection of another tree that gathers into the same faults.

        Args:
            tree: the other tables.
            switch: the event whose policy they hold, where they are not a scenario's own.
        """
        return Inspection(tree, complete=self.complete, faults=self.faults, switch=switch)

    def fault(self, place: Place, message: str) -> None:
        """Report a fault at a place of the tree."""
        source = self.tree.source(place) or _UNNAMED
        place = (*self.switch, *place)
        table = "" if source.setting else heading(table_of(place)[source.below :])
        self.add(Fault(source.called, table, message, ".".join(str(part) for part in place)))

    def add(self, *faults: Fault) -> None:
        """Report faults that are already worded; the same one only once."""
        for fault in faults:
            self.faults.setdefault(str(fault), fault)

    def as_list(self) -> list[Fault]:
        """The faults, cut to a length that can be read."""
        faults = list(self.faults.values())
        left = len(faults) - MOST_FAULTS
        if left <= 0:
            return faults
        last = Fault(faults[0].file, "", f"{left:,} more faults are not shown. Mend these first.")
        return [*faults[:MOST_FAULTS], last]

    def hint(self, name: Any, known: Iterable[str]) -> str:
        """What to choose instead of an unknown name, while faults are few enough to be read."""
        return "" if len(self.faults) > MOST_FAULTS else suggestion(str(name), known)

    def table(self, *place: str | int) -> dict[str, Any]:
        """The table at a place; empty where there is none or it is no table, which is reported."""
        value = self.tree.get(*place)
        if value is None or isinstance(value, dict):
            return value or {}
        self.fault(place, f"{called(place)} = {shown(value)} should be a table of keys.")
        return {}

    def rows(self, key: str, like: str) -> list[dict[str, Any]] | None:
        """The tables of a list such as `[[events]]`; None where it is no such list."""
        rows = self.tree.get(key)
        if rows is None:
            return []
        if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
            return rows
        self.fault((key,), f"{key} = {shown(rows)} should be tables, each {like}.")
        return None

    def read(
        self, model: type[AnyTable], place: Place, *, tables: Iterable[str] = ()
    ) -> AnyTable | None:
        """Check one table against its model.

        Args:
            model: which keys it may have.
            place: where it stands.
            tables: keys that hold tables of their own and are checked elsewhere.

        Returns:
            The table, or None where it has a fault.
        """
        data = {key: value for key, value in self.table(*place).items() if key not in tables}
        try:
            return model.model_validate(data)
        except ValidationError as error:
            known = [*model.model_fields, *tables]
            found = error.errors(include_url=False)
            for one in found:
                self._report(model, place, known, one)
            return None

    def known_keys(self, place: Place, known: Iterable[str]) -> None:
        """Report every key of a table that nobody reads."""
        known = list(known)
        for key in self.table(*place):
            if key not in known:
                self.unknown((*place, key), known)

    def unknown(self, place: Place, known: Iterable[str]) -> None:
        """Report a key that nobody reads, with the nearest that somebody does."""
        key, value = str(place[-1]), self.tree.get(*place)
        said = f"{plain(key)} = {shown(value)} is a key nobody reads."
        self.fault(place, f"{said} {self.hint(key, known)}")

    def numbers(self, place: Place, declared: Declared) -> bool:
        """Whether all entries of a table or list are numbers in range; others are reported."""
        holder = self.tree.get(*place)
        keys = holder if isinstance(holder, dict) else range(len(holder))
        fine = [self.number((*place, key), declared) for key in keys]
        return all(fine)

    def number(self, place: Place, declared: Declared) -> bool:
        """Whether one value is a number inside the range; where not, that is reported."""
        value = self.tree.get(*place)
        message = number_fault(value, declared)
        if message:
            self.fault(place, f"{called(place)} = {shown(value)} {message}")
        return not message

    def shares(
        self, place: Place, declared: Declared, default: Mapping[str, float]
    ) -> dict[str, float] | None:
        """A table of shares that sum to 1.

        Args:
            place: where it stands.
            declared: range and meaning of each share.
            default: what holds where there is no such table; its keys are those there may be.

        Returns:
            Every share, 0 where the table leaves it out; None where it has a fault.
        """
        given, holder = self.table(*place), self.tree.get(*place)
        if not isinstance(holder, dict):
            return dict(default) if holder is None else None
        self.known_keys(place, default)
        known = {name: share for name, share in given.items() if name in default}
        if not self.numbers(place, declared) or not self.sums_to_one(place, known):
            return None
        return dict(zip(default, normalised([float(known.get(name, 0.0)) for name in default])))

    def by_beat(self, place: Place, declared: Declared, beats: int | None) -> list[float] | None:
        """A list with one number for each beat; None where it has a fault."""
        values, name = self.tree.get(*place), called(place)
        if not isinstance(values, list):
            self.fault(
                place, f"{name} = {shown(values)} should be a list with a number for each beat."
            )
            return None
        if not self.numbers(place, declared) or beats is None:
            return None
        if len(values) != beats:
            said = f"{name} has {len(values):,} entries and the area {beats} beats."
            self.fault(place, f"{said} Give one for each beat.")
            return None
        return [float(value) for value in values]

    def normalised(self, place: Place, shares: list[float]) -> list[float] | None:
        """Shares made to sum to 1 where rounding left them off; None where it is more than that."""
        return normalised(shares) if self.sums_to_one(place, shares) else None

    def sums_to_one(self, place: Place, shares: Mapping[str, float] | list[float]) -> bool:
        """Whether shares sum to 1 but for rounding; where not, that is reported."""
        values = shares if isinstance(shares, list) else list(shares.values())
        total = math.fsum(values)
        if abs(total - 1) <= SUM_TOLERANCE:
            return True
        text = number(round(total, 6))
        if isinstance(shares, Mapping) and 0 < len(shares) <= _MOST_ADDENDS:
            text = (
                " + ".join(f"{key} {number(value)}" for key, value in shares.items()) + f" = {text}"
            )
        others = self._other_files(place, shares)
        said = (
            f"{called(place)}: {text}{f' ({others})' if others else ''}, but these must sum to 1."
        )
        change = "Take away" if total > 1 else "Add"
        self.fault(place, f"{said} {change} {number(round(abs(total - 1), 6))}.")
        return False

    def _other_files(self, place: Place, shares: Mapping[str, float] | list[float]) -> str:
        """Which of the shares were inherited, and from where."""
        own = self.tree.source(place)
        if isinstance(shares, list) or own is None:
            return ""
        inherited: dict[str, list[str]] = {}
        for key in shares:
            source = self.tree.sources.get((*place, key))
            if source and source.called != own.called:
                inherited.setdefault(source.called, []).append(str(key))
        return "; ".join(f"{', '.join(keys)} from {file}" for file, keys in inherited.items())

    def _report(self, model: type[Table], place: Place, known: list[str], error: Any) -> None:
        where = (*place, *error["loc"])
        name = str(error["loc"][0])
        if error["type"] == "extra_forbidden":
            return self.unknown(where, known)
        declared = model.declared(name)
        if error["type"] == "missing":
            return self._missing(where, declared) if self.complete else None
        fault = value_fault(error, declared)
        return self.fault(where, f"{called(where)} = {shown(error['input'])} {fault}")

    def _missing(self, where: Place, declared: Declared | None) -> None:
        message = f"{called(where)} is missing."
        if declared:
            message += f" It is {declared.meaning}, {range_of(declared)}."
        self.fault(where, message)
