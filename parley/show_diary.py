"""A resident's diary on a terminal, two worlds side by side where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from parley import figures
from parley.screen import page_width, plain
from sim.diary_words import Pair, Week, pairs_in_words, totals, weeks_in_words
from sim.indicators.table import INDICATORS
from sim.ledger import ATTITUDES, CAUSES

if TYPE_CHECKING:
    from sim.diary import Diary

SIDE_BY_SIDE = 90
_TINY = 0.05


def diary_page(title: str, diary: Diary, theory: str = "") -> list[RenderableType]:
    """One resident's weeks in one world; with the theory it is under, in words, if there is one."""
    shown = ATTITUDES if page_width() >= SIDE_BY_SIDE else ATTITUDES[:1]
    table = _table()
    table.add_column("What happened, and what it moved", ratio=1)
    for attitude in shown:
        table.add_column(INDICATORS[attitude].label, justify="right")
    for week in weeks_in_words(diary):
        levels = (f"{level:.1f}" for level in week.attitudes[: len(shown)])
        table.add_row(_number(week), _cell(week), *levels)
    return [_heading(_who(diary), title), table, _why([title], [diary]), _foot(theory)]


def two_diaries_page(
    titles: Sequence[str], diaries: Sequence[Diary], theory: str = ""
) -> list[RenderableType]:
    """One resident's weeks in two worlds, with the weeks marked in which they part."""
    pairs = pairs_in_words(diaries[0], diaries[1])
    parts = [_heading(_who(diaries[0]), f"{titles[0]} / {titles[1]}")]
    if not any(pair.parts for pair in pairs):
        parts.append(Text("Both worlds are the same for this resident in every week.", "bold"))
    draw = _beside if page_width() >= SIDE_BY_SIDE else _below
    return [*parts, draw(titles, pairs), _why(titles, diaries), _foot(theory)]


def _beside(titles: Sequence[str], pairs: Sequence[Pair]) -> Table:
    table = _table()
    for title in titles:
        table.add_column(plain(title), ratio=1, overflow="fold")
        table.add_column("Trust", justify="right", no_wrap=True)
    for pair in pairs:
        for mark in _marks(pair):
            table.add_row(">>", Text(mark, "bold"), "", "", "")
        same = pair.one.happened == pair.other.happened and pair.one.because == pair.other.because
        other = Text("the same", "dim") if same and not pair.one.quiet else _cell(pair.other)
        table.add_row(
            _number(pair.one), _cell(pair.one), _trust(pair.one), other, _trust(pair.other)
        )
    return table


def _below(titles: Sequence[str], pairs: Sequence[Pair]) -> Table:
    """The two worlds under each other, week by week; once where they say the same."""
    table = _table()
    table.add_column("What happened, and what it moved", ratio=1, overflow="fold")
    table.add_column("Trust", justify="right", no_wrap=True)
    for pair in pairs:
        for mark in _marks(pair):
            table.add_row(">>", Text(mark, "bold"), "")
        worlds = [("In both", pair.one)]
        if (pair.one.happened, pair.one.because) != (pair.other.happened, pair.other.because):
            worlds = list(zip(titles, (pair.one, pair.other)))
        for title, week in worlds:
            said = Text.assemble((f"{plain(title)}: ", "dim"), _cell(week))
            trust = _trust(week)
            if len(worlds) == 1 and _trust(pair.other) != trust:
                trust = f"{trust} / {_trust(pair.other)}"
            table.add_row(_number(week), said, trust)
    return table


def _marks(pair: Pair) -> list[str]:
    """What is to be said above a week in which the two worlds part."""
    marks = []
    if pair.parts:
        apart = abs(pair.one.attitudes[0] - pair.other.attitudes[0])
        size = f"{apart:.2f}" if apart >= 0.01 else "less than 0.01"
        marks.append(f"Here the two worlds part (trust differs by {size} points).")
    if pair.first_event:
        marks.append("The first thing that happens in one world alone.")
    return marks


def _why(titles: Sequence[str], diaries: Sequence[Diary]) -> Table:
    """What moved this resident's trust over all weeks, in each world."""
    table = Table(
        title=Text("What moved their trust over these weeks, in points", "bold"),
        title_justify="left",
        box=box.SIMPLE_HEAD,
        expand=True,
        pad_edge=False,
    )
    table.add_column("Cause", ratio=1, min_width=18)
    for title in titles:
        table.add_column(plain(title), justify="right", max_width=24, overflow="fold")
    moved = [totals(diary, "trust") for diary in diaries]
    for cause in sorted(CAUSES, key=lambda name: -abs(moved[0][name])):
        if any(abs(points[cause]) >= _TINY for points in moved):
            table.add_row(CAUSES[cause].label, *(figures.points(points[cause]) for points in moved))
    table.add_section()
    table.add_row("total", *(figures.points(points["total"]) for points in moved), style="bold")
    return table


def _cell(week: Week) -> Text:
    """A week as text: sentences, then what they moved."""
    if week.quiet:
        words = "At the end of the warm-up." if week.last == 0 else "Nothing in particular."
        return Text(words, "dim")
    happened = " ".join(f"{sentence}." for sentence in week.happened)
    because = "; ".join(week.because)
    if not happened:
        return Text(plain(f"{because[:1].upper()}{because[1:]}."), "dim")
    return Text.assemble(plain(happened), (f" ({plain(because)})" if because else "", "dim"))


def _number(week: Week) -> str:
    return str(week.last) if week.first == week.last else f"{week.first}-{week.last}"


def _trust(week: Week) -> str:
    return f"{week.attitudes[0]:.1f}"


def _table() -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False)
    table.add_column("Week", justify="right", no_wrap=True)
    return table


def _who(diary: Diary) -> str:
    return f"Resident {diary.key} ({diary.label})"


def _heading(who: str, title: str) -> Text:
    return Text(f"\n{plain(who)}: {plain(title)}", style="bold underline")


def _foot(theory: str) -> Text:
    said = plain(theory) + (
        "Attitudes are points 0-100 at the end of the week. Behind what is told, everyday life, the"
        " views of friends and the fading of what happened move them a little every week."
        " A synthetic person."
    )
    return Text(said, "dim")
