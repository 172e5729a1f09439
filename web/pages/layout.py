"""What stands around every page: style, masthead, main landmark, foot, a guard against faults."""

from __future__ import annotations

import logging
from pathlib import Path

import solara

from sim.version import VERSION
from web.components import Apology, Footer, Masthead

STYLE = Path(__file__).parent.parent / "assets" / "parley.css"
_log = logging.getLogger(__name__)


@solara.component
def Layout(children: list[solara.Element] = []) -> None:  # noqa: B006
    """A page with everything around it."""
    with solara.Div(classes=["parley"]):
        solara.Style(STYLE)
        Masthead()
        solara.v.Html(
            tag="main",
            attributes={"id": "content", "tabindex": "-1"},
            children=[Guarded(children)],
        )
        Footer(version=VERSION)


@solara.component
def Guarded(children: list[solara.Element]) -> None:
    """The page itself, or an apology where it failed; the fault goes to the log."""
    fault, _ = solara.use_exception()
    if fault is None:
        solara.Div(children=children)
        return
    _log.error("A page failed", exc_info=fault)
    Apology()
