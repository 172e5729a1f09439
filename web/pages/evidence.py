"""The page of published patterns: what the model reproduces, and what it misses."""

from __future__ import annotations

import solara

from web import evidence
from web.components.reference import PatternList
from web.pages.page import Page
from web.pages.styles import REFERENCE, wear


@solara.component
def Evidence() -> None:
    """Every published pattern with hit or miss."""
    state = solara.use_memo(evidence.page, [])
    with solara.Div(classes=["page"]):
        wear(REFERENCE)
        PatternList(state=state)


PAGE = Page("evidence", "Evidence", Evidence)
