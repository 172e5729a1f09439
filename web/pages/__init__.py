"""The pages, each in a module of its own that says what it is in `PAGE`."""

from __future__ import annotations

from importlib import import_module

import solara

from web.pages.layout import Layout
from web.pages.page import Page

MODULES = (  # one line a page, in the order of the navigation
    "compare",
    "why",
    "for_whom",
    "resident",
    "area",
    "your_area",
    "lessons",
    "evidence",
    "about",
)
PAGES: tuple[Page, ...] = tuple(import_module(f"{__name__}.{module}").PAGE for module in MODULES)

routes = [
    solara.Route(
        path=page.path,
        component=page.component,
        layout=Layout if page.path == "/" else None,
        label=f"{page.name} · Parley",
        data=page,
    )
    for page in PAGES
]
