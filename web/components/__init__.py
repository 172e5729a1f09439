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
def QuestionBar(state: str, event_chosen: Event, event_added: Event, event_removed: Event) -> None:
    """Place, two to four policies and how closely to look."""


@solara.component_vue("progress_line.vue", vuetify=False)
def ProgressLine(state: str, event_stop: Event, event_again: Event, event_undo: Event) -> None:
    """What is going on, announced, with a way to stop it."""


@solara.component_vue("headline.vue", vuetify=False)
def Headline(state: str, event_look: Event) -> None:
    """The answer in a sentence, with its key figures and, where there are several, every policy."""


@solara.component_vue("controls.vue", vuetify=False)
def Controls(state: str, menu: str, event_moved: Event, event_reset: Event) -> None:
    """Levers or assumptions: a slider with a number box each; with a menu of more to choose from."""


@solara.component_vue("for_whom.vue", vuetify=False)
def ForWhom(state: str) -> None:
    """Who gains and who loses."""


@solara.component_vue("find_resident.vue", vuetify=False)
def FindResident(
    state: str,
    progress: str,
    event_find: Event,
    event_pick: Event,
    event_another: Event,
    event_stop: Event,
) -> None:
    """Ways to pick one resident."""


@solara.component_vue("two_diaries.vue", vuetify=False)
def TwoDiaries(state: str) -> None:
    """One resident's weeks in two worlds, side by side."""


@solara.component_vue("circle.vue", vuetify=False)
def Circle(state: str) -> None:
    """A resident and the people they talk with."""


@solara.component_vue("area.vue", vuetify=False)
def AreaPicture(state: str, event_read_weeks: Event, event_again: Event) -> None:
    """Beats, residents and officers week by week, with a player and what is picked."""


@solara.component_vue("flags.vue", vuetify=False)
def Flags(state: str) -> None:
    """What an average hides, a line each."""


@solara.component_vue("split_bars.vue", vuetify=False)
def SplitBars(state: str, progress: str, event_start: Event, event_stop: Event) -> None:
    """Winners and losers in each public."""


@solara.component_vue("plain_table.vue", vuetify=False)
def PlainTable(state: str) -> None:
    """A table of words that can be saved as CSV."""


@solara.component_vue("whose.vue", vuetify=False)
def Whose(state: str, event_chosen: Event) -> None:
    """A choice of one among a few, such as whose experience is shown."""


@solara.component_vue("line_chart.vue", vuetify=False)
def LineChart(state: str) -> None:
    """One measure over time with bands, a cursor, a sentence and a table."""


@solara.component_vue("dot_chart.vue", vuetify=False)
def DotChart(state: str) -> None:
    """Two values for each public with their intervals."""


@solara.component_vue("share_bars.vue", vuetify=False)
def ShareBars(state: str) -> None:
    """Each public's share of residents, need and engagement, side by side."""


@solara.component_vue("doubt_chart.vue", vuetify=False)
def DoubtChart(state: str, progress: str, event_start: Event, event_stop: Event) -> None:
    """Three kinds of doubt, each in rows of its own."""


@solara.component_vue("waterfall.vue", vuetify=False)
def Waterfall(state: str, event_pick: Event) -> None:
    """A change or a difference by cause; a cause opens by weeks and publics."""


@solara.component_vue("work_line.vue", vuetify=False)
def WorkLine(progress: str, event_start: Event, event_stop: Event) -> None:
    """How far work of another kind is, with a way to stop it and to start it again."""


@solara.component_vue("chain.vue", vuetify=False)
def Chain(state: str) -> None:
    """From hours to attitudes, link by link, with this run's numbers."""


@solara.component_vue("expected.vue", vuetify=False)
def Expected(state: str) -> None:
    """What the authors expected, beside what came out."""


@solara.component_vue("limits.vue", vuetify=False)
def Limits(state: str) -> None:
    """What the page cannot tell, and where its figures come from."""


@solara.component_vue("carry_out.vue", vuetify=False)
def CarryOut(state: str, event_cost: Event, event_reopen: Event, event_open: Event) -> None:
    """Files, the command, the link, hours and money, and what is kept."""


@solara.component_vue("area_start.vue", vuetify=False)
def AreaStart(state: str, event_pick: Event, event_open: Event) -> None:
    """What an area can be started from: one that comes with Parley, or a file."""


@solara.component_vue("area_form.vue", vuetify=False)
def AreaForm(frame: str, state: str, event_step: Event) -> None:
    """An area in fields, with every fault beside its field and all of them at the top."""


@solara.component_vue("area_out.vue", vuetify=False)
def AreaOut(state: str, event_step: Event, event_compare: Event) -> None:
    """What an area is for: policies compared in it, and files that reopen to it."""


@solara.component_vue("apology.vue", vuetify=False)
def Apology() -> None:
    """What stands in the place of a page that failed."""


@solara.component_vue("footer.vue", vuetify=False)
def Footer(version: str) -> None:
    """What runs here."""
