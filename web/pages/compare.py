"""The page that compares two policies in one place."""

from __future__ import annotations

import json
from typing import Any

import solara

from web import charts, panels, visit
from web.answer import ATTITUDE_LABELS, Answer, expected, for_whom, why
from web.components import (
    CauseBars,
    Command,
    DotChart,
    Expected,
    ForWhom,
    Headline,
    Levers,
    Limits,
    LineChart,
    ProgressLine,
    QuestionBar,
    Whose,
)
from web.pages.page import Page

VIEWS = {charts.LEVELS: "Both policies", charts.DIFFERENCE: "The difference"}


@solara.component
def Compare() -> None:
    """Pick a place and two policies, move levers, and read what follows."""
    question, answer = visit.question(), visit.answer.value
    with solara.Div(classes=["page"]):
        QuestionBar(
            state=panels.asked(question, visit.faults.value),
            event_chosen=lambda chosen: visit.ask(
                visit.question().asking(chosen["name"], chosen["value"])
            ),
        )
        ProgressLine(
            state=panels.progress(question, visit.news.value, answer),
            event_stop=lambda _: visit.cancel(),
            event_again=lambda _: visit.again(),
        )
        Said(question.where().name, answer)
        with solara.Div(classes=["bench"]):
            Levers(
                state=panels.levers(question),
                event_moved=lambda moved: visit.ask(
                    visit.question().with_lever(moved["name"], moved["value"])
                ),
                event_reset=lambda which: visit.ask(visit.question().without_lever(which["name"])),
            )
            with solara.Div(classes=["findings"]):
                if answer is not None:
                    Findings(answer)
                Limits(state=panels.limits(question))
                Command(state=panels.repeat(question))


@solara.component
def Said(place: str, answer: Answer | None) -> None:
    """The headline, or what is being waited for."""
    Headline(state=panels.said(place, answer))


@solara.component
def Findings(answer: Answer) -> None:
    """Everything below the headline that an answer has to say."""
    public, look_at = solara.use_state("all")
    view, show = solara.use_state(charts.LEVELS)
    attitude, explain = solara.use_state("trust")
    shown = public if public in answer.comparison.base.publics else "all"
    with solara.Div(classes=["findings"]):
        Publics(answer)
        OverTime(answer, shown, view, look_at, show)
        Why(answer, shown, attitude, explain)
        Hunches(answer)


@solara.component
def Publics(answer: Answer) -> None:
    """Who gains and who loses."""
    ForWhom(state=json.dumps(for_whom(answer)))


@solara.component
def OverTime(answer: Answer, public: str, view: str, look_at: Any, show: Any) -> None:
    """The charts, with whose experience they show and how."""
    with _section("Over time", "over-time"):
        with solara.Div(classes=["choices"]):
            _choose("Whose experience", "whose", public, answer.publics, look_at)
            _choose("Show", "view", view, VIEWS, show)
        with solara.Div(classes=["charts"]):
            for indicator in charts.OVER_TIME:
                LineChart(state=charts.line_chart(answer, indicator, public, view)).key(indicator)
            DotChart(state=charts.reach_chart(answer)).key("reach")


@solara.component
def Why(answer: Answer, public: str, attitude: str, explain: Any) -> None:
    """Which causes make the difference."""
    with _section("Why", "why"):
        _choose("The difference in", "attitude", attitude, ATTITUDE_LABELS, explain)
        CauseBars(state=json.dumps(why(answer, attitude, public)))


@solara.component
def Hunches(answer: Answer) -> None:
    """What was expected of this policy, where somebody wrote it down."""
    with solara.Div():
        if hunches := expected(answer):
            Expected(state=json.dumps(hunches))


def _choose(legend: str, name: str, value: str, options: dict[str, str], choose: Any) -> None:
    """One of a few; what is not among them is not chosen."""

    def chosen(event: dict[str, Any]) -> None:
        if event["value"] in options:
            choose(event["value"])

    Whose(state=panels.choice(legend, name, value, options), event_chosen=chosen)


def _section(title: str, name: str) -> Any:
    """A section with its heading, to be filled."""
    heading = solara.v.Html(tag="h2", attributes={"id": f"{name}-title"}, children=[title])
    return solara.v.Html(
        tag="section",
        class_=name,
        attributes={"aria-labelledby": f"{name}-title"},
        children=[heading],
    )


PAGE = Page("/", "Compare", Compare, compares=True)
