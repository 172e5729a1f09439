"""What every page is drawn with, as files that a browser keeps: the parts, and their style sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.components import bundle

STYLE = Path(__file__).parent / "assets" / "parley.css"
_YEAR = 365 * 24 * 3600


class AtWork:
    """Whether a server with these routes is at work; `solara run` has none of them."""

    routed = False


def style() -> str:
    """The style sheet that all pages share."""
    return STYLE.read_text(encoding="utf-8")


_FILES: dict[str, tuple[Callable[[], str], str]] = {
    "parts.mjs": (bundle.bundle, "text/javascript"),
    "parley.css": (style, "text/css"),
}


@cache
def address(name: str) -> str:
    """Where a file is, below the root: another address as soon as the file is another one.

    Args:
        name: `parts.mjs` or `parley.css`.

    Returns:
        the address; empty where no server gives the file out.
    """
    if not AtWork.routed:
        return ""
    text, _ = _FILES[name]
    return f"/drawn-with/{name}?v={sha256(text().encode()).hexdigest()[:12]}"


def routes() -> list[Route]:
    """The routes of the files, for the server."""
    AtWork.routed = True
    return [Route(f"/drawn-with/{name}", _gives(*file)) for name, file in _FILES.items()]


def _gives(text: Callable[[], str], kind: str) -> Callable[[Request], Response]:
    content = text()

    def give(_: Request) -> Response:
        kept = {"cache-control": f"public, max-age={_YEAR}, immutable"}
        return Response(content, media_type=kind, headers=kept)

    return give
