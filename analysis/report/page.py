"""One HTML page that needs nothing else: no script, no other host, and it prints on A4."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from analysis.report import words
from analysis.report.section import Figure, Section, Table

MOST_ROWS = 60  # of a table on the page; the file has all
_LONGEST_CAPTION = 420  # letters; a longer text stands with the numbers
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
@page { size: A4; margin: 15mm 14mm 17mm; }
* { box-sizing: border-box; }
html { scroll-behavior: auto; }
body { font: 1.05rem/1.5 Georgia, "Noto Serif", serif; color: #16202e; background: #fff; margin: 0; }
.frame { max-width: 52rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 2rem; line-height: 1.15; margin: .3rem 0 .6rem; }
h2 { font-size: 1.4rem; line-height: 1.2; margin: 2.4rem 0 .5rem; break-after: avoid; }
h3 { font-size: 1.1rem; margin: 1.4rem 0 .4rem; break-after: avoid; }
p, ul, ol { margin: .5rem 0; }
p, li, h1, h2, figcaption, summary { overflow-wrap: anywhere; }
li { margin: .25rem 0; }
a { color: #0a4a7c; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid #0a5a94; outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; background: #fff; padding: .4rem .8rem; }
.marking { font: 700 .95rem Arial, sans-serif; letter-spacing: .06em; text-align: center; margin: 0; }
.question { font-size: 1.2rem; margin: 0 0 1rem; }
.facts, figcaption, .note, footer { color: #414d5c; }
.warning { border-left: .4rem solid #8a2a1a; background: #fdf3ef; padding: .2rem 1rem .6rem; margin: 1.4rem 0; }
.warning h2 { margin-top: .6rem; }
.short { border-left: .4rem solid #0a5a94; background: #f0f5fa; padding: .2rem 1rem .6rem; }
.short h2 { margin-top: .6rem; }
nav ol { columns: 2 14rem; padding-left: 1.4rem; }
figure { margin: 1.2rem 0 .4rem; break-inside: avoid; }
figure svg { display: block; max-width: 100%; height: auto; }
figure svg * { stroke-linejoin: round; stroke-linecap: butt; }
.wide { overflow-x: auto; }
.wide svg { min-width: 32rem; }
figcaption { font-size: .92rem; }
details { margin: .3rem 0 1.2rem; }
summary { cursor: pointer; padding: .3rem 0; }
table { border-collapse: collapse; font: .85rem/1.35 Arial, "Noto Sans", sans-serif; }
caption { text-align: left; font-weight: 700; padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .25rem .7rem .25rem 0; border-top: 1px solid #cfc8b8; }
td:not(.number) { min-width: 7rem; }
td:last-child:not(.number) { min-width: 14rem; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.scroll { overflow-x: auto; margin: .7rem 0; }
code { font: .85rem/1.4 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
dt { font-weight: 700; margin-top: .5rem; }
dd { margin: 0 0 0 1.2rem; overflow-wrap: anywhere; }
@media print {
  body { font-size: 10.5pt; }
  .frame { max-width: none; padding: 0; }
  nav, .skip, details { display: none; }
  .wide svg { min-width: 0; }
  .scroll { overflow: visible; }
  table { font-size: 8pt; width: 100%; }
  th, td { overflow-wrap: anywhere; padding-right: .4rem; }
  td:not(.number), td:last-child:not(.number) { min-width: 0; }
  a { color: inherit; text-decoration: none; }
}
"""
_ID = re.compile(r'(\bid="|"#|url\(#)')


@dataclass(frozen=True)
class Head:
    """What stands above and below the sections.

    Attributes:
        title, question: of the experiment.
        facts: one line on what was run.
        short: what was found, in a few sentences.
        marking: a protective marking, or nothing.
        limits: what this cannot tell.
        provenance: where it comes from, name and value.
        command: what makes it again.
    """

    title: str
    question: str
    facts: str
    short: Sequence[str]
    marking: str
    limits: Sequence[str]
    provenance: Sequence[tuple[str, str]]
    command: str


def page(head: Head, sections: Sequence[Section]) -> str:
    """The report as one HTML page; every word that came from a file is shown as text."""
    warnings = [section for section in sections if section.warning]
    others = [section for section in sections if not section.warning]
    marking = f'<p class="marking">{escape(head.marking)}</p>' if head.marking else ""
    numbers = iter(range(10_000))
    body = [
        '<a class="skip" href="#main">To the findings</a>',
        f"<header>{marking}<h1>{escape(head.title)}</h1>",
        f'<p class="question">{escape(head.question)}</p>' if head.question else "",
        f'<p class="facts">{escape(head.facts)}</p></header>',
        '<main id="main">',
        *(_section(section, numbers) for section in warnings),
        _short(head.short),
        _contents(others),
        *(_section(section, numbers) for section in others),
        _limits(head),
        "</main>",
        f"<footer>{_provenance(head)}{marking}</footer>",
    ]
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(head.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<div class="frame">\n{chr(10).join(line for line in body if line)}\n</div>\n</body>\n</html>\n'
    )


