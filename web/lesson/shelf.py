"""The lessons that come with Parley, and the files to start from."""

from __future__ import annotations

from functools import cache

from sim.scenario import SHIPPED
from web.lesson.file import read_lesson
from web.lesson.form import Lesson

FOLDER = SHIPPED / "lessons"
TEMPLATE = SHIPPED / "templates" / "lesson.toml"


@cache
def lessons() -> dict[str, Lesson]:
    """Every shipped lesson by its key, in their order."""
    found = [read_lesson(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {lesson.key: lesson for lesson in sorted(found, key=lambda each: each.number)}


def template() -> str:
    """A commented lesson to start from."""
    return TEMPLATE.read_text(encoding="utf-8")
