"""The lessons: a list, each lesson step by step, and the speaker notes in a window of their own."""
# Solara hands the rest of the path to the page and reads its annotations: they stay real types here.

import json
from typing import Any

import solara

from web import causes, charts, panels, teaching, visit
from web.answer import ATTITUDE_LABELS, Answer
from web.components import LineChart, Waterfall
from web.components.lessons import (
    LessonBar,
    LessonList,
    LessonNotes,
    LessonPredict,
    LessonReveal,
    LessonRun,
    LessonText,
    LessonTurn,
)
from web.desk import News
from web.files.brief import LONGEST_MARKING
from web.files.lesson_sheet import sheet
from web.lesson import told
from web.lesson.form import STEPS, Lesson
from web.lesson.shelf import lessons, template
from web.pages.page import Page
from web.pages.parts import choose, others
from web.pages.styles import LESSONS, wear

FIRST = next(iter(STEPS))


@solara.component
def Lessons(lesson: str = "", step: str = "") -> None:
    """The list, or one lesson at one step.

    Args:
        lesson: the first word of the path behind the page's own.
        step: the second: one of the steps, or notes.
    """
    found = teaching.lesson_at(lesson)
    with solara.Div(classes=["page", "lessons-page"]):
        wear(LESSONS)
        if not lesson:
            Index("")
        elif found is None:
            Index(_nowhere(lesson))
        elif step == "notes":
            solara.Title(f"Notes: {found.title} · Parley")
            LessonNotes(state=told.notes(found, solara.use_router().root_path))
        else:
            OneLesson(found, step if step in STEPS else FIRST)


@solara.component
def Index(nowhere: str) -> None:
    """Every lesson, and somebody's own.

    Args:
        nowhere: what to say of an address that leads to no lesson; empty where it leads here.
    """
    router = solara.use_router()

    def open_file(given: dict[str, Any]) -> None:
        size, text = given.get("size"), str(given.get("text", ""))
        teaching.open_file(str(given.get("name", "")), text, size if type(size) is int else 0)

    with solara.Div():
        solara.v.Html(tag="h1", children=["Lessons"])
        if nowhere:
            solara.v.Html(tag="p", class_="fault", attributes={"role": "alert"}, children=[nowhere])
        LessonList(
            state=told.index(
                list(lessons().values()),
                teaching.own.value,
                teaching.faults.value,
                router.root_path,
            ),
            starter=template(),
            event_go=lambda it: router.push(_address(str(it.get("lesson", "")), FIRST)),
            event_open=open_file,
        )


@solara.component
def OneLesson(lesson: Lesson, step: str) -> None:
    """One lesson at one step."""
    router, run = solara.use_router(), teaching.use_run(lesson)
    saved, save = solara.use_state(None)

    def go(to: dict[str, Any]) -> None:
        wanted = str(to.get("step", ""))
        if wanted in STEPS or not wanted:
            router.push(_address(lesson.key, wanted) if wanted else _address("", ""))

    def restore(given: dict[str, Any]) -> None:
        teaching.predict(lesson, lambda there: there.restored(given.get("kept")))

    def make_sheet(given: dict[str, Any]) -> None:
        if run.answer is not None:
            marking = "".join(each for each in str(given.get("marking", "")) if each.isprintable())
            made = sheet(lesson, run.answer, marking[:LONGEST_MARKING].strip()).decode()
            at = saved["at"] + 1 if saved else 1
            save({"html": made, "name": "parley-lesson-your-own.html", "at": at})

    more = {
        "root": router.root_path,
        "ran": run.answer is not None,
        "saved": saved,
    }
    with solara.Div(classes=["lesson"]):
        solara.Title(f"{lesson.title} · Lessons · Parley")
        LessonBar(
            state=told.bar(lesson, step, _place_of(lesson), teaching.predicted(lesson), more),
            event_go=go,
            event_choose=lambda it: _choose(lesson, it),
            event_restore=restore,
            event_sheet=make_sheet,
        )
        with solara.v.Html(
            tag="section", class_="step", attributes={"aria-labelledby": "step-title"}
        ):
            LessonText(state=told.text(lesson, step, run.answer is not None)).key(
                f"{lesson.key} {step}"
            )
            OneStep(lesson, step, run, go)
        LessonTurn(state=_turn(step), event_go=go)


