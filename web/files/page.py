"""The briefing as one HTML file that needs nothing else and prints well on A4."""

from __future__ import annotations

from html import escape
from typing import Any

from web.files.brief import Brief, Table
from web.files.pictures import picture

_STYLE = """
@page { size: A4; margin: 16mm 15mm 18mm; }
* { box-sizing: border-box; }
body { font: 11pt/1.45 Georgia, "Noto Serif", serif; color: #16202e; background: #fff; max-width: 46rem;
  margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.9rem; line-height: 1.15; margin: 0.2rem 0 0.6rem; }
h2 { font-size: 1.3rem; margin: 1.8rem 0 0.5rem; break-after: avoid; }
h3 { font-size: 1.05rem; margin: 1.2rem 0 0.4rem; break-after: avoid; }
.marking { font: 700 0.95rem Arial, sans-serif; letter-spacing: 0.06em; text-align: center; margin: 0; }
.context, .pairs, footer { color: #4a5564; }
table { border-collapse: collapse; width: 100%; font: 9pt/1.35 Arial, sans-serif; }
caption { text-align: left; font-weight: 700; padding: 0.3rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.5rem 0.25rem 0; border-top: 1px solid #d8d2c4;
  overflow-wrap: anywhere; }
tbody th { width: 20%; font-weight: 600; }
thead { display: table-header-group; }
tr, figure { break-inside: avoid; }
figure { margin: 1rem 0; }
figure svg { width: 100%; height: auto; }
.scroll { overflow-x: auto; margin: 0.9rem 0; }
code { font: 9pt/1.4 ui-monospace, Menlo, Consolas, monospace; }
@media print { body { margin: 0; max-width: none; padding: 0; } a { color: inherit; } }
"""


def page(brief: Brief) -> bytes:
    """The briefing as one HTML page; every word that came from elsewhere is shown as text."""
    said = f'<p class="marking">{escape(brief.marking)}</p>' if brief.marking else ""
    top, foot = (f"<{tag}>{said}</{tag}>" if said else "" for tag in ("header", "footer"))
    parts = [
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(brief.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{top}",
        "<main>",
        f'<p class="context">{escape(brief.title)}</p><h1>{escape(brief.main)}</h1>',
        _list(brief.lines),
        f'<p class="pairs">{escape(brief.pairs)}</p>',
        f"<h2>What was asked</h2>{_list([brief.context, *brief.questions])}",
        "<h2>What was found</h2>",
        *(_table(table) for table in brief.tables),
        "<h2>Over time</h2>",
        *(
            _figure(chart, difference)
            for chart, difference in zip(brief.charts, brief.differences, strict=True)
        ),
        f"<h2>What this cannot tell you</h2>{_list(brief.limits)}",
        "<h2>How to repeat it</h2>",
        _table(Table("Facts", ["What", "Value"], [[*each] for each in brief.facts.items()])),
        f"</main>\n{foot}\n</body>\n</html>\n",
    ]
    return "\n".join(parts).encode()


def _list(lines: list[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def _table(table: Table) -> str:
    if not table.rows:
        return f"<h3>{escape(table.title)}</h3><p>None.</p>"
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in table.rows
    )
    label = escape(table.title, quote=True)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table>'
        f"<caption>{escape(table.title)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


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
