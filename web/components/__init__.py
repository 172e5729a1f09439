"""The parts of a page: one `.vue` file each, its data one JSON string, its events plain functions.

A JSON string reaches the browser in a quarter of the time that nested lists take.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from web.components.part import part

Event = Callable[[dict[str, Any]], None]


@part("sheet")
def Sheet(name: str, text: str) -> None:
    """A style sheet, put into the document once."""


@part("masthead")
def Masthead() -> None:
    """Name, skip link and the question that the project answers."""


@part("navigation")
def Navigation(state: str, event_go: Event) -> None:
    """The way to the other pages; keeps the address in step with the question."""


@part("question_bar")
def QuestionBar(state: str, event_chosen: Event, event_added: Event, event_removed: Event) -> None:
    """Place, two to four policies and how closely to look."""


@part("progress_line")
def ProgressLine(state: str, event_stop: Event, event_again: Event, event_undo: Event) -> None:
    """What is going on, announced, with a way to stop it."""


@part("headline")
def Headline(state: str, event_look: Event) -> None:
    """The answer in a sentence, with its key figures and, where there are several, every policy."""


@part("controls")
def Controls(state: str, menu: str, event_moved: Event, event_reset: Event) -> None:
    """Levers or assumptions: a slider with a number box each; with a menu of more to choose from."""


@part("for_whom")
def ForWhom(state: str) -> None:
    """Who gains and who loses."""


@part("find_resident")
def FindResident(
    state: str,
    progress: str,
    event_find: Event,
    event_pick: Event,
    event_another: Event,
    event_stop: Event,
) -> None:
    """Ways to pick one resident."""


@part("two_diaries")
def TwoDiaries(state: str) -> None:
    """One resident's weeks in two worlds, side by side."""


@part("circle")
def Circle(state: str) -> None:
    """A resident and the people they talk with."""


@part("which_pair")
def WhichPair(state: str, event_moved: Event) -> None:
    """Which pair of histories is looked at, and where it lies among all of them."""


@part("area")
def AreaPicture(state: str, event_read_weeks: Event, event_again: Event) -> None:
    """Beats, residents and officers week by week, with a player and what is picked."""


@part("flags")
def Flags(state: str) -> None:
    """What an average hides, a line each."""


@part("split_bars")
def SplitBars(state: str, progress: str, event_start: Event, event_stop: Event) -> None:
    """Winners and losers in each public."""


@part("plain_table")
def PlainTable(state: str) -> None:
    """A table of words that can be saved as CSV."""


@part("whose")
def Whose(state: str, event_chosen: Event) -> None:
    """A choice of one among a few, such as whose experience is shown."""


@part("line_chart")
def LineChart(state: str) -> None:
    """One measure over time with bands, a cursor, a sentence and a table."""


@part("dot_chart")
def DotChart(state: str) -> None:
    """Two values for each public with their intervals."""


@part("share_bars")
def ShareBars(state: str) -> None:
    """Each public's share of residents, need and engagement, side by side."""


@part("doubt_chart")
def DoubtChart(state: str, progress: str, event_start: Event, event_stop: Event) -> None:
    """Three kinds of doubt, each in rows of its own."""


@part("waterfall")
def Waterfall(state: str, event_pick: Event) -> None:
    """A change or a difference by cause; a cause opens by weeks and publics."""


@part("work_line")
def WorkLine(progress: str, event_start: Event, event_stop: Event) -> None:
    """How far work of another kind is, with a way to stop it and to start it again."""


@part("chain")
def Chain(state: str) -> None:
    """From hours to attitudes, link by link, with this run's numbers."""


@part("expected")
def Expected(state: str) -> None:
    """What the authors expected, beside what came out."""


@part("limits")
def Limits(state: str) -> None:
    """What the page cannot tell, and where its figures come from."""


@part("carry_out")
def CarryOut(state: str, event_cost: Event, event_reopen: Event, event_open: Event) -> None:
    """Files, the command, the link, hours and money, and what is kept."""


@part("area_start")
def AreaStart(state: str, event_pick: Event, event_open: Event) -> None:
    """What an area can be started from: one that comes with Parley, or a file."""


@part("area_form")
def AreaForm(frame: str, state: str, event_step: Event) -> None:
    """An area in fields, with every fault beside its field and all of them at the top."""


@part("area_out")
def AreaOut(state: str, event_step: Event, event_compare: Event) -> None:
    """What an area is for: policies compared in it, and files that reopen to it."""


@part("apology")
def Apology() -> None:
    """What stands in the place of a page that failed."""


@part("footer")
def Footer(version: str) -> None:
    """What runs here."""
