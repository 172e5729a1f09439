"""What the navigation and the layout know of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Page:
    """One page of the app.

    Args:
        path: its address, "/" for the first, else a word without slashes.
        name: what the navigation calls it.
        component: what draws it, without arguments (or with the rest of the path, if it wants it).
        compares: whether it shows the comparison of this tab: then the comparison is worked on while the page is open,
            and the address follows the question.
        asks: whether it is about the question without showing the comparison: then the address alone follows it.
    """

    path: str
    name: str
    component: Callable[..., Any]
    compares: bool = False
    asks: bool = False
