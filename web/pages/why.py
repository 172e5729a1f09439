"""The page that says why: which causes made a change, when, for whom, and the chain behind them."""

from __future__ import annotations

import json

import solara

from web import causes, visit
from web.answer import ATTITUDE_LABELS, Answer
from web.components import Chain, Waterfall
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
        with section("The chain behind it", "chain-section"):
            Chain(state=json.dumps(causes.chain(answer, whose), allow_nan=False))


PAGE = Page("why", "Why", Why, compares=True)
