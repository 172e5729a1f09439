"""What one tab holds of its lessons: predictions, hands, an own lesson, and the latest run.

It ends with the tab, as `visit` does; only what was predicted is kept by the browser over a reload.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import solara

from web.answer import Answer
from web.desk import News
from web.lesson.file import LARGEST, opened
from web.lesson.form import Lesson
from web.lesson.predicted import Predicted
from web.lesson.shelf import lessons
from web.lesson.told import OWN
from web.session import in_session
from web.the_desk import desk

own: solara.Reactive[Lesson | None] = solara.reactive(None)
"""The lesson that was opened from a file in this tab."""
faults: solara.Reactive[tuple[str, ...]] = solara.reactive(())
"""What was wrong with the file that was opened last."""
_predicted: solara.Reactive[dict[str, Predicted]] = solara.reactive({})
_answer: solara.Reactive[Answer | None] = solara.reactive(None)
_asker: solara.Reactive[str] = solara.reactive("")


def lesson_at(key: str) -> Lesson | None:
    """The lesson at an address: a shipped one, or the one of this tab's file."""
    return own.value if key == OWN else lessons().get(key)


def predicted(lesson: Lesson) -> Predicted:
    """What was predicted for a lesson."""
    return _predicted.value.get(lesson.key) or Predicted.nothing(len(lesson.options))


def predict(lesson: Lesson, change: Callable[[Predicted], Predicted]) -> None:
    """Change what was predicted for a lesson."""
    before = _predicted.peek().get(lesson.key) or Predicted.nothing(len(lesson.options))
    _predicted.value = {**_predicted.peek(), lesson.key: change(before)}


def open_file(name: str, text: str, size: int) -> Lesson | None:
    """Open somebody's own lesson, or keep everything that is wrong with it.

    Args:
        name: what the file is called.
        text: what it holds.
        size: how many bytes the browser says it has.
    """
    name = name[:80]
    if not name.lower().endswith(".toml"):
        faults.value = (f"{name} is no lesson file: its name should end in .toml.",)
        return None
    if size > LARGEST:
        faults.value = (f"{name} has {size:,} bytes; a lesson may have {LARGEST:,}.",)
        return None
    found, wrong = opened(text, name)
    faults.value = tuple(wrong)
    if found is None:
        return None
    own.value = found.with_key(OWN)
    _predicted.value = {key: value for key, value in _predicted.peek().items() if key != OWN}
    return own.value


@dataclass(frozen=True)
class Run:
    """The comparison of a lesson, as far as it has come.

    Args:
        news: what was heard last of it; None before it was asked for.
        answer: the finished comparison, or None.
        start, stop: ask for it, and stop it.
    """

    news: News | None
    answer: Answer | None
    start: Callable[[], None]
    stop: Callable[[], None]


def use_run(lesson: Lesson | None) -> Run:
    """Have the comparison of a lesson made when it is asked for, at the desk of all pages.

    Args:
        lesson: the lesson that is open; None where there is none.
    """
    question = lesson.question if lesson is not None else None

    news, hear = solara.use_state(None)

    def heard(latest: News) -> None:
        if latest.comparison is not None and latest.finished:
            _answer.value = Answer(latest.question, latest.comparison, True)
        between = latest.kind == "answer" and not latest.finished
        hear(replace(latest, kind="working") if between else latest)

    def start() -> None:
        if question is not None:
            _asker.value = _asker.peek() or uuid.uuid4().hex
            desk().ask(_asker.peek(), question, in_session(heard, stop))

    def stop() -> None:
        desk().cancel(_asker.peek())

    def leave() -> Any:
        return lambda: desk().leave(_asker.peek())

    solara.use_effect(leave, [question])
    answer = _answer.value
    return Run(
        news if news is not None and news.question == question else None,
        answer if answer is not None and answer.question == question else None,
        start,
        stop,
    )
