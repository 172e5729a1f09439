"""The page about Parley: limits, assumptions, levers, and the documents of the project."""

from __future__ import annotations

import solara

from web import about
from web.components.reference import Document, NumberList, WhatItIs
from web.documents import TITLES
from web.pages.page import Page
from web.pages.styles import REFERENCE, wear


@solara.component
def About() -> None:
    """What Parley is, what its numbers rest on, and what it cannot tell."""
    search = solara.use_router().search
    part, read = solara.use_state(about.part_from_address(search))

    def chosen(event: dict[str, str]) -> None:
        if event.get("value") in about.PARTS:
            read(event["value"])

    with solara.Div(classes=["page", "about-page"]):
        wear(REFERENCE)
        WhatItIs(state=about.head(part), event_chosen=chosen)
        if part in TITLES:
            Document(state=about.text_of(part)).key(part)
        elif part == "assumptions":
            NumberList(state=about.assumptions()).key(part)
        elif part == "levers":
            NumberList(state=about.levers()).key(part)


PAGE = Page("about", "About", About)
