"""The page where a visitor makes an area: pick, open, edit, save, and compare policies in it."""

from __future__ import annotations

import solara

from web import visit
from web.components import AreaForm, AreaOut, AreaStart
from web.own import shown, tab
from web.own.draft import reading
from web.pages.page import Page
from web.question import needs_file


@solara.component
def YourArea() -> None:
    """An area in a form, with what the one reader says of it beside every field."""
    router = solara.use_router()
    bench = tab.bench()
    draft = bench.draft
    read = solara.use_memo(lambda: reading(draft), [draft])
    frame = solara.use_memo(shown.frame, [])

    def go(path: str) -> None:
        router.push(f"{path}?{visit.address()}")

    awaited = _awaited(visit.awaited.value)
    with solara.Div(classes=["page", "your-area"]):
        solara.v.Html(tag="h1", children=["Your area"])
        AreaStart(
            state=shown.start(draft, bench.faults, bench.said, awaited),
            event_pick=lambda it: tab.pick(str(it["area"])),
            event_open=lambda it: tab.open_file(it, go),
        )
        AreaForm(
            frame=frame,
            state=shown.form(
                draft, read, bool(bench.past), bench.looked_at, bench.note, bench.steps
            ),
            event_step=tab.do,
        )
        AreaOut(
            state=shown.out(draft, read, router.root_path),
            event_step=tab.do,
            event_compare=lambda _: tab.compare(go),
        )


def _awaited(search: str) -> str:
    """What a link that waits for a file calls its area; empty where none waits."""
    return tab.name_in(search) if needs_file(search) else ""


PAGE = Page("your-area", "Your area", YourArea)
