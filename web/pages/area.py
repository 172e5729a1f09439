"""The page that shows the area: beats, residents and officers, coloured by any state, week by week."""

from __future__ import annotations

import json
from collections.abc import Callable

import solara
import solara.server.kernel_context as kernel_context

from web import one_resident, panels, visit
from web.answer import called
from web.area import film as filming
from web.area import shown
from web.area.film import Film
from web.components import AreaPicture, ProgressLine, QuestionBar
from web.one_resident import Shown, Wanted
from web.pages.page import Page
from web.pages.parts import choose, of_pairs
from web.pages.styles import AREA, wear
from web.question import Question, letters


@solara.component
def AreaPage() -> None:
    """One pair of this comparison as a picture that can be played."""
    question = visit.question()
    with solara.Div(classes=["page", "area-page"]):
        wear(AREA)
        solara.v.Html(tag="h1", children=["The area"])
        QuestionBar(
            state=panels.asked(question, visit.faults.value, visit.brought.value),
            event_chosen=lambda chosen: visit.ask(
                visit.question().asking(chosen["name"], chosen["value"])
            ),
            event_added=lambda _: visit.add(),
            event_removed=lambda which: visit.ask(visit.question().without(which["which"])),
        )
        if not question.too_much():
            Lived(question, min(visit.focus.value, len(question.tried) - 1), visit.pair_shown())


@solara.component
def Lived(question: Question, which: int, pair: int) -> None:
    """The film of the first policy and one other, made when the page opens and let go when it is left."""
    alike, errand = filming.mark(question, which, pair), filming.film(question, which, pair)
    work = visit.use_errand("film", question, errand, alike, kept=False)
    solara.use_effect(work.start, [question, which, pair])
    made: Film | None = work.found
    with solara.Div(classes=["findings"]):
        if len(question.tried) > 1:
            names = [
                f"{mark}: {name}"
                for mark, name in zip(letters(question), called(question), strict=True)
            ]
            options = {str(at): name for at, name in enumerate(names[1:])}
            with solara.Div(classes=["choices"]):
                choose(
                    "Beside the first policy",
                    "focus",
                    str(which),
                    options,
                    lambda at: visit.look(int(at)),
                )
        of_pairs(question, which, visit.answer.value)
        ProgressLine(
            state=panels.lived_through(work.news, pair),
            event_stop=lambda _: work.stop(),
            event_again=lambda _: work.start(),
            event_undo=lambda _: visit.undo(),
        )
        if made is not None:
            Picture(question, pair, made, work)


@solara.component
def Picture(question: Question, pair: int, made: Film, work: visit.Errand) -> None:
    """The picture itself, which fetches its film from this server."""
    name, call = solara.use_state("")
    session = kernel_context.get_current_context().session_id
    router = solara.use_router()

    def serve() -> Callable[[], None]:
        given = shown.show(made, session)
        call(given or "full")
        return lambda: shown.hide(given)

    solara.use_effect(serve, [made])

    def read(event: dict[str, str]) -> None:
        key = event["key"][:80]
        visit.resident.value = Shown(question.place, Wanted(key=key), key)
        whom = one_resident.in_address(question.place, visit.resident.value)
        router.push(f"/resident?{visit.address()}{whom}")

    with solara.Div():
        if name == "full":
            solara.v.Html(
                tag="p", class_="fault", attributes={"role": "alert"}, children=[shown.FULL]
            )
        elif name:
            state = {
                "film": name,
                "root": router.root_path,
                "address": visit.address(),
                "pair": f"pair {pair} of {question.pairs}",
            }
            AreaPicture(
                state=json.dumps(state), event_read_weeks=read, event_again=lambda _: work.start()
            )


PAGE = Page("area", "The area", AreaPage, asks=True)
