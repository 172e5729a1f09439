"""The parts of the pages to look things up in: evidence, assumptions, the model."""

from __future__ import annotations

import solara

from web.components import Event


@solara.component_vue("pattern_list.vue", vuetify=False)
def PatternList(state: str) -> None:
    """Published patterns to sort and filter, each with its picture and its numbers."""


@solara.component_vue("number_list.vue", vuetify=False)
def NumberList(state: str) -> None:
    """Declared numbers to search, each with meaning, range, source and strength."""


@solara.component_vue("document.vue", vuetify=False)
def Document(state: str) -> None:
    """A document of the project, cleaned before it comes here."""


@solara.component_vue("what_it_is.vue", vuetify=False)
def WhatItIs(state: str, event_chosen: Event) -> None:
    """What Parley is and is not, and which part of the page to read."""
