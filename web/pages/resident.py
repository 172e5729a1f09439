"""The page that follows one resident: both diaries side by side, and whom they talk with."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import solara

from web import one_resident, panels, visit
from web.answer import ATTITUDE_LABELS, Answer
from web.components import Circle, FindResident, LineChart, TwoDiaries
from web.one_resident import FINDERS, Life, Wanted
from web.pages.page import Page
from web.pages.parts import Asked, Waiting, choose, of_pairs, others, section
from web.question import Question


@solara.component
def ResidentPage() -> None:
    """Pick a resident, or have one found, and read their weeks in both worlds."""
    answer = visit.use_looked_at()
    with solara.Div(classes=["page"]):
        solara.v.Html(tag="h1", children=["One resident"])
        Asked()
        if answer is None:
            Waiting()
        else:
            One(answer)


@solara.component
def One(answer: Answer) -> None:
    """The resident that is wanted, once found."""
    search = solara.use_router().search
    wanted, want = solara.use_state(one_resident.wanted_in(search))
    question, which = answer.question, answer.focus
    pair = min(visit.pair_shown(), question.pairs)
    errand = one_resident.life(question, which, wanted, pair)
    work = visit.use_errand("resident", question, errand, (which, wanted, pair))
    solara.use_effect(work.start, [question, which, wanted, pair])
    found: Life | None = work.found
    with solara.Div(classes=["findings"]):
        if len(answer.others) > 1:
            with solara.Div(classes=["choices"]):
                chosen = str(which)
                choose("Policy", "focus", chosen, others(answer), lambda at: visit.look(int(at)))
        of_pairs(question, which, answer)
        Finder(answer, wanted, want, found, work)
        if found is not None and not found.fault:
            Lived(question, which, found)


@solara.component
def Finder(
    answer: Answer,
    wanted: Wanted,
    want: Callable[[Wanted], Any],
    found: Life | None,
    work: visit.Errand,
) -> None:
    """How a resident is picked."""
    state = {
        "finders": [{"name": name, "label": label} for name, label in FINDERS.items()],
        "publics": [
            {"key": key, "label": group.label}
            for key, group in answer.comparison.base.scenario.area.groups.items()
        ],
        "key": found.key if found is not None else wanted.key,
        "again": bool(wanted.finder and found is not None and not found.fault),
        "fault": found.fault if found is not None else "",
    }
    FindResident(
        state=json.dumps(state),
        progress=panels.errand(work.news, "Replaying their weeks in both worlds.", ""),
        event_find=lambda it: (
            want(Wanted(finder=it["finder"])) if it["finder"] in FINDERS else None
        ),
        event_pick=lambda it: want(Wanted(key=str(it["key"])[:80])),
        event_another=lambda _: want(Wanted(finder=wanted.finder, nth=wanted.nth + 1)),
        event_stop=lambda _: work.stop(),
    )


@solara.component
def Lived(question: Question, which: int, found: Life) -> None:
    """What their weeks were like."""
    attitude, explain = solara.use_state("trust")
    with solara.Div(classes=["findings"]):
        with section("Their path and their place", "path"):
            with solara.Div(classes=["choices"]):
                choose("Attitude", "attitude", attitude, ATTITUDE_LABELS, explain)
            with solara.Div(classes=["charts"]):
                chart = one_resident.attitude_chart(question, which, found, attitude)
                LineChart(state=json.dumps(chart)).key(attitude)
                Circle(state=json.dumps(one_resident.circle(found)))
        TwoDiaries(state=json.dumps(one_resident.told(question, which, found)))


PAGE = Page("resident", "One resident", ResidentPage, compares=True)
