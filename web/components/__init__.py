"""The parts of a page: one `.vue` file each, its data one JSON string, its events plain functions.

A JSON string reaches the browser in a quarter of the time that nested lists take.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipyvue.VueTemplateWidget
import solara

Event = Callable[[dict[str, Any]], None]


def _declared_events_only(self: Any, _: Any, content: dict[str, Any], buffers: Any) -> None:
    """Hear what a component declares and nothing else.

    A message may also ask a widget to make others of any class by name; no page of ours needs that,
    and a visitor must not be able to ask for it.
    """
    if content.get("event") in self.events:
        getattr(self, f"vue_{content['event']}")(content.get("data", {}))


ipyvue.VueTemplateWidget.Events._handle_event = _declared_events_only


@solara.component_vue("masthead.vue", vuetify=False)
def Masthead() -> None:
    """Name, skip link and the question that the project answers."""


@solara.component_vue("navigation.vue", vuetify=False)
def Navigation(state: str, event_go: Event) -> None:
    """The way to the other pages; keeps the address in step with the question."""


@solara.component_vue("question_bar.vue", vuetify=False)
def QuestionBar(state: str, event_chosen: Event) -> None:
    """Place, two policies and how closely to look."""


@solara.component_vue("progress_line.vue", vuetify=False)
def ProgressLine(state: str, event_stop: Event, event_again: Event) -> None:
    """What is going on, announced, with a way to stop it."""


@solara.component_vue("headline.vue", vuetify=False)
def Headline(state: str) -> None:
    """The answer in a sentence, with its key figures."""


@solara.component_vue("levers.vue", vuetify=False)
def Levers(state: str, event_moved: Event, event_reset: Event) -> None:
    """The levers of the policy that is tried."""


@solara.component_vue("for_whom.vue", vuetify=False)
def ForWhom(state: str) -> None:
    """Who gains and who loses."""


@solara.component_vue("whose.vue", vuetify=False)
def Whose(state: str, event_chosen: Event) -> None:
    """A choice of one among a few, such as whose experience is shown."""


@solara.component_vue("line_chart.vue", vuetify=False)
def LineChart(state: str) -> None:
    """One measure over time with bands, a cursor, a sentence and a table."""


@solara.component_vue("dot_chart.vue", vuetify=False)
def DotChart(state: str) -> None:
    """Two values for each public with their intervals."""


@solara.component_vue("cause_bars.vue", vuetify=False)
def CauseBars(state: str) -> None:
    """A difference by cause."""


@solara.component_vue("expected.vue", vuetify=False)
def Expected(state: str) -> None:
    """What the authors expected, beside what came out."""


@solara.component_vue("limits.vue", vuetify=False)
def Limits(state: str) -> None:
    """What the page cannot tell, and where its figures come from."""


@solara.component_vue("command.vue", vuetify=False)
def Command(state: str) -> None:
    """The command that gives the same numbers, and the address that reopens this comparison."""


@solara.component_vue("apology.vue", vuetify=False)
def Apology() -> None:
    """What stands in the place of a page that failed."""


@solara.component_vue("footer.vue", vuetify=False)
def Footer(version: str) -> None:
    """What runs here."""
