"""What Solara must be told before it is imported: production, no calls outside, short sessions."""

from __future__ import annotations

import os

CLOSED = {
    # Development mode loads a page from outside.
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false",
    # Anything missing from the installed files fails here instead of asking the world for it.
    "SOLARA_ASSETS_CDN": "http://127.0.0.1:9/",
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "false",
    "SOLARA_SESSION_HTTP_ONLY": "true",
    "SOLARA_STATE_TEST_EVICTION": "false",
}
"""Settings that keep everything on this machine; nobody can change them."""

MOST_PAGES = 200
"""Open pages; each takes one or two megabytes."""

USUAL = {
    "SOLARA_THEME_SHOW_BANNER": "false",
    "SOLARA_THEME_TITLE": "Parley: compare ways of engaging",
    "SOLARA_THEME_FORCE_REFRESH": "true",
    "SOLARA_KERNEL_CULL_TIMEOUT": "30m",
}
"""Settings that an operator may change in the environment."""


def most_pages() -> int:
    """How many pages may be open at once; `PARLEY_MOST_PAGES` in the environment changes it."""
    given = os.environ.get("PARLEY_MOST_PAGES", "")
    return int(given) if given.isascii() and given.isdecimal() and int(given) else MOST_PAGES


def known_names() -> tuple[str, ...]:
    """Host names that `PARLEY_HOSTS` in the environment lists, as a proxy passes them on.

    Returns:
        the names in lower case, without ports; empty where none are listed.
    """
    listed = os.environ.get("PARLEY_HOSTS", "").replace(",", " ").split()
    return tuple(name.lower() for name in listed)


def apply() -> None:
    """Write the settings into the environment; to be called before `import solara`."""
    os.environ.update(CLOSED)
    for name, value in USUAL.items():
        os.environ.setdefault(name, value)


def apply_late() -> None:
    """The same where Solara is imported already, as it is under `solara run app.py`."""
    import solara.server.settings as server
    import solara.settings as general

    apply()
    server.main.mode = "production"
    server.telemetry.mixpanel_enable = False
    server.session.http_only = True
    server.state.test_eviction = False
    server.assets.fontawesome_enabled = False
    server.theme.show_banner = False
    general.assets.cdn = CLOSED["SOLARA_ASSETS_CDN"]
