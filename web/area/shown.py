"""The films that pages are showing now: each under a name that only its own session knows.

A film is kept for as long as a page shows it and no longer; pages of the same comparison share one.
"""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from web.area.film import Film

MOST_BYTES = 400_000_000
"""What all films that are shown may take together."""
FULL = "Too many areas are being shown on this server at once. Try again when somebody has left theirs."
_GONE = "This picture is not kept any more. Open the page again."
_SESSION = "solara-session-id"


@dataclass(frozen=True)
class _Showing:
    session: str
    film: Film


_showing: dict[str, _Showing] = {}
_change = threading.Lock()


def show(film: Film, session: str) -> str:
    """Have a film served to one session.

    Returns:
        The name it is served under; empty where no more may be shown.
    """
    with _change:
        held = {id(each.film): each.film.size() for each in _showing.values()}
        if sum((held | {id(film): film.size()}).values()) > MOST_BYTES:
            return ""
        name = secrets.token_urlsafe(24)
        _showing[name] = _Showing(session, film)
        return name


def hide(name: str) -> None:
    """Serve it no more."""
    with _change:
        _showing.pop(name, None)


def state() -> dict[str, int]:
    """How many pages show a film, and the bytes of all films."""
    with _change:
        held = {id(each.film): each.film.size() for each in _showing.values()}
        return {"shown": len(_showing), "bytes": sum(held.values())}


def routes() -> list[Route]:
    """Where films are fetched."""
    return [Route("/area-film/{name}/{part}", _part)]


async def _part(request: Request) -> Response:
    showing = _showing.get(request.path_params["name"])
    own = request.cookies.get(_SESSION, "")
    if showing is None or not secrets.compare_digest(own.encode(), showing.session.encode()):
        return PlainTextResponse(_GONE, status_code=404, headers={"cache-control": "no-store"})
    parts = {
        "plan": showing.film.plan,
        **{str(at): world for at, world in enumerate(showing.film.worlds)},
    }
    body = parts.get(request.path_params["part"])
    if body is None:
        return PlainTextResponse(_GONE, status_code=404, headers={"cache-control": "no-store"})
    kind = (
        "application/json" if request.path_params["part"] == "plan" else "application/octet-stream"
    )
    headers = {"content-encoding": "gzip", "cache-control": "no-store"}
    return Response(body, media_type=kind, headers=headers)
