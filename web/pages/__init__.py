"""The pages, each in a module of its own."""

from __future__ import annotations

import solara

from web.pages.compare import Compare
from web.pages.layout import Layout

routes = [
    solara.Route(
        path="/", component=Compare, layout=Layout, label="Parley: compare ways of engaging"
    )
]