def _short(lines: Sequence[str]) -> str:
    if not lines:
        return ""
    return f'<section class="short" aria-labelledby="short"><h2 id="short">In short</h2>{_list(lines)}</section>'


def _contents(sections: Sequence[Section]) -> str:
    links = "".join(
        f'<li><a href="#{_key(section)}">{escape(section.title)}</a></li>' for section in sections
    )
    more = '<li><a href="#limits">What this cannot tell you</a></li><li><a href="#again">Where it comes from</a></li>'
    return f'<nav aria-label="Contents"><ol>{links}{more}</ol></nav>'


def _section(section: Section, numbers: Any) -> str:
    kind = ' class="warning"' if section.warning else ""
    key = _key(section)
    parts = [
        _figure(part, next(numbers)) if isinstance(part, Figure) else _table(part)
        for part in section.parts
    ]
    return (
        f'<section{kind} aria-labelledby="{key}"><h2 id="{key}">{escape(section.title)}</h2>'
        f"{_list(section.sentences)}{''.join(parts)}</section>"
    )


def _key(section: Section) -> str:
    return "part-" + re.sub(r"[^a-z0-9-]+", "-", section.key.lower())


def _list(lines: Sequence[str]) -> str:
    if len(lines) == 1:
        return f"<p>{escape(lines[0])}</p>"
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>" if lines else ""


def _figure(figure: Figure, number: int) -> str:
    svg = _ID.sub(lambda found: f"{found.group()}f{number}-", _described(figure))
    label = escape(figure.twin.caption, quote=True)
    long = len(figure.alternative) > _LONGEST_CAPTION
    said, inside = "", f"<p>{escape(figure.alternative)}</p>"
    if not long:
        said, inside = f" {escape(figure.alternative)}", ""
    return (
        f'<figure><div class="wide" tabindex="0" role="group" aria-label="Figure: {label}">{svg}</div>'
        f"<figcaption><strong>{label}.</strong>{said}</figcaption></figure>"
        f"<details><summary>The numbers of this figure: {label}</summary>{inside}"
        f"{_table(figure.twin)}</details>"
    )


def _described(figure: Figure) -> str:
    """The picture without addresses of formats it does not need, with the text that is heard for it."""
    svg = re.sub(r'\s+xmlns:xlink="[^"]*"', "", figure.svg).replace("xlink:href", "href")
    if "<desc>" in svg:
        return svg
    end = svg.index(">", svg.index("<svg")) + 1
    title = "" if "<title>" in svg else f"<title>{escape(figure.twin.caption)}</title>"
    return f"{svg[:end]}{title}<desc>{escape(figure.alternative)}</desc>{svg[end:]}"


def _table(table: Table) -> str:
    rows = table.rows.head(MOST_ROWS)
    if rows.empty:
        return f"<p>{escape(table.caption)}: none.</p>"
    numeric = [pd.api.types.is_numeric_dtype(rows[name]) for name in rows.columns]
    head = "".join(
        f'<th scope="col"{_class(is_number)}>{escape(heading(str(name)))}</th>'
        for name, is_number in zip(rows.columns, numeric, strict=True)
    )
    body = "".join(_row(row, numeric) for row in rows.itertuples(index=False, name=None))
    notes = [table.note] if table.note else []
    if len(table.rows) > MOST_ROWS:
        notes.append(
            f"The first {MOST_ROWS} of {len(table.rows):,} rows; {table.name}.csv has all."
        )
    note = f'<p class="note">{escape(" ".join(notes))}</p>' if notes else ""
    label = escape(table.caption, quote=True)
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="Table: {label}"><table>'
        f"<caption>{escape(table.caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>{note}"
    )


def _row(row: Sequence[Any], numeric: Sequence[bool]) -> str:
    first = f'<th scope="row"{_class(numeric[0])}>{escape(cell_text(row[0]))}</th>'
    rest = "".join(
        f"<td{_class(is_number)}>{escape(cell_text(cell))}</td>"
        for cell, is_number in zip(row[1:], numeric[1:], strict=True)
    )
    return f"<tr>{first}{rest}</tr>"


def _class(is_number: bool) -> str:
    return ' class="number"' if is_number else ""


def heading(name: str) -> str:
    """The name of a column as a reader reads it."""
    return name if "." in name or "=" in name else name.replace("_", " ")


def cell_text(value: Any) -> str:
    """A cell as a reader reads it; a dash where there is nothing."""
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return words.DASH
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return (
            words.figure(value, 0 if value == int(value) and abs(value) >= 1 else None)
            if abs(value) != float("inf")
            else words.figure(value)
        )
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


def _limits(head: Head) -> str:
    title = '<h2 id="limits">What this cannot tell you</h2>'
    return f'<section aria-labelledby="limits">{title}{_list(head.limits)}</section>'


def _provenance(head: Head) -> str:
    facts = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in head.provenance
    )
    return (
        f'<section aria-labelledby="again"><h2 id="again">Where it comes from</h2><dl>{facts}'
        f"<dt>Made again by</dt><dd><code>{escape(head.command)}</code></dd></dl></section>"
    )
