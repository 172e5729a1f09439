"""The scenarios of `compare` and `diary`: a base and the others, with what was set in each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from parley.commands.results import scenario_of

_NUMBERED = re.compile(r"(\d{1,3}):")


@dataclass(frozen=True)
class Set:
    """What was set on the command line.

    Args:
        everywhere: settings for all scenarios.
        base: settings for the base alone.
        others: settings for the others alone, or for one of them where they begin with its number.
    """

    everywhere: Sequence[str] = ()
    base: Sequence[str] = ()
    others: Sequence[str] = ()

    def in_other(self, number: int) -> list[str]:
        """The settings of one of the others alone: those without a number, and those with its own."""
        found = []
        for setting in self.others:
            numbered = _NUMBERED.match(setting)
            if numbered is None or int(numbered[1]) == number:
                found.append(setting[numbered.end() :] if numbered else setting)
        return found

    def scenarios(self, base: str, others: Sequence[str], faults: list[str]) -> list[Any]:
        """Read the base and then the others; what is wrong with them joins the faults."""
        found = [scenario_of(base, [*self.everywhere, *self.base], faults)]
        found += [
            scenario_of(other, [*self.everywhere, *self.in_other(number)], faults)
            for number, other in enumerate(others, start=1)
        ]
        faults += self._faults_of_numbers(len(others))
        return found

    def alone(self) -> tuple[list[str], list[str]]:
        """The settings of the base alone, and those of the first of the others alone."""
        return list(self.base), self.in_other(1)

    def as_options(self) -> list[str]:
        """The options that set the same again."""
        each_option = (
            ("--set", self.everywhere),
            ("--set-base", self.base),
            ("--set-other", self.others),
        )
        return [word for option, given in each_option for one in given for word in (option, one)]

    def _faults_of_numbers(self, others: int) -> list[str]:
        if not others:
            return [
                f"--set-other {each}: there is no other scenario; name one with --against."
                for each in self.others
            ]
        return [
            f"--set-other {each}: there is no other scenario number {numbered[1]}; they go from 1 to {others}."
            for each in self.others
            if (numbered := _NUMBERED.match(each)) and not 1 <= int(numbered[1]) <= others
        ]
