"""What the pages of a lesson show, as the JSON strings that their components draw."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from sim.doubtful import MEANING
from sim.indicators.table import INDICATORS
from web.answer import Answer, called, figure
from web.lesson.form import AGREEMENT, STEPS, Lesson
from web.lesson.outcome import (
    ALL,
    CHANGE_WORDS,
    NONE,
    SILENT,
    SOME,
    Outcome,
    borne_out,
    by_stages,
    outcome,
    outcomes,
    right_option,
)
from web.lesson.predicted import Predicted
from web.question import letters
from web.words import interval, lasting, number, quoted, signed, unit_of_change

OWN = "your-own"
"""The address of a lesson that was opened from a file."""


def paragraphs(text: str) -> list[str]:
    """A text as paragraphs: blank lines part them."""
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def index(lessons: list[Lesson], own: Lesson | None, faults: tuple[str, ...], root: str) -> str:
    """Every lesson to choose from.

    Args:
        lessons: those that are shipped.
        own: one that was opened from a file.
        faults: what was wrong with a file that was opened.
        root: path under which the app is served.
    """
    return json.dumps(
        {
            "lessons": [_entry(lesson, root) for lesson in lessons],
            "own": _entry(own, root) if own is not None else None,
            "faults": list(faults),
            "minutes": sum(lesson.minutes for lesson in lessons),
            "root": root,
        }
    )


def bar(
    lesson: Lesson, step: str, number_of: tuple[int, int], predicted: Predicted, more: Any
) -> str:
    """What stands above and below every step.

    Args:
        lesson, step: where we are.
        number_of: place in the list and how many there are; (0, 0) for an own lesson.
        predicted: what was predicted, so that the browser can keep it over a reload.
        more: root path, the query of the address, and whether the run is there.
    """
    return json.dumps(
        {
            "lesson": lesson.key,
            "title": lesson.title,
            "aim": lesson.aim,
            "place": list(number_of),
            "steps": [
                {"key": key, "name": name, "minutes": lesson.steps[key].minutes}
                for key, name in STEPS.items()
            ],
            "step": step,
            "options": len(lesson.options),
            "predicted": predicted.as_dict(),
            "compare": lesson.question.address(),
            "own": lesson.key == OWN,
            **more,
        }
    )


def text(lesson: Lesson, step: str, ran: bool) -> str:
    """The words of one step, with the notes that only the trainer opens.

    Args:
        lesson, step: where we are.
        ran: whether the comparison is there; before, nothing is said of what came.
    """
    here = lesson.steps[step]
    at = list(STEPS).index(step)
    named = f": {STEPS[step]}" if step == "question" else ""
    return json.dumps(
        {
            "step": step,
            "heading": lesson.asks if step == "question" else STEPS[step],
            "eyebrow": f"Step {at + 1} of {len(STEPS)}{named}, {_minutes(here.minutes)}",
            "paragraphs": paragraphs(here.text) if _may_be_read(step, ran) else [],
            "notes": paragraphs(here.notes),
            "questions": list(lesson.questions) if step == "discuss" else [],
            "limits": list(lesson.limits) if step == "discuss" else [],
        }
    )


def prediction(lesson: Lesson, predicted: Predicted) -> str:
    """The options to predict, with hands counted for each."""
    entry = INDICATORS[lesson.finding.indicator]
    return json.dumps(
        {
            "legend": "What do you predict?",
            "about": _about(lesson),
            "measure": entry.label,
            "meaning": entry.meaning,
            "options": [option.text for option in lesson.options],
            **predicted.as_dict(),
        }
    )


def running(lesson: Lesson, there: bool) -> str:
    """What is going to be compared, and whether it has been."""
    question = lesson.question
    names = called(question)
    return json.dumps(
        {
            "place": question.where().name,
            "policies": [
                {"letter": letter, "name": name, "asks": policy.question}
                for letter, name, policy in zip(
                    letters(question), names, question.policies(), strict=True
                )
            ],
            "size": f"{question.residents:,} residents, {lasting(question.weeks)}, "
            f"{question.pairs} pairs of histories",
            "there": there,
            "command": question.command(question.pairs),
        }
    )


def reveal(lesson: Lesson, answer: Answer, predicted: Predicted) -> str:
    """What came out, beside what was predicted."""
    found = outcomes(lesson, answer)
    main = outcome(lesson, answer, lesson.finding)
    right = right_option(lesson, main)
    return json.dumps(
        {
            "main": _row(lesson, answer, main, predicted_too=True),
            "also": [_row(lesson, answer, each) for each in found[1:]],
            "said": _said(lesson, main),
            "verdict": _verdict(lesson, predicted, right),
            "agrees": predicted.option is not None and predicted.option == right,
            "chosen": predicted.option is not None,
            "tally": _tally(lesson, predicted, right),
            "borne": borne_sentence(found),
            "stages": [
                [
                    _pairs(stage),
                    signed(mean, 2),
                    interval(low, high, 2, sign=True) if stage > 1 else "",
                ]
                for stage, mean, low, high in by_stages(main)
            ],
            "paragraphs": paragraphs(lesson.steps["reveal"].text),
            "show_stages": lesson.measure == AGREEMENT,
            "pairs": answer.pairs,
            "dagger": f"† {MEANING}." if any(each.mark for each in found) else "",
        },
        allow_nan=False,
    )


def notes(lesson: Lesson, root: str) -> str:
    """Everything the trainer has before them, in a window of its own."""
    return json.dumps(
        {
            "lesson": lesson.key,
            "title": lesson.title,
            "aim": lesson.aim,
            "minutes": lesson.minutes,
            "link": f"{root}/lessons/{lesson.key}/question",
            "steps": [
                {
                    "key": key,
                    "name": name,
                    "minutes": _minutes(lesson.steps[key].minutes),
                    "text": paragraphs(
                        lesson.asks if key == "question" else lesson.steps[key].text
                    ),
                    "notes": paragraphs(lesson.steps[key].notes),
                    "options": [option.text for option in lesson.options]
                    if key == "predict"
                    else [],
                    "questions": list(lesson.questions) if key == "discuss" else [],
                }
                for key, name in STEPS.items()
            ],
        }
    )


def borne_sentence(found: list[Outcome]) -> str:
    """How much of what the question has it the model gives, in a sentence."""
    how, held, asked = borne_out(found)
    count = f"{held} of {asked} finding{'s' if asked > 1 else ''}"
    return {
        ALL: f"The model gives what the question has in mind: {count} go that way.",
        SOME: f"The model gives it only in part: {count} go the way the question has in mind.",
        NONE: f"The model does not give what the question has in mind: {count} go that way.",
        SILENT: "",
    }[how]


def title_of(finding: Any, answer: Answer) -> str:
    """What a finding is about: the measure, for whom."""
    who = "" if finding.public == "all" else f", {answer.label(finding.public).lower()}"
    return f"{INDICATORS[finding.indicator].label}{who}"


def came_words(found: Outcome) -> str:
    """What came, with its size and interval, in a line."""
    measured = found.measured
    unit = unit_of_change(INDICATORS[measured.indicator].unit)
    by = signed(measured.difference, measured.decimals) + (f" {unit}" if unit else "")
    bounds = interval(measured.low, measured.high, measured.decimals, sign=True)
    return f"{CHANGE_WORDS[found.came]}, {by} ({bounds})"


def agreement_words(found: Outcome) -> str:
    """How many single pairs point as the average does."""
    if not len(found.pairs):
        return "no pair has a value"
    agreeing = round(found.agreement * len(found.pairs) / 100)
    return f"{agreeing} of {len(found.pairs)} single pairs point the same way"


def _entry(lesson: Lesson, root: str) -> dict[str, Any]:
    return {
        "key": lesson.key,
        "number": lesson.number,
        "title": lesson.title,
        "asks": lesson.asks,
        "aim": lesson.aim,
        "minutes": _minutes(lesson.minutes),
        "link": f"{root}/lessons/{lesson.key}",
    }


def _about(lesson: Lesson) -> str:
    names = called(lesson.question)
    other = names[1 + lesson.which(lesson.finding.other)]
    return f"{quoted(other)} against {quoted(names[0])}, after {lasting(lesson.question.weeks)}"


def _said(lesson: Lesson, main: Outcome) -> str:
    if lesson.measure == AGREEMENT:
        return (
            f"{agreement_words(main).capitalize()} ({number(main.agreement)}\N{NO-BREAK SPACE}%)."
        )
    label = INDICATORS[main.finding.indicator].label
    if main.came == "no-clear-change":
        return f"{label}: no clear change."
    slight = " slightly" if main.measured.slight else ""
    return f"{label} {CHANGE_WORDS[main.came]}{slight}."


def _verdict(lesson: Lesson, predicted: Predicted, right: int | None) -> str:
    if predicted.option is None:
        return "No prediction was made in this tab."
    chosen = quoted(lesson.options[predicted.option].text)
    if predicted.option == right:
        return f"You predicted {chosen}, and so it comes."
    comes = "none of the options" if right is None else quoted(lesson.options[right].text)
    return f"You predicted {chosen}. What comes is {comes}."


def _tally(lesson: Lesson, predicted: Predicted, right: int | None) -> list[dict[str, Any]]:
    total = sum(predicted.hands)
    if not total:
        return []
    return [
        {
            "text": option.text,
            "hands": hands,
            "share": round(100 * hands / total, 1),
            "came": at == right,
        }
        for at, (option, hands) in enumerate(zip(lesson.options, predicted.hands, strict=True))
    ]


def _row(
    lesson: Lesson, answer: Answer, found: Outcome, predicted_too: bool = False
) -> dict[str, Any]:
    finding, measured = found.finding, found.measured
    one, entry = figure(measured), INDICATORS[finding.indicator]
    shown = [None if not np.isfinite(value) else round(value, 4) for value in found.pairs.tolist()]
    return {
        "title": title_of(finding, answer),
        "policy": answer.lettered()[1 + lesson.which(finding.other)],
        "letter": letters(lesson.question)[1 + lesson.which(finding.other)],
        "base": letters(lesson.question)[0],
        "unit": unit_of_change(entry.unit),
        "meaning": entry.meaning,
        "text": one["text"],
        "interval": one["interval"],
        "levels": one["levels"],
        "words": one["words"],
        "verdict": one["verdict"],
        "value": one["value"] if np.isfinite(measured.difference) else "",
        "came": CHANGE_WORDS[found.came],
        "mark": found.mark,
        "mean": _plain(measured.difference),
        "low": _plain(measured.low),
        "high": _plain(measured.high),
        "pairs": shown,
        "decimals": measured.decimals,
        "agreement": agreement_words(found),
        "expected": CHANGE_WORDS.get(finding.expected, ""),
        "as_expected": found.as_expected,
        "recorded": _recorded(lesson, found, predicted_too),
        "says": finding.text,
    }


def _recorded(lesson: Lesson, found: Outcome, is_main: bool) -> str:
    """What to say where a run gives something else than what was recorded."""
    if found.as_recorded is False:
        return f"Recorded with the lesson: {CHANGE_WORDS[found.finding.found]}. This run gives something else."
    share = lesson.found_share
    if is_main and share is not None and abs(share - found.agreement) > 0.05:
        return f"Recorded with the lesson: {number(share)} %. This run gives something else."
    return ""


def _plain(value: float) -> float | None:
    return round(float(value), 6) if np.isfinite(value) else None


def _may_be_read(step: str, ran: bool) -> bool:
    """Whether the words of a step stand above it: what came is told beside it, and only once it came."""
    return step != "reveal" and (ran or step != "why")


def _minutes(count: int) -> str:
    return f"{count} minute{'s' if count != 1 else ''}"


def _pairs(count: int) -> str:
    return f"{count} pair{'s' if count != 1 else ''}"
