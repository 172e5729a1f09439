"""The places and policies on offer: what is shipped, sorted the way a policy team thinks of it.

A place is an area with the scenario that stands for today's practice there. A policy belongs to a
place where a shipped scenario says so; every other shipped policy can be borrowed, as settings laid
over the place's own scenario: a borough is compared with itself and never with another area.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sim import ScenarioFaults, load, shipped
from sim.policy.levers import REACH_PRESETS
from sim.scenario import SHIPPED
from sim.theories import with_theory
from web.own import code
from web.own.text import toml_text, with_area
from web.words import quoted

TWO_WAY = "two-way"
SHARES = ("time", "mix")
"""Tables of levers whose entries sum to 1."""
ORDINARY = "baseline"
"""The practice of an area that has none of its own."""
_PRACTICE = "~"
YOURS = "your area"


@dataclass(frozen=True)
class Policy:
    """One entry of a menu of policies.

    Args:
        key: name of the shipped scenario that it comes from.
        title: what the menu says.
        question: what that scenario asks.
        scenario: the scenario to load.
        settings: what is laid over it.
        area: a shipped area that it is moved to, or a visitor's own as a word; empty for its own.
    """

    key: str
    title: str
    question: str
    scenario: str
    settings: tuple[str, ...] = ()
    area: str = ""

    def load(self, more: tuple[str, ...] = (), theory: str = "") -> Any:
        """The scenario itself, with more settings on top, under a rival theory if one is named."""
        return loaded(self.scenario, (*self.settings, *more), self.area, theory)


@dataclass(frozen=True)
class Place:
    """One entry of the menu of places.

    Args:
        key: name of the scenario that stands for today's practice; of a place that was made from an
            area: what stands for it in an address.
        name: name of the area.
        real: whether its figures were taken from a real place.
        policies: what can be compared there; the first is today's practice.
        area: the shipped area or the visitor's own that it was made from; empty where a shipped
            scenario stands for it.
    """

    key: str
    name: str
    real: bool
    policies: dict[str, Policy]
    area: str = ""

    @property
    def today(self) -> Policy:
        """Today's practice in this place."""
        return next(iter(self.policies.values()))

    @property
    def own(self) -> bool:
        """Whether this is a visitor's own area."""
        return bool(self.area) and self.area not in shipped_areas()

    @property
    def stem(self) -> str:
        """A name for files, in letters that every system takes."""
        if not self.area:
            return self.key
        return stem_of(self.today.load().area.name if self.own else self.area.rpartition("/")[2])

    @property
    def file(self) -> str:
        """The area file that a command or a scenario has to name; empty where none is needed."""
        return f"{self.stem}.toml" if self.own else f"{self.area}.toml" if self.area else ""

    def limits(self) -> list[str]:
        """What has to be said of the numbers of a visitor's own area, and of a borrowed practice."""
        if not self.area:
            return []
        found = []
        if self.own:
            found.append(
                "The area is not one that comes with Parley. Whoever made it answers for its "
                "numbers: those without a source in its notes are their own assumptions, not data."
            )
        title = self.today.title
        found.append(
            f"The area file holds no policy: hours, searches and contacts of {quoted(title)} are "
            "taken for today's practice here, not what the police of this area do."
        )
        return found

    def text(self) -> str:
        """The area file of a visitor's own area."""
        return own_text(self.area)

    def two_way(self) -> Policy:
        """The policy that is shown first against today's."""
        today = self.today.key
        for key in (f"{today}-{TWO_WAY}", TWO_WAY):
            if key in self.policies:
                return self.policies[key]
        return next((each for each in self.policies.values() if each.key != today), self.today)


@lru_cache(maxsize=256)
def loaded(name: str, settings: tuple[str, ...] = (), area: str = "", theory: str = "") -> Any:
    """A scenario with settings, read once; scenarios are frozen, so pages may share them.

    Args:
        name: of the scenario.
        settings: laid over it.
        area: a shipped area or a visitor's own that it is moved to; empty for its own.
        theory: the rival theory that it is read under; empty for none.
    """
    scenario = _read(name, settings, area)
    return with_theory(scenario, theory) if theory else scenario


def _read(name: str, settings: tuple[str, ...], area: str) -> Any:
    if not area:
        return load(name, settings)
    if area in shipped_areas():
        return load(name, (f'area="{area}.toml"', *settings))
    return with_area(name, own_text(area), settings)


@lru_cache(maxsize=64)
def own_text(word: str) -> str:
    """The area file of a visitor's own area, from its word.

    Raises:
        Unreadable: the word holds no area, or one that no file can hold.
    """
    content = code.read(word)
    try:
        return toml_text(content)
    except (TypeError, ValueError, RecursionError):
        raise code.Unreadable(
            "The area in this link cannot be a file. Ask for it as one."
        ) from None


@cache
def shipped_areas() -> tuple[str, ...]:
    """Every shipped area, as a scenario names its file but without the ending."""
    files = sorted((SHIPPED / "areas").rglob("*.toml"))
    return tuple(file.relative_to(SHIPPED).with_suffix("").as_posix() for file in files)


