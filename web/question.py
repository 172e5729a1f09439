"""What one page asks: place, two policies, moved levers and how closely to look.

A question is small and complete: it can be written into an address, read back from one that
somebody else wrote, and turned into the command that gives the same numbers.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlencode

from web.levers import OFFERED, accepted, laid_over
from web.places import Place, Policy, places, policy_of, settings_for

SEED = 1
LIMITS = {"weeks": (4, 520), "residents": (100, 5000), "pairs": (2, 60)}
CHOICES = {
    "weeks": (52, 104, 156, 260),
    "residents": (500, 1000, 2000, 3000),
    "pairs": (10, 20, 40),
}
USUAL = {"weeks": 156, "residents": 1000, "pairs": 20}
MOST_WORK = 5000 * 260 * 40
"""Residents × weeks × pairs that one question may ask for."""


@dataclass(frozen=True)
class Question:
    """One comparison that a page asks for.

    Args:
        place: key of the place.
        base, other: keys of the two policies, both on offer in that place.
        moved: levers of the other policy that were moved, with their values.
        weeks, residents, pairs: how long and how closely to look.
    """

    place: str
    base: str
    other: str
    moved: tuple[tuple[str, float | str], ...] = ()
    weeks: int = USUAL["weeks"]
    residents: int = USUAL["residents"]
    pairs: int = USUAL["pairs"]

    def where(self) -> Place:
        """The place that is asked about."""
        return places()[self.place]

    def policies(self) -> tuple[Policy, Policy]:
        """Base and other."""
        on_offer = self.where().policies
        return on_offer[self.base], on_offer[self.other]

    def moved_settings(self) -> tuple[str, ...]:
        """The moved levers as settings, with the shares that gave way."""
        policy = policy_of(self.policies()[1].load())
        changed = laid_over(policy, dict(self.moved))
        return settings_for(changed, {**policy, **changed})

    def scenarios(self) -> tuple[Any, Any]:
        """Both scenarios, ready to run."""
        base, other = self.policies()
        return base.load(), other.load(self.moved_settings())

    def options(self) -> dict[str, int]:
        """What a run is told besides its scenario; the seed is the command line's own."""
        return {
            "weeks": self.weeks,
            "residents": self.residents,
            "replicates": self.pairs,
            "seed": SEED,
        }

    def with_lever(self, name: str, value: Any) -> Question:
        """The same question with one lever moved; unchanged where the value is not acceptable."""
        value = accepted(name, value)
        if value is None:
            return self
        moved = {**dict(self.moved), name: value}
        if policy_of(self.policies()[1].load()).get(name) == value:
            del moved[name]
        return replace(self, moved=tuple(sorted(moved.items())))

    def without_lever(self, name: str) -> Question:
        """The same question with one lever back where the policy has it; no name: all levers."""
        return replace(self, moved=tuple(pair for pair in self.moved if name and pair[0] != name))

    def asking(self, name: str, value: Any) -> Question:
        """The same question with another place, policy or size; unchanged where it cannot be."""
        if name == "place" and value in places():
            return replace(first_question(value), **{size: getattr(self, size) for size in LIMITS})
        if name in ("base", "other") and value in self.where().policies:
            moved = () if name == "other" else self.moved
            return replace(self, moved=moved, **{name: value})
        if name in LIMITS and (whole := _whole(name, value)) is not None:
            return replace(self, **{name: whole})
        return self

    def too_much(self) -> str:
        """Why this is more than the page may compute; empty where it is not."""
        if self.weeks * self.residents * self.pairs <= MOST_WORK:
            return ""
        return (
            "This asks for more than the page computes at once. Choose fewer residents, weeks or "
            "pairs, or use the command line below, which has no such limit."
        )

    def address(self) -> str:
        """This question as the query of an address; what is usual is left out."""
        usual = first_question(self.place)
        parts = [("place", self.place)]
        parts += [
            (name, getattr(self, name))
            for name in ("base", "other")
            if getattr(self, name) != getattr(usual, name)
        ]
        parts += [(f"set.{name}", value) for name, value in self.moved]
        parts += [
            (name, getattr(self, name)) for name in LIMITS if getattr(self, name) != USUAL[name]
        ]
        return urlencode(parts)

    def command(self) -> str:
        """The command that gives the same numbers."""
        base, other = self.policies()
        words = ["parley", "compare", base.scenario, other.scenario]
        for each in base.settings:
            words += ["--set-base", each]
        for each in (*other.settings, *self.moved_settings()):
            words += ["--set-other", each]
        words += ["--weeks", str(self.weeks), "--residents", str(self.residents)]
        words += ["--replicates", str(self.pairs), "--seed", str(SEED), "--json"]
        return shlex.join(words)


def first_question(place: str | None = None) -> Question:
    """Today's practice against the two-way policy: in the place named, or in the first on offer."""
    here = places()[place] if place else next(iter(places().values()))
    return Question(here.key, here.key, here.two_way().key)


def from_address(search: str | None) -> tuple[Question, list[str]]:
    """Read a question from the query of an address, which anybody may have written.

    Args:
        search: the query, with or without its question mark.

    Returns:
        The question as far as it could be read, and one line for each part that could not.
    """
    question, faults = first_question(), []
    try:
        given = parse_qs((search or "").lstrip("?")[:4000], max_num_fields=60)
    except ValueError:
        return question, ["The address holds more than this page reads, so it was left aside."]
    for name in ("place", "base", "other", *LIMITS):
        if name not in given:
            continue
        value = given[name][-1]
        changed = question.asking(name, value)
        if changed == question and str(getattr(question, name)) != value:
            faults.append(
                f"The address asks for {name} “{value[:60]}”, which is not on offer here."
            )
        question = changed
    for name, values in given.items():
        if not name.startswith("set."):
            continue
        lever = name.removeprefix("set.")
        if lever not in OFFERED or accepted(lever, values[-1]) is None:
            faults.append(
                f"The address sets “{lever[:60]}” to “{values[-1][:60]}”, which is not possible."
            )
            continue
        question = question.with_lever(lever, values[-1])
    return question, faults


def _whole(name: str, value: Any) -> int | None:
    """A whole number inside its limits, or None."""
    try:
        whole = int(str(value))
    except ValueError:
        return None
    low, high = LIMITS[name]
    return whole if low <= whole <= high else None
