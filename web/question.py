"""What one tab asks: place, two to four policies, moved levers and assumptions, how closely to look.

A question is small and complete: it can be written into an address, read back from one that
somebody else wrote, and turned into the command that gives the same numbers.
"""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlencode

from sim.assumptions import ASSUMPTIONS
from sim.policy.levers import LEVERS, REACH_PRESETS
from sim.theories import THEORIES
from sim.version import VERSION
from web import assumed
from web.levers import OFFERED, REACH, accepted, laid_over
from web.own import code
from web.places import Place, Policy, parts_of, place_at, places, policy_of, settings_for
from web.words import quoted

SEED = 1
LIMITS = {"weeks": (4, 520), "residents": (100, 5000), "pairs": (2, 100)}
CHOICES = {
    "weeks": (52, 104, 156, 260),
    "residents": (500, 1000, 2000, 3000),
    "pairs": (10, 20, 40, 60),
}
USUAL = {"weeks": 156, "residents": 1000, "pairs": 60}
PRECISIONS = (0.1, 0.2, 0.5, 1.0)
"""Points of trust, either way, to which the headline may be asked to be known."""
USUAL_PRECISION = 0.2
OWN_NUMBERS = ""
"""The name, among the theories, of no rival theory at all."""
ALL_PAIRS = 0.0
"""The precision that stands for: exactly as many pairs as asked for."""
MOST_POLICIES = 4
_LONGEST_ADDRESS = code.LONGEST + 6000
"""Letters of an address that are read."""
MOST_WORK = 5000 * 260 * 40 * 2
"""Residents × weeks × pairs × policies that one question may ask for."""

Moved = tuple[tuple[str, float | str], ...]


@dataclass(frozen=True)
class Tried:
    """One policy that is held against the base.

    Args:
        policy: key of a policy on offer in the place.
        moved: levers that were moved in it, with their values.
    """

    policy: str
    moved: Moved = ()


