"""A resident's diary on a terminal, two worlds side by side where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from parley.screen import page_width, plain
from sim.diary_words import Pair, Week, pairs_in_words, weeks_in_words

if TYPE_CHECKING:
    from sim.diary import Diary

SIDE_BY_SIDE = 90
PARTING = ">> From here the two worlds differ for this resident."


def diary_page(title: str, diary: Diary) -> list[RenderableType]:
    """One resident's weeks in one world."""
    table = _table(["What happened, and what moved"])
    for week in weeks_in_words(diary):
        table.add_row(str(week.week), _cell(week))
    return [_heading(f"{_who(diary)}: {title}"), table, _foot()]


def two_diaries_page(titles: Sequence[str], diaries: Sequence[Diary]) -> list[RenderableType]:
    """One resident's weeks in two worlds, with the week marked in which they part."""
    pairs = pairs_in_words(diaries[0], diaries[1])
    parts: list[RenderableType] = [_heading(f"{_who(diaries[0])}: {titles[0]} / {titles[1]}")]
    if not any(pair.first for pair in pairs):
        parts.append(Text("Both worlds are the same for this resident in every week.\n", "bold"))
    draw = _beside if page_width() >= SIDE_BY_SIDE else _below
    return [*parts, draw(titles, pairs), _foot()]


def _beside(titles: Sequence[str], pairs: Sequence[Pair]) -> Table:
    table = _table(titles)
    for pair in pairs:
        if pair.first:
            table.add_section()
            table.add_row("", Text(PARTING, "bold"), "")
        same = pair.one == pair.other
        other = Text("the same", "dim") if same else _cell(pair.other)
        table.add_row(str(pair.week), _cell(pair.one), other)
    return table


def _below(titles: Sequence[str], pairs: Sequence[Pair]) -> Table:
    table = _table(["What happened, and what moved"])
    for pair in pairs:
        if pair.first:
            table.add_section()
            table.add_row("", Text(PARTING, "bold"))
        if pair.one == pair.other:
            table.add_row(str(pair.week), Text.assemble(("In both: ", "dim"), _cell(pair.one)))
            continue
        for title, week in zip(titles, (pair.one, pair.other)):
            said = Text.assemble((f"{plain(title)}: ", "dim"), _cell(week))
            table.add_row(str(pair.week), said)
    return table


def _cell(week: Week | None) -> Text:
    """A week as text: sentences, then what moved."""
    if week is None:
        return Text("nothing of note", "dim")
    happened = " ".join(f"{sentence}." for sentence in week.happened)
    moved = "; ".join(week.moved)
    break_ = "\n" if happened and moved else ""
    return Text.assemble(plain(happened), break_, (plain(moved), "dim"))


def _table(titles: Sequence[str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False)
    table.add_column("Week", justify="right", no_wrap=True)
    for title in titles:
        table.add_column(plain(title), ratio=1)
    return table


def _who(diary: Diary) -> str:
    return f"Resident {diary.key} ({diary.label})"


def _heading(text: str) -> Text:
    return Text(f"\n{plain(text)}", style="bold underline")


def _foot() -> Text:
    return Text("Attitudes are points 0-100 at the end of the week. A synthetic person.", "dim")
