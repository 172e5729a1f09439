"""The page that says for whom: every outcome of every public, winners, losers, equality."""

from __future__ import annotations

import json

import solara

from web import panels, visit, whom
from web.answer import Answer
from web.components import Flags, ForWhom, PlainTable, SplitBars
from web.pages.page import Page
from web.pages.parts import Asked, Waiting, choose, others, section


@solara.component
def WhomPage() -> None:
    """Every public beside the others."""
    answer = visit.use_looked_at()
    with solara.Div(classes=["page"]):
        solara.v.Html(tag="h1", children=["For whom"])
        Asked()
        if answer is None:
            Waiting()
        else:
            Everybody(answer)


@solara.component
def Everybody(answer: Answer) -> None:
    """Flags, tables by public, winners and losers, and the table for an equality assessment."""
    with solara.Div(classes=["findings"]):
        if len(answer.others) > 1:
            with solara.Div(classes=["choices"]):
                chosen = str(answer.focus)
                choose("Policy", "focus", chosen, others(answer), lambda at: visit.look(int(at)))
        Flags(state=json.dumps(whom.flags(answer)))
        with section("What changes for each public", "each-public"):
            for title, indicators in whom.TABLES.items():
                table = {**whom.for_whom(answer, indicators), "title": title}
                ForWhom(state=json.dumps(table)).key(title)
        Winners(answer)
        with section("For an equality assessment", "equality"):
            table = {**whom.equality(answer), "title": "For an equality assessment"}
            PlainTable(state=json.dumps(table))


@solara.component
def Winners(answer: Answer) -> None:
    """How many in each public gain and lose, counted when it is asked for."""
    question, which = answer.question, answer.focus
    work = visit.use_errand("winners", question, whom.winners_and_losers(question, which), which)
    with section("Winners and losers", "winners"):
        SplitBars(
            state=json.dumps(whom.told(answer, work.found)),
            progress=panels.errand(work.news, "Comparing residents one by one.", "Counted."),
            event_start=lambda _: work.start(),
            event_stop=lambda _: work.stop(),
        )


PAGE = Page("for-whom", "For whom", WhomPage, compares=True)
