"""The parts of the lessons: the list, the frame around a step, and what single steps need."""

from __future__ import annotations

from web.components import Event
from web.components.part import part


@part("lesson_list")
def LessonList(state: str, starter: str, event_go: Event, event_open: Event) -> None:
    """Every lesson, a file to open, and a file to start from."""


@part("lesson_bar")
def LessonBar(
    state: str, event_go: Event, event_choose: Event, event_restore: Event, event_sheet: Event
) -> None:
    """Where we are in a lesson, with the keys, projector mode, notes and sheet."""


@part("lesson_text")
def LessonText(state: str) -> None:
    """The words of one step."""


@part("lesson_predict")
def LessonPredict(state: str, event_choose: Event, event_count: Event) -> None:
    """The options, to be chosen and counted."""


@part("lesson_run")
def LessonRun(state: str, progress: str, event_start: Event, event_stop: Event) -> None:
    """What is compared, and the button that has it done."""


@part("lesson_reveal")
def LessonReveal(state: str) -> None:
    """What came, beside what was predicted."""


@part("lesson_turn")
def LessonTurn(state: str, event_go: Event) -> None:
    """Back and on, below a step."""


@part("lesson_notes")
def LessonNotes(state: str) -> None:
    """The speaker notes of every step, in a window of their own."""
