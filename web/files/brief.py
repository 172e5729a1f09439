"""Everything that a file says, put together once; every kind of file is written from it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from sim.assumptions import ASSUMPTIONS
from sim.doubtful import MARK, MEANING
from sim.report import LIMITS, attribution
from sim.theories import THEORIES
from sim.version import VERSION
from web import charts, money
from web.answer import FIGURES, Answer, figure
from web.assumed import STRENGTHS, default
from web.headline import headline
from web.levers import OFFERED, REACH, REACH_WORDS
from web.places import policy_of
from web.question import SEED, Question, letters
from web.whom import for_whom
from web.words import lasting, number, sentence

LONGEST_MARKING, LONGEST_TITLE = 100, 120


@dataclass(frozen=True)
class Terms:
    """What the visitor adds to a file.

    Args:
        title: name of the comparison; empty for the headline's own context.
        marking: protective marking, such as OFFICIAL; empty for none.
        cost: pounds an officer-hour, or None.
        link: address that reopens the comparison.
    """

    title: str = ""
    marking: str = ""
    cost: float | None = None
    link: str = ""

    def faults(self) -> list[str]:
        """What is wrong with them, a line each."""
        found = []
        for name, text, most in (
            ("marking", self.marking, LONGEST_MARKING),
            ("title", self.title, LONGEST_TITLE),
        ):
            if len(text) > most:
                found.append(f"The {name} has {len(text)} letters; it may have {most}.")
            if not text.isprintable():
                found.append(f"The {name} has letters that cannot be printed.")
        return found


@dataclass(frozen=True)
class Table:
    """A table of words: first row of columns, then rows; the first column names the row."""

    title: str
    columns: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Brief:
    """One comparison as every file tells it.

    Args:
        title, marking, context: head of the file.
        main, lines: the headline and what stands below it; a warning first where one is due.
        pairs: how many pairs it took and what the brackets mean.
        questions: what each policy asks.
        tables: figures, publics, levers changed, assumptions changed, hours and money.
        charts: data of each chart, as the page draws it.
        differences: the same measures as differences from the first policy, in the same order.
        limits: what the numbers cannot tell.
        facts: version, hashes, numbers and the command, by name.
    """

    title: str
    marking: str
    context: str
    main: str
    lines: list[str]
    pairs: str
    questions: list[str]
    tables: list[Table]
    charts: list[dict[str, Any]]
    differences: list[dict[str, Any]]
    limits: list[str]
    facts: dict[str, str]


def brief(answer: Answer, terms: Terms) -> Brief:
    """Put together what a file says.

    Args:
        answer: a finished answer.
        terms: title, marking, cost and link.
    """
    said = headline(answer)
    lines = [said["warning"], *said["lines"], said["assumed"]]
    policies = zip(answer.lettered(), answer.question.policies(), strict=True)
    return Brief(
        title=terms.title or said["context"],
        marking=terms.marking,
        context=said["context"],
        main=said["main"],
        lines=[line for line in lines if line],
        pairs=said["pairs"],
        questions=[f"{name}. {policy.question}" for name, policy in policies],
        tables=[
            figures_table(answer),
            publics_table(answer),
            levers_table(answer),
            assumptions_table(answer),
            money_table(answer, terms.cost),
        ],
        charts=[charts.chart(answer, name, "all", charts.LEVELS) for name in charts.OVER_TIME],
        differences=[
            charts.chart(answer, name, "all", charts.DIFFERENCE) for name in charts.OVER_TIME
        ],
        limits=[*LIMITS, *answer.question.where().limits(), f"{MARK} {MEANING}."],
        facts=facts(answer, terms),
    )


def facts(answer: Answer, terms: Terms) -> dict[str, str]:
    """What has to be known to judge and to repeat the numbers."""
    question, results = answer.question, answer.results()
    marks, place = letters(question), answer.question.where()
    hashes = ", ".join(
        f"{mark} {each.scenario.hash}" for mark, each in zip(marks, results, strict=True)
    )
    found = {
        "Made with": f"Parley {VERSION}, {datetime.date.today().isoformat()}",
        "Marking": terms.marking or "none given",
        "Place": place.name,
        "Policies": "; ".join(answer.lettered()),
        "Theory of trust": _theory(question),
        "Followed for": lasting(question.weeks),
        "Residents simulated": f"{question.residents:,}",
        "Pairs of histories": str(answer.pairs),
        "Interval": "95 %, over pairs (play of chance only)",
        "First number of the dice": str(SEED),
        "Scenario hash": hashes,
        "Command": question.command(answer.pairs),
    }
    if place.own:
        found["Area"] = f"The visitor's own. Its file {place.file} goes with the command."
    if terms.link and question.carries_area():
        found["Link"] = terms.link
    elif terms.link:
        found["Link"] = f"{terms.link} (needs the file {place.file})"
    if licence := attribution(results[0]):
        found["Licence"] = licence
    return found


def _theory(question: Question) -> str:
    if not question.theory:
        return "Parley's own numbers"
    theory = THEORIES[question.theory]
    return f"{theory.label}. {theory.account} After {theory.due_to}."


def figures_table(answer: Answer) -> Table:
    """The key figures of every policy against the first, with the exact value."""
    rows = []
    for which, letter in enumerate(letters(answer.question)[1:]):
        for indicator in (*FIGURES, "trust_gap", "stops"):
            found = answer.measured(indicator, which=which)
            one = figure(found)
            label = f"{one['label']} {one['mark']}".strip()
            value = f"{one['text']} {one['unit']}".strip()
            rows.append(
                [
                    label,
                    letter,
                    value,
                    one["interval"],
                    one["words"],
                    repr(found.difference),
                ]
            )
    columns = ["Measure", "Policy", "Difference", "95 % interval", "In words", "Exact value"]
    return Table("Difference from the first policy at the end", columns, rows)


def publics_table(answer: Answer) -> Table:
    """Who gains and who loses under the policy that is looked at."""
    found = for_whom(answer)
    columns = ["Public", *(f"{each['label']}, {each['unit']}" for each in found["columns"]), "Note"]
    rows = []
    for row in found["rows"]:
        cells = [f"{each['text']} ({each['interval']}), {each['words']}" for each in row["cells"]]
        few = "few simulated people: read with care" if row["small"] else ""
        if row["hidden"]:
            cells = ["too few people"] * len(found["columns"])
        note = "; ".join(filter(None, (", ".join(row["losses"]) and "loses", few)))
        rows.append([row["label"], *cells, note])
    return Table(f"For whom: {answer.lettered()[1 + answer.focus]}", columns, rows)


def levers_table(answer: Answer) -> Table:
    """Every lever that stands otherwise than in the first policy."""
    question = answer.question
    base, *others = (policy_of(scenario) for scenario in question.scenarios())
    rows = []
    for which, other in enumerate(others):
        moved = dict(question.tried[which].moved)
        for name, lever in OFFERED.items():
            if base.get(name) == other.get(name):
                continue
            by = "moved here" if name in moved else "as the policy has it"
            rows.append(
                [
                    lever.label,
                    answer.lettered()[1 + which],
                    _shown(name, base.get(name)),
                    _shown(name, other.get(name)),
                    lever.unit,
                    by,
                ]
            )
    columns = ["Lever", "Policy", "In the first policy", "In this policy", "Unit", "How"]
    return Table("Levers changed", columns, rows)


def assumptions_table(answer: Answer) -> Table:
    """Every assumption that was moved, for all policies alike."""
    base = answer.question.unmoved_base()
    rows = []
    for name, value in answer.question.assumed:
        entry = ASSUMPTIONS[name]
        spread = f"{entry.low:g} to {entry.high:g} {entry.unit}"
        before = f"{default(name, base):g}"
        words = sentence(entry.meaning)[:-1]
        rows.append([words, before, f"{value:g}", spread, STRENGTHS[entry.strength]])
    columns = ["Assumption", "Before", "Now", "Range", "Evidence"]
    return Table("Assumptions changed", columns, rows)


def money_table(answer: Answer, cost: float | None) -> Table:
    """Hours and money beside the outcome."""
    found = money.hours_and_money(answer, cost)
    return Table("Hours and money", ["What", *found["columns"][1:]], found["rows"])


def _shown(name: str, value: Any) -> str:
    if name == REACH:
        return REACH_WORDS.get(str(value), "a rule of its own")
    lever = OFFERED[name]
    return f"{number(float(value) * lever.scale, 2).rstrip('0').rstrip('.')}"
