"""The only reader of lesson files: every fault at once, worded like those of scenarios."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sim.ledger import ATTITUDES
from sim.scenario.faults import Fault, ScenarioFaults, number, plain, shown, unprintable
from sim.scenario.files import names_in, read_toml
from sim.scenario.inspection import Inspection
from sim.scenario.layers import Place, Source, Tree
from sim.scenario.tables import LONGEST_TEXT
from web.lesson.form import AGREEMENT, DIFFERENCE, STEPS, Lesson, Option, Step, question_of
from web.lesson.read_findings import Grounds, read_also, read_prediction, read_whose
from web.lesson.tables import HEAD_LISTS, LISTS, NUMBERS, TABLES, Head, OptionRow
from web.places import places
from web.question import MOST_POLICIES

SCHEMA = 1
LARGEST = 64_000
"""Bytes that a lesson file may have: a dozen times what a long one takes."""
_MARKS = (*STEPS, "aim", "limits")
_OF_SCENARIOS = ("extends", "area", "policy", "events", "assumptions", "expect", "design", "levers")
_MOST = {"options": 6, "others": MOST_POLICIES - 1, "also": 12, "questions": 12, "limits": 12}
_NEEDED = {
    "title": "It is the name of the lesson",
    "aim": "It is what learners take away, in a sentence or two",
    "asks": "It is the question that the lesson begins with",
    "limits": "It is what the lesson cannot tell, a list of sentences",
    "options": "They are what learners may predict, each with text and change",
    "others": "They are the policies held against the base, a list of names",
    "questions": "They are what learners discuss at the end, a list of questions",
    "text": "It is the option in words",
}


class LessonFaults(ScenarioFaults):
    """A lesson cannot be used; `faults` has every reason."""


def is_lesson(path: str | Path) -> bool:
    """Whether a file is meant as a lesson: it has a step of one, and nothing of a scenario.

    Args:
        path: a file; what cannot be read is no lesson.
    """
    names = names_in(path)
    return not names.isdisjoint(_MARKS) and names.isdisjoint(_OF_SCENARIOS)


def faults_of(path: str | Path) -> list[Fault]:
    """Every fault of a lesson file; an empty list where it is fine."""
    try:
        read_lesson(path)
    except LessonFaults as found:
        return found.faults
    return []


def read_lesson(path: str | Path, called: str = "") -> Lesson:
    """Read a lesson.

    Args:
        path: a TOML file; its name becomes the lesson's place in addresses.
        called: how messages name it; empty for its path.

    Raises:
        LessonFaults: with every fault of the file and of what it names.
    """
    path, called = Path(path), called or plain(str(path))
    try:
        data = read_toml(path, called)
        if path.stat().st_size > LARGEST:
            raise ScenarioFaults([Fault(called, "", _too_large(path.stat().st_size))])
    except ScenarioFaults as unreadable:
        raise LessonFaults(unreadable.faults) from None
    reader = _Reader(called, data)
    lesson = reader.lesson(path.stem)
    if lesson is None:
        raise LessonFaults(reader.inspection.as_list())
    return lesson


def opened(text: str, name: str) -> tuple[Lesson | None, list[str]]:
    """The lesson in a text that somebody handed in, or everything that is wrong with it.

    Args:
        text: what the file holds.
        name: what the file is called, for messages.
    """
    size, called = len(text.encode("utf-8", "surrogatepass")), plain(name) or "The file"
    if size > LARGEST:
        return None, [str(Fault(called, "", _too_large(size)))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lesson.toml"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            return read_lesson(path, called), []
        except LessonFaults as found:
            return None, [str(each) for each in found.faults]


def _too_large(size: int) -> str:
    return f"the file has {size:,} bytes; a lesson may have {LARGEST:,}. Shorten its texts."


class _Reader:
    """Reads one file and gathers its faults."""

    def __init__(self, called: str, data: dict[str, Any]) -> None:
        tree = Tree()
        tree.merge(data, Source(called))
        self.inspection = Inspection(tree)

    def lesson(self, key: str) -> Lesson | None:
        """The lesson, or None where anything is wrong."""
        self._schema()
        head = self._head()
        tables = {step: self._step(step) for step in STEPS}
        grounds = self._grounds(tables["run"])
        measure = self._word("predict", "measure", DIFFERENCE)
        options = self._options(measure)
        finding, share = read_prediction(self.inspection, grounds, measure, options)
        also = read_also(self.inspection, grounds, self._rows("reveal", "also"))
        whose, why_other = read_whose(self.inspection, grounds)
        limits = self._texts((), "limits")
        questions = self._texts(("discuss",), "questions")
        question = self._question(grounds, tables["run"])
        if self.inspection.faults or head is None or question is None or finding is None:
            return None
        steps = {
            name: Step(table.minutes, table.text.strip(), table.notes.strip())
            for name, table in tables.items()
            if table is not None
        }
        attitude = self._word("why", "attitude", ATTITUDES[0])
        return Lesson(
            key=key, number=head.number, title=head.title, aim=head.aim.strip(),
            asks=str(self.inspection.tree.get("question", "asks")).strip(), limits=limits,
            steps=steps, question=question, measure=measure, finding=finding, options=options,
            found_share=share, also=also, attitude=attitude, whose=whose, why_other=why_other,
            questions=questions,
        )  # fmt: skip

    # ---- the head

    def _schema(self) -> None:
        value = self.inspection.tree.get("schema")
        if value is None:
            said = f"schema is missing. Write schema = {SCHEMA} at the top."
            self.inspection.fault(("schema",), said)
        elif value is True or value != SCHEMA:
            said = f"schema = {shown(value)} is not known. This version reads schema = {SCHEMA}."
            self.inspection.fault(("schema",), said)

    def _head(self) -> Head | None:
        head = self.inspection.read(Head, (), tables=("schema", *STEPS, *HEAD_LISTS))
        for name in ("title", "aim"):
            self._needed((name,))
        return head

    def _step(self, step: str) -> Any:
        """The table of one step; that it is missing is a fault."""
        if self.inspection.tree.get(step) is None:
            said = f"[{step}] is missing. Every lesson has the steps {', '.join(STEPS)}."
            self.inspection.fault((step,), said)
            return None
        table = self.inspection.read(TABLES[step], (step,), tables=LISTS.get(step, ()))
        if step == "question":
            self._needed((step, "asks"))
        return table

    def _needed(self, place: Place) -> None:
        value, name = self.inspection.tree.get(*place), str(place[-1])
        if value is None or (isinstance(value, str) and not value.strip()):
            what = "is missing" if value is None else "is empty"
            self.inspection.fault(place, f"{name} {what}. {_NEEDED[name]}. Add it.")

    def _word(self, step: str, name: str, default: str) -> str:
        value = self.inspection.tree.get(step, name)
        return value if isinstance(value, str) else default

    # ---- lists

    def _list(self, place: Place) -> list[Any]:
        """A list that has to hold something, and not too much."""
        value, name = self.inspection.tree.get(*place), str(place[-1])
        if value is None:
            if self.inspection.tree.get(*place[:-1]) is not None or len(place) == 1:
                self._needed(place)
            return []
        if not isinstance(value, list):
            said = f"{name} = {shown(value)} should be a list in square brackets."
            self.inspection.fault(place, said)
            return []
        if not value:
            self.inspection.fault(place, f"{name} = [] is empty. {_NEEDED[name]}. Add one.")
        return self._not_too_many(place, value)

    def _not_too_many(self, place: Place, value: list[Any]) -> list[Any]:
        most, name = _MOST[str(place[-1])], str(place[-1])
        if len(value) > most:
            said = f"{name} has {len(value):,} entries; there may be {most}. Take some away."
            self.inspection.fault(place, said)
        return value[:most]

    def _texts(self, above: Place, name: str) -> tuple[str, ...]:
        place, found = (*above, name), []
        for at, text in enumerate(self._list(place)):
            if not isinstance(text, str) or not text.strip():
                said = f"{name}, entry {at + 1}, = {shown(text)} should be a text."
                self.inspection.fault((*place, at), said)
            elif sign := unprintable(text, lines=True):
                said = f"{name}, entry {at + 1}, has a control character ({sign}). Remove it."
                self.inspection.fault((*place, at), said)
            elif len(text) > LONGEST_TEXT:
                said = f"is longer than {LONGEST_TEXT:,} characters. Shorten it."
                self.inspection.fault((*place, at), f"{name}, entry {at + 1}, {said}")
            else:
                found.append(text.strip())
        return tuple(found)

    def _rows(self, step: str, name: str) -> int:
        """How many tables a list of a step holds; what is no table is reported."""
        place: Place = (step, name)
        rows = self.inspection.tree.get(*place)
        if rows is None:
            return 0
        if not isinstance(rows, list):
            said = f"{name} = {shown(rows)} should be tables, each [[{step}.{name}]]."
            self.inspection.fault(place, said)
            return 0
        kept = self._not_too_many(place, rows)
        for at, row in enumerate(kept):
            if not isinstance(row, dict):
                said = f"{name}, entry {at + 1}, = {shown(row)} should be a table of keys."
                self.inspection.fault((*place, at), said)
        return len(kept)

    # ---- what is predicted

    def _options(self, measure: str) -> tuple[Option, ...]:
        place: Place = ("predict", "options")
        options: list[Option] = []
        rows = self._list(place)
        for at, row in enumerate(rows):
            if not isinstance(row, dict):
                said = f"options, entry {at + 1}, = {shown(row)} should be a table of keys."
                self.inspection.fault((*place, at), said)
                continue
            read = self.inspection.read(OptionRow, (*place, at))
            if "text" not in row:
                self._needed((*place, at, "text"))
            if read is not None and self._fits(read, (*place, at), measure):
                low, high = float(read.low or 0), float(read.high or 0)
                options.append(Option(read.text, read.change or "", low, high))
        if len(rows) == 1:
            said = "options has one entry. There is nothing to choose: give two or more."
            self.inspection.fault(place, said)
        self._unlike(options, measure)
        return tuple(options)

    def _fits(self, row: OptionRow, place: Place, measure: str) -> bool:
        """Whether an option says what is predicted: a change, or a share of pairs."""
        if measure == AGREEMENT:
            if row.low is None or row.high is None or row.change is not None:
                said = "an option of an agreement has low and high, in % of the pairs"
                self.inspection.fault(place, f"{said}, and no change. Give both.")
                return False
            if row.low > row.high:
                said = f"low = {number(row.low)} is above high = {number(row.high)}."
                self.inspection.fault((*place, "low"), f"{said} Swap them.")
                return False
            return True
        if row.change is None or row.low is not None or row.high is not None:
            said = "an option has text and a change (rises, falls or no-clear-change); low and high"
            self.inspection.fault(place, f'{said} are for measure = "agreement" alone.')
            return False
        return True

    def _unlike(self, options: list[Option], measure: str) -> None:
        """Report options that stand for the same."""
        place: Place = ("predict", "options")
        if measure == AGREEMENT:
            ordered = sorted(options, key=lambda each: each.low)
            for one, next_one in zip(ordered, ordered[1:], strict=False):
                if next_one.low < one.high:
                    pair = f"{plain(one.text)} and {plain(next_one.text)}"
                    said = f"options overlap: {pair}. Let one end where the next begins."
                    self.inspection.fault(place, said)
            return
        changes = [each.change for each in options]
        for change in dict.fromkeys(changes):
            if changes.count(change) > 1:
                said = f'options: change = "{change}" stands there more than once.'
                self.inspection.fault(place, f"{said} Keep one of them.")

    # ---- what is compared

    def _grounds(self, run: Any) -> Grounds:
        """The place and the policies, as far as they exist."""
        place_key = self._word("run", "place", "baseline")
        names = (
            self._list(("run", "others"))
            if isinstance(self.inspection.tree.get("run"), dict)
            else []
        )
        if place_key not in places():
            said = f"place = {shown(place_key)} is no place on offer."
            self._say(("run", "place"), said, place_key, places())
            return Grounds(None, None, tuple(name for name in names if isinstance(name, str)))
        place = places()[place_key]
        base = self._word("run", "base", "") or place.key
        known, others = list(place.policies), []
        if base not in known:
            said = f"base = {shown(base)} is no policy on offer in {place.name}."
            self._say(("run", "base"), said, base, known)
        for at, name in enumerate(names):
            where: Place = ("run", "others", at)
            said = f"others, entry {at + 1}, = {shown(name)}"
            if not isinstance(name, str) or name not in known:
                said = f"{said} is no policy on offer in {place.name}."
                self._say(where, said, str(name), known)
            elif name == base or name in others:
                twice = "is the base" if name == base else "stands there more than once"
                self.inspection.fault(where, f"{said} {twice}. Take it away.")
            else:
                others.append(name)
        return Grounds(place, base if base in known else None, tuple(others))

    def _say(self, where: Place, said: str, name: str, known: Iterable[str]) -> None:
        self.inspection.fault(where, f"{said} {self.inspection.hint(name, known)}")

    def _question(self, grounds: Grounds, run: Any) -> Any:
        if grounds.place is None or grounds.base is None or not grounds.others or run is None:
            return None
        sizes = {name: int(getattr(run, name)) for name in NUMBERS if hasattr(run, name)}
        sizes = {name: sizes[name] for name in ("weeks", "residents", "pairs")}
        question = question_of(grounds.place.key, grounds.base, grounds.others, sizes)
        if question.too_much():
            product = " × ".join(f"{value:,} {name}" for name, value in sizes.items())
            said = f"{product} × {1 + len(grounds.others)} policies is more than a page computes."
            self.inspection.fault(("run", "pairs"), f"{said} Ask for fewer of any of them.")
            return None
        return question