@dataclass(frozen=True)
class Question:
    """One comparison that a tab asks for.

    Args:
        place: key of the place.
        base: key of the policy that the others are held against.
        tried: one to three others.
        assumed: assumptions that were moved, for the base and the others alike.
        weeks, residents: how long, and how finely drawn.
        pairs: how many pairs of histories at most.
        within: half-width in points of trust at which no more pairs are added; `ALL_PAIRS` for never.
        theory: rival theory of trust that all policies are lived under; `OWN_NUMBERS` for none.
    """

    place: str
    base: str
    tried: tuple[Tried, ...]
    assumed: tuple[tuple[str, float], ...] = ()
    weeks: int = USUAL["weeks"]
    residents: int = USUAL["residents"]
    pairs: int = USUAL["pairs"]
    within: float = USUAL_PRECISION
    theory: str = OWN_NUMBERS

    def where(self) -> Place:
        """The place that is asked about."""
        found = place_at(self.place)
        if found is None:
            raise KeyError(self.place)
        return found

    def policies(self) -> list[Policy]:
        """The base and then the others, as the menu has them: without what was moved."""
        on_offer = self.where().policies
        return [on_offer[self.base], *(on_offer[each.policy] for each in self.tried)]

    def moved_settings(self, which: int = 0) -> tuple[str, ...]:
        """The moved levers of one of the others as settings, with the shares that gave way."""
        tried = self.tried[which]
        policy = policy_of(self.policies()[which + 1].load())
        changed = laid_over(policy, dict(tried.moved))
        return settings_for(changed, {**policy, **changed})

    def scenarios(self) -> list[Any]:
        """The base and then the others, ready to run."""
        assumptions = assumed.settings(self.assumed)
        base, *others = self.policies()
        return [
            base.load(assumptions, self.theory),
            *(
                other.load((*self.moved_settings(which), *assumptions), self.theory)
                for which, other in enumerate(others)
            ),
        ]

    def unmoved_base(self) -> Any:
        """The base with every assumption where it is declared, or where the theory has it."""
        return self.policies()[0].load(theory=self.theory)

    def before_assumptions(self) -> Any:
        """The base before any assumption was moved; None where none was."""
        return self.unmoved_base() if self.assumed else None

    def options(self) -> dict[str, int]:
        """What a run is told besides its scenario; the seed is the command line's own."""
        return {
            "weeks": self.weeks,
            "residents": self.residents,
            "replicates": self.pairs,
            "seed": SEED,
        }

    def with_lever(self, name: str, value: Any, which: int = 0) -> Question:
        """The same question with one lever moved; unchanged where the value is not acceptable."""
        value = accepted(name, value)
        if value is None or not 0 <= which < len(self.tried):
            return self
        moved = {**dict(self.tried[which].moved), name: value}
        if policy_of(self.policies()[which + 1].load()).get(name) == value:
            del moved[name]
        return self._with_moved(which, tuple(sorted(moved.items())))

    def without_lever(self, name: str, which: int = 0) -> Question:
        """The same question with one lever back where the policy has it; no name: all levers."""
        if not 0 <= which < len(self.tried):
            return self
        kept = tuple(pair for pair in self.tried[which].moved if name and pair[0] != name)
        return self._with_moved(which, kept)

    def with_assumption(self, name: str, value: Any) -> Question:
        """The same question with one assumption moved; unchanged where it cannot be."""
        value = assumed.accepted(name, value)
        if value is None:
            return self
        moved = {**dict(self.assumed), name: value}
        if assumed.default(name, self.unmoved_base()) == value:
            del moved[name]
        return replace(self, assumed=tuple(sorted(moved.items())))

    def without_assumption(self, name: str) -> Question:
        """The same question with one assumption back where it was; no name: all of them."""
        kept = tuple(pair for pair in self.assumed if name and pair[0] != name)
        return replace(self, assumed=kept)

    def with_another(self) -> Question:
        """The same question with one more policy: the first on offer that is not there yet."""
        there = {self.base, *(each.policy for each in self.tried)}
        left = [key for key in self.where().policies if key not in there]
        if len(self.tried) + 1 >= MOST_POLICIES or not left:
            return self
        return replace(self, tried=(*self.tried, Tried(left[0])))

    def without(self, which: int) -> Question:
        """The same question without one of the others; the last one stays."""
        if len(self.tried) < 2 or not 0 <= which < len(self.tried):
            return self
        return replace(self, tried=self.tried[:which] + self.tried[which + 1 :])

    def asking(self, name: str, value: Any) -> Question:
        """The same question with another place, policy or size; unchanged where it cannot be.

        Args:
            name: place, base, other, other2, other3, weeks, residents, pairs, within or theory.
            value: as a menu or an address gives it.
        """
        if name == "place" and place_at(str(value)) is not None:
            sizes = {size: getattr(self, size) for size in (*LIMITS, "within", "theory")}
            return replace(first_question(value), **sizes)
        if name == "base" and value in self.where().policies:
            return replace(self, base=value)
        if name in OTHERS and value in self.where().policies:
            return self._with_other(OTHERS.index(name), value)
        if name in LIMITS and (whole := _whole(name, value)) is not None:
            return replace(self, **{name: whole})
        if name == "within" and (wanted := _precision(value)) is not None:
            return replace(self, within=wanted)
        if name == "theory" and value in (OWN_NUMBERS, *THEORIES):
            return replace(self, theory=value)
        return self

    def work(self) -> int:
        """Residents × weeks × pairs × policies: at most so much has to be lived."""
        policies = 1 + len(self.tried) + bool(self.assumed)
        return self.weeks * self.residents * self.pairs * policies

    def too_much(self) -> str:
        """Why this is more than the page may compute; empty where it is not."""
        if self.work() <= MOST_WORK:
            return ""
        return (
            "This asks for more than the page computes at once. Choose fewer residents, weeks, "
            "pairs or policies, or use the command line below, which has no such limit."
        )

    def address(self) -> str:
        """This question as the query of an address; what is usual is left out.

        An own area that is too large for a link is named in it by the mark of its file.
        """
        return _address(self, whole=False)

    def whole_address(self) -> str:
        """The same with an own area in full, however large: for what this page itself asks for."""
        return _address(self, whole=True)

    def carries_area(self) -> bool:
        """Whether the address alone reopens this, without the file of an own area."""
        return self.address() == self.whole_address()

    def mark(self) -> str:
        """What this question means in this version: it changes when a shipped file does."""
        return _mark(self)

    def command(self, pairs: int | None = None) -> str:
        """The command that gives the same numbers.

        Args:
            pairs: how many pairs it took; if not given, as many as may be asked for.
        """
        every = range(len(self.tried))
        base, *others = self.policies()
        words = ["parley", "compare", base.scenario, *(other.scenario for other in others)]
        words += [*self._set(every), *self._size(), "--replicates", str(pairs or self.pairs)]
        return shlex.join([*words, *self._dice(), "--json"])

    def diary_command(self, which: int, resident: str, replicate: int) -> str:
        """The command that tells one resident's weeks under the base and one of the others.

        Args:
            which: which of the others, from 0.
            resident: key of the resident.
            replicate: which replicate, from 0.
        """
        base, other = self.policies()[0], self.policies()[1 + which]
        words = ["parley", "diary", base.scenario, "--against", other.scenario]
        words += [*self._set([which]), *self._size(), "--replicate", str(replicate)]
        return shlex.join([*words, *self._dice(), "--resident", resident])

    def _set(self, those: Sequence[int]) -> list[str]:
        """The settings of the base and of some of the others, as options of a command on them."""
        base, *others = self.policies()
        file = self.where().file
        everywhere = [*([f'area="{file}"'] if file else []), *assumed.settings(self.assumed)]
        words = [word for each in everywhere for word in ("--set", each)]
        words += [word for each in base.settings for word in ("--set-base", each)]
        for number, which in enumerate(those, start=1):
            only = f"{number}:" if len(those) > 1 else ""
            for each in (*others[which].settings, *self.moved_settings(which)):
                words += ["--set-other", only + each]
        return words

    def _size(self) -> list[str]:
        return ["--weeks", str(self.weeks), "--residents", str(self.residents)]

    def _dice(self) -> list[str]:
        return ["--seed", str(SEED), *(["--theory", self.theory] if self.theory else [])]

    def _with_moved(self, which: int, moved: Moved) -> Question:
        tried = list(self.tried)
        tried[which] = replace(tried[which], moved=moved)
        return replace(self, tried=tuple(tried))

    def _with_other(self, which: int, policy: str) -> Question:
        if which > len(self.tried):
            return self
        return replace(self, tried=(*self.tried[:which], Tried(policy), *self.tried[which + 1 :]))


