"""The style sheets of single pages, beside the one that all pages share."""

from functools import cache
from pathlib import Path

from web.components import Sheet

_ASSETS = Path(__file__).parent.parent / "assets"
REFERENCE = _ASSETS / "reference.css"
LESSONS = _ASSETS / "lessons.css"
AREA = _ASSETS / "area.css"


def wear(sheet: Path) -> None:
    """Have the page that is rendering wear a style sheet, too."""
    Sheet(name=f"{sheet.stem}-style", text=_text(sheet))


@cache
def _text(sheet: Path) -> str:
    return sheet.read_text(encoding="utf-8")
