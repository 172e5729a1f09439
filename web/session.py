"""From the threads that compute to the thread of one visitor's session."""

from __future__ import annotations

import time
from collections.abc import Callable

import solara.server.kernel_context as kernel_context

from web.desk import News

_PATIENCE = 5.0
"""Seconds that work goes on for a page that lost its connection."""


def in_session(hear: Callable[[News], None], stop: Callable[[], None]) -> Callable[[News], None]:
    """Make a listener that carries news to the thread of the session that is rendering now.

    A browser that is told to go says goodbye, and its session ends. One that is cut off does not:
    after a few seconds without a connection its work is stopped, and says so should the page come
    back.

    Args:
        hear: what the page does with news, in its own thread.
        stop: stops the work of this page.
    """
    context = kernel_context.get_current_context()
    seen = time.monotonic()

    def carry(news: News) -> None:
        nonlocal seen
        if kernel_context.PageStatus.CONNECTED in context.page_status.values():
            seen = time.monotonic()
        elif news.kind == "working" and time.monotonic() - seen > _PATIENCE:
            stop()
            return
        try:
            context.event_loop.call_soon_threadsafe(act, news)
        except RuntimeError:
            act(news)  # the loop went with a lost connection; the session is still there

    def act(news: News) -> None:
        with context.lock:
            if not context.closed_event.is_set():
                with context:
                    hear(news)

    return carry
