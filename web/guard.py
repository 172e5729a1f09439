"""What requests and answers have to obey: whose page may talk to us, and what a page may load.

Two wrappers around the whole application. The first refuses foreign hosts and foreign pages, for
http and for the websocket alike: another site open in the same browser must not be able to drive
this one. The second sends the headers that keep a page to what this server itself serves.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_STILL = "public, max-age=31536000, immutable"


class SameOrigin:
    """Refuses requests for another host and requests that another site's page makes.

    Args:
        app: the application behind.
        hosts: names under which this server may be addressed; empty for any.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = LOOPBACK) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is ours."""
        if scope["type"] in ("http", "websocket") and (why := self._refusal(scope)):
            await _refuse(scope, receive, send, why)
            return
        await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> str:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self._hosts and _name(host) not in self._hosts:
            return "This server does not answer to that host name."
        origin = headers.get("origin")
        if origin is None:
            # Browsers say where a websocket and a POST come from; a plain GET changes nothing.
            alone = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
            return "" if alone else "A request has to say where it comes from."
        return (
            ""
            if urlsplit(origin).netloc == host
            else "Another site's page may not talk to this server."
        )


class StrictHeaders:
    """Adds the security headers, and to the scope a fresh mark for the page's own scripts."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on the request and dress the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = scope["parley.nonce"] = secrets.token_urlsafe(16)

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _headers(nonce).items():
                    headers[name] = value
                if "cache-control" not in headers:
                    headers["cache-control"] = _STILL if _never_changes(scope) else "no-cache"
            await send(message)

        await self._app(scope, receive, dressed)


def _headers(nonce: str) -> dict[str, str]:
    # Vue compiles its templates in the browser ('unsafe-eval'); Vuetify writes style attributes.
    policy = (
        "default-src 'self'",
        f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
    return {
        "content-security-policy": "; ".join(policy),
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    }


def _never_changes(scope: Scope) -> bool:
    """Files of the packaged bundles carry their version in the path."""
    return "/_solara/cdn/" in str(scope["path"])


def _name(host: str) -> str:
    """A host without its port, in lower case."""
    bracketed = host.startswith("[") and "]" in host
    return (host[: host.rindex("]") + 1] if bracketed else host.split(":")[0]).lower()


async def _refuse(scope: Scope, receive: Receive, send: Send, why: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": why})
        return
    await PlainTextResponse(why, status_code=403)(scope, receive, send)
