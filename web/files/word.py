"""The briefing as a Word file: real heading styles, native tables, pictures with alternative text."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from web.files.brief import Brief, Table
from web.files.pictures import picture

_TEXT_WIDTH, _MANY_LETTERS, _MARGINS = 16.6, 45, 8
"""Centimetres between the margins; letters of a text that earn room, and what each column has more."""


def word(brief: Brief) -> bytes:
    """The briefing as a .docx file."""
    document = Document()
    _prepare(document, brief)
    named = brief.title != brief.context
    if named:
        document.add_heading(brief.title, level=0)
    document.add_paragraph(brief.context)
    document.add_heading(brief.main, level=1 if named else 0)
    for line in brief.lines:
        document.add_paragraph(line, style="List Bullet")
    document.add_paragraph(brief.pairs)
    document.add_heading("What was asked", level=1)
    for question in brief.questions:
        document.add_paragraph(question, style="List Bullet")
    document.add_heading("What was found", level=1)
    for table in brief.tables:
        _table(document, table)
    document.add_heading("Over time", level=1)
    for chart, difference in zip(brief.charts, brief.differences, strict=True):
        document.add_heading(chart["title"], level=2)
        drawn = picture(chart, None, "png", under=difference)
        document.add_picture(io.BytesIO(drawn), width=Cm(16))
        _describe(document.inline_shapes[-1], chart["title"], chart["summary"])
        document.add_paragraph(chart["summary"])
    document.add_heading("What this cannot tell you", level=1)
    for line in brief.limits:
        document.add_paragraph(line, style="List Bullet")
    document.add_heading("How to repeat it", level=1)
    _table(document, Table("", ["What", "Value"], [[*each] for each in brief.facts.items()]))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _prepare(document: Any, brief: Brief) -> None:
    document.core_properties.title = brief.title
    document.core_properties.language = "en-GB"
    document.core_properties.author = "Parley"
    document.core_properties.comments = ""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(10.5)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    style.element.get_or_add_rPr().append(language)
    if brief.marking:
        section.header.paragraphs[0].text = brief.marking
        section.footer.paragraphs[0].text = brief.marking


def _table(document: Any, table: Table) -> None:
    if table.title:
        document.add_heading(table.title, level=2)
    if not table.rows:
        document.add_paragraph("None.")
        return
    made = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    for cell, text in zip(made.rows[0].cells, table.columns):
        cell.paragraphs[0].add_run(text).bold = True
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in table.rows:
        for cell, text in zip(made.add_row().cells, row):
            cell.text = text
    for row in made.rows:
        for cell in row.cells:
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(8.5)
    _share_out(made, [table.columns, *table.rows])


def _share_out(made: Any, rows: list[list[str]]) -> None:
    """Give columns room by the longest text in them, and margins to each alike."""
    longest = [max(map(len, column)) for column in zip(*rows, strict=True)]
    wanted = [_MARGINS + min(_MANY_LETTERS, letters) for letters in longest]
    made.autofit = False
    for column, share in zip(made.columns, wanted, strict=True):
        width = Cm(_TEXT_WIDTH * share / sum(wanted))
        column.width = width
        for cell in column.cells:
            cell.width = width


def _describe(shape: Any, title: str, words: str) -> None:
    """Alternative text for a picture."""
    properties = shape._inline.docPr
    properties.set("title", title)
    properties.set("descr", words)