OTHERS = ("other", "other2", "other3")
SETS = ("set", "set2", "set3")


def first_question(place: str | None = None) -> Question:
    """Today's practice against the two-way policy: in the place named, or in the first on offer."""
    here = place_at(place) if place else None
    here = here or next(iter(places().values()))
    return Question(here.key, here.today.key, (Tried(here.two_way().key),))


def from_address(search: str | None, at_hand: Sequence[str] = ()) -> tuple[Question, list[str]]:
    """Read a question from the query of an address, which anybody may have written.

    Args:
        search: the query, with or without its question mark.
        at_hand: places of the visitor's own areas, which an address may name by their mark.

    Returns:
        The question as far as it could be read, and one line for each part that could not.
    """
    question, faults = first_question(), []
    try:
        given = parse_qs((search or "").lstrip("?")[:_LONGEST_ADDRESS], max_num_fields=200)
    except ValueError:
        return question, ["The address holds more than this page reads, so it was left aside."]
    last = {name: values[-1] for name, values in given.items()}
    if missing := _own_area(last, at_hand):
        return question, [missing]
    for name in ("place", "base", *OTHERS, *LIMITS, "within", "theory"):
        if name not in last:
            continue
        changed = question.asking(name, last[name])
        if changed == question and not _already(question, name, last[name]):
            faults.append(_refused(question, name, last[name]))
        question = changed
    question = _with_settings(question, last, faults)
    if stale := _stale(question, last.get("made", "")):
        faults.append(stale)
    return question, faults


