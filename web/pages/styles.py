"""The style sheets of single pages, beside the one that all pages share."""

from pathlib import Path

_ASSETS = Path(__file__).parent.parent / "assets"
REFERENCE = _ASSETS / "reference.css"
LESSONS = _ASSETS / "lessons.css"
AREA = _ASSETS / "area.css"
