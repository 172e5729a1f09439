"""The briefing as one HTML file that needs nothing else and prints well on A4."""

from __future__ import annotations

from html import escape
from typing import Any

from web.files.brief import Brief, Table
from web.files.frame import STYLE, bullets, framed, table
from web.files.pictures import picture


def page(brief: Brief) -> bytes:
    """The briefing as one HTML page; every word that came from elsewhere is shown as text."""
    above = [] if brief.title == brief.context else [brief.context]
    body = [
        f'<p class="context">{escape(brief.title)}</p><h1>{escape(brief.main)}</h1>',
        bullets(brief.lines),
        f'<p class="pairs">{escape(brief.pairs)}</p>',
        f"<h2>What was asked</h2>{bullets([*above, *brief.questions])}",
        "<h2>What was found</h2>",
        *(table(each) for each in brief.tables),
        "<h2>Over time</h2>",
        *(
            _figure(chart, difference)
            for chart, difference in zip(brief.charts, brief.differences, strict=True)
        ),
        f"<h2>What this cannot tell you</h2>{bullets(brief.limits)}",
        "<h2>How to repeat it</h2>",
        table(Table("Facts", ["What", "Value"], [[*each] for each in brief.facts.items()])),
    ]
    return framed(brief.title, brief.marking, STYLE, body)


def _figure(chart: dict[str, Any], difference: dict[str, Any]) -> str:
    svg = picture(chart, None, "svg", under=difference).decode()
    svg = svg[svg.index("<svg") :]
    salt = "".join(letter for letter in chart["id"] if letter.isalnum())
    svg = (
        svg.replace('id="', f'id="{salt}-')
        .replace('"#', f'"#{salt}-')
        .replace("url(#", f"url(#{salt}-")
    )
    return (
        f"<h3>{escape(chart['title'])}</h3><figure>{svg}"
        f"<figcaption>{escape(chart['summary'])}</figcaption></figure>"
    )
