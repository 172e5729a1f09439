"""What every HTML file is made of: its frame, its style for screen and A4, lists and tables."""

from __future__ import annotations

from html import escape

from web.files.brief import Table

STYLE = """
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
thead th { overflow-wrap: normal; }
tr, figure { break-inside: avoid; }
figure { margin: 1rem 0; }
figure svg { width: 100%; height: auto; }
.scroll { overflow-x: auto; margin: 0.9rem 0; }
code { font: 9pt/1.4 ui-monospace, Menlo, Consolas, monospace; }
@media print { body { margin: 0; max-width: none; padding: 0; } a { color: inherit; } }
"""


def framed(title: str, marking: str, style: str, body: list[str]) -> bytes:
    """One page that needs nothing else, with its marking at head and foot.

    Args:
        title, marking: words, escaped here.
        style: style sheet.
        body: parts of the page, escaped already.
    """
    said = f'<p class="marking">{escape(marking)}</p>' if marking else ""
    top, foot = (f"<{tag}>{said}</{tag}>" if said else "" for tag in ("header", "footer"))
    parts = [
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{top}",
        "<main>",
        *body,
        f"</main>\n{foot}\n</body>\n</html>\n",
    ]
    return "\n".join(parts).encode()


def bullets(lines: list[str]) -> str:
    """A list; nothing where there are no lines."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def table(of: Table) -> str:
    """A table in a box of its own, which scrolls where the page is narrow."""
    if not of.rows:
        return f"<h3>{escape(of.title)}</h3><p>None.</p>"
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in of.columns)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in of.rows
    )
    label = escape(of.title, quote=True)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table>'
        f"<caption>{escape(of.title)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )
