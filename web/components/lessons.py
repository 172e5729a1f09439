"""The parts of the lessons: the list, the frame around a step, and what single steps need."""

from __future__ import annotations

import solara

from web.components import Event


@solara.component_vue("lesson_list.vue", vuetify=False)
def LessonList(state: str, starter: str, event_go: Event, event_open: Event) -> None:
    """Every lesson, a file to open, and a file to start from."""


@solara.component_vue("lesson_bar.vue", vuetify=False)
def LessonBar(
    state: str, event_go: Event, event_choose: Event, event_restore: Event, event_sheet: Event
) -> None:
    """Where we are in a lesson, with the keys, projector mode, notes and sheet."""


@solara.component_vue("lesson_text.vue", vuetify=False)
def LessonText(state: str) -> None:
    """The words of one step."""


@solara.component_vue("lesson_predict.vue", vuetify=False)
def LessonPredict(state: str, event_choose: Event, event_count: Event) -> None:
    """The options, to be chosen and counted."""


@solara.component_vue("lesson_run.vue", vuetify=False)
def LessonRun(state: str, progress: str, event_start: Event, event_stop: Event) -> None:
    """What is compared, and the button that has it done."""


@solara.component_vue("lesson_reveal.vue", vuetify=False)
def LessonReveal(state: str) -> None:
    """What came, beside what was predicted."""


@solara.component_vue("lesson_turn.vue", vuetify=False)
def LessonTurn(state: str, event_go: Event) -> None:
    """Back and on, below a step."""


@solara.component_vue("lesson_notes.vue", vuetify=False)
def LessonNotes(state: str) -> None:
    """The speaker notes of every step, in a window of their own."""