def stem_of(name: str) -> str:
    """A name in letters that every system takes in a file's name."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-") or "area"


def place_at(key: str) -> Place | None:
    """A place on offer, or one made from a shipped area or a visitor's own; None for what is none.

    Args:
        key: of a place on offer; or "areas/NAME" or a word for an own area, with "~" and the place
            whose practice it has where that is not the ordinary one. Anybody may have written it.
    """
    return places().get(key) or _made(key)


def key_of(area: str, practice: str = ORDINARY) -> str:
    """What stands in an address for a place made from an area.

    Args:
        area: a shipped area or the word of a visitor's own.
        practice: the place on offer whose practice it has.
    """
    return area if practice == ORDINARY else f"{area}{_PRACTICE}{practice}"


def parts_of(key: str) -> tuple[str, str]:
    """The area and the practice in a key of `key_of`."""
    area, _, practice = key.partition(_PRACTICE)
    return area, practice or ORDINARY


@lru_cache(maxsize=64)
def _made(key: str) -> Place | None:
    area, practice = parts_of(key)
    if practice not in places() or not (area in shipped_areas() or area.startswith(code.START)):
        return None
    try:
        today = loaded(practice, (), area)
    except (ScenarioFaults, code.Unreadable):
        return None
    policies = [Policy(practice, today.title, today.question, practice, (), area)]
    policies += filter(None, (_borrowed(each, today, area) for each in lending()))
    own = area not in shipped_areas()
    name = f"{today.area.name} ({YOURS})" if own else today.area.name
    real = bool(today.area.licence) and not own
    return Place(key, name, real, {each.key: each for each in policies}, area)


@cache
def lending() -> tuple[Any, ...]:
    """The shipped scenarios whose policies can be borrowed by other places."""
    first, *others = shipped()
    return (first, *(each for each in others if each.area.name == first.area.name))


@cache
def places() -> dict[str, Place]:
    """Every place on offer by key: real places first, and of these the one with most searches.

    Where searches are frequent, engagement has most to answer for; that is the place to open with.
    """
    by_area: dict[str, list[Any]] = {}
    for scenario in shipped():
        by_area.setdefault(scenario.area.name, []).append(scenario)
    found = [_place(scenarios) for scenarios in by_area.values()]
    return {place.key: place for place in sorted(found, key=_order)}


def flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """The entries of nested tables under dotted names."""
    for name, value in table.items():
        dotted = f"{above}{name}"
        if isinstance(value, Mapping):
            yield from flat(value, f"{dotted}.")
        else:
            yield dotted, value


def settings_for(changed: Iterable[str], policy: Mapping[str, Any]) -> tuple[str, ...]:
    """Levers as the command line takes them; shares that sum to 1 are given together.

    Args:
        changed: dotted names of the levers that are to be set.
        policy: the policy with the values wanted, by dotted name.
    """
    found: dict[str, str] = {}
    for name in changed:
        head = name.partition(".")[0]
        if head in SHARES:
            inside = [
                (key.removeprefix(f"{head}."), policy[key])
                for key in policy
                if key.startswith(f"{head}.")
            ]
            found[head] = "{" + ", ".join(f"{key} = {_toml(value)}" for key, value in inside) + "}"
        else:
            found[name] = _toml(policy[name])
    return tuple(f"policy.{name}={value}" for name, value in found.items())


def _toml(value: Any) -> str:
    return json.dumps(round(value, 6) if isinstance(value, float) else value)


def policy_of(scenario: Any) -> dict[str, Any]:
    """The levers of a scenario by dotted name; a named reach stays a name."""
    table = dict(scenario.policy.as_dict())
    if scenario.policy.reach_name in REACH_PRESETS:
        table["reach"] = scenario.policy.reach_name
    return dict(flat(table))


def _order(place: Place) -> tuple[bool, float]:
    return not place.real, -float(policy_of(place.today.load())["stops"])


def _place(scenarios: list[Any]) -> Place:
    today = min(scenarios, key=lambda each: (len(each.changed), bool(each.events)))
    own = [_own(each) for each in (today, *(each for each in scenarios if each is not today))]
    policies = {policy.key: policy for policy in own}
    known = {each.hash for each in scenarios}
    for lender in lending() if today.area.name != lending()[0].area.name else ():
        borrowed = _borrowed(lender, today)
        if borrowed is not None and borrowed.load().hash not in known:
            policies[borrowed.key] = borrowed
    return Place(today.key, today.area.name, _is_real(today), policies)


def _is_real(today: Any) -> bool:
    """Whether a scenario carries the name of its area, with figures taken under a licence."""
    return bool(today.area.licence) and today.key == today.area.name.lower().replace(" ", "-")


def _own(scenario: Any) -> Policy:
    return Policy(scenario.key, scenario.title, scenario.question, scenario.key)


def _borrowed(lender: Any, today: Any, area: str = "") -> Policy | None:
    """A policy from another area as settings over this place; None if it is more than a policy."""
    decided = ("policy.", "area.police.", "area.partners.")
    if not lender.changed or not all(name.startswith(decided) for name in lender.changed):
        return None
    levers = (name.removeprefix("policy.") for name in lender.changed_levers)
    force = (f"{name}={_toml(value)}" for name, (_, value) in lender.changed_area.items())
    settings = (*settings_for(levers, policy_of(lender)), *force)
    return Policy(lender.key, lender.title, lender.question, today.key, settings, area)
