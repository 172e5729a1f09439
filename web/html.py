"""The page around the pages: Solara's document with the language, zoom and marks that it lacks."""

from __future__ import annotations

import re
from html import escape

from web.given_out import address

_VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>')
_SCRIPT = re.compile(r"<script(?=[\s>])")
_ICONS = re.compile(r'<link rel="icon"[^>]*>\s*')
_DESCRIPTION = (
    "Parley lets people try a way of engaging on a synthetic public: what it does to expectation, "
    "to who gets marginalised, and to trust."
)
_STYLE = (
    "body { background: #faf8f3; color: #16202e; margin: 0;"
    " font: 1.1rem/1.55 'Segoe UI', Roboto, system-ui, sans-serif }"
    " header { background: #12263a; color: #fff; border-bottom: 4px solid #f0b45a;"
    " padding: 1.05rem 1.25rem }"
    " header, h1 { font: 600 1.7rem/1.2 Charter, Georgia, 'Noto Serif', serif }"
    " main { max-width: 36rem; margin: 3rem auto; padding: 0 1.25rem }"
    " h1 { font-size: 2.1rem; margin: 0 0 0.8rem } a { color: #0a5a94 }"
    " a:focus-visible { outline: 3px solid #0a5a94; outline-offset: 2px }"
)
"""The colours of the other pages, for a page that comes alone."""


def rewritten(document: str, nonce: str, root: str = "") -> str:
    """The document as it is sent.

    Args:
        document: what Solara made of its template.
        nonce: the mark that the content policy of this answer asks of every script.
        root: what stands before every address of this server.
    """
    document = document.replace("<html>", '<html lang="en-GB">', 1)
    head = (
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'    <meta name="description" content="{escape(_DESCRIPTION)}">\n'
        '    <meta name="theme-color" content="#12263a">\n'
        f'    <link rel="icon" type="image/svg+xml" href="{root}/static/assets/parley.svg">\n'
        f'    <link rel="stylesheet" href="{root}{address("parley.css")}">'
    )
    document = _ICONS.sub("", document)
    document = _VIEWPORT.sub(lambda _: head, document, count=1)
    return _SCRIPT.sub(f'<script nonce="{nonce}"', document)


def missing_page() -> str:
    """What is shown at an address where there is nothing."""
    return _plain(
        "no such page",
        "There is no page here",
        "The address may be mistyped, or be from another version of Parley. "
        'Go on from here: <a href="/">Compare policies</a>, <a href="/lessons">Lessons</a>, '
        '<a href="/about">About Parley</a>.',
    )


def full_page() -> str:
    """What is shown to one visitor too many."""
    return _plain(
        "full",
        "Everybody's place is taken",
        "As many pages are open on this server as it can serve. Try again in a few minutes, or ask "
        "whoever runs it to allow more.",
    )


def _plain(title: str, heading: str, words: str) -> str:
    """A page that needs nothing else; its words are our own and not escaped."""
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Parley: {title}</title><style>{_STYLE}</style></head>"
        f"<body><header>Parley</header><main><h1>{heading}</h1><p>{words}</p></main></body></html>"
    )
