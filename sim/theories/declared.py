"""How a rival account of trust is declared: as departures from the numbers in force, each argued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sim.assumptions import ASSUMPTIONS


@dataclass(frozen=True)
class Departure:
    """One number that an account sets otherwise.

    Attributes:
        value: what it sets it to, inside the declared range.
        because: the argument, in one line.
    """

    value: float
    because: str


@dataclass(frozen=True)
class Theory:
    """A named account of trust: a set of assumptions over the same engine, and nothing else.

    Attributes:
        name: as `--theory` takes it.
        label: for readers.
        account: what it says, in plain English.
        due_to: whose account it is.
        matters: what should matter to trust if it holds.
        matters_little: what should hardly matter.
        departures: the numbers it commits itself to, by name; on all others it is silent.
    """

    name: str
    label: str
    account: str
    due_to: str
    matters: tuple[str, ...]
    matters_little: tuple[str, ...]
    departures: Mapping[str, Departure]

    def __post_init__(self) -> None:
        for name, departure in self.departures.items():
            declared = ASSUMPTIONS.get(name)
            if declared is None:
                raise ValueError(f"{self.name}: {name} is no assumption")
            if not declared.holds(departure.value):
                bounds = f"{declared.low} to {declared.high}"
                raise ValueError(f"{self.name}: {name} = {departure.value} is outside {bounds}")

    @cached_property
    def assumptions(self) -> dict[str, float]:
        """The numbers it sets, by name."""
        return {name: float(one.value) for name, one in self.departures.items()}


def departures(*rows: tuple[str, float, str]) -> dict[str, Departure]:
    """Departures from rows of name, value and argument.

    Raises:
        ValueError: a number is named twice.
    """
    found: dict[str, Departure] = {}
    for name, value, because in rows:
        if name in found:
            raise ValueError(f"{name} is set twice")
        found[name] = Departure(value, because)
    return found
