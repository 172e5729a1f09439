"""The parts of the pages to look things up in: evidence, assumptions, the model."""

from __future__ import annotations

from web.components import Event
from web.components.part import part


@part("pattern_list")
def PatternList(state: str) -> None:
    """Published patterns to sort and filter, each with its picture and its numbers."""


@part("number_list")
def NumberList(state: str) -> None:
    """Declared numbers to search, each with meaning, range, source and strength."""


@part("document")
def Document(state: str) -> None:
    """A document of the project, cleaned before it comes here."""


@part("what_it_is")
def WhatItIs(state: str, event_chosen: Event) -> None:
    """What Parley is and is not, and which part of the page to read."""
