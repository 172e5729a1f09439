"""The page that compares two to four policies in one place."""

from __future__ import annotations

import json
from typing import Any

import solara

from web import charts, doubts, money, panels, visit
from web.answer import Answer, expected
from web.components import (
    CarryOut,
    Controls,
    DotChart,
    DoubtChart,
    Expected,
    ForWhom,
    Headline,
    Limits,
    LineChart,
    ShareBars,
)
from web.files import policy
from web.pages.page import Page
from web.pages.parts import Asked, choose, section
from web.question import Question, from_address
from web.whom import for_whom

VIEWS = {charts.LEVELS: "Every policy", charts.DIFFERENCE: "The difference"}


@solara.component
def Compare() -> None:
    """Pick a place and policies, move levers, and read what follows."""
    question, answer = visit.question(), visit.use_looked_at()
    which = min(visit.focus.value, len(question.tried) - 1)
    with solara.Div(classes=["page"]):
        Asked()
        Headline(
            state=panels.said(question.where().name, answer),
            event_look=lambda wanted: visit.look(wanted["which"]),
        )
        with solara.Div(classes=["bench"]):
            Levers(question, which)
            with solara.Div(classes=["findings"]):
                if answer is not None:
                    Findings(answer)
                Assumptions(question)
                Limits(state=panels.limits(question))
                Out(question, answer)


@solara.component
def Levers(question: Question, which: int) -> None:
    """What the police decide, in the policy that is looked at."""
    with solara.Div(classes=["hands"]):
        Controls(
            state=panels.levers(question, which),
            menu="",
            event_moved=lambda moved: visit.ask(
                visit.question().with_lever(moved["name"], moved["value"], which)
            ),
            event_reset=lambda it: visit.ask(visit.question().without_lever(it["name"], which)),
        ).key(f"levers {which}")


@solara.component
def HowSure(answer: Answer) -> None:
    """Dice, assumptions and theory, each for itself."""
    question = answer.question
    work = visit.use_errand("doubts", question, doubts.doubts(question))
    news = panels.errand(
        work.news,
        "Living the same comparison under other theories and assumptions.",
        "Finished: every kind of doubt that can be shown is shown.",
    )
    with section("How sure", "how-sure"):
        DoubtChart(
            state=doubts.picture(answer, work.found),
            progress=news,
            event_start=lambda _: work.start(),
            event_stop=lambda _: work.stop(),
        )


@solara.component
def Assumptions(question: Question) -> None:
    """What nobody decides, apart from the levers."""
    Controls(
        state=panels.assumptions(question),
        menu=panels.all_assumptions(question.place, question.theory),
        event_moved=lambda moved: visit.ask(
            visit.question().with_assumption(moved["name"], moved["value"])
        ),
        event_reset=lambda it: visit.ask(visit.question().without_assumption(it["name"])),
    )


@solara.component
def Out(question: Question, answer: Answer | None) -> None:
    """What can be carried out of the page."""
    faults, say = solara.use_state(())
    named, name_it = solara.use_state((0, ""))

    def open_file(given: dict[str, Any]) -> None:
        name = str(given["name"])[:80]
        if int(given["size"]) > policy.LARGEST:
            say((f"{name} is larger than {policy.LARGEST // 1000} kB. Policy files are small.",))
            return
        found, wrong = policy.opened(str(given["text"]), name, visit.question())
        say(tuple(wrong))
        if found is not None:
            name_it((named[0] + 1, policy.title_in(str(given["text"]), found)))
            visit.ask(found)

    def reopen(given: dict[str, Any]) -> None:
        found, wrong = from_address(str(given["address"]), visit.at_hand())
        say(tuple(wrong))
        visit.ask(found)

    CarryOut(
        state=panels.carried(
            question,
            answer,
            visit.cost.value,
            faults,
            solara.use_router().root_path,
        ),
        named=json.dumps(named),
        event_cost=lambda it: visit.cost.set(money.price(it["value"])),
        event_reopen=reopen,
        event_open=open_file,
    )


@solara.component
def Findings(answer: Answer) -> None:
    """Everything below the headline that an answer has to say."""
    public, look_at = solara.use_state("all")
    view, show = solara.use_state(charts.LEVELS)
    shown = public if public in answer.comparison.base.publics else "all"
    with solara.Div(classes=["findings"]):
        ForWhom(state=json.dumps(for_whom(answer)))
        OverTime(answer, shown, view, look_at, show)
        HowSure(answer)
        Hunches(answer)


@solara.component
def OverTime(answer: Answer, public: str, view: str, look_at: Any, show: Any) -> None:
    """The charts, with whose experience they show and how."""
    with section("Over time", "over-time"):
        with solara.Div(classes=["choices"]):
            choose("Whose experience", "whose", public, answer.publics, look_at)
            choose("Show", "view", view, VIEWS, show)
        with solara.Div(classes=["chart-groups"]):
            for number, (title, indicators) in enumerate(charts.GROUPS.items()):
                ChartGroup(title, number, indicators, answer, public, view).key(title)


@solara.component
def ChartGroup(
    title: str, number: int, indicators: tuple[str, ...], answer: Answer, public: str, view: str
) -> None:
    """The charts that answer one question."""
    last = number == len(charts.GROUPS) - 1
    with section(title, f"charts-{number}", "h3"), solara.Div(classes=["charts"]):
        for indicator in indicators:
            LineChart(state=charts.line_chart(answer, indicator, public, view)).key(indicator)
        if last:
            DotChart(state=charts.reach_chart(answer)).key("reach")
            ShareBars(state=charts.heard_chart(answer)).key("heard")


@solara.component
def Hunches(answer: Answer) -> None:
    """What was expected of this policy, where somebody wrote it down."""
    with solara.Div():
        if hunches := expected(answer):
            Expected(state=json.dumps(hunches))


PAGE = Page("/", "Compare", Compare, compares=True)
