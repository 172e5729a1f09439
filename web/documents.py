"""Documents of the project as they may stand on a page: rendered by markdown-it, cleaned by nh3."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sim.scenario import SHIPPED

_INSTALLED = Path(__file__).parent / "docs"  # where the wheel has them
FOLDER = _INSTALLED if _INSTALLED.is_dir() else SHIPPED.parent / "docs"
TITLES = {
    "model": "The model, described to the ODD+D protocol",
    "glossary": "Glossary",
    "guarantees": "Three guarantees",
    "sources": "Sources",
    "areas": "Areas and what they start from",
}
_TAGS = {
    *("h2", "h3", "h4", "h5", "p", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote"),
    *("table", "thead", "tbody", "tr", "th", "td", "div", "a", "hr", "br"),
}
_COMMENT = re.compile(r"^<!--.*-->[ \t]*$", re.MULTILINE)
"""Where a table is written in by `make docs`: nothing for readers."""
_ATTRIBUTES = {tag: {"id"} for tag in ("h2", "h3", "h4", "h5")} | {
    "a": {"href"},
    "div": {"class", "tabindex", "role", "aria-label"},
}


@dataclass(frozen=True)
class Rendered:
    """A document ready for a page.

    Args:
        title: its first heading.
        html: the text below it; nothing in it can run.
        contents: headings as (level, anchor, words).
    """

    title: str
    html: str
    contents: tuple[tuple[int, str, str], ...]


@lru_cache(maxsize=8)
def document(name: str, folder: Path = FOLDER) -> Rendered | None:
    """A document by its name, one of `TITLES`; None where this installation came without it."""
    try:
        text = (folder / f"{name}.md").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return rendered(text)


def rendered(text: str) -> Rendered:
    """Markdown as clean HTML, headings one level down, links kept only inside the text.

    Args:
        text: Markdown; HTML in it is shown as words, but for lines that are a comment.
    """
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("table_open", _table_begins)
    reader.add_render_rule("table_close", _table_ends)
    tokens = reader.parse(_COMMENT.sub("", text))
    title, contents = _name_headings(tokens)
    _fill_corners(tokens)
    html = nh3.clean(
        reader.renderer.render(tokens, reader.options, {}),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_inside_only,
        url_schemes=set(),
        link_rel=None,
    )
    return Rendered(title, html, tuple(contents))


def _table_begins(self: Any, tokens: list[Token], at: int, options: Any, env: Any) -> str:
    """A table in a box of its own, which scrolls where the page is narrow."""
    number = env["tables"] = env.get("tables", 0) + 1
    return f'<div class="scroll" tabindex="0" role="region" aria-label="Table {number}"><table>'


def _table_ends(*_: object) -> str:
    return "</table></div>"


def _inside_only(tag: str, name: str, value: str) -> str | None:
    """Links to other files lead nowhere from a page: their words stay."""
    return None if (tag, name) == ("a", "href") and not value.startswith("#") else value


def _name_headings(tokens: list[Token]) -> tuple[str, list[tuple[int, str, str]]]:
    """Move headings one level down, give each an anchor, and take the first out as the title."""
    title, contents, taken = "", [], set()
    for at, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        words = _words(tokens[at + 1])
        if not title:
            title = words
            _hide(tokens[at : at + 3])
            continue
        level = min(5, int(token.tag[1]) + 1)
        anchor = _anchor(words, taken)
        token.attrSet("id", anchor)
        token.tag = tokens[at + 2].tag = f"h{level}"
        contents.append((level, anchor, words))
    return title, contents


def _fill_corners(tokens: list[Token]) -> None:
    """A heading cell without words is no heading."""
    for at, token in enumerate(tokens):
        if token.type == "th_open" and not tokens[at + 1].content:
            token.tag = tokens[at + 2].tag = "td"


def _hide(tokens: list[Token]) -> None:
    for token in tokens:
        token.hidden, token.content, token.children = True, "", []


def _words(token: Token) -> str:
    return "".join(each.content for each in token.children or [])


def _anchor(words: str, taken: set[str]) -> str:
    stem = "doc-" + (re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or "part")
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    taken.add(name)
    return name