def _own_area(last: dict[str, str], at_hand: Sequence[str]) -> str:
    """Put the area itself where an address names one by its mark; what to say where that fails."""
    area, practice = parts_of(last.get("place", ""))
    if area.startswith(code.FILE):
        wanted = area.removeprefix(code.FILE)
        for key in at_hand:
            here, its_practice = parts_of(key)
            if its_practice == practice and code.check(here) == wanted:
                last["place"] = key
                return ""
        name = last.get("area", "").strip()[:80] or "without a name"
        return (
            f"This link is about an own area, {quoted(name)}, that is too large for a link. Open "
            "its file on the page Your area: then what was shared is shown."
        )
    if area.startswith(code.START) and place_at(last["place"]) is None:
        try:
            code.read(area)
        except code.Unreadable as fault:
            return str(fault)
        return (
            "The area in this link has faults, so nobody can have compared anything in it. Ask "
            "for the area as a file and open it on the page Your area, which names every fault."
        )
    return ""


def to_see(search: str | None, name: str) -> str:
    """What an address asks a page to show, besides the question; empty where it says nothing of it.

    Args:
        search: the query, with or without its question mark, which anybody may have written.
        name: what is shown, such as "resident"; it stands in the address as `see.resident`.
    """
    try:
        given = parse_qs((search or "").lstrip("?")[:_LONGEST_ADDRESS], max_num_fields=200)
    except ValueError:
        return ""
    return given.get(f"see.{name}", [""])[-1].strip()


def needs_file(search: str | None) -> str:
    """The mark of the area whose file an address needs; empty where it needs none."""
    try:
        given = parse_qs((search or "").lstrip("?")[:_LONGEST_ADDRESS], max_num_fields=200)
    except ValueError:
        return ""
    area, _ = parts_of(given.get("place", [""])[-1])
    return area.removeprefix(code.FILE) if area.startswith(code.FILE) else ""


def _with_settings(question: Question, last: Mapping[str, str], faults: list[str]) -> Question:
    """The question with every lever and assumption that an address sets."""
    for name, value in last.items():
        head, dot, inside = name.partition(".")
        if not dot or head not in (*SETS, "assume"):
            continue
        if head == "assume":
            fits = assumed.accepted(inside, value) is not None
        else:
            fits = inside in OFFERED and accepted(inside, value) is not None
            fits = fits and SETS.index(head) < len(question.tried)
        if not fits:
            faults.append(_unset(question, name, value))
        elif head == "assume":
            question = question.with_assumption(inside, value)
        else:
            question = question.with_lever(inside, value, SETS.index(head))
    return question


_ASKED = {
    "place": "the place",
    "base": "the first policy",
    **{name: f"policy {'BCD'[which]}" for which, name in enumerate(OTHERS)},
    "within": "trust known to",
    "theory": "the theory",
}
"""What a name in an address stands for on the page."""


def _refused(question: Question, name: str, value: str) -> str:
    """What is said of a choice that is not on offer: what may be asked, and what is shown instead."""
    asked, may_be, shown = _ASKED.get(name, name), "", ""
    if name in LIMITS:
        may_be = ": it may be {:,} to {:,}".format(*LIMITS[name])
        shown = f"{getattr(question, name):,}"
    elif name == "within":
        may_be = f": it may be {', '.join(f'{each:g}' for each in (ALL_PAIRS, *PRECISIONS))}"
        shown = f"{question.within:g}"
    elif name == "theory":
        may_be = f": it may be {', '.join(THEORIES)}"
        shown = question.theory or "Parley’s own numbers"
    elif name == "place":
        shown = question.where().name
    else:
        titles = [policy.title for policy in question.policies()]
        shown = dict(zip(("base", *OTHERS), titles, strict=False)).get(name, "")
    instead = f" Shown instead: {shown}." if shown else ""
    return (
        f"The address asks for {asked} {quoted(as_seen(value))}, which is not on offer here{may_be}."
        f"{instead}"
    )


