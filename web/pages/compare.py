"""The page that compares two policies in one place."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import solara
import solara.server.kernel_context as kernel_context

import sim.runs as engine
from sim.report import LIMITS
from web import charts, words
from web.answer import (
    ATTITUDE_LABELS,
    Answer,
    expected,
    figures,
    for_whom,
    headline,
    pairs_sentence,
    why,
)
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
from web.desk import Desk, News
from web.levers import OFFERED, REACH, REACH_WORDS
from web.places import places, policy_of
from web.question import CHOICES, Question, first_question, from_address
from web.question import LIMITS as SIZE_LIMITS

_PATIENCE = 5.0
"""Seconds that work goes on for a page that lost its connection."""
VIEWS = {charts.LEVELS: "Both policies", charts.DIFFERENCE: "The difference"}


@lru_cache(maxsize=1)
def desk() -> Desk:
    """The desk of this process."""
    return Desk(engine)


def open_desk() -> None:
    """Answer the first question before anybody asks it, so that a finished comparison meets the visitor."""
    desk().ask("the house", first_question(), lambda news: None)


def close_desk() -> None:
    """Stop all work."""
    desk().close()


@solara.component
def Compare() -> None:
    """Pick a place and two policies, move levers, and read what follows."""
    search = solara.use_router().search
    opened = solara.use_memo(lambda: from_address(search), [])
    question, ask = solara.use_state(opened[0])
    news, hear = solara.use_state(None)
    answer, keep = solara.use_state(None)
    public, look_at = solara.use_state("all")
    view, show = solara.use_state(charts.LEVELS)
    attitude, explain = solara.use_state("trust")
    again, ask_again = solara.use_state(0)
    asker = solara.use_memo(lambda: uuid.uuid4().hex, [])

    def listen() -> Callable[[], None]:
        def heard(latest: News) -> None:
            if latest.comparison is not None:
                keep(Answer(latest.question, latest.comparison, latest.finished))
            hear(latest)

        if not question.too_much():
            desk().ask(asker, question, _in_session(asker, heard))
        return lambda: desk().leave(asker)

    solara.use_effect(listen, [question, again])

    with solara.Div(classes=["page"]):
        QuestionBar(
            state=json.dumps(_asked(question, opened[1])),
            event_chosen=lambda chosen: ask(
                question.asking(chosen.get("name"), chosen.get("value"))
            ),
        )
        ProgressLine(
            state=json.dumps(_progress(question, news, answer)),
            event_stop=lambda _: desk().cancel(asker),
            event_again=lambda _: ask_again(again + 1),
        )
        Said(question.where().name, answer)
        with solara.Div(classes=["bench"]):
            Levers(
                state=json.dumps(_levers(question)),
                event_moved=lambda moved: ask(
                    question.with_lever(moved.get("name"), moved.get("value"))
                ),
                event_reset=lambda which: ask(_reset(question, which.get("name"))),
            )
            with solara.Div(classes=["findings"]):
                if answer is not None:
                    shown = public if public in answer.comparison.base.publics else "all"
                    Publics(answer)
                    OverTime(answer, shown, view, look_at, show)
                    Why(answer, shown, attitude, explain)
                    Hunches(answer)
                Limits(state=json.dumps(_limits(question)))
                Command(
                    state=json.dumps({"command": question.command(), "address": question.address()})
                )


@solara.component
def Said(place: str, answer: Answer | None) -> None:
    """The headline, or what is being waited for."""
    Headline(state=json.dumps(_said(place, answer)))


@solara.component
def Publics(answer: Answer) -> None:
    """Who gains and who loses."""
    ForWhom(state=json.dumps(for_whom(answer)))


@solara.component
def OverTime(answer: Answer, public: str, view: str, look_at: Any, show: Any) -> None:
    """The charts, with whose experience they show and how."""
    with _section("Over time", "over-time"):
        with solara.Div(classes=["choices"]):
            Whose(
                state=_choice("Whose experience", "whose", public, answer.publics),
                event_chosen=lambda chosen: look_at(chosen.get("value")),
            )
            options = [{"key": key, "label": label} for key, label in VIEWS.items()]
            Whose(
                state=_choice("Show", "view", view, options),
                event_chosen=lambda chosen: show(
                    chosen.get("value") if chosen.get("value") in VIEWS else view
                ),
            )
        with solara.Div(classes=["charts"]):
            for indicator in charts.OVER_TIME:
                LineChart(state=charts.line_chart(answer, indicator, public, view)).key(indicator)
            DotChart(state=charts.reach_chart(answer)).key("reach")


@solara.component
def Why(answer: Answer, public: str, attitude: str, explain: Any) -> None:
    """Which causes make the difference."""
    with _section("Why", "why"):
        options = [{"key": key, "label": label} for key, label in ATTITUDE_LABELS.items()]
        Whose(
            state=_choice("The difference in", "attitude", attitude, options),
            event_chosen=lambda chosen: explain(
                chosen.get("value") if chosen.get("value") in ATTITUDE_LABELS else attitude
            ),
        )
        CauseBars(state=json.dumps(why(answer, attitude, public)))


@solara.component
def Hunches(answer: Answer) -> None:
    """What was expected of this policy, where somebody wrote it down."""
    with solara.Div():
        if hunches := expected(answer):
            Expected(state=json.dumps(hunches))


def _section(title: str, name: str) -> Any:
    """A section with its heading, to be filled."""
    heading = solara.v.Html(tag="h2", attributes={"id": f"{name}-title"}, children=[title])
    return solara.v.Html(
        tag="section",
        class_=name,
        attributes={"aria-labelledby": f"{name}-title"},
        children=[heading],
    )


def _in_session(asker: str, action: Callable[[News], None]) -> Callable[[News], None]:
    """Carry news from a thread of the desk to the thread of this session.

    A browser that is told to go says goodbye, and its session ends. One that is cut off does not: after a
    few seconds without a connection its work is stopped, and says so should the page come back.
    """
    context = kernel_context.get_current_context()
    seen = time.monotonic()

    def carry(news: News) -> None:
        nonlocal seen
        if kernel_context.PageStatus.CONNECTED in context.page_status.values():
            seen = time.monotonic()
        elif news.kind == "working" and time.monotonic() - seen > _PATIENCE:
            desk().cancel(asker)
            return

        def act() -> None:
            with context.lock:
                if not context.closed_event.is_set():
                    with context:
                        action(news)

        try:
            context.event_loop.call_soon_threadsafe(act)
        except RuntimeError:
            act()  # the loop went with a lost connection; the session is still there

    return carry


def _asked(question: Question, faults: list[str]) -> dict[str, Any]:
    here = question.where()
    grouped = {True: "Real London boroughs", False: "Invented places"}
    return {
        "place": question.place,
        "base": question.base,
        "other": question.other,
        "places": [
            {
                "label": label,
                "places": [
                    {"key": place.key, "label": place.name}
                    for place in places().values()
                    if place.real is real
                ],
            }
            for real, label in grouped.items()
            if any(place.real is real for place in places().values())
        ],
        "policies": [{"key": key, "label": policy.title} for key, policy in here.policies.items()],
        "question": question.policies()[1].question,
        "sizes": [
            _size("weeks", "Followed for", question.weeks, words.lasting),
            _size("residents", "Residents simulated", question.residents, lambda n: f"{n:,}"),
            _size("pairs", "Pairs of histories", question.pairs, str),
        ],
        "faults": [*faults, *([question.too_much()] if question.too_much() else [])],
    }


def _size(name: str, label: str, value: int, write: Callable[[int], str]) -> dict[str, Any]:
    low, high = SIZE_LIMITS[name]
    choices = sorted({value, *(each for each in CHOICES[name] if low <= each <= high)})
    return {
        "name": name,
        "label": label,
        "value": value,
        "choices": [{"value": each, "label": write(each)} for each in choices],
    }


def _progress(question: Question, news: News | None, answer: Answer | None) -> dict[str, Any]:
    says, busy, unseen = "", False, ""
    current = news if news is not None and news.question == question else None
    if question.too_much():
        says = "Nothing is computed: this asks for too much at once."
    elif current is not None and current.kind == "preparing":
        busy = True
        says = "Getting the engine ready: this happens once on a machine and takes a minute or two."
    elif current is None or current.kind in ("waiting", "working"):
        busy = True
        says = "Comparing the two policies."
    elif current.kind == "answer":
        busy = not current.finished
        unseen = headline(answer)["main"] if answer is not None and current.finished else ""
        says = (
            f"Finished: {current.done} pairs."
            if current.finished
            else f"A first answer from {current.done} pairs is here; more pairs are coming."
        )
    elif current.kind == "cancelled":
        says = "Stopped. What you see was finished before."
    else:
        says = "This could not be computed. The server's log says why."
    return {
        "says": says,
        "unseen": unseen,
        "busy": busy,
        "done": current.done if current else 0,
        "total": current.total if current else 0,
        "again": current is not None and current.kind in ("cancelled", "fault"),
    }


def _said(place: str, answer: Answer | None) -> dict[str, Any]:
    if answer is None:
        return {
            "context": place,
            "waiting": "Two policies are being compared, pair by pair.",
            "pairs": "The first answer appears here as soon as a few pairs are finished.",
        }
    return {
        **headline(answer),
        "figures": figures(answer),
        "number_of_pairs": answer.pairs,
        "finished": answer.finished,
        "pairs": pairs_sentence(answer),
    }


def _levers(question: Question) -> list[dict[str, Any]]:
    base, other = (policy_of(scenario) for scenario in question.scenarios())
    moved = dict(question.moved)
    return [
        _lever(name, base, other, name in moved)
        for name in OFFERED
        if name in other or name == REACH
    ]


def _lever(name: str, base: dict[str, Any], other: dict[str, Any], moved: bool) -> dict[str, Any]:
    lever = OFFERED[name]
    said = {"name": name, "label": lever.label, "meaning": lever.meaning, "moved": moved}
    if name == REACH:
        options = [{"value": key, "label": label} for key, label in REACH_WORDS.items()]
        if other.get(REACH) not in REACH_WORDS:
            options = [{"value": "", "label": "A rule of its own"}, *options]
        before = REACH_WORDS.get(str(base.get(REACH)), "a rule of its own")
        return {
            **said,
            "options": options,
            "value": other.get(REACH, ""),
            "today": f"In the first policy: {before}.",
        }
    value, before = float(other[name]) * lever.scale, float(base[name]) * lever.scale
    unit = "%" if lever.scale == 100 else ""
    return {
        **said,
        "unit": lever.unit,
        "low": lever.low,
        "high": lever.high,
        "most": lever.most,
        "step": lever.step,
        "scale": lever.scale,
        "value": round(value, 4),
        "before": round(before, 4),
        "today": f"In the first policy: {before:g}{' ' + unit if unit else ''}.",
    }


def _reset(question: Question, name: Any) -> Question:
    if name:
        return question.without_lever(str(name))
    for each, _ in question.moved:
        question = question.without_lever(each)
    return question


def _limits(question: Question) -> dict[str, Any]:
    area = question.where().today.load().area
    return {
        "place": question.where().name,
        "limits": [*LIMITS, *_untested()],
        "source": str(area.source or ""),
        "notes": [str(note) for note in area.notes or ()],
        "licence": str(area.licence or ""),
    }


@lru_cache(maxsize=1)
def _untested() -> tuple[str, ...]:
    """How many behavioural numbers have no study behind them."""
    from sim.assumptions import ASSUMPTIONS

    untested = sum(each.strength == "untested" for each in ASSUMPTIONS.values())
    return (
        f"That is {untested} of the {len(ASSUMPTIONS)} numbers: other values within their ranges could give "
        "other answers.",
    )


def _choice(legend: str, name: str, value: str, options: list[dict[str, str]]) -> str:
    return json.dumps({"legend": legend, "name": name, "value": value, "options": options})
