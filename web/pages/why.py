"""The page that says why: which causes made a change, when, for whom, and the chain behind them."""

from __future__ import annotations

import json

import solara

from sim.ledger import CAUSES
from web import causes, panels, visit, weeks
from web.answer import ATTITUDE_LABELS, Answer
from web.components import Chain, LineChart, Waterfall, WorkLine
from web.pages.page import Page
from web.pages.parts import Asked, Waiting, choose, others, section


@solara.component
def Why() -> None:
    """From a change of trust to what moved it."""
    answer = visit.use_looked_at()
    with solara.Div(classes=["page"]):
        solara.v.Html(tag="h1", children=["Why"])
        Asked()
        if answer is None:
            Waiting()
        else:
            Reasons(answer)


@solara.component
def Reasons(answer: Answer) -> None:
    """The waterfall and the chain, for one public and one attitude."""
    public, look_at = solara.use_state("all")
    attitude, explain = solara.use_state("trust")
    view, show = solara.use_state(causes.DIFFERENCE)
    picked, pick = solara.use_state("")
    whose = public if public in answer.comparison.base.publics else "all"
    views = causes.views(answer)
    shown = view if view in views else causes.DIFFERENCE
    work = _use_weeks(answer, picked in CAUSES)
    with solara.Div(classes=["findings"]):
        with solara.Div(classes=["choices"]):
            choose("Show", "view", shown, views, show)
            if len(answer.others) > 1:
                choose(
                    "Policy",
                    "focus",
                    str(answer.focus),
                    others(answer),
                    lambda at: visit.look(int(at)),
                )
            choose("Attitude", "attitude", attitude, ATTITUDE_LABELS, explain)
            choose("Whose", "whose", whose, answer.publics, look_at)
        with section("What moved it", "moved"):
            found = causes.why(answer, attitude, whose, shown, picked)
            Waterfall(
                state=json.dumps(found, allow_nan=False),
                event_pick=lambda it: pick(str(it["cause"])),
            )
            if found["picked"] is not None:
                Weekly(answer, work, attitude, whose, shown, picked)
        with section("The chain behind it", "chain-section"):
            Chain(state=json.dumps(causes.chain(answer, whose), allow_nan=False))


@solara.component
def Weekly(
    answer: Answer, work: visit.Errand, attitude: str, public: str, view: str, cause: str
) -> None:
    """The cause that is opened, week by week, or how far the work on it is."""
    with solara.Div(classes=["weekly"]):
        if work.found is not None:
            chart = weeks.chart(answer, work.found, attitude, public, view, cause)
            LineChart(state=json.dumps(chart, allow_nan=False))
        elif answer.finished:
            doing = "Taking the same pairs apart week by week."
            WorkLine(
                progress=panels.errand(work.news, doing, "Finished."),
                event_start=lambda _: work.start(),
                event_stop=lambda _: work.stop(),
            )


def _use_weeks(answer: Answer, opened: bool) -> visit.Errand:
    """Have the ledger taken apart by week once a cause is opened and the comparison is finished."""
    question, pairs, finished = answer.question, answer.pairs, answer.finished
    work = visit.use_errand("weeks", question, weeks.by_week(question, pairs), pairs)

    def look() -> None:
        if opened and finished and work.found is None:
            work.start()

    solara.use_effect(look, [question, pairs, opened, finished])
    return work


PAGE = Page("why", "Why", Why, compares=True)
