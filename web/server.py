"""The browser app's own server: Solara's routes behind our guard, with a clean end.

`solara run app.py` works as well, for people who know Solara; it has none of what this module adds.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import warnings
from collections.abc import AsyncIterator
from typing import Any

from web import settings

settings.apply()
os.environ.setdefault("SOLARA_THEME_LOADER", "parley")

import solara.server.app  # noqa: E402
import solara.server.settings  # noqa: E402
import solara.server.starlette as solara_routes  # noqa: E402
import solara.settings  # noqa: E402
import uvicorn  # noqa: E402
from solara.server import kernel_context  # noqa: E402
from starlette.applications import Starlette  # noqa: E402
from starlette.exceptions import HTTPException  # noqa: E402
from starlette.middleware import Middleware  # noqa: E402
from starlette.middleware.gzip import GZipMiddleware  # noqa: E402
from starlette.requests import Request  # noqa: E402
from starlette.responses import HTMLResponse, JSONResponse, Response  # noqa: E402
from starlette.routing import Mount, Route, WebSocketRoute  # noqa: E402

from sim.version import VERSION  # noqa: E402
from web import given_out  # noqa: E402
from web.area import shown  # noqa: E402
from web.files import routes as files  # noqa: E402
from web.guard import LOOPBACK, SameOrigin, StrictHeaders  # noqa: E402
from web.html import full_page, missing_page, rewritten  # noqa: E402

PAGES = "web.pages"
_MEGABYTE = 1024 * 1024


def application(hosts: tuple[str, ...] = LOOPBACK) -> Starlette:
    """The whole application.

    Args:
        hosts: names under which it may be addressed; empty for any.
    """
    return Starlette(
        routes=_routes(),
        lifespan=_lifespan,
        middleware=[
            Middleware(SameOrigin, hosts=hosts),
            Middleware(StrictHeaders),
            Middleware(GZipMiddleware, minimum_size=1000),
        ],
        exception_handlers={404: _missing},
    )


def serve(host: str = "127.0.0.1", port: int = 8765) -> None:
    """Serve the app until it is told to stop; open tabs do not hold it up.

    Args:
        host: address to listen at; anything but loopback lets other machines in.
        port: port to listen at.

    Raises:
        SystemExit: the port is taken (exit code 2).
    """
    warnings.filterwarnings("ignore", message="Cookies with samesite=none require https")
    try:
        listener = _listen(host, port)
    except OSError as fault:
        print(
            f"Port {port} at {host} cannot be used: {fault.strerror or fault}. "
            "Choose another with --port.",
            file=sys.stderr,
        )
        raise SystemExit(2) from None
    local = host in ("127.0.0.1", "localhost", "::1")
    config = uvicorn.Config(
        application(_answers_to(local)),
        log_level="warning",
        access_log=False,
        server_header=False,
        ws_per_message_deflate=False,
        ws_max_size=_MEGABYTE,
        timeout_graceful_shutdown=3,
    )
    shown = "127.0.0.1" if local or host in ("0.0.0.0", "::") else host
    with contextlib.suppress(KeyboardInterrupt):
        _Server(config, f"http://{shown}:{listener.getsockname()[1]}").run(sockets=[listener])


def _answers_to(local: bool) -> tuple[str, ...]:
    """Names under which the app may be addressed: those that are listed, and this machine's own.

    A server open to the network answers to any name where none is listed.
    """
    listed = settings.known_names()
    return (*LOOPBACK, *listed) if local or listed else ()


class _Server(uvicorn.Server):
    """A server that says where it is once it answers."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            print(f"Parley is at {self._address}  (Ctrl-C ends it)", flush=True)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def _routes() -> list[Any]:
    """What Solara needs, and nothing else of it."""
    proxied = solara.settings.assets.proxy
    bundles = solara_routes.StaticCdn(directory=solara_routes.settings.assets.proxy_cache_dir)
    return [
        Route("/health", _health),
        WebSocketRoute("/jupyter/api/kernels/{kernel_id}/{name}", solara_routes.kernel_connection),
        Route("/_solara/api/close/{kernel_id}", solara_routes.close, methods=["POST"]),
        *([Mount("/_solara/cdn", app=bundles)] if proxied else []),
        Mount("/static/assets", app=solara_routes.StaticAssets()),
        Mount("/jupyter/nbextensions", app=solara_routes.StaticNbFiles()),
        Mount(
            "/static",
            app=solara_routes.StaticFilesOptionalAuth(directory=solara_routes.server.solara_static),
        ),
        *given_out.routes(),
        *files.routes(),
        *shown.routes(),
        Route("/{fullpath:path}", _page),
    ]


@contextlib.asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    """Open the pages, start the first comparison, and close everything at the end."""
    if "__default__" not in solara.server.app.apps:
        solara.server.app.apps["__default__"] = solara.server.app.AppScript(PAGES)
    solara_routes.on_startup()
    from web.the_desk import close_desk, open_desk

    open_desk()
    yield
    close_desk()
    solara_routes.on_shutdown()


async def _page(request: Request) -> Response:
    if len(kernel_context.contexts) >= settings.most_pages():
        return HTMLResponse(full_page(), status_code=503, headers={"retry-after": "120"})
    answer = await solara_routes.root(request, request.path_params.get("fullpath", ""))
    if not isinstance(answer, HTMLResponse):
        return answer
    document = rewritten(
        bytes(answer.body).decode(),
        request.scope["parley.nonce"],
        (solara.server.settings.main.root_path or "").rstrip("/"),
    )
    page = HTMLResponse(document, headers={"cache-control": "no-store"})
    for name, value in answer.raw_headers:
        if name == b"set-cookie":
            page.raw_headers.append((name, value))
    return page


async def _health(request: Request) -> Response:
    from web.the_desk import desk, kept

    return JSONResponse(
        {
            "status": "ok",
            "parley": VERSION,
            "pages": len(kernel_context.contexts),
            **desk().state(),
            **kept(),
            "films": shown.state(),
        }
    )


async def _missing(request: Request, fault: Exception) -> Response:
    status = fault.status_code if isinstance(fault, HTTPException) else 404
    return HTMLResponse(missing_page(), status_code=status)


if __name__ == "__main__":
    serve()
