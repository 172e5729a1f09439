"""What stands around every page: style, masthead, navigation, main landmark, foot, a guard."""

from __future__ import annotations

import json
import logging

import solara

from sim.version import VERSION
from web import given_out, visit
from web.components import Apology, Footer, Masthead, Navigation, Sheet, bundle
from web.pages.page import Page

_log = logging.getLogger(__name__)


@solara.component
def Layout(children: list[solara.Element] = []) -> None:  # noqa: B006
    """A page with everything around it."""
    router = solara.use_router()
    here, all_pages = solara.use_route(peek=True)
    page: Page | None = here.data if here is not None else None
    parts = given_out.address("parts.mjs")
    solara.use_memo(lambda: bundle.module(parts and router.root_path + parts), [])
    visit.use_address(router.search)
    visit.use_answer(page is not None and page.compares)
    with solara.Div(classes=["parley"]):
        if not given_out.address("parley.css"):
            Sheet(name="parley-style", text=given_out.style())
        Masthead()
        Navigation(
            state=_navigation(page, [route.data for route in all_pages], router.root_path),
            event_go=lambda to: router.push(_path(to["path"], [route.data for route in all_pages])),
        )
        solara.v.Html(
            tag="main",
            attributes={"id": "content", "tabindex": "-1"},
            children=[Guarded(children, page.path if page else "")],
        )
        Footer(version=VERSION)


@solara.component
def Guarded(children: list[solara.Element], path: str) -> None:
    """The page itself, or an apology where it failed until another is opened; the log has the fault.

    It is the same component for every page: a new one would leave Solara's old title standing.
    """
    fault, clear = solara.use_exception()
    failed, mark = solara.use_state("")
    solara.use_effect(lambda: mark(path) if fault is not None else None, [fault])
    solara.use_effect(lambda: clear() if fault is not None and failed != path else None, [path])
    if fault is None:
        solara.Div(children=children)
        return
    _log.error("A page failed", exc_info=fault)
    Apology()


def _navigation(here: Page | None, pages: list[Page], root: str) -> str:
    address = visit.address()
    return json.dumps(
        {
            "here": here.path if here else "",
            "follows": bool(here and (here.compares or here.asks)),
            "address": address,
            "pages": [
                {"path": page.path, "name": page.name, "link": root + _address(page, address)}
                for page in pages
            ],
        }
    )


def _path(wanted: str, pages: list[Page]) -> str:
    """The address of a page with the question of this tab; of the first page for what is none."""
    page = next((page for page in pages if page.path == wanted), pages[0])
    return _address(page, visit.address())


def _address(page: Page, address: str) -> str:
    return f"/{page.path.strip('/')}?{address}"