def _unset(question: Question, name: str, value: str) -> str:
    """What is said of a lever or an assumption that an address cannot set so."""
    head, _, inside = name.partition(".")
    sets = f"The address sets {quoted(as_seen(name))} to {quoted(as_seen(value))}"
    if head == "assume" and inside in ASSUMPTIONS:
        declared = ASSUMPTIONS[inside]
        why = f"it may be {declared.low:g} to {declared.high:g}. It was left as it is"
    elif head == "assume":
        why = "there is no such assumption"
    elif inside not in OFFERED:
        why = "there is no such lever"
    elif SETS.index(head) >= len(question.tried):
        why = "there is no such policy here"
    elif inside == REACH:
        why = f"it may be {', '.join(REACH_PRESETS)}. It was left as it is"
    else:
        why = f"it may be {LEVERS[inside].low:g} to {LEVERS[inside].high:g}. It was left as it is"
    return f"{sets}, which is not possible: {why}."


def _stale(question: Question, made: str) -> str:
    """What to say of a link that no longer means what it meant when it was made."""
    if not made or made == question.mark():
        return ""
    version = as_seen(made.rpartition("-")[0]) or "of an unknown version"
    if version == VERSION:
        return (
            "This link was made before a shipped place or policy changed, or was altered since: "
            "what you see now is not what was shared."
        )
    return (
        f"This link was made with Parley {version}; this is Parley {VERSION}. The same choices are "
        "shown, but the numbers may differ from those that were shared."
    )


def as_seen(text: str) -> str:
    """The beginning of what somebody wrote, as one line of letters that can be seen."""
    begins = text[:60]
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in begins
    )


def _already(question: Question, name: str, value: str) -> bool:
    if name in OTHERS:
        which = OTHERS.index(name)
        return which < len(question.tried) and question.tried[which].policy == value
    if name == "within":
        return _precision(value) == question.within
    return str(getattr(question, name)) == value


@lru_cache(maxsize=512)
def _address(question: Question, whole: bool) -> str:
    usual = first_question(question.place)
    parts: list[tuple[str, Any]] = [("place", question.place)]
    area, _ = parts_of(question.place)
    if not whole and area.startswith(code.START) and code.linked(area) != area:
        name = question.where().today.load().area.name
        parts = [("place", question.place.replace(area, code.linked(area))), ("area", name[:80])]
    if question.base != usual.base:
        parts.append(("base", question.base))
    for which, tried in enumerate(question.tried):
        if which or tried.policy != usual.tried[0].policy:
            parts.append((OTHERS[which], tried.policy))
        parts += [(f"{SETS[which]}.{name}", value) for name, value in tried.moved]
    parts += [(f"assume.{name}", value) for name, value in question.assumed]
    parts += [
        (name, getattr(question, name)) for name in LIMITS if getattr(question, name) != USUAL[name]
    ]
    if question.within != USUAL_PRECISION:
        parts.append(("within", f"{question.within:g}"))
    if question.theory:
        parts.append(("theory", question.theory))
    return urlencode([*parts, ("made", _mark(question))], safe="/")


@lru_cache(maxsize=512)
def _mark(question: Question) -> str:
    hashes = "".join(scenario.hash for scenario in question.scenarios())
    return f"{VERSION}-{hashlib.sha256(hashes.encode()).hexdigest()[:8]}"


def _whole(name: str, value: Any) -> int | None:
    """A whole number inside its limits, or None."""
    try:
        whole = int(str(value)) if str(value).isascii() else 0
    except ValueError:
        return None
    low, high = LIMITS[name]
    return whole if low <= whole <= high else None


def _precision(value: Any) -> float | None:
    """One of the precisions on offer, or None."""
    try:
        wanted = float(value)
    except (TypeError, ValueError):
        return None
    return wanted if wanted in (ALL_PAIRS, *PRECISIONS) else None


def letters(question: Question) -> Sequence[str]:
    """A letter for each policy, the base first."""
    return "ABCD"[: 1 + len(question.tried)]
