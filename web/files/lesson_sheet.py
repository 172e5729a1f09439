"""The facilitator sheet of a lesson: one HTML file that needs nothing else and prints on A4."""

from __future__ import annotations

import datetime
from html import escape

from sim.doubtful import MARK, MEANING
from sim.report import LIMITS, attribution
from sim.version import VERSION
from web.answer import Answer
from web.files.brief import Table
from web.files.frame import STYLE, bullets, framed, table
from web.lesson.form import AGREEMENT, STEPS, Lesson
from web.lesson.outcome import CHANGE_WORDS, Outcome, outcome, outcomes, right_option
from web.lesson.told import agreement_words, borne_sentence, came_words, paragraphs, title_of
from web.question import SEED, letters
from web.words import lasting

_OWN_STYLE = """
.step { border-top: 2px solid #16202e; padding-top: 0.5rem; margin-top: 1.3rem; break-inside: avoid; }
.step h3 { margin: 0; font-size: 1.15rem; }
.note { border-left: 3px solid #8a5a00; padding-left: 0.7rem; margin: 0.5rem 0; }
.note strong, .wall strong { font: 700 0.8rem Arial, sans-serif; letter-spacing: 0.04em; }
.warn { font-weight: 700; }
"""


def sheet(lesson: Lesson, answer: Answer, marking: str = "") -> bytes:
    """What a trainer takes into the room.

    Args:
        lesson: what is taught.
        answer: the finished comparison of the lesson.
        marking: protective marking, such as OFFICIAL; empty for none.
    """
    found = outcomes(lesson, answer)
    main = outcome(lesson, answer, lesson.finding)
    body = [
        f'<p class="context">Facilitator sheet: it holds the answer</p><h1>{escape(lesson.title)}</h1>',
        f"<p><em>{escape(lesson.asks)}</em></p>",
        f"<h2>Aim</h2><p>{escape(lesson.aim)}</p>",
        table(_plan(lesson)),
        "<h2>Step by step</h2>",
        *(_step(lesson, step) for step in STEPS),
        "<h2>What the model gives</h2>",
        f'<p class="warn">{escape(_answer_sentence(lesson, main))}</p>',
        f"<p>{escape(borne_sentence(found))}</p>" if borne_sentence(found) else "",
        table(_findings(lesson, answer, found)),
        f"<h2>What this cannot tell you</h2>{bullets([*lesson.limits, *LIMITS, f'{MARK} {MEANING}.'])}",
        "<h2>How to repeat it</h2>",
        table(
            Table("Facts", ["What", "Value"], [[*each] for each in _facts(answer, marking).items()])
        ),
    ]
    return framed(f"{lesson.title}: facilitator sheet", marking, STYLE + _OWN_STYLE, body)


def _plan(lesson: Lesson) -> Table:
    rows, begun = [], 0
    for key, name in STEPS.items():
        minutes = lesson.steps[key].minutes
        rows.append([name, f"{begun} to {begun + minutes}", str(minutes)])
        begun += minutes
    rows.append(["Together", f"0 to {begun}", str(begun)])
    return Table("Time plan", ["Step", "Minute", "Minutes"], rows)


def _step(lesson: Lesson, key: str) -> str:
    here, at = lesson.steps[key], list(STEPS).index(key) + 1
    parts = [f"<h3>{at}. {STEPS[key]}, {here.minutes} min</h3>"]
    wall = [lesson.asks, *paragraphs(here.text)] if key == "question" else paragraphs(here.text)
    parts += [f'<p class="wall">{escape(text)}</p>' for text in wall]
    if key == "predict":
        parts.append(bullets([option.text for option in lesson.options]))
    if key == "discuss":
        parts.append(bullets(list(lesson.questions)))
    parts += [
        f'<p class="note"><strong>For you:</strong> {escape(text)}</p>'
        for text in paragraphs(here.notes)
    ]
    return f'<section class="step">{"".join(parts)}</section>'


def _answer_sentence(lesson: Lesson, main: Outcome) -> str:
    right = right_option(lesson, main)
    option = lesson.options[right].text if right is not None else "none of the options"
    what = agreement_words(main) if lesson.measure == AGREEMENT else came_words(main)
    return f"To the prediction: {option} ({what})."


def _findings(lesson: Lesson, answer: Answer, found: list[Outcome]) -> Table:
    rows = []
    for each in found:
        recorded = CHANGE_WORDS.get(each.finding.found, "not recorded")
        rows.append(
            [
                f"{title_of(each.finding, answer)} {each.mark}".strip(),
                answer.lettered()[1 + lesson.which(each.finding.other)],
                came_words(each),
                agreement_words(each),
                CHANGE_WORDS.get(each.finding.expected, "nothing"),
                recorded if each.as_recorded is not False else f"{recorded}: this run differs",
                repr(each.measured.difference),
            ]
        )
    columns = ["Measure", "Policy, less A", "What came (95 % interval)", "Single pairs"]
    columns += ["The question has it", "Recorded", "Exact difference"]
    return Table("Findings at the end of the run", columns, rows)


def _facts(answer: Answer, marking: str) -> dict[str, str]:
    question, results = answer.question, answer.results()
    hashes = [
        f"{letter} {each.scenario.hash}"
        for letter, each in zip(letters(question), results, strict=True)
    ]
    found = {
        "Made with": f"Parley {VERSION}, {datetime.date.today().isoformat()}",
        "Marking": marking or "none given",
        "Place": question.where().name,
        "Policies": "; ".join(answer.lettered()),
        "Followed for": lasting(question.weeks),
        "Residents simulated": f"{question.residents:,}",
        "Pairs of histories": str(answer.pairs),
        "Interval": "95 %, over pairs (play of chance only)",
        "First number of the dice": str(SEED),
        "Scenario hash": ", ".join(hashes),
        "Command": question.command(answer.pairs),
    }
    if licence := attribution(results[0]):
        found["Licence"] = licence
    return found
