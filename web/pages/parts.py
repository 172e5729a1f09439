"""What several pages are made of."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import solara

from web import one_pair, panels, visit
from web.answer import Answer
from web.components import ProgressLine, QuestionBar, WhichPair, Whose
from web.question import Question


@solara.component
def Asked() -> None:
    """What is compared, with everything that can be chosen instead, and how far the work is."""
    question, answer = visit.question(), visit.use_looked_at()
    with solara.Div():
        QuestionBar(
            state=panels.asked(question, visit.faults.value, visit.brought.value),
            event_chosen=lambda chosen: visit.ask(
                visit.question().asking(chosen["name"], chosen["value"])
            ),
            event_added=lambda _: visit.add(),
            event_removed=lambda which: visit.ask(visit.question().without(which["which"])),
        )
        ProgressLine(
            state=panels.progress(question, visit.news.value, answer, bool(visit.past.value)),
            event_stop=lambda _: visit.cancel(),
            event_again=lambda _: visit.again(),
            event_undo=lambda _: visit.undo(),
        )


@solara.component
def Waiting() -> None:
    """What stands where an answer will be."""
    solara.v.Html(
        tag="p",
        class_="waiting",
        children=["The first answer appears here as soon as a few pairs are finished."],
    )


def choose(
    legend: str, name: str, value: str, options: dict[str, str], chosen: Callable[[str], Any]
) -> None:
    """One of a few; what is not among them is not chosen."""

    def heard(event: dict[str, Any]) -> None:
        if event["value"] in options:
            chosen(event["value"])

    Whose(state=panels.choice(legend, name, value, options), event_chosen=heard)


def of_pairs(question: Question, which: int, answer: Answer | None) -> None:
    """The choice of one pair of histories, which every page that shows one alone shares.

    Args:
        question: what the page is about.
        which: which of the other policies it looks at, from 0.
        answer: what is known of the comparison, or None.
    """
    state = one_pair.told(question, which, min(visit.pair_shown(), question.pairs), answer)
    WhichPair(state=json.dumps(state), event_moved=lambda it: visit.look_at_pair(it.get("pair")))


def section(title: str, name: str, tag: str = "h2") -> Any:
    """A section with its heading, to be filled."""
    heading = solara.v.Html(tag=tag, attributes={"id": f"{name}-title"}, children=[title])
    return solara.v.Html(
        tag="section",
        class_=name,
        attributes={"aria-labelledby": f"{name}-title"},
        children=[heading],
    )


def others(answer: Answer) -> dict[str, str]:
    """Every policy but the first, by its place, to choose from."""
    return {str(at): name for at, name in enumerate(answer.lettered()[1:])}