@solara.component
def OneStep(lesson: Lesson, step: str, run: teaching.Run, go: Any) -> None:
    """What a step has besides words."""
    with solara.Div(classes=["step-body"]):
        if step == "predict":
            LessonPredict(
                state=told.prediction(lesson, teaching.predicted(lesson)),
                event_choose=lambda it: _choose(lesson, it),
                event_count=lambda it: teaching.predict(
                    lesson, lambda there: there.counting(it.get("option"), it.get("hands"))
                ),
            ).key(lesson.key)
        elif step == "run":
            LessonRun(
                state=told.running(lesson, run.answer is not None),
                progress=_progress(lesson, run),
                event_start=lambda _: run.start(),
                event_stop=lambda _: run.stop(),
            )
        elif step in ("reveal", "why"):
            if run.answer is None:
                NotRun(go, run.news)
            elif step == "reveal":
                Reveal(lesson, run.answer)
            else:
                Why(lesson, run.answer)


@solara.component
def NotRun(go: Any, news: News | None) -> None:
    """What stands where the run has not been made, or not to its end."""
    under_way = news is not None and news.kind in ("waiting", "preparing", "working")
    said = (
        "The comparison is still being run. What comes of it is shown here at its end."
        if under_way
        else "Nothing has been run in this tab yet, so there is nothing to show."
    )
    step = {"key": "run", "name": "see how far it is" if under_way else "run the comparison"}
    with solara.Div(classes=["not-run"]):
        solara.v.Html(tag="p", attributes={"role": "status"}, children=[said])
        LessonTurn(state=json.dumps({"back": None, "on": step}), event_go=go)


@solara.component
def Reveal(lesson: Lesson, answer: Answer) -> None:
    """What came, beside what was predicted, and how it came about over time."""
    finding = lesson.finding
    looked = answer.looking_at(lesson.which(finding.other))
    with solara.Div(classes=["findings"]):
        LessonReveal(state=told.reveal(lesson, answer, teaching.predicted(lesson)))
        with solara.Div(classes=["charts", "one"]):
            LineChart(
                state=charts.line_chart(
                    looked, finding.indicator, finding.public, charts.DIFFERENCE
                )
            )


@solara.component
def Why(lesson: Lesson, answer: Answer) -> None:
    """The waterfall of the ledger, cause by cause."""
    which, look = solara.use_state(lesson.which(lesson.why_other))
    attitude, explain = solara.use_state(lesson.attitude)
    public, look_at = solara.use_state(lesson.whose)
    picked, pick = solara.use_state("")
    looked = answer.looking_at(which)
    with solara.Div(classes=["findings"]):
        with solara.Div(classes=["choices"]):
            if len(answer.others) > 1:
                choose("Policy", "focus", str(which), others(answer), lambda at: look(int(at)))
            choose("Attitude", "attitude", attitude, ATTITUDE_LABELS, explain)
            choose("Whose", "whose", public, answer.publics, look_at)
        found = causes.why(looked, attitude, public, causes.DIFFERENCE, picked)
        Waterfall(
            state=json.dumps(found, allow_nan=False),
            event_pick=lambda it: pick(str(it["cause"])),
        )


def _progress(lesson: Lesson, run: teaching.Run) -> str:
    """How far the work is; that it is done, where it was done before this lesson was opened."""
    finished = f"Finished: {lesson.question.pairs} pairs. Go on to the reveal."
    if run.news is None and run.answer is not None:
        return json.dumps({"busy": False, "done": 0, "total": 0, "says": finished})
    return panels.errand(run.news, "Living the worlds, pair by pair.", finished)


def _choose(lesson: Lesson, given: dict[str, Any]) -> None:
    teaching.predict(lesson, lambda there: there.choosing(given.get("option")))


def _place_of(lesson: Lesson) -> tuple[int, int]:
    keys = list(lessons())
    return (keys.index(lesson.key) + 1, len(keys)) if lesson.key in keys else (0, 0)


def _turn(step: str) -> str:
    names = list(STEPS.items())
    at = list(STEPS).index(step)
    before = names[at - 1] if at else None
    after = names[at + 1] if at + 1 < len(names) else None
    return json.dumps(
        {
            "back": {"key": before[0], "name": before[1]} if before else None,
            "on": {"key": after[0], "name": after[1]} if after else None,
        }
    )


def _address(lesson: str, step: str) -> str:
    path = "/".join(part for part in ("/lessons", lesson, step) if part)
    return f"{path}?{visit.address()}"


def _nowhere(lesson: str) -> str:
    if lesson == told.OWN:
        return "The file that was open in this tab is gone after a reload. Open it again below."
    return "There is no such lesson. Choose one below."


PAGE = Page("lessons", "Lessons", Lessons)
